"""Rooms: where posts and boards live, and who may read along."""

from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.audience import Audience


class RoomKind(models.TextChoices):
    FORUM = "forum", _("Conversation room")
    BOARD = "board", _("Workshop")


def random_id() -> str:
    """144 random bits: an address that cannot be guessed or counted (trust requirement 5)."""
    return token_urlsafe(18)


class Room(models.Model):
    public_id = models.CharField(max_length=32, unique=True, default=random_id, editable=False)
    kind = models.CharField(max_length=10, choices=RoomKind.choices)
    # The widest circle that may read what is published here; a contribution can only be narrower.
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"


class ChosenName(models.Model):
    """A nickname that somebody bears in a room, from the moment it is sent: a digest of how it
    looks. Whose it is follows from the contributions that bear it; free when none does.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="chosen_names")
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("chosen name")
        verbose_name_plural = _("chosen names")
        constraints = [
            models.UniqueConstraint(
                fields=("room", "digest"), name="contributions_one_name_in_a_room"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.pk}"


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("Member")
    HOST = "host", _("Host")


class Membership(models.Model):
    """Opens a closed room to one account, as reader or as its host."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(
        max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )

    Role: ClassVar[type[MembershipRole]] = MembershipRole

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=("room", "user"), name="contributions_one_membership")
        ]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.get_role_display()}"
