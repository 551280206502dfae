"""What the strategy says, edition by edition. Adopted words are never rewritten."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from cocreate.themes.models.shown import Shown
from cocreate.themes.models.strategy import Guideline, Strategy, Theme


class AdoptedTextIsFixed(Exception):
    """Adopted words change only by a new edition (design §4)."""


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft edition")
    IN_HEARING = "in_hearing", _("In hearing")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Replaced by a newer edition")


class Precision(models.TextChoices):
    """How exactly the date of adoption is known: the printed strategy names only a month."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")


FIXED = (Status.ADOPTED, Status.SUPERSEDED)


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> "Edition | None":
        """The edition in force; a constraint keeps it to one."""
        return self.filter(status=Status.ADOPTED).first()

    def readable(self) -> "EditionQuerySet":
        """All that was ever in force: drafts are for those who write them."""
        return self.filter(status__in=FIXED)

    def adopted_for_real(self) -> "EditionQuerySet":
        return self.filter(demonstration=False, status__in=FIXED)


class Edition(models.Model):
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    adopted_by = models.CharField(_("adopted by"), max_length=100, blank=True)
    demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("strategy", "number"), name="themes_edition_number"),
            models.UniqueConstraint(
                fields=("strategy",),
                condition=models.Q(status=Status.ADOPTED),
                name="themes_one_edition_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="themes_edition_status_known"
            ),
            # A demonstration is shown as if in force, but nobody has adopted it.
            models.CheckConstraint(
                condition=~models.Q(status__in=FIXED)
                | models.Q(demonstration=True)
                | (models.Q(adopted_on__isnull=False) & ~models.Q(adopted_by="")),
                name="themes_adopted_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = Edition.objects.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.is_fixed and not self._only_superseded(stored):
            raise AdoptedTextIsFixed
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.number])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_fixed:
            raise AdoptedTextIsFixed
        return super().delete(*args, **kwargs)

    @property
    def is_fixed(self) -> bool:
        return self.status in FIXED and not self.demonstration

    @property
    def is_in_force(self) -> bool:
        return self.status == Status.ADOPTED

    @property
    def adopted_when(self) -> str:
        """The date in words, no finer than it is known: "januar 2017"."""
        if not isinstance(self.adopted_on, date):
            return ""
        if self.adopted_precision == Precision.MONTH:
            # Translators: a date format: the month in words and the year.
            return date_format(self.adopted_on, gettext("F Y"))
        return date_format(self.adopted_on, "DATE_FORMAT")

    def _only_superseded(self, stored: "Edition") -> bool:
        fields = [field.attname for field in self._meta.concrete_fields]
        changed = {name for name in fields if getattr(self, name) != getattr(stored, name)}
        return changed <= {"status"} and self.status in FIXED and stored.status == Status.ADOPTED


class Kind(models.TextChoices):
    PREFACE = "preface", _("Preface")
    SIGNATURE = "signature", _("Signature")
    CHALLENGE = "challenge", _("Challenge")
    VISION = "vision", _("Vision")
    LEAD_IN = "lead_in", _("Lead-in")
    GUIDELINE = "guideline", _("Guideline")


OF_THE_WHOLE = (Kind.PREFACE, Kind.SIGNATURE)
OF_A_THEME = (Kind.CHALLENGE, Kind.VISION, Kind.LEAD_IN)
# How addresses call what has no code; that of a theme stands after its number.
REF_OF_THE_WHOLE = {Kind.PREFACE: "forord", Kind.SIGNATURE: "underskrift"}
REF_OF_A_THEME = {Kind.CHALLENGE: "udfordring", Kind.VISION: "vision", Kind.LEAD_IN: "indledning"}


class PlainStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposal")
    APPROVED = "approved", _("approved")


class PassageQuerySet(models.QuerySet["Passage"]):
    def in_force(self) -> "PassageQuerySet":
        """The words that count today, with all a page needs to name them."""
        return self.filter(edition__status=Status.ADOPTED).select_related(
            "edition__strategy", "theme", "guideline"
        )

    def of_guidelines(self) -> "PassageQuerySet":
        return self.filter(kind=Kind.GUIDELINE)

    def adopted(self) -> "PassageQuerySet":
        """In editions that were adopted and printed; a demonstration never was."""
        return self.filter(edition__demonstration=False, edition__status__in=FIXED)

    def with_place(self) -> "PassageQuerySet":
        """With what a passage needs to say where it stands; the edition is the caller's."""
        return self.select_related("theme", "guideline")

    def with_corrigenda(self) -> "PassageQuerySet":
        """One more query."""
        return self.prefetch_related("corrigenda")


