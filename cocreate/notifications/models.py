"""Word to authors about decisions, the hosts' and the council's. Read from the decisions by cursor;
nobody calls it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Decision, Message
from cocreate.revisions.models import CouncilDecision
from cocreate.stories.models import Chosen


class Cursor(models.Model):
    """How far the decisions have been read."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("cursor")

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One mail to one author: about a host's decision, about what the council decided in the chain
    that a voice of theirs stands in, or about a selection that a story is chosen for. Holds no address and no words: both are read when it is sent."""

    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="letter"
    )
    outcome = models.ForeignKey(
        CouncilDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    # The voice whose author is written to about an outcome.
    voice = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    # A host's word to an author in the thread between them.
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="letter"
    )
    # The author of a chosen story is told before it stands in the selection.
    chosen = models.OneToOneField(
        Chosen, null=True, blank=True, on_delete=models.CASCADE, related_name="letter"
    )
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    decision__isnull=False, outcome=None, voice=None, message=None, chosen=None
                )
                | models.Q(
                    decision=None,
                    outcome__isnull=False,
                    voice__isnull=False,
                    message=None,
                    chosen=None,
                )
                | models.Q(
                    decision=None, outcome=None, voice=None, message__isnull=False, chosen=None
                )
                | models.Q(
                    decision=None, outcome=None, voice=None, message=None, chosen__isnull=False
                ),
                name="notifications_letter_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=("outcome", "voice"), name="notifications_one_letter_about_an_outcome"
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at=None),
                name="notifications_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.decision_id or self.outcome_id or self.message_id or self.chosen_id)

    @property
    def contribution(self) -> Contribution:
        """Whose author it goes to."""
        if self.voice is not None:
            return self.voice
        if self.message is not None:
            return self.message.contribution
        if self.chosen is not None:
            return self.chosen.story
        assert self.decision is not None  # noqa: S101 - a CHECK says so
        return self.decision.contribution
