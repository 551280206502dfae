"""How insights and what they are made of are shown: in figures that show nobody, with gaps; and a
wording parted into sentences, with the places that are marked in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from cocreate.contributions.own_words import IN_A_ROW
from cocreate.contributions.viewer import Viewer
from cocreate.insights import access
from cocreate.insights.counting import FEWEST, Counts, Row, counts_of
from cocreate.insights.models import Code, Evidence, Excerpt, Insight, Stance
from cocreate.text.plain import clean

VOICES_LISTED = 12

# --- the public page ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heard:
    """How many bidrag stand behind an insight, parted in two ways, how many of them everybody can
    read, and the gaps of those that were taken back."""

    by_role: Counts
    by_stance: Counts
    readable: int
    quarters: tuple["Quarter", ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether a number is missing that a reader may look for."""
        return bool(self.by_role.total is None or self.by_role.rest or self.by_stance.rest)

    @property
    def more_to_read(self) -> int:
        """How many can be read besides those listed; none while that is a small number."""
        more = self.readable - VOICES_LISTED
        return more if more >= FEWEST else 0


def heard(evidence: QuerySet[Evidence]) -> Heard:
    """One query."""
    rows = access.tally(evidence)
    standing = [row for row in rows if row[2] is None]
    by_role = _sums((role, total, read) for role, _stance, _moment, total, read in standing)
    by_stance = _sums((stance, total, read) for _role, stance, _moment, total, read in standing)
    gaps: Counter[datetime] = Counter()
    for _role, _stance, moment, total, _read in rows:
        if moment is not None:
            gaps[moment] += total
    return Heard(
        counts_of(by_role),
        counts_of(by_stance),
        sum(row.readable for row in by_role),
        tuple(quarters_of(gaps.elements())),
    )


def _sums(parts: Iterable[tuple[str, int, int]]) -> list[Row]:
    totals: Counter[str] = Counter()
    readable: Counter[str] = Counter()
    for label, total, read in parts:
        totals[label] += total
        readable[label] += read
    return [Row(label, total, readable[label]) for label, total in totals.items()]


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int
    gaps: int


