"""What anybody fills in to have the strategy changed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.access import open_receipt_of
from cocreate.contributions.models import Scope, VoiceRole
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import Viewer
from cocreate.forums.forms import LONGEST_SHOWN, WHO_TELLS, name_is_missing
from cocreate.moderation.author_forms import PROPOSED_MAX_LENGTH
from cocreate.moderation.voice_forms import Noticed, VoiceForm
from cocreate.revisions.models import (
    Change,
    Process,
)
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.plain import clean
from cocreate.themes.models import Passage, Theme

OF_A_PASSAGE = [
    (Change.CHANGE, _("Say it in another way")),
    (Change.DELETE, _("Leave it out")),
]


@dataclass(frozen=True)
class About:
    """What a proposal is about: a passage in force, or a theme that something new is to stand in;
    and the process that takes it."""

    process: Process
    passage: Passage | None = None
    theme: Theme | None = None

    @property
    def seen(self) -> str:
        """What the person has before them: the wording and the promise they write about."""
        passage = self.passage.pk if self.passage is not None else 0
        return f"{passage}-{self.process.pk}"


class ProposalForm(VoiceForm):
    """A change that anybody proposes. Only the reason has to be there."""

    change = forms.ChoiceField(
        label=_("What do you propose?"),
        choices=OF_A_PASSAGE,
        initial=Change.CHANGE,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    proposed = PlainTextField(
        label=_("What should it say instead?"),
        help_text=_(
            "Change the words as you like. You can also leave them as they are or empty the field, "
            "and say below in your own words what you want."
        ),
        required=False,
        max_length=PROPOSED_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
    )
    text = PlainTextField(
        label=_("Why?"),
        help_text=_("Write as you speak. Do not write other people's names."),
        max_length=settings.STORY_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write a few words about why")},
    )
    role = forms.ChoiceField(
        label=_("Who are you here?"),
        help_text=_("It stands at your proposal. If you choose nothing, it says “Citizen”."),
        choices=WHO_TELLS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list, or nothing")},
    )
    email = forms.EmailField(
        label=_("Do you want word when there is news? Then write your e-mail"),
        help_text=_(
            "The mail only says that there is news. Neither its subject nor its text says what it "
            "is about. Without an e-mail you use your code."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address such as name@example.com")},
    )
    under_open_code = forms.BooleanField(
        label=_("Keep it under the code that is open on this device"),
        help_text=_("Tick only if the code is your own. Otherwise you get a new one."),
        required=False,
    )
    may_quote = forms.BooleanField(
        label=_("Short quotes may stand in the politicians' papers"),
        help_text=_(
            "The papers are public. Once the politicians have their papers, we cannot call a quote "
            "back."
        ),
        required=False,
    )
    # What the page showed when it was opened (About.seen).
    seen = PlainLineField(required=False, widget=forms.HiddenInput)

    read_by_rules = ("proposed", "text")

    def __init__(self, *args: Any, about: About, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.about, self.viewer = about, viewer
        user = viewer.user
        self.speaker = user if user is not None and user.speaks_in_own_name else None
        if self.speaker is not None:
            # Staff and councillors are never incognito (guideline 2.6).
            del self.fields["role"]
        if not viewer.receipts:
            del self.fields["under_open_code"]
        self.fields["seen"].initial = about.seen
        if about.passage is not None:
            self.fields["proposed"].initial = about.passage.text
        else:
            self._ask_for_something_new()

    def _ask_for_something_new(self) -> None:
        del self.fields["change"]
        self.fields["proposed"].label = _("What should it say?")
        self.fields["proposed"].help_text = _(
            "You can also leave it empty, and say below in your own words what you want."
        )

    @property
    def lacks_a_name(self) -> bool:
        return self.speaker is not None and not self.speaker.get_full_name()

    @property
    def has_seen_it(self) -> bool:
        """False when the words in force or the promise became others meanwhile."""
        return bool(self.cleaned_data.get("seen") == self.about.seen)

    def show_anew(self, why: str) -> None:
        """The same words, beside what is in force now, with the reason why they were not sent."""
        fresh: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        fresh["seen"] = self.about.seen
        self.data = fresh
        self.add_error(None, why)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.errors.pop("seen", None)
        if self.lacks_a_name:
            self.add_error(None, name_is_missing())
        return cleaned

    def noticed(self) -> list[Noticed]:
        """What the strategy itself says shows nobody who the person is."""
        in_force = self.about.passage.text if self.about.passage is not None else ""
        return [place for place in super().noticed() if place.words not in in_force]

    def given(self) -> Given:
        said, about = self.cleaned_data, self.about
        passage = about.passage
        scopes = {Scope.SHOW, Scope.ANALYSE, *([Scope.QUOTE] if said["may_quote"] else [])}
        change = said.get("change") or (Change.CHANGE if passage is not None else Change.NEW)
        return Given(
            submission_id=said["submission_id"],
            words=Words(text=said["text"], alias=self._name(), proposed=self._wanted_words(change)),
            viewer=self.viewer,
            keep_under=open_receipt_of(self.viewer) if said.get("under_open_code") else None,
            scopes=frozenset(scopes),
            role=said.get("role") or VoiceRole.CITIZEN,
            email=said["email"],
            replaces=said.get("instead") or "",
            theme=passage.theme if passage is not None else about.theme,
            guidelines=[passage.guideline] if passage and passage.guideline else [],
            language=get_language() or settings.LANGUAGE_CODE,
            details={"change": change, "passage": passage, "process": about.process},
            same_place={"passage": passage},
        )

    def _name(self) -> str:
        return self.speaker.get_full_name()[:LONGEST_SHOWN] if self.speaker else ""

    def _wanted_words(self, change: str) -> str:
        """None when it is to be left out, and none when the words in force were left as they are."""
        words: str = self.cleaned_data["proposed"]
        passage = self.about.passage
        is_unchanged = passage is not None and words == clean(passage.text, lines=True).strip()
        return "" if change == Change.DELETE or is_unchanged else words
