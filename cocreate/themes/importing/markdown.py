"""Our own layout for a strategy, in Markdown. docs/strategy-layout.md describes it by an example."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from cocreate.themes.importing.document import (
    Adoption,
    FactText,
    GuidelineText,
    PolicyText,
    Refused,
    StrategyDocument,
    ThemeText,
)
from cocreate.themes.importing.said import MONTHS, adoption_date

_HEADING = re.compile(r"\A(#{1,6})\s+(\S.*)$")
_THEME = re.compile(r"\ATema(?: (?P<number>\d+))?: *(?P<title>.+)$")
_ITEM = re.compile(r"\A(?P<indent>\s*)[-*+]\s+(?P<text>.*)$")
_CODED = re.compile(r"\A(?P<theme>\d+)\.(?P<number>\d+)\s+(?P<text>.+)$", re.DOTALL)
_NAMED = re.compile(r"\A\s*(?P<name>[A-ZÆØÅ][\wæøå]*(?: \w+)?):\s*(?P<value>.*)$")
_DATE = re.compile(rf"(?:(?P<day>\d{{1,2}})\. )?(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})$")
_LINK = re.compile(r"\[(?P<title>[^\]]+)\]\((?P<url>https?://[^)\s]+)\)$")

PREFACE, SIGNATURE, FACTS, POLICIES = "Forord", "Underskrift", "Vidste du", "Læses sammen med"
CHALLENGE, VISION, GUIDELINES = "Udfordring", "Vision", "Retningslinjer"
ABOUT = ("Kommune", "Vedtaget af", "Vedtaget")


@dataclass
class Block:
    """A heading and the lines below it, down to the next heading of any level."""

    level: int
    heading: str
    line: int
    body: list[tuple[int, str]] = field(default_factory=list)

    @property
    def words(self) -> list[tuple[int, str]]:
        return [(number, text) for number, text in self.body if text.strip()]


def looks_like_markdown(text: str) -> bool:
    return text.lstrip().startswith("# ")


def parse_markdown(text: str) -> StrategyDocument:
    blocks = _blocks(text)
    title, top, themes = blocks[0], _top(blocks[1:]), _themes(blocks[1:])
    about = _about(title)
    preface = top.get(PREFACE)
    if preface is None:
        raise Refused(f"the strategy has no “## {PREFACE}”.", title.line)
    _match_list(preface, [theme for theme, _line in themes])
    return StrategyDocument(
        title=title.heading,
        municipality=about["Kommune"][1],
        adoption=_adoption(about),
        preface=_paragraphs([row for row in preface.body if not _ITEM.match(row[1])]),
        signature="\n".join(text.strip() for _n, text in _words(top.get(SIGNATURE))),
        themes=tuple(theme for theme, _line in themes),
        facts=tuple(_facts(top.get(FACTS))),
        policies=tuple(_policies(top.get(POLICIES))),
    )


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for number, line in enumerate(text.split("\n"), 1):
        heading = _HEADING.match(line)
        if heading:
            blocks.append(Block(len(heading[1]), _title(heading[2]), number))
        elif blocks:
            blocks[-1].body.append((number, line))
    for block in blocks[1:]:
        if block.level not in (2, 3):
            raise Refused(f"“{block.heading}” must be a heading with ## or ###.", block.line)
    return blocks


def _title(said: str) -> str:
    """A heading may be closed with as many # as it was opened with, or with any other number."""
    return said.rstrip().rstrip("#").rstrip()


def _top(blocks: Sequence[Block]) -> dict[str, Block]:
    """The parts beside the themes, by name."""
    found: dict[str, Block] = {}
    for block in blocks:
        if block.level != 2 or _THEME.match(block.heading):
            continue
        name = FACTS if block.heading.startswith(FACTS) else block.heading
        if name not in (PREFACE, SIGNATURE, FACTS, POLICIES):
            raise Refused(f"“{block.heading}” is no part of a strategy.", block.line)
        if name in found:
            raise Refused(f"“{block.heading}” stands here for the second time.", block.line)
        found[name] = block
    return found


def _about(title: Block) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for number, text in title.words:
        named = _NAMED.match(text)
        if not named or named["name"] not in ABOUT:
            raise Refused(f"only {', '.join(ABOUT)} may stand under the title.", number)
        found[named["name"]] = (number, named["value"].strip())
    for name in ABOUT:
        if not found.get(name, (0, ""))[1]:
            raise Refused(f"“{name}:” is missing under the title.", title.line)
    return found


def _adoption(about: dict[str, tuple[int, str]]) -> Adoption:
    line, value = about["Vedtaget"]
    found = _DATE.match(value)
    if not found:
        raise Refused("write the date as “marts 2027” or “14. marts 2027”.", line)
    day, month, year = found.group("day", "month", "year")
    return Adoption(about["Vedtaget af"][1], *adoption_date(day, month, year, line))


def _themes(blocks: Sequence[Block]) -> list[tuple[ThemeText, int]]:
    """Each theme with the blocks of its own; the line is the heading's."""
    groups: list[list[Block]] = []
    for block in blocks:
        if block.level == 2:
            groups.append([block])
        elif groups:
            groups[-1].append(block)
        else:
            _homeless(block.line)
    themes: list[tuple[ThemeText, int]] = []
    for head, *parts in groups:
        named = _THEME.match(head.heading)
        if named:
            number = len(themes) + 1
            if named["number"] not in (None, str(number)):
                raise Refused(f"theme {named['number']} stands where {number} belongs.", head.line)
            themes.append((_theme(number, named["title"], head, parts), head.line))
        elif parts:
            _homeless(parts[0].line)
    return themes


