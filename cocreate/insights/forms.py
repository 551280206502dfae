"""The analysts' forms: a place with its code, a voice behind an insight, an insight."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cocreate.insights.models import DEEPEST_CODE, Code, Insight, Stance
from cocreate.insights.operations import Said
from cocreate.insights.presenting import Branch, Sentence
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.html import excerpt
from cocreate.themes.models import Guideline, Passage, Theme

SENTENCE_SHOWN = 50
INDENT = "\N{EM SPACE}"
WHICH_SENTENCE = {
    "required": gettext_lazy("Choose a sentence from the list."),
    "invalid_choice": gettext_lazy("Choose a sentence from the list."),
}


def offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """A place in the wording that was read: from one sentence to another, or exactly, in
    characters, where a script has filled it in. `wording` is the number of the wording that the page showed."""

    wording = forms.CharField(widget=forms.HiddenInput, required=False)
    start = forms.IntegerField(widget=forms.HiddenInput, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, required=False)
    first = forms.TypedChoiceField(
        label=gettext_lazy("From sentence"),
        coerce=int,
        error_messages=WHICH_SENTENCE,
    )
    last = forms.TypedChoiceField(
        label=gettext_lazy("To sentence"),
        coerce=int,
        error_messages=WHICH_SENTENCE,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sentences: Sequence[Sentence],
        number: int,
        auto_id: str,
    ) -> None:
        super().__init__(data, auto_id=auto_id, initial={"wording": str(number)})
        self.sentences = {sentence.number: sentence for sentence in sentences}
        for name in ("first", "last"):
            offer(self, name, [(one.number, _shortened(one)) for one in sentences])
            self.fields[name].widget.attrs["data-sentence"] = name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first and not self.is_exact(cleaned):
            self.add_error("last", _("It ends before it begins. Choose a later sentence."))
        return cleaned

    @staticmethod
    def is_exact(cleaned: Mapping[str, Any]) -> bool:
        return cleaned.get("start") is not None and cleaned.get("end") is not None

    @property
    def place(self) -> tuple[int, int]:
        """Without the space after the last sentence."""
        chosen = self.cleaned_data
        if self.is_exact(chosen):
            return chosen["start"], chosen["end"]
        first, last = self.sentences[chosen["first"]], self.sentences[chosen["last"]]
        return first.start, last.start + len(last.text.rstrip())


def _shortened(sentence: Sentence) -> str:
    return f"{sentence.number}. {excerpt(sentence.text, SENTENCE_SHOWN)}"


def _indented(branch: Branch) -> tuple[int, str]:
    return branch.code.pk, INDENT * (branch.depth - 1) + branch.code.name


class MarkForm(PlaceForm):
    code = forms.TypedChoiceField(
        label=gettext_lazy("Code"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a code from the list.")},
    )
    new_code = PlainLineField(
        label=gettext_lazy("Or a new code"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("In your own words, short."),
    )
    under = forms.TypedChoiceField(
        label=gettext_lazy("The new code stands under"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a code from the list.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, tree: Sequence[Branch], **about: Any
    ) -> None:
        super().__init__(data, auto_id="mark_%s", **about)
        self.codes = {branch.code.pk: branch.code for branch in tree}
        higher = [branch for branch in tree if branch.depth < DEEPEST_CODE]
        offer(self, "code", [("", _("Choose a code")), *map(_indented, tree)])
        offer(self, "under", [("", _("Nothing: it stands at the top")), *map(_indented, higher)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = bool(cleaned.get("code")) + bool(cleaned.get("new_code"))
        if chosen == 0 and not {"code", "new_code"} & set(self.errors):
            self.add_error("code", _("Choose a code, or write a new one."))
        if chosen == 2:
            self.add_error("new_code", _("Choose a code or write a new one, not both."))
        return cleaned

    @property
    def chosen(self) -> Code | None:
        return self.codes.get(self.cleaned_data["code"])

    @property
    def parent(self) -> Code | None:
        return self.codes.get(self.cleaned_data["under"])


class VoiceForm(PlaceForm):
    """The contribution as a voice behind an insight, with or without a quote."""

    insight = forms.TypedChoiceField(
        label=gettext_lazy("Insight"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose an insight."),
            "invalid_choice": gettext_lazy("Choose an insight from the list."),
        },
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("What does it say?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what it says."),
            "invalid_choice": gettext_lazy("Choose what it says."),
        },
    )
    with_quote = forms.BooleanField(
        label=gettext_lazy("Quote this place"),
        required=False,
        help_text=gettext_lazy("At most 400 characters. Everybody can read the quote."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        insights: Sequence[Insight],
        may_quote: bool,
        **about: Any,
    ) -> None:
        super().__init__(data, auto_id="voice_%s", **about)
        self.may_quote = may_quote
        self.insights = {insight.number: insight for insight in insights}
        named = [(one.number, f"{one.label} {excerpt(one.statement, 80)}") for one in insights]
        offer(self, "insight", [("", _("Choose an insight")), *named])
        for name in ("first", "last"):
            self.fields[name].required = False

    @property
    def quote(self) -> tuple[int, int] | None:
        return self.place if self.cleaned_data["with_quote"] else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        places = [cleaned.get("first"), cleaned.get("last")]
        if cleaned.get("with_quote") and not (self.is_exact(cleaned) or all(places)):
            self.add_error("first", _("Choose which sentences the quote is."))
        return cleaned


class SetAsideForm(forms.Form):
    reason = PlainLineField(
        label=gettext_lazy("Why it is not used"),
        max_length=300,
        help_text=gettext_lazy(
            "The author reads exactly what stands here. Your name is not shown."
        ),
        error_messages={"required": gettext_lazy("Write to the author why it is not used.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, reason: str = "") -> None:
        super().__init__(data, auto_id="aside_%s", initial={"reason": reason})


class InsightForm(forms.Form):
    statement = PlainLineField(
        label=gettext_lazy("The insight in one sentence"),
        max_length=300,
        help_text=gettext_lazy("In your own words. What do many say?"),
        error_messages={"required": gettext_lazy("Write what many say, in one sentence.")},
    )
    theme = forms.ModelChoiceField(
        label=gettext_lazy("Theme"),
        queryset=Theme.objects.all(),
        empty_label=gettext_lazy("Choose a theme"),
        error_messages={
            "required": gettext_lazy("Choose a theme."),
            "invalid_choice": gettext_lazy("Choose a theme from the list."),
        },
    )
    guidelines = forms.MultipleChoiceField(
        label=gettext_lazy("Guidelines"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those that it is about. You can leave it."),
        error_messages={"invalid_choice": gettext_lazy("Choose guidelines from the list.")},
    )
    missing_voices = PlainTextField(
        label=gettext_lazy("Whom we have not heard from"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("It is shown as the administration's judgement. You can leave it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, insight: Insight | None = None
    ) -> None:
        super().__init__(data, initial=_stored(insight) if insight else None)
        kept = Q(insights=insight) if insight else Q()
        rows = Guideline.objects.filter(Q(retired_in=None) | kept).distinct().in_order()
        self.choosable = {guideline.code: guideline for guideline in rows}
        words = _words_of_guidelines()
        offer(
            self, "guidelines", [(code, f"{code} {words.get(code, '')}") for code in self.choosable]
        )

    @property
    def said(self) -> Said:
        written = self.cleaned_data
        return Said(
            statement=written["statement"],
            theme=written["theme"],
            guidelines=[self.choosable[code] for code in written["guidelines"]],
            missing_voices=written["missing_voices"],
        )


def _stored(insight: Insight) -> dict[str, Any]:
    return {
        "statement": insight.statement,
        "theme": insight.theme_id,
        "guidelines": [guideline.code for guideline in insight.guidelines.all()],
        "missing_voices": insight.missing_voices,
    }


def _words_of_guidelines() -> dict[str, str]:
    in_force = Passage.objects.in_force().of_guidelines()
    rows = in_force.values_list("guideline__code", "plain_summary", "text")
    return {str(code): excerpt(summary or text, 90) for code, summary, text in rows}