class Passage(Shown):
    """One part of the printed text. Every printed sentence stands in exactly one passage.

    `uid` is kept from edition to edition, so that a voice about these words finds the next ones.
    `plain_summary` ("Kort sagt") is not adopted text and may change in an adopted edition too.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passages")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="passages"
    )
    guideline = models.ForeignKey(
        Guideline, on_delete=models.PROTECT, null=True, blank=True, related_name="passages"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    uid = models.UUIDField(default=uuid4, editable=False)
    text = models.TextField(_("text"), help_text=_("Paragraphs are parted by an empty line."))
    plain_summary = models.TextField(_("in short"), blank=True, max_length=300)
    plain_summary_status = models.CharField(
        _("status of the short text"),
        max_length=8,
        choices=PlainStatus.choices,
        default=PlainStatus.PROPOSED,
    )
    order = models.PositiveSmallIntegerField(_("order"))

    objects = PassageQuerySet.as_manager()

    PLAIN_FIELDS = frozenset({"plain_summary", "plain_summary_status"})

    panels: ClassVar[list[Panel]] = [
        FieldPanel("text", read_only=True),
        FieldPanel("plain_summary"),
        FieldPanel("plain_summary_status"),
    ]

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=("edition", "order"), name="themes_passage_order"),
            models.UniqueConstraint(fields=("edition", "uid"), name="themes_passage_uid"),
            models.UniqueConstraint(
                fields=("edition", "guideline"), name="themes_one_text_for_a_guideline"
            ),
            models.UniqueConstraint(
                fields=("edition", "theme", "kind"),
                condition=models.Q(kind__in=OF_A_THEME),
                name="themes_one_of_each_for_a_theme",
            ),
            models.UniqueConstraint(
                fields=("edition", "kind"),
                condition=models.Q(kind__in=OF_THE_WHOLE),
                name="themes_one_preface_and_signature",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind__in=OF_THE_WHOLE, theme=None, guideline=None)
                    | models.Q(kind__in=OF_A_THEME, theme__isnull=False, guideline=None)
                    | models.Q(kind=Kind.GUIDELINE, theme__isnull=False, guideline__isnull=False)
                ),
                name="themes_passage_kind_and_place",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="themes_passage_has_text"),
            models.CheckConstraint(
                condition=models.Q(plain_summary_status=PlainStatus.PROPOSED)
                | (
                    models.Q(plain_summary_status=PlainStatus.APPROVED)
                    & ~models.Q(plain_summary="")
                ),
                name="themes_approved_summary_has_text",
                violation_error_message=_("Write the short text before you approve it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {Truncator(self.text).chars(60)}"

    @admin.display(description=_("guideline"))
    def guideline_code(self) -> str:
        """For the editors' list; needs `guideline` loaded."""
        return self.guideline.code if self.guideline else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.edition.is_fixed and self._adopted_words_change():
            raise AdoptedTextIsFixed
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Needs `edition` and, as `ref` and `name` do, `theme` and `guideline` loaded."""
        return reverse("passage", args=[self.edition.number, self.ref()])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.edition.is_fixed:
            raise AdoptedTextIsFixed
        return super().delete(*args, **kwargs)

    def ref(self) -> str:
        """Its name in an address of its edition: "forord", "tema-3-vision", "2.3"."""
        if self.guideline:
            return self.guideline.code
        if self.theme:
            return f"tema-{self.theme.number}-{REF_OF_A_THEME[Kind(self.kind)]}"
        return REF_OF_THE_WHOLE[Kind(self.kind)]

    @property
    def name(self) -> str:
        """What it is called, wherever it is named alone."""
        if self.guideline:
            return gettext("Guideline %(code)s") % {"code": self.guideline.code}
        if self.theme:
            words = {"number": self.theme.number, "kind": self.get_kind_display()}
            return gettext("Theme %(number)s: %(kind)s") % words
        return self.get_kind_display()

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n\n")

    @property
    def lines(self) -> list[str]:
        """A signature's name and title."""
        return self.text.splitlines()

    @property
    def summary_is_proposal(self) -> bool:
        return bool(self.plain_summary) and self.plain_summary_status == PlainStatus.PROPOSED

    def _adopted_words_change(self) -> bool:
        stored = Passage.objects.filter(pk=self.pk).first() if self.pk else None
        fixed = [f.attname for f in self._meta.concrete_fields if f.name not in self.PLAIN_FIELDS]
        return not stored or any(getattr(self, n) != getattr(stored, n) for n in fixed)
