"""Help to see what should not be published and who should be read first; never a promise.

The spans are places in the very text that was given; it is best given what `plain.clean` returned.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from cocreate.text import concern
from cocreate.text.contacts import address_spans, email_spans
from cocreate.text.cpr import cpr_spans
from cocreate.text.finds import GRAVITY, Find, Kind, Level, Span
from cocreate.text.folding import fold
from cocreate.text.phones import phone_spans
from cocreate.text.phrases import Line, Pattern, beginning_in, compile_patterns

__all__ = ["PERSONAL", "Find", "Kind", "Level", "find"]

PERSONAL = frozenset({Kind.CPR, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS})
# Of one rule in one text: the hundredth alarm tells nothing more, and work stays bounded.
_ENOUGH = 100


def find(text: str, *, known_numbers: frozenset[str] = frozenset()) -> list[Find]:
    """Everything found, in the order of the text; `known_numbers` are digits such as "70201201"."""
    folded, offsets = fold(text)
    cprs = cpr_spans(folded)
    found = [
        *_finds(Kind.CPR, Level.HIGH, cprs),
        *_finds(Kind.PHONE, Level.MEDIUM, phone_spans(_without(folded, cprs), known_numbers)),
        *_finds(Kind.EMAIL, Level.MEDIUM, email_spans(folded)),
        *_finds(Kind.ADDRESS, Level.MEDIUM, address_spans(folded, text, offsets)),
        *_in_words(Line(folded)),
    ]
    return [
        Find(one.kind, one.level, offsets[one.start], offsets[one.end - 1] + 1)
        for one in _apart(found)
    ]


def _finds(kind: Kind, level: Level, spans: Iterable[Span]) -> list[Find]:
    return [Find(kind, level, start, end) for start, end in spans]


def _without(text: str, spans: Iterable[Span]) -> str:
    """The same text with the spans blanked: a CPR is not a telephone number too."""
    parts = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], "x" * (end - start)]
        done = end
    return "".join([*parts, text[done:]])


def _in_words(line: Line) -> Iterator[Find]:
    rules = [rule for rule in _rules() if rule[2].opening in line.joined]
    harmless = _mask(line, concern.NEVER) if rules else bytearray()
    for source, level, pattern in rules:
        for start, end in islice(_outside(harmless, pattern, line), _ENOUGH):
            weighed = _weighed(line.around(start), source, level)
            yield Find(Kind.CONCERN, weighed, *line.span(start, end))
    cases = beginning_in(line.joined, _patterns(concern.INDIVIDUAL_CASE))
    nobodys = _mask(line, concern.NEVER_A_CASE) if cases else bytearray()
    for pattern in cases:
        for start, end in islice(_outside(nobodys, pattern, line), _ENOUGH):
            yield Find(Kind.INDIVIDUAL_CASE, Level.LOW, *line.span(start, end))


def _weighed(sentence: str, source: str, level: Level) -> Level:
    """Long ago counts one step less; a subject without a person is only worth a look."""
    if source in concern.NEEDS_A_PERSON and not _says(sentence, concern.PERSONS):
        return Level.LOW
    if _says(sentence, concern.PAST) and not _says(sentence, concern.ONGOING):
        return Level.MEDIUM if level is Level.HIGH else Level.LOW
    return level


def _mask(line: Line, sources: tuple[str, ...]) -> bytearray:
    mask = bytearray(len(line.joined))
    for pattern in beginning_in(line.joined, _patterns(sources)):
        for start, end in pattern.spans_in(line.joined):
            mask[start:end] = b"\1" * (end - start)
    return mask


def _outside(mask: bytearray, pattern: Pattern, line: Line) -> Iterator[Span]:
    return (span for span in pattern.spans_in(line.joined) if not any(mask[slice(*span)]))


def _says(sentence: str, sources: tuple[str, ...]) -> bool:
    likely = beginning_in(sentence, _patterns(sources))
    return any(True for one in likely for _ in one.spans_in(sentence))


@lru_cache(maxsize=8)
def _patterns(sources: tuple[str, ...]) -> tuple[Pattern, ...]:
    return compile_patterns(sources)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, Level, Pattern], ...]:
    return tuple(
        (source, level, pattern)
        for source, level in concern.RULES
        for pattern in compile_patterns([source])
    )


def _apart(found: list[Find]) -> list[Find]:
    """In order, and within a kind no two over each other: the union, at the gravest level."""
    last: dict[Kind, int] = {}
    apart: list[Find] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        place = last.get(one.kind)
        if place is not None and one.start < apart[place].end:
            other = apart[place]
            level = max(one.level, other.level, key=GRAVITY.__getitem__)
            apart[place] = Find(one.kind, level, other.start, max(one.end, other.end))
        else:
            last[one.kind] = len(apart)
            apart.append(one)
    return apart
