"""What every form for a voice has: sent twice it is one, and it asks before it shows who one is."""

from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.operations import new_submission_id
from cocreate.moderation.models import ReportReason
from cocreate.moderation.rules import findings_in
from cocreate.text.finder import PERSONAL, Kind
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.wordings.built_in import CONSENTS
from cocreate.wordings.reading import asked_in, in_force, read_asked_in

LONGEST_WORD_TO_US = 2_000
# So many places with personal data are shown; a text may hold hundreds.
MOST_SHOWN = 8

SAID_OF: dict[str, Promise] = {
    Kind.CPR: _("A CPR number"),
    Kind.PHONE: _("A phone number"),
    Kind.EMAIL: _("An e-mail address"),
    Kind.ADDRESS: _("An address"),
    Kind.NAME: _("A name"),
}


class Noticed(NamedTuple):
    """A place in what was written that can show who somebody is."""

    kind: str
    label: str | Promise
    words: str


class AsksFirst(forms.Form):
    """What can show who somebody is, it asks about before anything is stored."""

    # The kinds of personal data that the person has been shown and wants to send.
    sent_knowingly = PlainLineField(required=False, widget=forms.HiddenInput)
    read_by_rules: tuple[str, ...] = ("text",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.errors.pop("sent_knowingly", None)
        return cleaned

    def noticed(self) -> list[Noticed]:
        """The personal data in it, each once."""
        said = {name: self.cleaned_data.get(name, "") for name in self.read_by_rules}
        found = [
            Noticed(str(find.kind), SAID_OF[find.kind], said[name][find.start : find.end])
            for name, finds in findings_in(**said).items()
            for find in finds
            if find.kind in PERSONAL
        ]
        return list(dict.fromkeys(found))

    def asks_about(self, noticed: list[Noticed]) -> bool:
        """Whether some of it is of a kind that the person has not been shown yet."""
        shown = self.cleaned_data.get("sent_knowingly", "").split()
        return any(place.kind not in shown for place in noticed)


class AsksForConsent(forms.Form):
    """The four boxes in the words that are in force. The page carries which wordings it showed, so
    that a yes is kept with the words it answered, also when staff write new ones meanwhile."""

    consents = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list, or nothing")},
    )
    asked_in = PlainLineField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = in_force(CONSENTS.values())
        boxes = self.fields["consents"]
        assert isinstance(boxes, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        boxes.choices = [(scope, self.questions[key].text) for scope, key in CONSENTS.items()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # Nobody can see it or mend it; the words in force are recorded then.
        self.errors.pop("asked_in", None)
        return cleaned

    @property
    def asked_now(self) -> str:
        """What a page that shows the boxes carries as `asked_in`."""
        return asked_in(self.questions)

    @property
    def consent_hints(self) -> dict[str, str]:
        return {scope: self.questions[key].hint for scope, key in CONSENTS.items()}

    @property
    def wordings(self) -> dict[str, int]:
        """By scope the wording that was answered; the one in force where the page does not say."""
        now = {scope: self.questions[key].number for scope, key in CONSENTS.items()}
        return {**now, **read_asked_in(self.cleaned_data.get("asked_in", ""))}


def asked_about(form: AsksFirst) -> dict[str, Any]:
    """What the page says of personal data that has not been sent knowingly, and the kinds that
    sending once more accepts; empty for none."""
    noticed = form.noticed()
    if not form.asks_about(noticed):
        return {}
    accepted = " ".join(dict.fromkeys(place.kind for place in noticed))
    return {"noticed": noticed[:MOST_SHOWN], "accepted": accepted}


class OnceForm(AsksFirst):
    """Sent twice it is one."""

    submission_id = PlainLineField(
        required=False, widget=forms.HiddenInput, initial=new_submission_id
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("submission_id"):
            self.errors.pop("submission_id", None)
            self.begin_anew(_("Something was lost on the way here. Please send once more."))
        return cleaned

    def begin_anew(self, why: str | Promise) -> None:
        """The same words under a fresh id, with the reason why they were not taken in."""
        fresh: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        fresh["submission_id"] = new_submission_id()
        self.data = fresh
        self.add_error(None, str(why))


class VoiceForm(OnceForm):
    """Asks before the words of a moment ago are sent once more, from a page that the browser went
    back to. Each answer is the button of the page that asks."""

    # The id under which they are sent as something new.
    another = PlainLineField(required=False, widget=forms.HiddenInput)
    # The public id of what they take the place of.
    instead = PlainLineField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("another", "instead"):
            # One that is no id of ours answers nothing.
            if self.errors.pop(name, None):
                cleaned[name] = ""
        if cleaned.get("another"):
            cleaned["submission_id"] = cleaned["another"]
        return cleaned

    @property
    def is_answered(self) -> bool:
        """The person has said whether it is something new or takes the place of the first."""
        return bool(self.cleaned_data.get("another") or self.cleaned_data.get("instead"))


class SayToForm(OnceForm):
    """A word about a story that is shown. Open to everybody, read by a host, never shown."""

    reason = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is about"),
            "invalid_choice": _("Choose what it is about"),
        },
    )
    text = PlainTextField(
        label=_("Say more"),
        help_text=_("Only our hosts read it."),
        required=False,
        max_length=LONGEST_WORD_TO_US,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        words, refused = cleaned.get("text"), "text" in self.errors
        if cleaned.get("reason") == ReportReason.OTHER and not words and not refused:
            self.add_error("text", _("Write a few words about what it is"))
        return cleaned
