"""What many say, gathered by analysts: marked places, what they show, and the voices behind it.

No word of a person is copied here. A mark is a place in a wording, and a voice that is taken back
leaves nothing but a row that counts as a gap (design §4).
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution, TextVersion
from cocreate.themes.models import Guideline, Theme

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer

# A tree that is deeper than this is no longer read (a theme, a sort, a case).
DEEPEST_CODE = 3
LONGEST_QUOTE = 400


class Code(models.Model):
    """A word for what a place in a text is about: staff's own, never a person's."""

    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("under"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="insights_code_has_a_name"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="insights_code_is_not_below_itself"
            ),
            models.UniqueConstraint(fields=("parent", "name"), name="insights_code_once"),
            # NULL is not equal to NULL, so the uppermost ones have a rule of their own.
            models.UniqueConstraint(
                fields=("name",), condition=Q(parent=None), name="insights_uppermost_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExcerptQuerySet(models.QuerySet["Excerpt"]):
    def open_to(self, viewer: "Viewer") -> "ExcerptQuerySet":
        """Marks in what this analyst may read now; those in words taken back are none."""
        from cocreate.insights.access import analysable_versions

        return self.filter(version__in=analysable_versions(viewer))


class Excerpt(models.Model):
    """A marked place: positions in one wording, counted in characters, and the code it was given."""

    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="excerpts")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        verbose_name = _("marked place")
        verbose_name_plural = _("marked places")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="insights_excerpt_is_not_empty"
            ),
            models.UniqueConstraint(
                fields=("version", "start", "end", "code"), name="insights_excerpt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.start}–{self.end}"


class SetAside(models.Model):
    """Read and not used, with the reason its author is told ("Ikke brugt, fordi …")."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="set_aside"
    )
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("read and not used")
        verbose_name_plural = _("read and not used")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="insights_set_aside_says_why")
        ]

    def __str__(self) -> str:
        return str(self.contribution_id)


class InsightQuerySet(models.QuerySet["Insight"]):
    def public(self) -> "InsightQuerySet":
        return self.filter(published_at__isnull=False)


class Insight(models.Model):
    """What many say, in one sentence of the analysts' own."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    statement = models.CharField(_("sentence"), max_length=300)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="insights"
    )
    guidelines = models.ManyToManyField(
        Guideline, verbose_name=_("guidelines"), blank=True, related_name="insights"
    )
    # Whom nobody has heard from, as the administration judges it; said to be a judgement.
    missing_voices = models.TextField(_("missing voices"), blank=True, max_length=1000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = InsightQuerySet.as_manager()

    class Meta:
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(statement=""), name="insights_insight_says_something"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="insights_insight_from_1"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("insight", args=[self.number])

    @property
    def label(self) -> str:
        """ "I-07", as it stands in the papers."""
        return f"I-{self.number:02d}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Says the same")
    COUNTERS = "counters", _("Says something else")


class Evidence(models.Model):
    """A voice behind an insight, counted once in it whatever it touches. A quote is a place in the
    wording that was read; what may be shown of it is decided when it is shown (access.quotes)."""

    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="evidence")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="evidence"
    )
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(_("what it says"), max_length=8, choices=Stance.choices)
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    quote_end = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("voice behind an insight")
        verbose_name_plural = _("voices behind an insight")
        constraints = [
            models.UniqueConstraint(
                fields=("insight", "contribution"), name="insights_voice_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="insights_stance_known"
            ),
            models.CheckConstraint(
                condition=Q(quote_start=None, quote_end=None)
                | (
                    Q(quote_end__gt=F("quote_start"))
                    & Q(quote_end__lte=F("quote_start") + LONGEST_QUOTE)
                ),
                name="insights_quote_is_short",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insight_id}: {self.contribution_id}"

    @property
    def has_quote(self) -> bool:
        return self.quote_start is not None
