"""The hosts' forms: a decision with its reason and its letter, and the answer to an appeal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import (
    Attachment,
    Contribution,
    Known,
    Scope,
    State,
    TextVersion,
)
from cocreate.contributions.operations import Words
from cocreate.moderation.author_forms import PROPOSED_MAX_LENGTH, Asks
from cocreate.moderation.models import (
    REASONS_TO_CHOOSE,
    RESTRICTIONS,
    AppealOutcome,
    Outcome,
    Reason,
)
from cocreate.moderation.voice_forms import AsksFirst
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.plain import clean
from cocreate.wordings.built_in import BUILT_IN
from cocreate.wordings.reading import Said, in_force

LETTER_MAX_LENGTH = 4_000
Label = str | Promise

CHOICES: dict[str, Label] = {
    Outcome.PUBLISHED: _("Show it on the site"),
    Outcome.KEPT: _("Keep it without showing it"),
    Outcome.RETURNED: _("Send it back and ask for a change"),
    Outcome.DECLINED: _("Do not accept it"),
    Outcome.HIDDEN: _("Hide it again"),
    Outcome.RESTORED: _("Show it again"),
    Outcome.REOPENED: _("Take it up again"),
}
HINTS: dict[str, Label] = {
    Outcome.PUBLISHED: _("Everybody can read it at once."),
    Outcome.KEPT: _("It is used only for what the author has said yes to."),
    Outcome.RETURNED: _("The author reads your letter and can send a new text."),
    Outcome.DECLINED: _("The author reads why, and can ask another host to look at it."),
    Outcome.HIDDEN: _("It is gone from every page at once. The author reads why."),
    Outcome.RESTORED: _("Use this when it was hidden by mistake."),
    Outcome.REOPENED: _("It goes back to the queue and can be decided on anew."),
}
# What a host may decide from each state; an appeal that waits has its own form.
POSSIBLE: dict[str, tuple[Outcome, ...]] = {
    State.PENDING: (Outcome.PUBLISHED, Outcome.KEPT, Outcome.RETURNED, Outcome.DECLINED),
    State.RETURNED: (Outcome.KEPT,),
    State.PUBLISHED: (Outcome.HIDDEN,),
    State.HIDDEN: (Outcome.RESTORED,),
    State.DECLINED: (Outcome.REOPENED,),
}
# A lost code has a page of its own (lost_views.py).
WHY = [(reason.value, reason.label) for reason in Reason if reason in REASONS_TO_CHOOSE]

OPENED = (Outcome.RETURNED, Outcome.DECLINED, Outcome.HIDDEN)
LETTERS = tuple(key for key in BUILT_IN if key.startswith("letter."))


def letter_for(outcome: str, reason: str, *, language: str) -> str:
    """A draft for the host to make their own, in the language of the one who wrote. Raises KeyError
    for an outcome or a reason that no letter is written about."""
    return _letter(in_force(LETTERS, _known(language)), outcome, reason)


def _letter(said: Mapping[str, Said], outcome: str, reason: str) -> str:
    parts = (f"opening.{outcome}", f"reason.{reason}", f"closing.{outcome}")
    return "\n\n".join(said[f"letter.{part}"].text.strip() for part in parts)


def _known(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def is_a_draft(letter: str, *, language: str) -> bool:
    """Whether a letter is one of ours that nobody has changed, so that it may be replaced."""
    said = in_force(LETTERS, _known(language))
    return any(
        letter == _letter(said, outcome, reason)
        for outcome in OPENED
        for reason in REASONS_TO_CHOOSE
    )


class DecisionForm(AsksFirst):
    """Takes every outcome, so that the operation says why one is not possible any more; `offered`
    are those that are. `wording` is the number of the wording the host has read."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=list(CHOICES.items()),
        error_messages={
            "required": _("Choose what you decide."),
            "invalid_choice": _("Choose one of the decisions on the list."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *WHY],
        required=False,
        help_text=_("Needed when you send back, do not accept or hide."),
        error_messages={"invalid_choice": _("Choose one of the reasons on the list.")},
    )
    message = PlainTextField(
        label=_("Letter to the author"),
        required=False,
        max_length=LETTER_MAX_LENGTH,
        help_text=_("The author reads exactly what stands here. Your name is not shown."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    wording = forms.CharField(required=False, widget=forms.HiddenInput)
    read_by_rules = ("message",)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        language: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.language = language
        self.can_restrict = False

    def offer(self, offered: Sequence[str], *, wording: int) -> None:
        """What the page lets a host choose now, about the wording it shows."""
        self.can_restrict = any(value in RESTRICTIONS for value in offered)
        options = [(value, CHOICES[value]) for value in offered]
        self.fields["outcome"].widget = forms.RadioSelect(choices=options)
        self.initial["wording"] = str(wording)
        if self.is_bound:
            self.data = {**self.typed(), "wording": str(wording)}

    def typed(self) -> dict[str, Any]:
        """All that was sent, with our draft where a letter is missing."""
        sent = {name: self.data.get(name, "") for name in self.fields}
        return {**sent, "message": self.letter()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") not in RESTRICTIONS:
            return cleaned
        if not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason, so that the author knows why."))
        if not cleaned.get("message") and "message" not in self.errors:
            self.add_error("message", self._asks_for_a_letter(cleaned.get("reason", "")))
        return cleaned

    def _asks_for_a_letter(self, reason: str) -> str:
        if reason:
            return str(
                _("A draft stands here now. Read it, change it as you like, and save again.")
            )
        return str(_("Write to the author why, and what they can do now."))

    def letter(self) -> str:
        """The letter as it was typed, or our draft for the reason when nobody has written one."""
        outcome, reason = self.data.get("outcome"), self.data.get("reason")
        typed = clean(str(self.data.get("message", "")))
        if outcome not in OPENED or reason not in REASONS_TO_CHOOSE:
            return typed
        if typed and not is_a_draft(typed, language=self.language):
            return typed
        return letter_for(outcome, reason, language=self.language)


class SecondLookForm(AsksFirst):
    """A second host's answer to an appeal; either answer goes with words to the author."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (AppealOutcome.UPHELD, _("Change the decision")),
            (AppealOutcome.REFUSED, _("Let the decision stand")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what you decide."),
            "invalid_choice": _("Choose one of the decisions on the list."),
        },
    )
    message = PlainTextField(
        label=_("Letter to the author"),
        max_length=LETTER_MAX_LENGTH,
        help_text=_("Say what you decide and why. The author reads exactly what stands here."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write to the author what you decide and why.")},
    )
    read_by_rules = ("message",)


class LookForm(forms.Form):
    """What a host saw in a photo, or heard in a voice."""

    known = forms.ChoiceField(
        label=_("Can anybody be recognised in it?"),
        choices=Known.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    refused = forms.ChoiceField(
        label=_("May it be shown with the story?"),
        choices=[("", _("Yes, it may be shown")), *WHY],
        required=False,
        help_text=_("A reason means that it is not shown. The author can read the reason."),
        error_messages={"invalid_choice": _("Choose one of the reasons on the list.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        attachment: Attachment,
        initial: dict[str, Any] | None = None,
    ) -> None:
        # Several stand on one page: ids of its own.
        super().__init__(data, initial=initial, auto_id=f"id_{attachment.pk}_%s")
        if not attachment.is_photo:
            del self.fields["known"]
        self.attachment = attachment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_answered = cleaned.get("known") or cleaned.get("refused") or "known" in self.errors
        if self.attachment.is_photo and not is_answered:
            self.add_error("known", _("Say whether anybody can be recognised."))
        return cleaned


class SuggestForm(AsksFirst):
    """Other words for the author to say yes or no to, and why. `wording` is the number of the wording
    the host has read; `is_kept` says that it holds what could not be sent."""

    title = PlainLineField(
        label=_("Heading"),
        required=False,
        error_messages={"required": _("Write what it is about, in a few words")},
    )
    proposed = PlainTextField(
        label=_("The words it proposes for the strategy"),
        required=False,
        max_length=PROPOSED_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    message = PlainTextField(
        label=_("Why you propose the change"),
        help_text=_("The author reads exactly what stands here. Your name is not shown."),
        max_length=LETTER_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write to the author why you propose the change.")},
    )
    wording = forms.CharField(required=False, widget=forms.HiddenInput)
    read_by_rules = ("message",)
    field_order = ("title", "proposed", "text", "message")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        asks: Asks,
        kept: Mapping[str, Any] | None = None,
    ) -> None:
        newest = asks.newest
        words = {"title": newest.title, "proposed": newest.proposed, "text": newest.text}
        number = {"wording": str(newest.number)}
        # Beside the decision's form on the same page: ids of its own.
        super().__init__(data, initial={**words, **(kept or {}), **number}, auto_id="id_edit_%s")
        self.asks, self.is_kept = asks, data is not None or kept is not None
        self.fields["text"] = PlainTextField(
            label=_("The text as you propose it"),
            max_length=asks.limit,
            widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
            error_messages={"required": _("Write a few words")},
        )
        self.fields["title"].required = asks.needs_title
        if not asks.has_title:
            del self.fields["title"]
        if not asks.has_proposed:
            del self.fields["proposed"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stands = self.asks.newest
        stored = (stands.title or "", stands.text or "", stands.proposed or "")
        words = self.words(cleaned)
        if "text" in cleaned and (words.title, words.text, words.proposed) == stored:
            self.add_error("text", _("Change something in it. It is what the author wrote."))
        return cleaned

    def words(self, cleaned: Mapping[str, Any]) -> Words:
        """A field that is not asked for stays as its author wrote it."""
        stands = self.asks.newest
        return Words(
            text=cleaned.get("text", ""),
            title=cleaned.get("title", "") if self.asks.has_title else stands.title or "",
            proposed=cleaned.get("proposed", "") if self.asks.has_proposed else "",
        )

    def has_read(self, newest: TextVersion) -> None:
        """The page that this form comes back on shows this wording."""
        self.initial["wording"] = str(newest.number)
        if self.is_bound:
            self.data = {**self.data.dict(), "wording": str(newest.number)}  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """All that was sent, for the page that says why it could not be taken."""
        return {name: self.data.get(name, "") for name in self.fields if name != "wording"}


def offered_for(
    contribution: Contribution, *, scopes: frozenset[str], appealed: bool, decided_it: bool
) -> tuple[str, ...]:
    """What a host can choose: the author's yes or no decides between showing and keeping, an appeal
    is answered as one, and whoever did not accept something leaves it to another to take it up."""
    if appealed:
        return ()
    refused = {Outcome.KEPT if Scope.SHOW in scopes else Outcome.PUBLISHED}
    if decided_it:
        refused.add(Outcome.REOPENED)
    return tuple(value for value in POSSIBLE.get(contribution.state, ()) if value not in refused)
