"""What the strategy claims about the world, and what it asks to be read with. Kept by staff."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel

from cocreate.themes.models.shown import Shown
from cocreate.themes.models.strategy import ONLY_STRATEGY, Strategy

LAST = 99


class FactQuerySet(models.QuerySet["Fact"]):
    def public(self) -> "FactQuerySet":
        """A claim without a source is for editors only (domain §1.1)."""
        return self.exclude(source="")


class Fact(Shown):
    """The rest of a sentence that begins "Did you know that"."""

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, default=ONLY_STRATEGY, related_name="facts"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=LAST)
    text = models.TextField(
        _("text"), help_text=_("What follows after “Did you know that”, with a question mark.")
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("Without a source the fact is not shown to the public."),
    )
    source_url = models.URLField(_("link to the source"), blank=True)
    year = models.PositiveSmallIntegerField(_("year of the figures"), null=True, blank=True)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    objects = FactQuerySet.as_manager()

    panels: ClassVar[list[Panel]] = [
        FieldPanel("text"),
        FieldPanel("source"),
        FieldPanel("source_url"),
        FieldRowPanel(["year", "checked_on", "order"]),
    ]

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="themes_fact_has_text"),
            models.CheckConstraint(
                condition=models.Q(year=None) | models.Q(year__range=(1900, 2100)),
                name="themes_fact_year",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @admin.display(description=_("source"))
    def source_or_missing(self) -> str:
        """What an editor sees in the list; a fact without a source is seen by nobody else."""
        return self.source or gettext("Source is missing")


class DifficultyQuerySet(models.QuerySet["Difficulty"]):
    def public(self) -> "DifficultyQuerySet":
        return self.filter(public=True)


class Difficulty(Shown):
    """A term of the list under a fact. It describes a story at most, never a person."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="difficulties")
    order = models.PositiveSmallIntegerField(_("order"))
    term = models.CharField(_("term"), max_length=100)
    public = models.BooleanField(
        _("shown to the public"),
        default=True,
        help_text=_("Off for words that judge the person they are said of."),
    )

    objects = DifficultyQuerySet.as_manager()

    panels: ClassVar[list[Panel]] = [FieldPanel("term", read_only=True), FieldPanel("public")]

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=("fact", "order"), name="themes_difficulty_order"),
            models.UniqueConstraint(fields=("fact", "term"), name="themes_difficulty_term"),
            models.CheckConstraint(condition=~models.Q(term=""), name="themes_difficulty_has_term"),
        ]

    def __str__(self) -> str:
        return self.term


class RelatedPolicy(Shown):
    """Another policy that the strategy says it is to be read with."""

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, default=ONLY_STRATEGY, related_name="policies"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=LAST)
    title = models.CharField(_("title"), max_length=120)
    url = models.URLField(_("link"), blank=True)

    panels: ClassVar[list[Panel]] = [FieldPanel("title"), FieldPanel("url"), FieldPanel("order")]

    class Meta:
        verbose_name = _("related policy")
        verbose_name_plural = _("related policies")
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=("title",), name="themes_policy_title"),
            models.CheckConstraint(condition=~models.Q(title=""), name="themes_policy_has_title"),
        ]

    def __str__(self) -> str:
        return self.title