def quarters_of(moments: Iterable[datetime]) -> list[Quarter]:
    """Nothing finer than a quarter: a day could be set beside somebody's own story (design §4)."""
    days = (timezone.localdate(moment) for moment in moments)
    counted = Counter((day.year, (day.month + 2) // 3) for day in days)
    return [Quarter(year, number, gaps) for (year, number), gaps in sorted(counted.items())]


def insight_context(insight: Insight) -> dict[str, Any]:
    """Three queries, whatever kinds of voices stand behind it: a link leads by way of `voice_place`."""
    evidence = Evidence.objects.filter(insight=insight)
    voices = list(access.to_read(evidence, VOICES_LISTED))
    quoted = [voice for voice in voices if voice.quote]  # type: ignore[attr-defined]
    return {
        "insight": insight,
        "guidelines": insight.guidelines.select_related("theme").in_order(),
        "heard": heard(evidence),
        "says_so": [voice for voice in quoted if voice.stance == Stance.SUPPORTS],
        "says_else": [voice for voice in quoted if voice.stance == Stance.COUNTERS],
        "voices": voices[:VOICES_LISTED],
    }


# --- a wording, sentence by sentence --------------------------------------------------------------

# Only where a run of signs begins: thousands of dots are looked at once, not once for each of them.
_MAY_END = re.compile(
    "(?<![.!?…])(?P<signs>[.!?…]+)(?P<closing>[»«\"”“’')\\]]*)(?P<space>\\s+)(?=\\S)|\n\\s*(?=\\S)"
)
_NEVER = (
    "adr afd ang bl bl.a ca d dr dvs evt f f.eks feks forb fr fx hhv hr ift inkl jf jfr kl maks "
    "max nr p p.t pga pkt s sml str tlf vedr vha"
)
_PERHAPS = "etc kr m.fl m.m m.v mfl mia mio mm mv o.a o.l osv"
# Short words with a full stop: the first never end a sentence, the others before a capital letter.
_ABBREVIATIONS, _MAY_END_TOO = frozenset(_NEVER.split()), frozenset(_PERHAPS.split())
_LONGEST_WORD = 12


@dataclass(frozen=True)
class Sentence:
    """One sentence with the space after it: every character of a wording lies in exactly one."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences_of(text: str) -> list[Sentence]:
    starts = [0, *(found.end() for found in _MAY_END.finditer(text) if _ends(found)), len(text)]
    places = zip(starts, starts[1:], strict=False)
    return [Sentence(n, start, text[start:end]) for n, (start, end) in enumerate(places, 1) if text]


def _ends(found: re.Match[str]) -> bool:
    """Whether a sentence ends here. A line break always ends one; people leave out capitals."""
    if found["signs"] is None or "\n" in found["space"]:
        return True
    following = found.string[found.end()]
    if found["signs"] != ".":
        trails_off = found["signs"].endswith(("..", "…"))
        return not ((found["closing"] or trails_off) and following.islower())
    if found["closing"]:
        return not following.islower()
    return _full_stop_ends(_word_before(found), following)


def _word_before(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _LONGEST_WORD) : found.start()].split()
    return before[-1].lstrip("(»«\"“”'") if before else ""


def _full_stop_ends(word: str, following: str) -> bool:
    if len(word) == 1 and word.isupper():
        return False
    if word.casefold() in _ABBREVIATIONS:
        return False
    if word.isdecimal() or word.casefold() in _MAY_END_TOO:
        return following.isupper()
    return True


@dataclass(frozen=True)
class Piece:
    """Words between two borders, with the marks that lie on them and those that end with them."""

    start: int
    words: str
    sentence: int = 0
    marks: tuple[Excerpt, ...] = ()
    ending: tuple[Excerpt, ...] = ()


def pieces_of(
    text: str, sentences: Sequence[Sentence], marks: Sequence[Excerpt]
) -> Iterator[Piece]:
    """A wording cut where a sentence begins and where a mark begins or ends; marks may overlap.
    `sentence` is the number of the one that begins with the piece, 0 within one."""
    numbers = {sentence.start: sentence.number for sentence in sentences}
    borders = {0, len(text), *numbers}
    borders |= {min(place, len(text)) for mark in marks for place in (mark.start, mark.end)}
    ordered = sorted(borders)
    for start, end in zip(ordered, ordered[1:], strict=False):
        on_it = tuple(mark for mark in marks if mark.start <= start and mark.end >= end)
        ending = tuple(mark for mark in on_it if min(mark.end, len(text)) == end)
        yield Piece(start, text[start:end], numbers.get(start, 0), on_it, ending)


# --- codes ----------------------------------------------------------------------------------------


@dataclass
class Branch:
    """A code in its place in the tree. `depth` is 1 for the uppermost."""

    code: Code
    depth: int
    marks: int = 0
    is_empty: bool = False
    above: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return " › ".join([*self.above, self.code.name])


def tree_of(codes: Iterable[Code]) -> list[Branch]:
    """The codes in the order of the tree, each level by name."""
    below: dict[int | None, list[Code]] = {}
    for code in sorted(codes, key=lambda code: code.name.casefold()):
        below.setdefault(code.parent_id, []).append(code)
    return list(_branches(below, None, []))


def _branches(
    below: dict[int | None, list[Code]], parent: int | None, above: list[str]
) -> Iterator[Branch]:
    for code in below.get(parent, []):
        yield Branch(code, len(above) + 1, above=above)
        yield from _branches(below, code.pk, [*above, code.name])


def tree_with_marks(viewer: Viewer) -> list[Branch]:
    """With the number of places that this analyst may read, and whether a code can be deleted.
    Three queries."""
    open_marks = Excerpt.objects.open_to(viewer).order_by().values("code")
    numbers = dict(open_marks.annotate(number=Count("pk")).values_list("code", "number"))
    used = set(Excerpt.objects.order_by().values_list("code", flat=True).distinct())
    tree = tree_of(Code.objects.all())
    used |= {branch.code.parent_id for branch in tree if branch.code.parent_id is not None}
    for branch in tree:
        branch.marks = numbers.get(branch.code.pk, 0)
        branch.is_empty = branch.code.pk not in used
    return tree


# --- what was copied ------------------------------------------------------------------------------

# Parted as own_words.py parts them.
_WORD = re.compile(r"[^\W_]+")


def copied_parts(texts: Iterable[str], passages: Iterable[str]) -> list[str]:
    """The refused words as they were typed, those that overlap put together."""
    refused = {tuple(passage.split()) for passage in passages}
    return [part for text in texts for part in _runs(_WORD.findall(clean(text)), refused)]


def _runs(words: Sequence[str], refused: set[tuple[str, ...]]) -> Iterator[str]:
    starts = [n for n in range(len(words)) if tuple(words[n : n + IN_A_ROW]) in refused]
    begun = until = -1
    for start in starts:
        if begun >= 0 and start > until:
            yield " ".join(words[begun:until])
            begun = -1
        begun = start if begun < 0 else begun
        until = start + IN_A_ROW
    if begun >= 0:
        yield " ".join(words[begun:until])
