"""What the layers below may ask of harvested notes, and of the boards that notes stand on."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cocreate.boards.held import AtWorkshop, held_by
from cocreate.boards.models import HarvestedNote
from cocreate.boards.operations import take_off_board
from cocreate.contributions.kinds import Holding, Kind
from cocreate.contributions.models import Contribution, KindName, State


def links(pks: Iterable[int]) -> dict[int, str]:
    """A note stands among the others of its workshop."""
    rows = HarvestedNote.objects.filter(pk__in=list(pks)).values_list(
        "pk", "public_id", "workshop__room__public_id"
    )
    return {
        pk: f"{reverse('workshop_outcome', args=[workshop])}#i{note}" for pk, note, workshop in rows
    }


def after_change(contribution: Contribution, old: str, new: str) -> None:
    """The name of its group is public as long as the note is. What its author takes back goes from
    the board too; afterwards, since a board's writers take the board first."""
    rows = HarvestedNote.objects.filter(pk=contribution.pk)
    title = rows.values_list("group_title", flat=True).get() if new == State.PUBLISHED else ""
    rows.update(published_group_title=title)
    if new == State.ERASED:
        rows.update(group_title="")
    if new == State.WITHDRAWN != old:
        transaction.on_commit(partial(take_off_board, contribution.pk), robust=True)


def page_keys(contribution: Contribution) -> list[str]:
    note = HarvestedNote.objects.select_related("workshop__room").get(pk=contribution.pk)
    return ["workshops", f"workshop:{note.workshop.room.public_id}"]


NOTE = Kind(
    name=KindName.NOTE,
    label=_("Note"),
    model=HarvestedNote,
    links=links,
    after_change=after_change,
    page_keys=page_keys,
)


def words_of(at: object) -> list[tuple[str, str]]:
    assert isinstance(at, AtWorkshop)  # noqa: S101 - for the type checker
    label = f"{gettext('Workshop')}: {at.workshop.title}"
    return [(label, note.text) for note in at.notes if note.text]


ON_BOARDS = Holding(held_by=held_by, template="boards/_held.html", words_of=words_of)
