"""What an author types under their own code: the code itself, a new wording, an appeal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.kinds import Names
from cocreate.contributions.models import Contribution, KindName, TextVersion
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.voice_forms import AsksFirst, AsksForConsent, OnceForm
from cocreate.text.forms import PlainLineField, PlainTextField

APPEAL_MAX_LENGTH = 4_000
MESSAGE_MAX_LENGTH = 4_000
LONGEST_CHOSEN_NAME = 40
LONGEST_CONTACT = 200
# Carried words are judged by the form they came from, so that none are refused on the way.
CARRIED_MAX_LENGTH = 1_000_000
ASKS_WITH_BOXES = frozenset({KindName.STORY, KindName.HEARING_RESPONSE})
# Longer than any passage of a strategy that anybody has printed.
PROPOSED_MAX_LENGTH = 6_000
MAX_LENGTH = {KindName.STORY: settings.STORY_MAX_LENGTH, KindName.POST: settings.POST_MAX_LENGTH}


class CodeForm(forms.Form):
    code = PlainLineField(
        label=_("Your code"),
        help_text=_(
            "Seven words, in the order they were given. Large and small letters are the same."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the seven words of your code")},
    )


class CodeWithWordsForm(CodeForm):
    """The code again, with what was being written when the half hour ended."""

    text = PlainTextField(
        label=_("What you wrote"),
        required=False,
        max_length=CARRIED_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    title = PlainLineField(required=False, max_length=CARRIED_MAX_LENGTH, widget=forms.HiddenInput)
    proposed = PlainTextField(
        required=False, max_length=CARRIED_MAX_LENGTH, widget=forms.HiddenInput
    )
    contribution = PlainLineField(
        required=False, max_length=CARRIED_MAX_LENGTH, widget=forms.HiddenInput
    )
    purpose = PlainLineField(
        required=False, max_length=CARRIED_MAX_LENGTH, widget=forms.HiddenInput
    )


@dataclass(frozen=True)
class Asks:
    """What the form for a new wording asks about this contribution."""

    contribution: Contribution
    newest: TextVersion
    scopes: frozenset[str]
    speaks_in_own_name: bool = False

    @property
    def has_title(self) -> bool:
        """Every story may have one; of posts only the first of a topic has, and needs it."""
        return self.contribution.kind == KindName.STORY or bool(self.newest.title)

    @property
    def needs_title(self) -> bool:
        return self.contribution.kind != KindName.STORY and bool(self.newest.title)

    @property
    def has_proposed(self) -> bool:
        """A proposal may have words for the strategy beside the reason for them."""
        return self.contribution.kind == KindName.PROPOSAL

    @property
    def has_boxes(self) -> bool:
        return self.contribution.kind in ASKS_WITH_BOXES

    @property
    def has_nickname(self) -> bool:
        return bool(self.contribution.alias) and not self.speaks_in_own_name

    @property
    def limit(self) -> int:
        return MAX_LENGTH.get(KindName(self.contribution.kind), settings.STORY_MAX_LENGTH)


class RewordForm(AsksForConsent, AsksFirst):
    """A new wording. Its consents are asked for anew: a yes belongs to the words it was given for."""

    title = PlainLineField(
        label=_("Heading"),
        required=False,
        error_messages={"required": _("Write what it is about, in a few words")},
    )
    without_nickname = forms.BooleanField(
        label=_("Leave out my nickname"),
        help_text=_("Then it says “Anonymous”."),
        required=False,
    )
    proposed = PlainTextField(
        label=_("The words you propose"),
        required=False,
        max_length=PROPOSED_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    read_by_rules = ("title", "text", "proposed")
    field_order = ("title", "proposed", "text", "without_nickname", "consents")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        asks: Asks,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.asks = asks
        self.fields["text"] = PlainTextField(
            label=_("Your text"),
            max_length=asks.limit,
            widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
            error_messages={"required": _("Write a few words")},
        )
        self.fields["consents"].label = _("What may we use the new text for?")
        self.fields["consents"].help_text = _(
            "The text is new, so we ask again. You choose yourself."
        )
        self.fields["title"].required = asks.needs_title
        self._drop("title", unless=asks.has_title)
        self._drop("proposed", unless=asks.has_proposed)
        self._drop("consents", unless=asks.has_boxes)
        self._drop("asked_in", unless=asks.has_boxes)
        self._drop("without_nickname", unless=asks.has_nickname)
        self.order_fields(self.field_order)

    def _drop(self, name: str, *, unless: bool) -> None:
        if not unless:
            del self.fields[name]

    def asks_for_consent(self) -> bool:
        """Nothing is ticked, and the person has not said that it is meant so."""
        asked = self.asks.has_boxes and not self.cleaned_data["consents"]
        return asked and not self.data.get("without_use")

    def says_the_same(self) -> bool:
        """A second click: the newest wording already is this one."""
        said, before = self.given(Viewer()), self.asks.newest
        alias = self.asks.contribution.alias or ""
        stored = Words(before.text or "", before.title or "", alias, before.proposed or "")
        return said.words == stored and said.scopes == self.asks.scopes

    def given(self, viewer: Viewer) -> Given:
        said, contribution = self.cleaned_data, self.asks.contribution
        without = said.get("without_nickname", False)
        return Given(
            submission_id="",
            words=Words(
                text=said["text"],
                title=said.get("title", "") if self.asks.has_title else "",
                alias="" if without else contribution.alias or "",
                proposed=said.get("proposed", ""),
            ),
            viewer=viewer,
            role=contribution.role,
            scopes=frozenset(said["consents"]) if self.asks.has_boxes else self.asks.scopes,
            wordings=self.wordings if self.asks.has_boxes else {},
            theme=contribution.theme,
            guidelines=list(contribution.guidelines.all()),
        )


class AppealForm(AsksFirst):
    text = PlainTextField(
        label=_("What should the other host know?"),
        help_text=_("You can also leave it empty."),
        required=False,
        max_length=APPEAL_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class MessageForm(OnceForm):
    """A word in the thread between an author and the hosts, from either side."""

    text = PlainTextField(
        label=_("Your message"),
        help_text=_("Only our hosts read it. It is never shown on the site."),
        max_length=MESSAGE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write a few words")},
    )


class NameForm(AsksFirst):
    """What stands where a name could stand."""

    level = forms.ChoiceField(
        label=_("What may stand where the name stands?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose from the list"),
            "invalid_choice": _("Choose from the list"),
        },
    )
    text = PlainLineField(
        label=_("The name that may stand there"),
        help_text=_("Only if you have chosen a nickname or your first name."),
        required=False,
        max_length=LONGEST_CHOSEN_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, names: Names, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = names
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)  # noqa: S101 - for the type checker
        level.choices = list(names.levels)

    def clean_text(self) -> str:
        name: str = self.cleaned_data["text"]
        if name and (refusal := self.names.check(name)):
            raise forms.ValidationError(refusal)
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("level") == self.names.without:
            self.errors.pop("text", None)
            cleaned["text"] = ""
        elif cleaned.get("level") and cleaned.get("text") == "":
            self.add_error("text", _("Write the name, or choose that none stands there"))
        return cleaned


class LostCodeForm(OnceForm):
    """ "Jeg har mistet koden": which one it is, and how one can be reached."""

    text = PlainTextField(
        label=_("Which text is it?"),
        help_text=_("Copy its address, or say what it is about and when you sent it."),
        max_length=MESSAGE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Say which text it is")},
    )
    contact = PlainLineField(
        label=_("How can we reach you?"),
        help_text=_("A phone number or an e-mail. You can also leave it empty."),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
