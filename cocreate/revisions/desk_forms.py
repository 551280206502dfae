"""What analysts fill in: a process, an amendment, what was decided, the next edition."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cocreate.insights.forms import offer
from cocreate.insights.models import Insight
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
from cocreate.themes.models import Passage, Theme
from cocreate.themes.models.editions import Kind as PassageKind

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
