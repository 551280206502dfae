"""The hosts' form for a selection of stories."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cocreate.moderation.voice_forms import OnceForm
from cocreate.stories.curation import Said
from cocreate.stories.models import LONGEST_SELECTION_TITLE, Selection
from cocreate.text.forms import PlainLineField, PlainTextField
from cocreate.themes.models import Theme

LONGEST_INTRO = 1_200


def _day(label: Any, required: Any = "", help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(required),
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": required,
            "invalid": _("Write a date, such as 2027-06-30."),
        },
    )


class SelectionForm(OnceForm):
    title = PlainLineField(
        label=_("Title"),
        max_length=LONGEST_SELECTION_TITLE,
        error_messages={"required": _("Give the selection a title.")},
    )
    intro = PlainTextField(
        label=_("Introduction"),
        help_text=_(
            "Write in your own words why these stories stand together. Do not retell anybody's "
            "words."
        ),
        max_length=LONGEST_INTRO,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write an introduction.")},
    )
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        help_text=_("With a theme it also stands where somebody chooses that theme."),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("No theme"),
        error_messages={"invalid_choice": _("Choose a theme from the list.")},
    )
    shown_from = _day(_("First day"), _("Write the first day."))
    shown_to = _day(_("Last day"), help_text=_("You can leave this."))
    read_by_rules: tuple[str, ...] = ("title", "intro")

    def __init__(self, data: Any = None, *, selection: Selection | None = None) -> None:
        super().__init__(data, initial=_as_it_is(selection))
        themes: forms.ModelChoiceField[Theme] = self.fields["theme"]  # type: ignore[assignment]
        themes.queryset = Theme.objects.order_by("number")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("shown_from"), cleaned.get("shown_to")
        if first and last and last < first:
            self.add_error("shown_to", _("It ends before it begins. Choose a later day."))
        return cleaned

    @property
    def said(self) -> Said:
        names = ("title", "intro", "theme", "shown_from", "shown_to")
        return Said(**{name: self.cleaned_data[name] for name in names})


def _as_it_is(selection: Selection | None) -> dict[str, Any]:
    if selection is None:
        ahead = timedelta(days=settings.CURATE_NOTICE_DAYS)
        return {"shown_from": timezone.localdate() + ahead}
    names = ("title", "intro", "theme", "shown_from", "shown_to")
    return {name: getattr(selection, name) for name in names}
