"""Consent: what a person allowed, for which wording, when and how, and when it was taken back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """The four boxes. None is ticked beforehand, each is taken back alone (GDPR art. 7)."""

    SHOW = "show", _("It may be shown on the site")
    ANALYSE = "analyse", _("It may be used when we gather what many say")
    READ_ALOUD = "read_aloud", _("It may be read aloud at a workshop")
    QUOTE = "quote", _("Short quotes may stand in the politicians' papers")


class GivenHow(models.TextChoices):
    WEB = "web", _("On the site")
    SPOKEN = "spoken", _("Spoken")
    SIGNED = "signed", _("Signed on paper")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def active(self) -> "ConsentQuerySet":
        return self.filter(revoked_at=None)


class Consent(models.Model):
    """One yes to one use of one wording. A new wording of the text asks anew."""

    contribution = models.ForeignKey(
        "contributions.Contribution", on_delete=models.CASCADE, related_name="consents"
    )
    scope = models.CharField(max_length=12, choices=Scope.choices)
    text_version = models.ForeignKey(
        "contributions.TextVersion", on_delete=models.CASCADE, related_name="consents"
    )
    # Which wording of the question the person answered; a new wording never changes old answers.
    wording_version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    given_how = models.CharField(max_length=8, choices=GivenHow.choices, default=GivenHow.WEB)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=("contribution", "scope"),
                condition=Q(revoked_at=None),
                name="contributions_one_active_consent",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values), name="contributions_consent_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.scope}"
