"""What the layers below may ask of harvested notes."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.boards.models import HarvestedNote
from cocreate.contributions.kinds import Kind
from cocreate.contributions.models import Contribution, KindName


def links(pks: Iterable[int]) -> dict[int, str]:
    """A note stands among the others of its workshop."""
    rows = HarvestedNote.objects.filter(pk__in=list(pks)).values_list(
        "pk", "public_id", "workshop__room__public_id"
    )
    return {
        pk: f"{reverse('workshop_outcome', args=[workshop])}#i{note}" for pk, note, workshop in rows
    }


def nothing_to_count(contribution: Contribution, old: str, new: str) -> None:
    """A workshop's page counts rows; nothing is kept beside them."""


def page_keys(contribution: Contribution) -> list[str]:
    note = HarvestedNote.objects.select_related("workshop__room").get(pk=contribution.pk)
    return ["workshops", f"workshop:{note.workshop.room.public_id}"]


NOTE = Kind(
    name=KindName.NOTE,
    label=_("Note"),
    model=HarvestedNote,
    links=links,
    after_change=nothing_to_count,
    page_keys=page_keys,
)
