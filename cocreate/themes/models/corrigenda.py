"""Printing errors in adopted texts: said beside the text, which itself is never touched."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, Panel

from cocreate.themes.models.editions import Passage
from cocreate.themes.models.shown import Shown


class CorrigendumStands(Exception):
    """A correction that people may have read is not rewritten; a wrong one is answered by another."""


class CorrigendumForm(WagtailAdminModelForm):  # type: ignore[misc]
    """An editor finds the passage by its edition and place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopted = Passage.objects.adopted().select_related("edition", "theme", "guideline")
        passage = self.fields["passage"]
        passage.queryset = adopted.order_by("-edition__number", "order")
        passage.label_from_instance = edition_and_place


def edition_and_place(passage: Passage) -> str:
    # Translators: a passage in a list for editors: its edition, its place, its first words.
    return gettext("Edition %(number)s, %(place)s: %(words)s") % {
        "number": passage.edition.number,
        "place": passage.name,
        "words": Truncator(passage.text).chars(60),
    }


class Corrigendum(Shown):
    passage = models.ForeignKey(
        Passage, verbose_name=_("where"), on_delete=models.PROTECT, related_name="corrigenda"
    )
    was = models.CharField(
        _("the words as printed"),
        max_length=200,
        help_text=_("Letter by letter as they stand in the text."),
    )
    should_be = models.CharField(_("the words as they should be"), max_length=200)
    note = models.CharField(
        _("remark"), max_length=300, blank=True, help_text=_("Shown to everybody. May be empty.")
    )
    published_on = models.DateField(_("corrected on"), default=timezone.localdate)

    base_form_class = CorrigendumForm
    panels: ClassVar[list[Panel]] = [
        FieldPanel("passage", widget=forms.Select),
        FieldPanel("was"),
        FieldPanel("should_be"),
        FieldPanel("note"),
        FieldPanel("published_on"),
    ]

    class Meta:
        verbose_name = _("printing error")
        verbose_name_plural = _("printing errors")
        ordering = ("published_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(was="") & ~models.Q(should_be=""),
                name="themes_corrigendum_has_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(was=models.F("should_be")),
                name="themes_corrigendum_corrects",
                violation_error_message=_("Write the words as they should be: these are the same."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.should_be}"

    def clean(self) -> None:
        """Only words that were adopted and printed can be corrected like this."""
        passage = Passage.objects.filter(pk=self.passage_id).select_related("edition").first()
        if passage is None:
            return
        if not passage.edition.is_fixed:
            raise ValidationError({"passage": _("Only an adopted edition can have this.")})
        if self.was and self.was not in passage.text:
            raise ValidationError(
                {"was": _("These words do not stand in the text. Copy them from it.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise CorrigendumStands
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise CorrigendumStands

    @admin.display(description=_("where"))
    def edition_and_place(self) -> str:
        """For the editors' list; needs the passage's place loaded."""
        return edition_and_place(self.passage)
