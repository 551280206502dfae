"""What differs between two texts, word by word, so that a person can read it.

Paragraphs are compared first, then the sentences of those that differ, then their words: what is
alike is found early, and each level has little left to do.

`difflib` does the matching, without its "autojunk": that rule of thumb ignores whatever makes up
more than a hundredth of a long text, which in Danish is "og", "at" and every comma, and would show
half a preface as rewritten. The work that it saves is bounded here in another way (MOST_PAIRS).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from os.path import commonprefix
from typing import NamedTuple

# Words that two texts share, counted in pairs: what the matching takes time for. Two texts of 20,000
# characters of prose have 170,000 and take 0.1 s; up to this many, about as long. With more, the
# words are not compared one by one.
MOST_PAIRS = 400_000
# A word of so few letters between two changes is no place for the eye to rest.
SHORT_WORD = 3
# Where less than this of the shorter text is kept, what is alike is alike by chance.
LEAST_KEPT = 0.25

_LETTER = r"[\w\u0300-\u036f]"
_WORD = re.compile(rf"{_LETTER}+(?:[-'’.,](?={_LETTER}){_LETTER}+)*")
_WORD_OR_SIGN = re.compile(rf"{_WORD.pattern}|([^\w\s])\1*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…](?=\s)|\Z)", re.DOTALL)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LEVELS = (_PARAGRAPH, _SENTENCE, _WORD_OR_SIGN)


class Operation(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Segment(NamedTuple):
    operation: Operation
    text: str


class InWords(NamedTuple):
    """How many words a change puts in and takes out."""

    put_in: int
    taken_out: int


class _Piece(NamedTuple):
    """A paragraph, sentence, word or sign, with the white space before it."""

    space: str
    words: str


class _Hunk(NamedTuple):
    was: str
    now: str

    @property
    def is_equal(self) -> bool:
        return self.was == self.now


def difference(was: str, now: str) -> list[Segment]:
    """What is equal and taken out is the old text, letter by letter; what is equal and put in is
    the new one. What is taken out stands before what is put in for it."""
    return list(_segments(_readable(_hunks(was, now, _LEVELS))))


def in_words(segments: Iterable[Segment]) -> InWords:
    counted: Counter[Operation] = Counter()
    for operation, text in segments:
        counted[operation] += len(_WORD.findall(text))
    return InWords(put_in=counted[Operation.INSERT], taken_out=counted[Operation.DELETE])


def _hunks(was: str, now: str, levels: tuple[re.Pattern[str], ...]) -> Iterator[_Hunk]:
    unit, *finer = levels
    old, new = _pieces(was, unit), _pieces(now, unit)
    for kind, old_start, old_end, new_start, new_end in _opcodes(old, new):
        before, after = old[old_start:old_end], new[new_start:new_end]
        if kind == "equal":
            for one, other in zip(before, after, strict=True):
                yield _Hunk(one.space, other.space)
                yield _Hunk(one.words, other.words)
        elif kind == "replace" and finer:
            yield from _inside(_joined(before), _joined(after), tuple(finer))
        else:
            yield from _changed(_joined(before), _joined(after))


def _inside(was: str, now: str, finer: tuple[re.Pattern[str], ...]) -> list[_Hunk]:
    """The change in smaller pieces, or whole where too little of it would be left between them."""
    hunks = _readable(_hunks(was, now, finer))
    kept = sum(_word_count(hunk.was) for hunk in hunks if hunk.is_equal)
    if kept < LEAST_KEPT * min(_word_count(was), _word_count(now)):
        return list(_changed(was, now))
    return hunks


def _changed(was: str, now: str) -> Iterator[_Hunk]:
    """White space that both begin with is no part of the change."""
    space = commonprefix([was, now])
    space = space[: len(space) - len(space.lstrip())]
    yield _Hunk(space, space)
    yield _Hunk(was.removeprefix(space), now.removeprefix(space))


def _pieces(text: str, unit: re.Pattern[str]) -> list[_Piece]:
    """The last one is empty but for the white space at the end."""
    pieces, end = [], 0
    for match in unit.finditer(text):
        pieces.append(_Piece(text[end : match.start()], match[0]))
        end = match.end()
    return [*pieces, _Piece(text[end:], "")]


def _joined(pieces: Iterable[_Piece]) -> str:
    return "".join(piece.space + piece.words for piece in pieces)


def _opcodes(old: list[_Piece], new: list[_Piece]) -> Sequence[tuple[str, int, int, int, int]]:
    before, after = [piece.words for piece in old], [piece.words for piece in new]
    if _pairs(before, after) > MOST_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _pairs(before: list[str], after: list[str]) -> int:
    there = Counter(after)
    return sum(number * there[words] for words, number in Counter(before).items())


def _readable(hunks: Iterable[_Hunk]) -> list[_Hunk]:
    """Neighbours of one sort become one; a scrap between two changes becomes a part of them."""
    shown: list[_Hunk] = []
    for hunk in hunks:
        if not (hunk.was or hunk.now):
            continue
        if shown and shown[-1].is_equal == hunk.is_equal:
            shown[-1:] = [_together(shown[-1], hunk)]
        elif len(shown) > 1 and not hunk.is_equal and _is_scrap(shown[-1].was):
            shown[-2:] = [_together(*shown[-2:], hunk)]
        else:
            shown.append(hunk)
    return shown


def _together(*hunks: _Hunk) -> _Hunk:
    return _Hunk("".join(hunk.was for hunk in hunks), "".join(hunk.now for hunk in hunks))


def _is_scrap(text: str) -> bool:
    """White space or a short word; never the space between two paragraphs."""
    words = text.split()
    return "\n\n" not in text and len(words) <= 1 and len("".join(words)) <= SHORT_WORD


def _word_count(text: str) -> int:
    return len(_WORD.findall(text))


def _segments(hunks: Iterable[_Hunk]) -> Iterator[Segment]:
    for hunk in hunks:
        if hunk.is_equal:
            yield Segment(Operation.EQUAL, hunk.was)
            continue
        if hunk.was:
            yield Segment(Operation.DELETE, hunk.was)
        if hunk.now:
            yield Segment(Operation.INSERT, hunk.now)
