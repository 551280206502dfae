"""A workshop: who invites to what, the code at the door, and those who came in."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.boards.codes import LENGTH, new_code
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Receipt, Room, VoiceRole
from cocreate.contributions.models.rooms import random_id
from cocreate.text.fields import EncryptedTextField


def no_token() -> str:
    """For a seat that no cookie opens: a facilitator's."""
    return digest("seat", random_id())


def deletion_day() -> date:
    return timezone.localdate() + timedelta(days=settings.BOARD_KEEP_DAYS)


class HeldFor(models.TextChoices):
    """Whom a workshop invites. Nobody at it says who they are."""

    CITIZENS = "citizens", _("Citizens")
    RELATIVES = "relatives", _("Relatives")
    STAFF = "staff", _("Members of staff")
    COUNCIL = "council", _("City councillors")
    MIXED = "mixed", _("Several of them together")


# What a note from it is called (docs/decisions/0010-what-a-note-is-called.md).
SPEAKS_AS: dict[str, VoiceRole] = {
    HeldFor.CITIZENS: VoiceRole.CITIZEN,
    HeldFor.RELATIVES: VoiceRole.RELATIVE,
    HeldFor.STAFF: VoiceRole.FROM_STAFF,
    HeldFor.COUNCIL: VoiceRole.FROM_COUNCIL,
    HeldFor.MIXED: VoiceRole.FROM_MANY,
}
WAS_FOR: dict[str, Promise] = {
    HeldFor.CITIZENS: _("The workshop was for citizens."),
    HeldFor.RELATIVES: _("The workshop was for relatives."),
    HeldFor.STAFF: _("The workshop was for staff."),
    HeldFor.COUNCIL: _("The workshop was for city councillors."),
    HeldFor.MIXED: _("The workshop was for several groups together. Nobody said who wrote what."),
}


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def ever_at(self, code: str) -> Self:
        """Under this code now or before it was changed; the one that has it now comes first."""
        if len(code) != LENGTH:
            return self.none()
        known = self.filter(Q(code=code) | Q(former_codes__contains=code))
        return known.order_by(Case(When(code=code, then=0), default=1), "-pk")


class Workshop(models.Model):
    """The code opens the door for as long as it stands there; a new one closes the old."""

    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="workshop")
    title = models.CharField(_("title"), max_length=120)
    # Said at the door, before anybody writes: what the notes will be used for.
    purpose = models.CharField(_("what the notes are used for"), max_length=400)
    code = models.CharField(max_length=6, unique=True, default=new_code, editable=False)
    # Those who are in keep their place under a code that was changed; to others it is no code.
    former_codes = models.CharField(max_length=140, blank=True, default="", editable=False)
    locked = models.BooleanField(default=False)
    held_for = models.CharField(
        _("who it is for"),
        max_length=10,
        choices=HeldFor.choices,
        default=HeldFor.MIXED,
        # Servers of the version before go on making workshops while the column is added.
        db_default=HeldFor.MIXED,
    )
    theme = models.ForeignKey(
        "themes.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="workshops"
    )
    guidelines = models.ManyToManyField("themes.Guideline", blank=True, related_name="workshops")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Digest of the form's random id: the same form sent twice is one workshop.
    submission_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Everything that was not harvested is deleted then.
    delete_on = models.DateField(default=deletion_day)
    emptied_at = models.DateTimeField(null=True, blank=True)
    demonstration = models.BooleanField(default=False, editable=False)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_for__in=HeldFor.values), name="boards_held_for_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.code])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def speaks_as(self) -> VoiceRole:
        """What stands at a note from here, in the place of who wrote it."""
        return SPEAKS_AS[self.held_for]

    @property
    def was_for(self) -> str:
        return str(WAS_FOR[self.held_for])


class Participant(models.Model):
    """A seat at a workshop. No address is kept and no account is needed; the name is chosen.

    The seat's token stands in the cookie alone. The person's code follows from it, so neither can be
    read in the database.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    token_digest = models.CharField(max_length=64, unique=True, default=no_token, editable=False)
    name = EncryptedTextField(_("name"), null=True, blank=True)
    may_quote = models.BooleanField(default=False)
    # A facilitator's seat; everybody else's is without an account, also for who has one.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    receipt = models.ForeignKey(
        Receipt, null=True, blank=True, on_delete=models.SET_NULL, related_name="seats"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=("workshop", "user"),
                condition=Q(user__isnull=False),
                name="boards_one_facilitator_seat",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_facilitator(self) -> bool:
        return self.user_id is not None
