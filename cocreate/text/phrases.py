"""Word patterns over Danish text, written so that a host can read and change them.

A pattern is words with spaces between; `a|b` is either, `word*` any word that begins so, `word?` may
be missing, `~3` up to three words of any kind, and `.` the end of a sentence. Nothing reaches across
a full stop. Text and patterns are compared in ASCII ("dø" is "doe"), so it does not matter whether
æ, ø, å were typed as such.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from cocreate.text.finds import Span

# A run of stops is looked at from its first sign alone: a page of them is walked once.
_TOKEN = re.compile(r"[^\W_]+|(?<![.!?…])[.!?…]+(?=\s|$)|\n\s*\n")
_TO_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ä": "ae", "ö": "oe"})
# As people type on a phone.
_SPELLINGS = {"ik": "ikke", "ikk": "ikke", "ikkj": "ikke", "mej": "mig", "ku": "kunne"}
_STOP = "."


class Line:
    """A text as ` word word . word `, and where in the text each word stands.

    `text` is folded (folding.py), so that case, dashes and spaces are already one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found = _TOKEN.findall(text.translate(_TO_ASCII))
        self.words = [_SPELLINGS.get(word, word) if word[0].isalnum() else _STOP for word in found]
        # The end of the text ends its last sentence, however it was left.
        self.joined = f" {' '.join([*self.words, _STOP])} "
        self.vocabulary = frozenset(self.words)

    @cached_property
    def _places(self) -> list[int]:
        return [0, *accumulate(len(word) + 1 for word in self.words)]

    @cached_property
    def _spans(self) -> list[Span]:
        return [token.span() for token in _TOKEN.finditer(self.text)]

    def span(self, start: int, end: int) -> Span:
        """The original span of a stretch of the joined words."""
        first = bisect_right(self._places, start) - 1
        last = bisect_right(self._places, end - 1) - 1
        return self._spans[first][0], self._spans[min(last, len(self.words) - 1)][1]

    def around(self, place: int, reach: int = 300) -> str:
        """The sentence at a place, or as much of it as may bear on the words there."""
        before = self.joined[max(0, place - reach) : place].rpartition(" .")[2]
        return before + self.joined[place : place + reach].partition(" . ")[0] + " "


@dataclass(frozen=True)
class Pattern:
    opening: str
    expression: re.Pattern[str]
    # The whole first word; empty where it may go on ("word*").
    first: str = ""
    # As it was written.
    source: str = ""

    def may_stand_in(self, line: Line) -> bool:
        """Cheap: of hundreds of patterns mostly none, told by the words there are."""
        return self.first in line.vocabulary if self.first else self.opening in line.joined

    def spans_in(self, joined: str) -> Iterator[Span]:
        """Places in joined words."""
        return (found.span() for found in self.expression.finditer(joined))


def beginning_in(joined: str, patterns: Iterable[Pattern]) -> list[Pattern]:
    """Those whose opening stands in the joined words: of hundreds mostly none, and nearly free."""
    return [pattern for pattern in patterns if pattern.opening in joined]


def compile_patterns(sources: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(pattern for source in sources for pattern in _compiled(source))


@lru_cache(maxsize=4096)
def _compiled(source: str) -> tuple[Pattern, ...]:
    """One for each way to begin, so that each begins with letters and not with a choice."""
    first, *rest = source.lower().translate(_TO_ASCII).split()
    tail = "".join(map(_element, rest))
    return tuple(
        Pattern(
            f" {start.rstrip('*')}",
            re.compile(_element(start) + tail + "(?= )"),
            "" if start.endswith("*") else start,
            source,
        )
        for start in first.split("|")
    )


def _element(element: str) -> str:
    if element.startswith("~"):
        return f"(?: [^ .]+){{0,{int(element[1:])}}}"
    words = "|".join(
        re.escape(word.removesuffix("*")) + ("[^ ]*" if word.endswith("*") else "")
        for word in element.removesuffix("?").split("|")
    )
    return f"(?: (?:{words}))?" if element.endswith("?") else f" (?:{words})"
