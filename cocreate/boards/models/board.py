"""What stands on a board now. The log (log.py) tells how it came to be; both change together."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cocreate.boards.models.workshop import Participant, Workshop
from cocreate.contributions.models import Contribution
from cocreate.contributions.models.rooms import random_id
from cocreate.text.fields import EncryptedTextField

NOTE_LENGTH = 1000
MOST_NOTES = 2000
TITLE_LENGTH = 80
MOST_GROUPS = 200


class Template(models.TextChoices):
    FREE = "free", _("Free board")
    AFFINITY = "affinity", _("Groups and dots")


class Phase(models.TextChoices):
    COLLECT = "collect", _("Write")
    CLUSTER = "cluster", _("Group")
    VOTE = "vote", _("Vote")
    DISCUSS = "discuss", _("Talk together")
    CLOSED = "closed", _("Closed")


# What a facilitator walks through, in order; back and forth is allowed until it is closed.
PHASES: dict[str, tuple[str, ...]] = {
    Template.FREE: (Phase.COLLECT, Phase.DISCUSS, Phase.CLOSED),
    Template.AFFINITY: (
        Phase.COLLECT,
        Phase.CLUSTER,
        Phase.VOTE,
        Phase.DISCUSS,
        Phase.CLOSED,
    ),
}


class HideReason(models.TextChoices):
    """Why a facilitator hides a note; the same words as the desk's, and told to its author."""

    IDENTIFIES = "identifies", _("It tells who somebody is")
    ATTACKS = "attacks", _("It attacks somebody")
    HARM = "harm", _("It can harm somebody who reads it")
    OFF_TOPIC = "off_topic", _("It is about something else")


class Board(models.Model):
    """`seq` is the number of its newest operation; the row's lock puts writers in one order."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="boards")
    question = models.CharField(_("question"), max_length=200)
    template = models.CharField(max_length=12, choices=Template.choices, default=Template.AFFINITY)
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.COLLECT)
    # While people write: each sees only their own notes, everybody else a number.
    hidden = models.BooleanField(_("write hidden"), default=True)
    dots = models.PositiveSmallIntegerField(_("dots each"), default=5)
    deadline = models.DateTimeField(null=True, blank=True)
    paused = models.BooleanField(default=False)
    note_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="boards_phase_known"),
            models.CheckConstraint(
                condition=Q(template__in=Template.values), name="boards_template_known"
            ),
            models.CheckConstraint(
                condition=Q(note_count__lte=MOST_NOTES), name="boards_not_overfull"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def phases(self) -> tuple[str, ...]:
        return PHASES[self.template]

    @property
    def hides_notes(self) -> bool:
        """Others' notes leave the server as a number alone."""
        return self.phase == Phase.COLLECT and self.hidden

    @property
    def shows_votes(self) -> bool:
        """Votes are blind until the facilitator ends the vote."""
        return self.phase in {Phase.DISCUSS, Phase.CLOSED} and self.has_votes

    @property
    def has_votes(self) -> bool:
        return Phase.VOTE in self.phases


class Column(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="columns")
    uid = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Group(models.Model):
    """Notes put together by the people at the board; anybody may name it while they group."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="groups")
    column = models.ForeignKey(Column, on_delete=models.CASCADE, related_name="groups")
    uid = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    title = EncryptedTextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    place = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.title or self.uid


class Note(models.Model):
    """A slip of paper. It is no contribution until it is harvested, and is deleted otherwise.

    `text` is NULL when its author took it back. `participant` is NULL for what a facilitator
    writes for the room.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="notes")
    column = models.ForeignKey(Column, on_delete=models.CASCADE, related_name="notes")
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes"
    )
    uid = models.CharField(max_length=24, unique=True, default=random_id, editable=False)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    text = EncryptedTextField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    place = models.CharField(max_length=120)
    paper = models.BooleanField(default=False)
    # What the rules noticed, kinds divided by commas: for the facilitator, never for the wall.
    found = models.CharField(max_length=80, blank=True, default="")
    # The wording it was written at the same moment as, by somebody else.
    twin = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hide_reason = models.CharField(
        max_length=12, choices=HideReason.choices, blank=True, default=""
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # Dots put on paper in the room and counted by a facilitator.
    room_dots = models.PositiveSmallIntegerField(default=0)
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(text__isnull=True),
                name="boards_taken_back_has_no_words",
            )
        ]
        indexes = [models.Index(fields=["board", "column", "place"], name="boards_note_row")]

    def __str__(self) -> str:
        return self.uid

    @property
    def is_gone(self) -> bool:
        return self.taken_back_at is not None

    @property
    def is_hidden(self) -> bool:
        return bool(self.hide_reason)


class Vote(models.Model):
    """One person's dots on one note. How many each has left is counted under the board's lock."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="votes")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    dots = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=("note", "participant"), name="boards_one_vote_a_note")
        ]
        indexes = [models.Index(fields=["board", "participant"], name="boards_ballot")]

    def __str__(self) -> str:
        return str(self.pk)
