"""Names of groups that are taken home with their notes.

Anybody at the board may name a group, and the name stands above the notes where everybody reads them.
So the facilitator reads each one first, with what the rules noticed in it, and the host reads it at
the note. A name that nobody at the desk has seen goes nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cocreate.boards.picture import Picture
from cocreate.moderation.rules import findings_in
from cocreate.moderation.voice_forms import SAID_OF
from cocreate.text.finder import PERSONAL, Find


@dataclass(frozen=True)
class Heading:
    """`noticed` is what in it may show who somebody is; then it stays unless it is asked for."""

    id: str
    title: str
    version: int
    noticed: list[str]

    @property
    def seen(self) -> str:
        """Which name the facilitator has before them; another one has another version."""
        return f"{self.id}:{self.version}"


def headings_of(shown: Picture, chosen: Iterable[dict[str, Any]]) -> list[Heading]:
    """Those of the groups that the chosen notes lie in. One query."""
    uids = {note["group"] for note in chosen}
    groups = [group for group in shown.groups if group.title and group.id in uids]
    if not groups:
        return []
    found = findings_in(**{group.id: group.title for group in groups})
    return [
        Heading(group.id, group.title, group.version, _named(found.get(group.id, [])))
        for group in groups
    ]


def _named(found: Iterable[Find]) -> list[str]:
    kinds = dict.fromkeys(place.kind for place in found if place.kind in PERSONAL)
    return [str(SAID_OF[kind]) for kind in kinds]


def are_as_seen(headings: Iterable[Heading], post: QueryDict) -> bool:
    seen = post.getlist("seen")
    return all(heading.seen in seen for heading in headings)


def taken_along(headings: Iterable[Heading], post: QueryDict) -> dict[str, str]:
    """The names that were ticked, by group."""
    ticked = post.getlist("title")
    return {heading.id: heading.title for heading in headings if heading.id in ticked}
