"""Help to see what should not be published and who should be read first; never a promise.

The spans are places in the very text that was given; it is best given what `plain.clean` returned.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from cocreate.text import concern
from cocreate.text.contacts import address_spans, email_spans
from cocreate.text.cpr import cpr_spans
from cocreate.text.finds import GRAVITY, Find, Kind, Level, Span
from cocreate.text.folding import fold
from cocreate.text.phones import phone_spans
from cocreate.text.phrases import Line, Pattern, beginning_in, compile_patterns

__all__ = [
    "NO_RULES",
    "PERSONAL",
    "ExtraRule",
    "Find",
    "Kind",
    "Level",
    "Named",
    "StaffRules",
    "find",
    "find_by_name",
]

PERSONAL = frozenset({Kind.CPR, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS})
# Of one rule in one text: the hundredth alarm tells nothing more, and work stays bounded.
_ENOUGH = 100


@dataclass(frozen=True)
class ExtraRule:
    """A rule beside the built-in ones; its words count for nothing within its `never`."""

    pattern: str
    kind: Kind = Kind.CONCERN
    level: Level = Level.MEDIUM
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffRules:
    """What staff have added to the built-in rules, which stay the floor: `never` and `off` do not
    reach those that tell of a plan or a farewell."""

    extra: tuple[ExtraRule, ...] = ()
    never: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()


NO_RULES = StaffRules()


@dataclass(frozen=True)
class Named:
    """A find and the rule that made it, as it is written; personal data has no such rule."""

    find: Find
    rule: str = ""
    by_staff: bool = False


def find(
    text: str, *, known_numbers: frozenset[str] = frozenset(), rules: StaffRules = NO_RULES
) -> list[Find]:
    """Everything found, in the order of the text; `known_numbers` are digits such as "70201201"."""
    folded, offsets = fold(text)
    found = [
        *_personal(folded, text, offsets, known_numbers),
        *(one.find for one in _in_words(Line(folded), rules)),
    ]
    return [_in_text(one, offsets) for one in _apart(found)]


def find_by_name(
    text: str, *, known_numbers: frozenset[str] = frozenset(), rules: StaffRules = NO_RULES
) -> list[Named]:
    """Every rule that saw something, also where two saw the same, for whoever tries the rules."""
    folded, offsets = fold(text)
    personal = _apart(_personal(folded, text, offsets, known_numbers))
    found = [*map(Named, personal), *_in_words(Line(folded), rules)]
    named = [Named(_in_text(one.find, offsets), one.rule, one.by_staff) for one in found]
    return sorted(named, key=lambda one: (one.find.start, one.find.end, one.rule))


def _in_text(one: Find, offsets: Sequence[int]) -> Find:
    return Find(one.kind, one.level, offsets[one.start], offsets[one.end - 1] + 1)


def _personal(
    folded: str, text: str, offsets: Sequence[int], known_numbers: frozenset[str]
) -> list[Find]:
    cprs = cpr_spans(folded)
    return [
        *_finds(Kind.CPR, Level.HIGH, cprs),
        *_finds(Kind.PHONE, Level.MEDIUM, phone_spans(_without(folded, cprs), known_numbers)),
        *_finds(Kind.EMAIL, Level.MEDIUM, email_spans(folded)),
        *_finds(Kind.ADDRESS, Level.MEDIUM, address_spans(folded, text, offsets)),
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


def _in_words(line: Line, staff: StaffRules) -> Iterator[Named]:
    yield from _concern(line, staff)
    yield from _cases(line)
    extra = [(rule, pattern) for rule, pattern in _extra(staff.extra) if pattern.may_stand_in(line)]
    # Once for each kind, however many rules there are.
    masks = {kind: _mask(line, (*_never_of(kind), *staff.never)) for kind in _kinds(extra)}
    for rule, pattern in extra:
        harmless = masks[rule.kind]
        if rule.never:
            harmless = _mask(line, rule.never, harmless)
        for start, end in islice(_outside(harmless, pattern, line), _ENOUGH):
            level = rule.level
            if rule.kind == Kind.CONCERN:
                level = _weighed(line.around(start), rule.pattern, level)
            yield Named(Find(rule.kind, level, *line.span(start, end)), rule.pattern, True)


def _concern(line: Line, staff: StaffRules) -> Iterator[Named]:
    rules = [rule for rule in _rules() if rule[2].may_stand_in(line)]
    harmless = _mask(line, concern.NEVER) if rules else bytearray()
    milder = _mask(line, staff.never, harmless) if rules and staff.never else harmless
    for source, level, pattern in rules:
        is_floor = level is Level.HIGH
        if source in staff.off and not is_floor:
            continue
        mask = harmless if is_floor else milder
        for start, end in islice(_outside(mask, pattern, line), _ENOUGH):
            weighed = _weighed(line.around(start), source, level)
            yield Named(Find(Kind.CONCERN, weighed, *line.span(start, end)), source)


def _cases(line: Line) -> Iterator[Named]:
    cases = beginning_in(line.joined, _patterns(concern.INDIVIDUAL_CASE))
    nobodys = _mask(line, concern.NEVER_A_CASE) if cases else bytearray()
    for pattern in cases:
        for start, end in islice(_outside(nobodys, pattern, line), _ENOUGH):
            found = Find(Kind.INDIVIDUAL_CASE, Level.LOW, *line.span(start, end))
            yield Named(found, pattern.source)


def _kinds(extra: list[tuple[ExtraRule, Pattern]]) -> set[Kind]:
    return {rule.kind for rule, _pattern in extra}


def _never_of(kind: Kind) -> tuple[str, ...]:
    return concern.NEVER if kind == Kind.CONCERN else concern.NEVER_A_CASE


@lru_cache(maxsize=8)
def _extra(rules: tuple[ExtraRule, ...]) -> tuple[tuple[ExtraRule, Pattern], ...]:
    return tuple((rule, pattern) for rule in rules for pattern in compile_patterns([rule.pattern]))


def _weighed(sentence: str, source: str, level: Level) -> Level:
    """Long ago counts one step less; a subject without a person is only worth a look."""
    if source in concern.NEEDS_A_PERSON and not _says(sentence, concern.PERSONS):
        return Level.LOW
    if _says(sentence, concern.PAST) and not _says(sentence, concern.ONGOING):
        return Level.MEDIUM if level is Level.HIGH else Level.LOW
    return level


def _mask(line: Line, sources: tuple[str, ...], before: bytearray | None = None) -> bytearray:
    mask = bytearray(before or len(line.joined))
    for pattern in beginning_in(line.joined, _patterns(sources)):
        for start, end in pattern.spans_in(line.joined):
            mask[start:end] = b"\1" * (end - start)
    return mask


def _outside(mask: bytearray, pattern: Pattern, line: Line) -> Iterator[Span]:
    return (span for span in pattern.spans_in(line.joined) if not any(mask[slice(*span)]))


def _says(sentence: str, sources: tuple[str, ...]) -> bool:
    likely = beginning_in(sentence, _patterns(sources))
    return any(True for one in likely for _ in one.spans_in(sentence))


@lru_cache(maxsize=512)
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
