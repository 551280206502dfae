"""Nicknames: in one room nobody writes under another's, however it is spelled (design §4).

A name is somebody's from the moment it is sent, before anybody else can see it; the database lets
no second one in. It is free again when all that bore it has been taken back.
"""

from django.db.models import Q

from cocreate.contributions.access import own
from cocreate.contributions.codes import digest
from cocreate.contributions.models import ChosenName, Contribution, Receipt, Room
from cocreate.contributions.viewer import Viewer
from cocreate.text.names import look_of


class NameTaken(Exception):
    """Somebody else writes under that name in this room; nothing was stored."""


def is_anothers(
    name: str, room: Room, *, viewer: Viewer, seal: str, keep_under: Receipt | None = None
) -> bool:
    """Whether somebody else bears this name in the room, as far as one can know before sending."""
    held = ChosenName.objects.filter(room=room, digest=_digest(name)).first()
    return held is not None and not _is_ones_own(held, viewer, seal, keep_under)


def take_name(
    name: str, room: Room, *, viewer: Viewer, seal: str, keep_under: Receipt | None = None
) -> ChosenName:
    """The name, held for this person until the transaction ends. Raises NameTaken.

    `seal` is that of the form: what it sent before is the person's own, also with no code open.
    """
    held, is_new = ChosenName.objects.get_or_create(room=room, digest=_digest(name))
    if not is_new:
        ChosenName.objects.select_for_update().get(pk=held.pk)
        if not _is_ones_own(held, viewer, seal, keep_under):
            raise NameTaken
    return held


def _is_ones_own(held: ChosenName, viewer: Viewer, seal: str, keep_under: Receipt | None) -> bool:
    bearers = Contribution.objects.filter(chosen_name=held)
    ones_own = Q(pk__in=own(viewer)) | Q(submission_digest=seal)
    if keep_under is not None:
        ones_own |= Q(receipt=keep_under)
    return bearers.filter(ones_own).exists() or not bearers.exists()


def _digest(name: str) -> str:
    return digest("chosen-name", look_of(name))
