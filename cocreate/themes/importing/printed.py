"""The layout of a printed strategy whose text was taken out of its PDF.

The titles of the themes stand only as a list in the preface. The sections follow in that order,
without headings of their own: a challenge, "Vision", a line that leads in ("Retningslinjerne …"),
the guidelines as bullets. Last, "Vidste du, at" with its claims.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from cocreate.themes.importing.document import (
    FactText,
    GuidelineText,
    Refused,
    StrategyDocument,
    ThemeText,
)
from cocreate.themes.importing.lines import Line, joined, paragraphs, printed_lines
from cocreate.themes.importing.preface import Preface, read_preface
from cocreate.themes.importing.said import adoption, municipality, policies, strategy_title

VISION = re.compile(r"Vision:?$")
LEAD_IN = re.compile(r"Retningslinjer")
FACTS = re.compile(r"[”\"»]?Vidste du,?(?: at)? ?(?:…|\.\.\.)?[”\"«]?[:?]?$")


def parse_printed(text: str) -> StrategyDocument:
    lines = printed_lines(text)
    preface, rest = read_preface(lines, is_section_part)
    sections, facts = _sections(rest, preface.titles)
    _match_titles(sections, preface)
    return StrategyDocument(
        title=strategy_title(preface.text, preface.line),
        municipality=municipality(preface.text),
        adoption=adoption(preface.text, preface.line),
        preface=preface.text,
        signature=preface.signature,
        themes=tuple(
            section.as_theme(number, title)
            for number, (section, title) in enumerate(zip(sections, preface.titles, strict=True), 1)
        ),
        facts=_facts(facts),
        policies=policies(preface.text),
    )


def is_section_part(line: Line) -> bool:
    """A line that cannot stand in a preface."""
    return not line.bullet and bool(
        VISION.match(line.text) or (line.stands_apart and LEAD_IN.match(line.text))
    )


class Part(Enum):
    CHALLENGE = auto()
    VISION = auto()
    LEAD_IN = auto()
    GUIDELINES = auto()


@dataclass
class Section:
    line: int
    heading: str = ""
    parts: dict[Part, list[Line]] = field(default_factory=dict)
    now: Part = Part.CHALLENGE

    def enter(self, part: Part) -> None:
        self.now = part
        self.parts[part] = []

    def add(self, line: Line) -> None:
        self.parts.setdefault(self.now, []).append(line)

    def has(self, part: Part) -> bool:
        return bool(self.parts.get(part))

    def as_theme(self, number: int, title: str) -> ThemeText:
        guidelines = items(self.parts[Part.GUIDELINES])
        return ThemeText(
            number=number,
            title=title,
            challenge=paragraphs(self.parts[Part.CHALLENGE]),
            vision=paragraphs(self.parts[Part.VISION]),
            lead_in=joined(self.parts.get(Part.LEAD_IN, [])),
            guidelines=tuple(
                GuidelineText(n, joined(item)) for n, item in enumerate(guidelines, 1)
            ),
        )


def items(lines: Sequence[Line]) -> list[list[Line]]:
    """Bullet points, each with the lines it runs on over."""
    found: list[list[Line]] = []
    for line in lines:
        if line.bullet:
            found.append([])
        found[-1].append(line)
    for item in found:
        if not joined(item):
            raise Refused("a bullet without words.", item[0].number)
    return found


def _sections(lines: Sequence[Line], titles: Sequence[str]) -> tuple[list[Section], list[Line]]:
    sections: list[Section] = []
    for index, line in enumerate(lines):
        if FACTS.match(line.text) and not line.bullet:
            _finish(sections, line.number)
            return sections, list(lines[index + 1 :])
        if not sections or _begins_section(line, sections[-1]):
            _finish(sections, line.number)
            sections.append(Section(line.number))
            if line.text in titles:
                sections[-1].heading = line.text
                continue
        _put(line, sections[-1])
    _finish(sections, lines[-1].number if lines else 1)
    return sections, []


def _begins_section(line: Line, section: Section) -> bool:
    """After the guidelines, words that stand apart and are no bullet open the next theme."""
    return (
        section.now is Part.GUIDELINES
        and line.stands_apart
        and not line.bullet
        and line.begins_sentence
    )


def _put(line: Line, section: Section) -> None:
    if VISION.match(line.text) and not line.bullet:
        if section.now in (Part.VISION, Part.LEAD_IN):
            raise Refused("“Vision” stands here for the second time in one theme.", line.number)
        if section.now is Part.GUIDELINES or not section.has(Part.CHALLENGE):
            raise Refused("no text on the challenge stands before this “Vision”.", line.number)
        section.enter(Part.VISION)
    elif section.now is Part.GUIDELINES or not (line.bullet or _leads_in(line, section)):
        section.add(line)
    elif not section.has(Part.VISION):
        raise Refused("the guidelines begin here, but the theme has no vision.", line.number)
    else:
        section.enter(Part.GUIDELINES if line.bullet else Part.LEAD_IN)
        section.add(line)


def _leads_in(line: Line, section: Section) -> bool:
    return section.now is not Part.LEAD_IN and line.stands_apart and bool(LEAD_IN.match(line.text))


def _finish(sections: Sequence[Section], line: int) -> None:
    """Called where a section must be complete."""
    if not sections:
        return
    number, section = len(sections), sections[-1]
    if not section.has(Part.VISION):
        raise Refused(f"section {number} (from line {section.line}) has no vision.", line)
    if not section.has(Part.GUIDELINES):
        raise Refused(f"section {number} (from line {section.line}) has no guidelines.", line)


def _match_titles(sections: Sequence[Section], preface: Preface) -> None:
    named, found = len(preface.titles), len(sections)
    if found > named:
        line = sections[named].line
        raise Refused(f"the preface names {named} themes, but section {named + 1} begins.", line)
    if found < named:
        missing = preface.titles[found]
        raise Refused(
            f"the preface names {named} themes, but there are {found} sections; "
            f"“{missing}” has none.",
            preface.title_lines[found],
        )
    for section, title in zip(sections, preface.titles, strict=True):
        if section.heading and section.heading != title:
            raise Refused(
                f"“{section.heading}” stands where the preface's list has “{title}”.", section.line
            )


def _facts(lines: Sequence[Line]) -> tuple[FactText, ...]:
    """Claims have one kind of bullet; another kind below a claim lists its difficulties."""
    for line in lines[:1]:
        if not line.bullet:
            raise Refused("“Vidste du” must be followed by claims as bullets.", line.number)
    claims: list[tuple[str, list[str]]] = []
    for item in items(lines):
        for line in item[1:]:
            if line.stands_apart and line.begins_sentence:
                raise Refused("these words belong to no part of a strategy.", line.number)
        if item[0].bullet == lines[0].bullet:
            claims.append((joined(item), []))
        else:
            claims[-1][1].append(joined(item))
    return tuple(FactText(text, tuple(terms)) for text, terms in claims)
