"""What came out of workshops, as everybody may read it: harvested notes that a host has shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Min

from cocreate.boards.models import HarvestedNote, Workshop
from cocreate.contributions.models import Contribution, ContributionQuerySet, KindName
from cocreate.contributions.viewer import STRANGER
from cocreate.themes.models import Guideline

OUTCOMES_A_PAGE = 20


@dataclass(frozen=True)
class Said:
    """The notes of one group, or those of a column that stood alone (no title)."""

    title: str
    votes: int
    notes: list[HarvestedNote]


def _published_notes() -> ContributionQuerySet:
    """What everybody may read, whoever asks."""
    return Contribution.objects.visible_to(STRANGER).of_kind(KindName.NOTE).only("pk")


def page_of(after: str) -> tuple[list[dict[str, Any]], str]:
    """Workshops with notes that are shown, newest first. Two queries, three on a later page."""
    shown = HarvestedNote.objects.filter(pk__in=_published_notes()).order_by()
    rows = shown.values("workshop").annotate(notes=Count("pk"), held=Min("submitted_at"))
    start = Workshop.objects.filter(room__public_id=after).values_list("pk", flat=True).first()
    if start is not None:
        rows = rows.filter(workshop__lt=start)
    found = list(rows.order_by("-workshop")[: OUTCOMES_A_PAGE + 1])
    by_pk = Workshop.objects.select_related("room", "theme").in_bulk(
        [row["workshop"] for row in found]
    )
    outcomes = [
        {"workshop": by_pk[row["workshop"]], "notes": row["notes"], "held": row["held"]}
        for row in found[:OUTCOMES_A_PAGE]
    ]
    more = len(found) > OUTCOMES_A_PAGE
    return outcomes, outcomes[-1]["workshop"].room.public_id if more else ""


def shown_of(public_id: str) -> list[HarvestedNote]:
    """The notes of one workshop, with it; none for a workshop that is not there. Public columns and
    the origin only: no encrypted word is loaded."""
    rows = HarvestedNote.objects.filter(
        workshop__room__public_id=public_id, pk__in=_published_notes()
    )
    with_workshop = rows.select_related("workshop__room", "workshop__theme")
    return list(with_workshop.defer("alias", "group_title").order_by("pk"))


def has_any(workshop: Workshop) -> bool:
    """Whether the workshop has a page of its own yet."""
    return HarvestedNote.objects.filter(workshop=workshop, pk__in=_published_notes()).exists()


def shown_note(public_id: str) -> HarvestedNote | None:
    """None for what waits, is hidden, was taken back and never was."""
    rows = HarvestedNote.objects.filter(public_id=public_id, pk__in=_published_notes())
    return (
        rows.select_related("workshop__room", "workshop__theme")
        .defer("alias", "group_title")
        .first()
    )


def held(notes: list[HarvestedNote]) -> datetime | None:
    """Notes are harvested when the workshop ends; of that only month and year are told."""
    return min((note.submitted_at for note in notes if note.submitted_at), default=None)


def columns(notes: list[HarvestedNote]) -> Iterator[tuple[str, list[Said]]]:
    """In the order they were harvested in; groups with most votes first, lone notes last."""
    titles = list(dict.fromkeys(note.column_title for note in notes))
    for title in titles:
        here = [note for note in notes if note.column_title == title]
        yield title, sorted(_groups(here), key=lambda said: (not said.title, -said.votes))


def _groups(notes: list[HarvestedNote]) -> Iterator[Said]:
    by_title = sorted(notes, key=lambda note: note.published_group_title)
    for title, rows in groupby(by_title, key=lambda note: note.published_group_title):
        said = sorted(rows, key=lambda note: -note.votes)
        yield Said(title, sum(note.votes for note in said), said)


def guidelines_of(notes: list[HarvestedNote]) -> list[Guideline]:
    about = Guideline.objects.filter(contributions__in=[note.pk for note in notes]).distinct()
    return list(about.select_related("theme").in_order())