def _theme(number: int, title: str, head: Block, blocks: Sequence[Block]) -> ThemeText:
    parts: dict[str, Block] = {}
    for block in blocks:
        if block.heading not in (CHALLENGE, VISION, GUIDELINES):
            raise Refused(f"“{block.heading}” is no part of a theme.", block.line)
        if block.heading in parts:
            raise Refused(f"“{block.heading}” stands twice in one theme.", block.line)
        parts[block.heading] = block
    for line, _text in head.words:
        _homeless(line)
    for name in (CHALLENGE, VISION, GUIDELINES):
        if not parts.get(name) or not parts[name].words:
            raise Refused(f"theme {number} has no text under “### {name}”.", head.line)
    lead_in, rows = _lead_in(parts[GUIDELINES])
    guidelines = tuple(_guidelines(number, rows))
    if not guidelines:
        raise Refused(f"theme {number} has no guidelines.", parts[GUIDELINES].line)
    challenge, vision = _paragraphs(parts[CHALLENGE].body), _paragraphs(parts[VISION].body)
    return ThemeText(number, title, challenge, vision, lead_in, guidelines)


def _lead_in(block: Block) -> tuple[str, list[tuple[int, str]]]:
    """What stands before the first bullet, and the rest."""
    first = next((i for i, row in enumerate(block.body) if _ITEM.match(row[1])), len(block.body))
    return _paragraphs(block.body[:first]), block.body[first:]


def _guidelines(theme: int, rows: Sequence[tuple[int, str]]) -> Iterator[GuidelineText]:
    taken: set[int] = set()
    for line, text in _items(rows):
        coded = _CODED.match(text)
        if coded and int(coded["theme"]) != theme:
            raise Refused(f"code {coded['theme']}.{coded['number']} stands in theme {theme}.", line)
        number = int(coded["number"]) if coded else max(taken, default=0) + 1
        if number in taken:
            raise Refused(f"the code {theme}.{number} is used twice.", line)
        if number < max(taken, default=0) or not number:
            raise Refused(f"the code {theme}.{number} stands out of order.", line)
        taken.add(number)
        yield GuidelineText(number, coded["text"] if coded else text)


def _items(rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Bullets with their run-on lines; each with the line where it begins."""
    found: list[tuple[int, str]] = []
    after_gap = False
    for line, text in rows:
        item = _ITEM.match(text)
        if item:
            found.append((line, item["text"].strip()))
        elif text.strip():
            if not found or (after_gap and not text.startswith((" ", "\t"))):
                _homeless(line)
            found[-1] = (found[-1][0], f"{found[-1][1]} {text.strip()}".strip())
        after_gap = not text.strip()
    for line, text in found:
        if not text:
            raise Refused("a bullet without words.", line)
    return found


def _facts(block: Block | None) -> Iterator[FactText]:
    """A claim, below it "Kilde:" and "År:", and indented bullets for the difficulties it lists."""
    claims: list[list[tuple[int, str]]] = []
    for line, text in _words(block):
        item = _ITEM.match(text)
        if item and not item["indent"]:
            claims.append([])
        elif not claims:
            _homeless(line)
        claims[-1].append((line, text))
    for claim in claims:
        yield _fact(claim)


def _fact(rows: Sequence[tuple[int, str]]) -> FactText:
    named: dict[str, tuple[int, str]] = {}
    kept: list[tuple[int, str]] = []
    for line, text in rows:
        match = _NAMED.match(text)
        if match and match["name"] in ("Kilde", "År"):
            named[match["name"]] = (line, match["value"].strip())
        else:
            kept.append((line, text))
    (_line, claim), *terms = _items(kept)
    line, year = named.get("År", (0, ""))
    if year and not re.fullmatch(r"(?:19|20)\d\d", year):
        raise Refused("write the year with four digits.", line)
    source = named.get("Kilde", (0, ""))[1]
    return FactText(claim, tuple(t for _n, t in terms), source, int(year) if year else None)


def _policies(block: Block | None) -> Iterator[PolicyText]:
    for _line, text in _items(_words(block)):
        link = _LINK.match(text)
        yield PolicyText(link["title"], link["url"]) if link else PolicyText(text)


def _match_list(preface: Block, themes: Sequence[ThemeText]) -> None:
    """A list in the preface is the list of themes, and the sections must follow it."""
    listed = [
        (line, item["text"].strip()) for line, text in preface.body if (item := _ITEM.match(text))
    ]
    for index, (line, title) in enumerate(listed):
        if index >= len(themes) or themes[index].title != title:
            raise Refused(f"no section “{title}” stands at this place of the list.", line)
    if listed and len(themes) > len(listed):
        raise Refused(
            f"the list names {len(listed)} themes, but there are {len(themes)} sections.",
            listed[-1][0],
        )


def _paragraphs(rows: Sequence[tuple[int, str]]) -> str:
    runs = re.split(r"\n\s*\n", "\n".join(text.strip() for _line, text in rows).strip())
    return "\n\n".join(" ".join(run.split()) for run in runs)


def _words(block: Block | None) -> list[tuple[int, str]]:
    return block.words if block else []


def _homeless(line: int) -> NoReturn:
    raise Refused("these words belong to no part of a strategy.", line)
