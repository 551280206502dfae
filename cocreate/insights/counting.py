"""Counts that show nobody: none below five, and none that can be worked out from those shown.

A count is worked out by taking what can be read away from what is counted, or one row from the
total. So both a row and the part of it that nobody can read must be nothing or at least five; what
is not is added to the other rows until it is (secondary suppression, as statistics offices do it).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True)
class Row:
    """How many bidrag one label has, and how many of them everybody can read."""

    label: str
    total: int
    readable: int

    @property
    def is_safe(self) -> bool:
        return self.total >= FEWEST and _is_safe(self.total - self.readable)


@dataclass(frozen=True)
class Counts:
    """`total` is None while it may not be said; `rest` is what the rows leave of it."""

    total: int | None
    rows: tuple[Row, ...] = ()
    rest: int = 0


def counts_of(rows: Iterable[Row]) -> Counts:
    """What may be said of a whole that is parted into these rows."""
    rows = [row for row in rows if row.total]
    whole = _sum(rows)
    if not whole.is_safe:
        return Counts(None)
    shown = sorted((row for row in rows if row.is_safe), key=lambda row: -row.total)
    while shown:
        rest = whole.total - sum(row.total for row in shown)
        unread = (whole.total - whole.readable) - sum(row.total - row.readable for row in shown)
        if _is_safe(rest) and _is_safe(unread):
            return Counts(whole.total, tuple(shown), rest)
        shown.pop()
    return Counts(whole.total, (), whole.total)


def _sum(rows: Sequence[Row]) -> Row:
    return Row("", sum(row.total for row in rows), sum(row.readable for row in rows))


def _is_safe(number: int) -> bool:
    return number == 0 or number >= FEWEST
