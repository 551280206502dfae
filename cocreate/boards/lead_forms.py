"""Forms of those who lead: making a workshop, and choosing what is taken home from it."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cocreate.accounts.models import WORKS_FOR_THE_MUNICIPALITY, User
from cocreate.boards.models import TITLE_LENGTH, HeldFor, Template
from cocreate.boards.operations import Plan, fresh_cid
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.text.html import excerpt
from cocreate.themes.models import Guideline, Passage, Theme

FEWEST_COLUMNS, MOST_COLUMNS = 2, 5
MOST_DOTS_EACH = 10
HIDDEN, OPEN = "hidden", "open"

TEMPLATES = [
    (Template.AFFINITY.value, _("Groups and dots")),
    (Template.FREE.value, _("Free board")),
]
TEMPLATE_HINTS: dict[str, Promise] = {
    Template.AFFINITY: _(
        "Everybody writes, you put together what belongs together, and all give their votes. For "
        "when many are to find what matters most."
    ),
    Template.FREE: _(
        "Everybody writes and moves notes until you stop. For when you want to gather thoughts "
        "and need no vote."
    ),
}
HELD_FOR_HINTS: dict[str, Promise] = {
    HeldFor.CITIZENS: _("Notes that are shown say “Citizen”."),
    HeldFor.RELATIVES: _("Notes that are shown say “Relative”."),
    HeldFor.STAFF: _("Notes that are shown say “From a workshop for staff”."),
    HeldFor.COUNCIL: _("Notes that are shown say “From a workshop for city councillors”."),
    HeldFor.MIXED: _("Notes that are shown say “From a workshop”."),
}
HOW_HINTS: dict[str, Promise] = {
    HIDDEN: _("The shy get to think for themselves, and nobody copies the first note."),
    OPEN: _("People get ideas from each other."),
}
# Ready-made columns, each with the words of its button.
SUGGESTIONS: list[tuple[Promise, list[Promise]]] = [
    (_("Hard and helpful"), [_("What makes it hard"), _("What helps")]),
    (
        _("Keep, change, begin"),
        [
            pgettext_lazy("a column", "Keep"),
            pgettext_lazy("a column", "Change"),
            pgettext_lazy("a column", "Begin"),
        ],
    ),
    (
        _("Know, wonder, do"),
        [_("What we know"), _("What we wonder about"), _("What we can do")],
    ),
]


class WorkshopForm(forms.Form):
    once = PlainLineField(required=False, widget=forms.HiddenInput, initial=fresh_cid)
    title = PlainLineField(
        label=_("What is the workshop called?"),
        max_length=120,
        error_messages={"required": _("Write what the workshop is called")},
    )
    question = PlainLineField(
        label=_("What do you ask people?"),
        help_text=_("One question that one can answer with what one has lived through."),
        max_length=200,
        error_messages={"required": _("Write the question people are to answer")},
    )
    purpose = PlainTextField(
        label=_("What are the notes used for?"),
        help_text=_("People read it at the door, before they write anything."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the notes are used for")},
    )
    held_for = forms.ChoiceField(
        label=_("Who is the workshop for?"),
        choices=HeldFor.choices,
        required=False,
        initial=HeldFor.MIXED,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose who the workshop is for")},
    )
    template = forms.ChoiceField(
        label=_("How do you work?"),
        choices=TEMPLATES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you work"),
            "invalid_choice": _("Choose how you work"),
        },
    )
    columns = PlainTextField(
        label=_("Columns"),
        help_text=_("Two to five, each on a line of its own."),
        max_length=MOST_COLUMNS * (TITLE_LENGTH + 1),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write two columns or more, each on a line of its own")},
    )
    how = forms.ChoiceField(
        label=_("Do people write hidden or openly?"),
        help_text=_("Only for groups and dots. A free board is always open."),
        choices=[(HIDDEN, _("Hidden, until you turn the notes over")), (OPEN, _("Openly"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose how people write")},
    )
    dots = forms.IntegerField(
        label=_("How many votes does each person have?"),
        help_text=_("Only for groups and dots. Five, if you write nothing."),
        required=False,
        min_value=1,
        max_value=MOST_DOTS_EACH,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number from 1 to 10"),
            "min_value": _("Write a whole number from 1 to 10"),
            "max_value": _("Write a whole number from 1 to 10"),
        },
    )
    theme = forms.ChoiceField(
        label=_("Which theme is it about?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a theme from the list, or none")},
    )
    guidelines = forms.MultipleChoiceField(
        label=_("Is it about some of the guidelines?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose guidelines from the list, or none")},
    )
    with_others = forms.MultipleChoiceField(
        label=_("Who leads it with you?"),
        help_text=_("They see what you see and can do what you can do."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose colleagues from the list, or nobody")},
    )

    held_for_hints = HELD_FOR_HINTS
    template_hints = TEMPLATE_HINTS
    how_hints = HOW_HINTS

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.themes = {str(theme.number): theme for theme in Theme.objects.all()}
        self.colleagues = {str(user.pk): user for user in _colleagues_of(by)}
        none = ("", _("None of them, or several"))
        _choices(self, "theme").choices = [
            none,
            *((number, theme.title) for number, theme in self.themes.items()),
        ]
        self.guideline_rows = guidelines_in_force()
        _choices(self, "guidelines").choices = [
            (code, f"{code} {short}") for code, (_row, short) in self.guideline_rows.items()
        ]
        _choices(self, "with_others").choices = [
            (pk, user.get_full_name() or user.email) for pk, user in self.colleagues.items()
        ]

    @property
    def suggestions(self) -> list[tuple[int, Promise, str]]:
        return [
            (number, label, ", ".join(map(str, columns)))
            for number, (label, columns) in enumerate(SUGGESTIONS)
        ]

    def clean_columns(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["columns"].splitlines()]
        columns = list(dict.fromkeys(line for line in lines if line))
        if not FEWEST_COLUMNS <= len(columns) <= MOST_COLUMNS:
            raise forms.ValidationError(_("Write two to five columns, each on a line of its own"))
        if any(len(column) > TITLE_LENGTH for column in columns):
            raise forms.ValidationError(_("A column's name has room for 80 characters"))
        return columns

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            title=said["title"],
            purpose=said["purpose"],
            question=said["question"],
            columns=said["columns"],
            held_for=said["held_for"] or HeldFor.MIXED,
            template=said["template"],
            hidden=said["how"] != OPEN,
            dots=said["dots"] or 5,
            theme=self.themes.get(said["theme"]),
            guidelines=[self.guideline_rows[code][0] for code in said["guidelines"]],
            with_others=[self.colleagues[pk] for pk in said["with_others"]],
            once=said["once"],
        )


def with_suggestion(typed: dict[str, Any], number: str) -> dict[str, Any]:
    """What was typed, with the columns of a ready-made suggestion."""
    known = number.isdecimal() and len(number) < 3 and int(number) < len(SUGGESTIONS)
    if not known:
        return typed
    _label, columns = SUGGESTIONS[int(number)]
    return {**typed, "columns": "\n".join(str(column) for column in columns)}


class GuidelinesForm(forms.Form):
    """What the chosen notes are about, where they are harvested."""

    guidelines = forms.MultipleChoiceField(
        label=_("Which guidelines are the notes about?"),
        help_text=_("The notes are shown at these guidelines when a host has read them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose guidelines from the list, or none")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = guidelines_in_force()
        _choices(self, "guidelines").choices = [
            (code, f"{code} {short}") for code, (_row, short) in self.rows.items()
        ]

    def chosen(self) -> list[Guideline]:
        return [self.rows[code][0] for code in self.cleaned_data["guidelines"]]


def guidelines_in_force() -> dict[str, tuple[Guideline, str]]:
    """Each guideline by its code, with its words in short."""
    passages = Passage.objects.in_force().of_guidelines().filter(guideline__retired_in=None)
    return {
        row.guideline.code: (row.guideline, row.plain_summary or excerpt(row.text, 90))
        for row in passages
        if row.guideline
    }


def _colleagues_of(user: User) -> "list[User]":
    staff = User.objects.filter(groups__name__in=WORKS_FOR_THE_MUNICIPALITY, is_active=True)
    return list(staff.exclude(pk=user.pk).distinct().order_by("first_name", "last_name", "pk"))


def _choices(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    return field
