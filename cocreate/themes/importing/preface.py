"""The preface of a printed strategy: its words, its list of themes and who signed it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cocreate.themes.importing.document import Refused
from cocreate.themes.importing.lines import Line, joined, paragraphs
from cocreate.themes.models.strategy import MOST_THEMES

HEADING = "forord"
MOST_SIGNATURE_LINES = 4
LONGEST_SIGNATURE_LINE = 80


@dataclass(frozen=True)
class Preface:
    line: int
    text: str
    titles: tuple[str, ...]
    title_lines: tuple[int, ...]
    signature: str


def read_preface(
    lines: Sequence[Line], is_section_part: Callable[[Line], bool]
) -> tuple[Preface, list[Line]]:
    """The preface, and the lines of all that follows it."""
    if not lines or lines[0].text.rstrip(":").casefold() != HEADING:
        raise Refused(
            "the text must begin with the heading “Forord”.", lines[0].number if lines else 1
        )
    ahead = next((i for i, line in enumerate(lines) if is_section_part(line)), len(lines))
    body = list(lines[1:ahead])
    first, last = _title_list(body)
    signature = _signature(body, after=last)
    end = signature.start if signature else _last_page(body, after=last)
    titles = _titles(body[first:last])
    words = paragraphs(body[:first]) + "\n\n" + paragraphs(body[last:end])
    preface = Preface(
        line=lines[0].number,
        text=words.strip(),
        titles=tuple(title for title, _line in titles),
        title_lines=tuple(line for _title, line in titles),
        signature="\n".join(line.text for line in body[end : signature.stop]) if signature else "",
    )
    return preface, body[signature.stop if signature else end :] + list(lines[ahead:])


def _title_list(body: Sequence[Line]) -> tuple[int, int]:
    """Where the list of themes begins and ends; a title that is wrapped goes on in small letters."""
    first = next((i for i, line in enumerate(body) if line.bullet), None)
    if first is None:
        raise Refused("the preface has no list of themes.", body[0].number if body else 1)
    last = first
    while last < len(body) and (body[last].bullet or _runs_on(body[last])):
        last += 1
    for line in body[last:]:
        if line.bullet:
            raise Refused(
                "the preface has a second list; only its themes may be bullets.", line.number
            )
    return first, last


def _runs_on(line: Line) -> bool:
    return not line.stands_apart and not line.begins_sentence


def _titles(lines: Sequence[Line]) -> list[tuple[str, int]]:
    runs: list[list[Line]] = []
    for line in lines:
        if line.bullet:
            runs.append([])
        runs[-1].append(line)
    titles = [(joined(run), run[0].number) for run in runs]
    if len(titles) > MOST_THEMES:
        raise Refused(
            f"the list names {len(titles)} themes; a strategy here has at most {MOST_THEMES}.",
            titles[MOST_THEMES][1],
        )
    seen: set[str] = set()
    for title, number in titles:
        if not title or len(title) > 120:
            raise Refused("the title of a theme has 1 to 120 characters.", number)
        if title.casefold() in seen:
            raise Refused(f"the list names “{title}” twice.", number)
        seen.add(title.casefold())
    return titles


def _signature(body: Sequence[Line], *, after: int) -> range | None:
    """A few short lines without a full stop, apart from what stands before and after."""
    for start in range(after, len(body)):
        stop = start
        while stop < len(body) and (stop == start or not body[stop].stands_apart):
            stop += 1
        if body[start].after_gap and _looks_signed(body[start:stop]):
            return range(start, stop)
    return None


def _looks_signed(lines: Sequence[Line]) -> bool:
    return 2 <= len(lines) <= MOST_SIGNATURE_LINES and all(
        not line.bullet
        and not line.ends_sentence
        and line.begins_sentence
        and len(line.text) <= LONGEST_SIGNATURE_LINE
        for line in lines
    )


def _last_page(body: Sequence[Line], *, after: int) -> int:
    """Without a signature, the first theme begins on the last new page before its vision."""
    pages = [i for i, line in enumerate(body) if i >= after and line.new_page]
    if not pages:
        line = body[-1].number if body else 1
        raise Refused("it cannot be seen where the preface ends and the first theme begins.", line)
    return pages[-1]
