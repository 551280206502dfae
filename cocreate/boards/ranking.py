"""What the wall shows when people talk: groups and lone notes, those with most dots first."""

from dataclasses import dataclass
from itertools import groupby

from cocreate.boards.picture import Heap, Picture

SHORT_TITLE = 26


@dataclass(frozen=True)
class Ranked:
    """`rank` is shared by those with equally many dots; None where nobody has voted."""

    title: str
    text: str
    notes: int
    dots: int | None
    rank: int | None

    @property
    def has_room(self) -> bool:
        return _has_room(self.title, self.text)


@dataclass(frozen=True)
class Named:
    """A group under the title of its column."""

    column: str
    group: Heap

    @property
    def has_room(self) -> bool:
        return _has_room(self.group.title, self.group.top)


def _has_room(title: str, text: str) -> bool:
    """Whether words of a note fit under the title: a long one takes two lines."""
    return bool(text) and len(title) <= SHORT_TITLE


def ranked(picture: Picture, *, with_dots: bool) -> list[Ranked]:
    """Ties keep the order of the board and share a rank: nobody wins by standing first."""
    things = [_of_group(group) for group in picture.groups if group.notes]
    things += [
        (str(note["text"]), "", 1, int(note.get("dots", 0)))
        for pillar in picture.pillars
        for note in pillar.loose
    ]
    if not with_dots:
        return [Ranked(title, text, notes, None, None) for title, text, notes, _dots in things]
    things.sort(key=lambda thing: -thing[3])
    found: list[Ranked] = []
    for dots, alike in groupby(things, key=lambda thing: thing[3]):
        rank = len(found) + 1
        found += [Ranked(title, text, notes, dots, rank) for title, text, notes, _dots in alike]
    return found


def _of_group(group: Heap) -> tuple[str, str, int, int]:
    return group.title, group.top, len(group.notes), group.dots


def named_groups(picture: Picture) -> list[Named]:
    """While people group."""
    return [Named(pillar.title, group) for pillar in picture.pillars for group in pillar.groups]
