"""What anybody fills in to have the strategy changed, and what analysts fill in about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.access import open_receipt_of
from cocreate.contributions.models import Scope, VoiceRole
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import Viewer
from cocreate.forums.forms import LONGEST_SHOWN, WHO_TELLS, name_is_missing
from cocreate.insights.forms import offer
from cocreate.insights.models import Insight
from cocreate.moderation.author_forms import PROPOSED_MAX_LENGTH
from cocreate.moderation.voice_forms import Noticed, VoiceForm
from cocreate.revisions.adoption import NextEdition
from cocreate.revisions.deciding import Minuted
from cocreate.revisions.models import (
    LONGEST_TEXT,
    Amendment,
    AmendmentVersion,
    Change,
    Outcome,
    Process,
    Step,
)
from cocreate.revisions.putting_forward import Wanted
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.html import excerpt
from cocreate.text.plain import clean
from cocreate.themes.models import Passage, Theme
from cocreate.themes.models.editions import Kind as PassageKind

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


# --- the analysts' ----------------------------------------------------------------------------------

GONE = "gone"


def day_field(label: Any, required: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": _("Write a date, such as 2027-06-30.")},
    )


class ProcessForm(forms.ModelForm):  # type: ignore[type-arg]
    """A process; once it is open none of its promise may be emptied, and its address stays."""

    answer_due = day_field(_("answered by"), _("Choose the day by which everybody has an answer."))

    class Meta:
        model = Process
        fields = (
            "title",
            "slug",
            "standing",
            "can_change",
            "frame",
            "promise",
            "responder",
            "answer_due",
        )
        help_texts = {"slug": _("Small letters, numbers and hyphens. It cannot be changed later.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_public = self.instance.opened_at is not None
        self.fields["answer_due"].required = is_public
        if is_public:
            for name in ("slug", "standing"):
                del self.fields[name]
            for name in ("frame", "promise", "responder"):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = _(
                    "People have read it, so it cannot be emptied."
                )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug == "ny":
            raise forms.ValidationError(_("This address is taken. Choose another one."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        others = Process.objects.filter(standing=True, closed_at=None).exclude(pk=self.instance.pk)
        if cleaned.get("standing") and others.exists():
            self.add_error("standing", _("There is a standing process already. Close it first."))
        return cleaned


class AmendmentForm(forms.Form):
    """The administration's amendment, as a draft or in a new version."""

    process = forms.ModelChoiceField(
        label=_("Process"),
        queryset=Process.objects.filter(closed_at=None),
        empty_label=None,
        error_messages={
            "required": _("Choose a process."),
            "invalid_choice": _("Choose a process that is not closed."),
        },
    )
    change = forms.ChoiceField(
        label=_("What does it do?"),
        choices=Change.choices,
        initial=Change.CHANGE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it does."),
            "invalid_choice": _("Choose what it does."),
        },
    )
    passages = forms.MultipleChoiceField(
        label=_("Which passages is it about?"),
        help_text=_(
            "One to change or leave out, two or more to put together, none for something new."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keeps = forms.ChoiceField(
        label=_("Which one keeps its place and its number?"),
        help_text=_("Only when passages are put together."),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the passages that you have ticked.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of new passage is it?"),
        choices=PassageKind.choices,
        initial=PassageKind.GUIDELINE,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list")},
    )
    theme = forms.ModelChoiceField(
        label=_("Under which theme does the new passage stand?"),
        queryset=Theme.objects.all(),
        empty_label=_("Under none"),
        required=False,
        error_messages={"invalid_choice": _("Choose a theme from the list, or none")},
    )
    text = PlainTextField(
        label=_("The new words"),
        help_text=_("Leave it empty when something is left out."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    rationale = PlainTextField(
        label=_("Why?"),
        help_text=_("In your own words. Everybody can read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write why. Nothing is put forward without a reason.")},
    )
    insights = forms.MultipleChoiceField(
        label=_("Insights it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the insights that everybody can read.")},
    )
    administration = PlainTextField(
        label=_("The administration's own proposal"),
        help_text=_("When it rests on no insight: why the administration itself wants it."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    # The newest version that the page showed.
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        amendment: Amendment | None = None,
        newest: AmendmentVersion | None = None,
    ) -> None:
        super().__init__(data, initial=_written(amendment, newest) if amendment else None)
        rows = Passage.objects.in_force().order_by("order")
        self.choosable = {str(passage.pk): passage for passage in rows}
        named = [(pk, short(passage)) for pk, passage in self.choosable.items()]
        offer(self, "passages", named)
        offer(self, "keeps", [("", gettext("The one that stands first")), *named])
        self.public_insights = {str(insight.pk): insight for insight in Insight.objects.public()}
        offer(
            self,
            "insights",
            [(pk, f"{row.label} {row.statement}") for pk, row in self.public_insights.items()],
        )
        if amendment is not None:
            del self.fields["process"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "passages" in self.errors:
            del self.errors["passages"]
            self.add_error("passages", forms.ValidationError(is_gone(), code=GONE))
        keeps = cleaned.get("keeps")
        if keeps and keeps not in cleaned.get("passages", []):
            self.add_error("keeps", _("Choose one of the passages that you have ticked."))
        return cleaned

    @property
    def base(self) -> int:
        """The number of the version it was written from; 0 for a value that names none."""
        named = self.cleaned_data["version"]
        return int(named) if named.isascii() and named.isdigit() and len(named) < 6 else 0

    def has_seen(self, newest: AmendmentVersion | None) -> None:
        """The page shows the newest version above the form: saving once more is meant."""
        fresh: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        fresh["version"] = str(newest.number if newest else 0)
        self.data = fresh

    @property
    def has_met_another_edition(self) -> bool:
        return self.has_error("passages", GONE)

    @property
    def passages_by_theme(self) -> list[tuple[str, list[Any]]]:
        groups: dict[str, list[Any]] = {}
        for option in self["passages"]:
            passage = self.choosable[str(option.data["value"])]
            title = passage.theme.title if passage.theme else gettext("The whole strategy")
            groups.setdefault(title, []).append(option)
        return list(groups.items())

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        chosen = [self.choosable[pk] for pk in said["passages"]]
        chosen.sort(key=lambda passage: (str(passage.pk) != said["keeps"], passage.order))
        change, is_new = Change(said["change"]), said["change"] == Change.NEW
        kind = said["kind"] or PassageKind.GUIDELINE
        return Wanted(
            change,
            said["rationale"],
            text=said["text"],
            administration=said["administration"],
            passages=chosen,
            insights=[self.public_insights[pk] for pk in said["insights"]],
            theme=said["theme"] if is_new else None,
            kind=PassageKind(chosen[0].kind if chosen and not is_new else kind),
        )


def short(passage: Passage) -> str:
    return f"{passage.name}: {excerpt(passage.text, 90)}"


def is_gone() -> str:
    return gettext(
        "One of the passages does not stand in the strategy any more. Look at the list, and choose "
        "again."
    )


def _written(amendment: Amendment, newest: AmendmentVersion | None) -> dict[str, Any]:
    return {
        "change": amendment.change,
        "passages": [str(pk) for pk in amendment.targets.values_list("passage", flat=True)],
        "keeps": str(amendment.targets.values_list("passage", flat=True).first() or "")
        if amendment.change == Change.MERGE
        else "",
        "kind": amendment.kind,
        "theme": amendment.theme_id,
        "text": newest.text if newest else "",
        "rationale": newest.rationale if newest else "",
        "administration": newest.administration if newest else "",
        "insights": [str(pk) for pk in amendment.insights.values_list("pk", flat=True)],
        "version": str(newest.number if newest else 0),
    }


class DecisionForm(forms.Form):
    """What the minutes say about one amendment."""

    step = forms.ChoiceField(
        label=_("What kind of decision is it?"),
        choices=Step.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what kind of decision it is."),
            "invalid_choice": _("Choose from the list"),
        },
    )
    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what was decided."),
            "invalid_choice": _("Choose from the list"),
        },
    )
    body = PlainLineField(
        label=_("Who decided?"),
        help_text=_("The committee or the council."),
        max_length=120,
        error_messages={"required": _("Write who decided.")},
    )
    on = day_field(_("Date of the meeting"), _("Write the date of the meeting."))
    reason = PlainTextField(
        label=_("Reason"),
        help_text=_("In your own words. Everybody can read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the reason. Nothing is decided without one.")},
    )
    final_text = PlainTextField(
        label=_("The final words"),
        help_text=_("Only when it was adopted with a change, or when the proposal has no words."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    minutes_url = forms.URLField(
        label=_("Link to the minutes"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Write an address such as https://example.com/minutes.")},
    )

    @property
    def minuted(self) -> Minuted:
        said = self.cleaned_data
        return Minuted(
            step=Step(said["step"]),
            outcome=Outcome(said["outcome"]),
            body=said["body"],
            on=said["on"],
            reason=said["reason"],
            final_text=said["final_text"],
            minutes_url=said["minutes_url"],
        )


class AdoptForm(forms.Form):
    """What the next edition is called, and when and by whom it was adopted."""

    title = PlainLineField(
        label=_("Title of the edition"),
        max_length=200,
        error_messages={"required": _("Write what the edition is called.")},
    )
    on = day_field(_("Adopted on"), _("Write the day it was adopted."))
    by = PlainLineField(
        label=_("Adopted by"),
        max_length=100,
        error_messages={"required": _("Write who adopted it.")},
    )
    # The decisions that the page showed.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return day

    @property
    def called(self) -> NextEdition:
        said = self.cleaned_data
        return NextEdition(said["title"], said["on"], said["by"])
