"""What stays the same from edition to edition: the strategy, its themes and its guidelines."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from cocreate.themes.models.shown import Shown

MOST_THEMES = 12
MOST_GUIDELINES = 99
ONLY_STRATEGY = 1


class Strategy(models.Model):
    """The one strategy of this installation: a CHECK refuses a second row."""

    title = models.CharField(_("title"), max_length=200)
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=ONLY_STRATEGY), name="themes_one_strategy")
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.pk = ONLY_STRATEGY
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)


class Symbol(models.TextChoices):
    """The drawing beside a theme's name, in templates/components/drawings/."""

    RINGS = "rings", _("Rings in water")
    TABLE = "table", _("A table seen from above")
    HOUSE = "house", _("A house with its door open")
    CUPS = "cups", _("Two cups")
    SPEECH = "speech", _("Two who talk")
    BOOK = "book", _("An open book")


class Colour(models.IntegerChoices):
    """Which of the stylesheet's theme colours a theme has; it only repeats the number in words."""

    PLUM = 1, _("Plum")
    BLUE = 2, _("Blue")
    GREEN = 3, _("Green")
    OCHRE = 4, _("Ochre")


class Theme(Shown):  # type: ignore[django-manager-missing]
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    colour = models.PositiveSmallIntegerField(_("colour"), choices=Colour.choices)
    symbol = models.CharField(_("drawing"), max_length=20, choices=Symbol.choices)

    panels: ClassVar[list[Panel]] = [
        FieldPanel("title", read_only=True),
        FieldPanel("colour"),
        FieldPanel("symbol"),
    ]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("strategy", "number"), name="themes_theme_number"),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, MOST_THEMES)), name="themes_theme_1_to_12"
            ),
            models.CheckConstraint(
                condition=models.Q(colour__in=Colour.values), name="themes_theme_colour_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.slug])


class GuidelineQuerySet(models.QuerySet["Guideline"]):
    def in_force(self) -> "GuidelineQuerySet":
        return self.filter(retired_in=None)

    def in_order(self) -> "GuidelineQuerySet":
        """2.9 before 2.10: by the numbers, not by the letters of the code."""
        return self.order_by("theme__number", "number")


class Guideline(models.Model):
    """An identity that keeps its code for ever; its words are a Passage of each edition.

    Codes are appended and never re-used, so "2.3" in old minutes always means the same one.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="guidelines")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=8, unique=True)
    retired_in = models.ForeignKey(
        "themes.Edition",
        verbose_name=_("left out from edition"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="retired_guidelines",
    )

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
        constraints = [
            models.UniqueConstraint(fields=("theme", "number"), name="themes_guideline_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="themes_guideline_from_1"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = f"{self.theme.number}.{self.number}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("guideline", args=[self.code])
