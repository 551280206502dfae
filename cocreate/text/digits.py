"""Digits in groups, as people split long numbers: the ground for CPR and telephone numbers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cocreate.text.finds import Span
from cocreate.text.places import TOWNS

_DIGITS = re.compile("[0-9]+")
# Three characters may part two groups: " - ", ") (". A line may end between them, a sentence not.
_RUN = re.compile(r"[0-9]+(?:(?:[ .\-/_()]{1,3}|[ \-]{0,2}\n[ \-]?)[0-9]+)*")
_SHORTEST_NUMBER = 8
# Of one run. Real ones hold a few; this many are a table or noise, and work stays bounded.
_MOST_CANDIDATES = 500
_CONTEXT = 40
_NEXT_WORD = re.compile("[ ,]{1,2}([a-zæøåé]+)")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

YEAR = re.compile("(?:19|20)[0-9]{2}")


@dataclass
class Run:
    """Groups of digits with little between them: `010180-1234` is two groups and one joint."""

    text: str
    starts: list[int]
    groups: list[str]
    joints: list[str]

    @cached_property
    def shape(self) -> str:
        """One character for the length of each group: A is ten, C twelve, 0 longer than that."""
        return "".join(["0123456789ABC"[min(len(group), 13) % 13] for group in self.groups])

    @cached_property
    def digits_before(self) -> list[int]:
        """For each group, and the end, how many digits the run has before it."""
        return [0, *accumulate(map(len, self.groups))]

    @cached_property
    def _is_row(self) -> bool:
        return len(set(self.joints)) == 1

    def is_row_of(self, digits: int, first: int) -> bool:
        """Numbers of so many digits written alike, one of which begins at this group."""
        before, whole = self.digits_before[first], self.digits_before[-1]
        return self._is_row and before % digits == 0 and whole % digits == 0


@dataclass(frozen=True)
class Candidate:
    """Some groups of a run that have the shape of a number."""

    run: Run
    first: int
    last: int
    shape: str

    @property
    def groups(self) -> list[str]:
        return self.run.groups[self.first : self.last + 1]

    @property
    def joints(self) -> list[str]:
        return self.run.joints[self.first : self.last]

    @property
    def number(self) -> str:
        return "".join(self.groups)

    @property
    def span(self) -> Span:
        return self.run.starts[self.first], self.run.starts[self.last] + len(self.groups[-1])

    @property
    def before(self) -> str:
        return self.run.text[max(0, self.span[0] - _CONTEXT) : self.span[0]]

    def neighbours(self) -> Iterator[tuple[str, str]]:
        """The joint to, and the digits of, the group before and the group after."""
        if self.first > 0:
            yield self.run.joints[self.first - 1], self.run.groups[self.first - 1]
        if self.last < len(self.run.groups) - 1:
            yield self.run.joints[self.last], self.run.groups[self.last + 1]

    def is_part_of_amount(self) -> bool:
        """Beside a decimal comma, or after a plus sign."""
        start, end = self.span
        text = self.run.text
        return (
            text[start - 1 : start] == "+"
            or (text[start - 1 : start] == "," and text[start - 2 : start - 1].isdigit())
            or (text[end : end + 1] == "," and text[end + 1 : end + 2].isdigit())
        )

    def has_town_after(self) -> bool:
        """The last four digits are a postcode."""
        found = _NEXT_WORD.match(self.run.text, self.span[1])
        return found is not None and found.group(1) in TOWNS


def runs(text: str) -> Iterator[Run]:
    """The runs that are long enough to be somebody's number."""
    for found in _RUN.finditer(text):
        if found.end() - found.start() >= _SHORTEST_NUMBER:
            numbers = list(_DIGITS.finditer(text, found.start(), found.end()))
            groups = [number.group() for number in numbers]
            joints = _DIGITS.split(found.group())[1:-1]
            yield Run(text, [number.start() for number in numbers], groups, joints)


def candidates(
    run: Run, shapes: re.Pattern[str], accepted: Callable[[Candidate], bool]
) -> Iterator[Candidate]:
    """Those of the shapes that are accepted, none over another."""
    place = 0
    for _ in range(_MOST_CANDIDATES):
        if not (found := shapes.search(run.shape, place)):
            return
        candidate = Candidate(run, found.start(), found.end() - 1, found.group())
        if accepted(candidate):
            yield candidate
            place = found.end()
        else:
            place = found.start() + 1


def is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]
