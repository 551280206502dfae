"""What the pages of any edition show: its whole text, one passage, and two editions compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.http import Http404

from cocreate.themes.models.editions import Edition, Kind, Passage
from cocreate.themes.models.strategy import Theme

NO_THEME = 0


# --- one edition ----------------------------------------------------------------------------------


@dataclass
class ThemeText:
    """A theme as one edition has it."""

    theme: Theme
    vision: Passage | None = None
    challenge: Passage | None = None
    lead_in: Passage | None = None
    guidelines: list[Passage] = field(default_factory=list)

    def take(self, passage: Passage) -> None:
        if passage.kind == Kind.GUIDELINE:
            self.guidelines.append(passage)
        else:
            setattr(self, passage.kind, passage)


def edition_context(number: int) -> dict[str, Any]:
    """Three queries; 404 for a draft, as for a number that is not there."""
    editions = readable_editions()
    edition = _numbered(editions, number)
    passages = list(edition.passages.with_place().with_corrigenda())
    whole = {passage.kind: passage for passage in passages if not passage.theme}
    return {
        "edition": edition,
        "editions": editions,
        "in_force": in_force(editions),
        "preface": whole.get(Kind.PREFACE),
        "signature": whole.get(Kind.SIGNATURE),
        "themes": _theme_texts(passages),
        "passages": passages,
    }


def readable_editions() -> list[Edition]:
    """Newest first."""
    return list(Edition.objects.readable().select_related("strategy").order_by("-number"))


def _numbered(editions: Iterable[Edition], number: int) -> Edition:
    for edition in editions:
        if edition.number == number:
            return edition
    raise Http404


def in_force(editions: Iterable[Edition]) -> Edition | None:
    return next((edition for edition in editions if edition.is_in_force), None)


def _theme_texts(passages: Iterable[Passage]) -> list[ThemeText]:
    texts: dict[int, ThemeText] = {}
    for passage in passages:
        if passage.theme:
            texts.setdefault(passage.theme.number, ThemeText(passage.theme)).take(passage)
    return [texts[number] for number in sorted(texts)]


# --- one passage ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wording:
    """A passage in one edition, beside the one that it replaced."""

    passage: Passage
    before: Passage | None = None

    @property
    def is_same(self) -> bool:
        return self.before is not None and self.before.text == self.passage.text


def passage_context(number: int, ref: str) -> dict[str, Any]:
    """Four queries; 404 for what this edition does not hold."""
    editions = readable_editions()
    edition = _numbered(editions, number)
    passage = _found(edition, ref)
    wordings = _wordings(passage, editions)
    newest = wordings[0].passage
    return {
        "passage": passage,
        "edition": edition,
        "ref": ref,
        "in_force": in_force(editions),
        "newest": newest,
        "left_out_in": _next_after(newest.edition, editions),
        "wordings": wordings,
    }


def _found(edition: Edition, ref: str) -> Passage:
    rows = edition.passages.with_place().with_corrigenda()
    for passage in rows:
        if passage.ref() == ref:
            return passage
    raise Http404


def _wordings(passage: Passage, editions: list[Edition]) -> list[Wording]:
    """Newest first."""
    rows = Passage.objects.filter(uid=passage.uid, edition__in=editions)
    found = list(rows.with_place().select_related("edition").order_by("-edition__number"))
    return [*(Wording(*pair) for pair in pairwise(found)), Wording(found[-1])]


def _next_after(edition: Edition, editions: Iterable[Edition]) -> Edition | None:
    """The oldest of those that are newer."""
    newer = [other for other in editions if other.number > edition.number]
    return newer[-1] if newer else None


# --- two editions ---------------------------------------------------------------------------------


class Change(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    LEFT_OUT = "left_out"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Pair:
    """What two editions hold under one uid; one of them is missing where it is new or left out."""

    # The newer one where there is one: it gives the pair its name and place.
    passage: Passage
    was: Passage | None
    now: Passage | None

    @property
    def change(self) -> Change:
        if self.was is None:
            return Change.NEW
        if self.now is None:
            return Change.LEFT_OUT
        return Change.UNCHANGED if self.was.text == self.now.text else Change.CHANGED


@dataclass
class Part:
    """A theme, or what stands outside all themes, as two editions have it."""

    theme: Theme | None
    changed: list[Pair] = field(default_factory=list)
    new: list[Pair] = field(default_factory=list)
    left_out: list[Pair] = field(default_factory=list)
    unchanged: list[Pair] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.theme.number if self.theme else NO_THEME

    def take(self, pair: Pair) -> None:
        getattr(self, pair.change).append(pair)


@dataclass(frozen=True)
class Chosen:
    """What of a comparison somebody asked for: a theme by its number, a passage, or all of it."""

    theme: int | None = None
    passage: UUID | None = None

    def holds(self, pair: Pair) -> bool:
        theme = pair.passage.theme
        number = theme.number if theme else NO_THEME
        return self.theme in {None, number} and self.passage in {None, pair.passage.uid}


def comparison_context(newer: int, older: int, chosen: Chosen) -> dict[str, Any]:
    """Three queries; 404 for an edition, a theme or a passage that is not there."""
    editions = readable_editions()
    now, was = _numbered(editions, newer), _numbered(editions, older)
    pairs = _pairs(was, now)
    shown = [pair for pair in pairs if chosen.holds(pair)]
    if not shown:
        raise Http404
    return {
        "newer": now,
        "older": was,
        "chosen": chosen,
        "parts": _parts(shown),
        "all_parts": _parts(pairs),
        "counts": {change: _count(shown, change) for change in Change},
    }


def _pairs(was: Edition, now: Edition) -> list[Pair]:
    """In the order of `now`; what it has left out comes last."""
    before, after = ({row.uid: row for row in e.passages.with_place()} for e in (was, now))
    return [
        Pair(passage, before.get(uid), after.get(uid))
        for uid, passage in {**after, **before, **after}.items()
    ]


def _parts(pairs: Iterable[Pair]) -> list[Part]:
    parts: dict[int, Part] = {}
    for pair in pairs:
        part = Part(pair.passage.theme)
        parts.setdefault(part.number, part).take(pair)
    return [parts[number] for number in sorted(parts)]


def _count(pairs: Iterable[Pair], change: Change) -> int:
    return sum(pair.change == change for pair in pairs)
