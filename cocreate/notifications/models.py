"""Word to authors about decisions. Read from the decisions by cursor; nobody calls it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.moderation.models import Decision


class Cursor(models.Model):
    """How far the decisions have been read."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("cursor")

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One mail about one decision. Holds no address and no words: both are read when it is sent."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter")
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at=None),
                name="notifications_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.decision_id)
