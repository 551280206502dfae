"""Printed lines of text that was taken out of a PDF, and how they become running text again."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cocreate.themes.importing.document import Refused

# Dashes are no bullets: a wrapped line may begin with one ("– boligen").
BULLETS = "•▪■◦‣●○"
_SENTENCE_END = re.compile(r"[.!?…:][”\"»’)]*$")
_PAGE_NUMBER = re.compile(r"\d{1,3}$")
# "Kultur- og": the hyphen belongs to the word, not to the line break.
_SUSPENDED = re.compile(r"(?:og|eller|samt|til)\b")
_DOUBLE_SPACED = 0.8


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    bullet: str = ""
    after_gap: bool = False
    new_page: bool = False
    closed: bool = False  # printed with blanks after its end: the last line of a paragraph

    @property
    def stands_apart(self) -> bool:
        return self.after_gap or self.new_page

    @property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text))

    @property
    def begins_sentence(self) -> bool:
        letters = self.text.lstrip('”"»«’(')
        return bool(letters) and (letters[0].isupper() or letters[0].isdigit())


def printed_lines(text: str) -> list[Line]:
    """Lines with words, each knowing its place on the page.

    Some programs put an empty line after every printed line; then one empty line means nothing,
    more than one is a gap, and none at all is where a page ended.
    """
    raw = text.split("\n")
    doubled = _is_double_spaced(raw)
    lines: list[Line] = []
    empty = 0
    for number, content in enumerate(raw, 1):
        page = "\f" in content
        content = content.replace("\f", " ")
        if not content.strip():
            empty += 1
            continue
        gap = bool(lines) and empty > (1 if doubled else 0)
        page = page or (doubled and bool(lines) and empty == 0)
        lines.append(_line(number, content, gap=gap, page=page))
        empty = 0
    return lines


def _is_double_spaced(raw: Sequence[str]) -> bool:
    pairs = [after for before, after in pairwise(raw) if before.strip()]
    followed = sum(1 for after in pairs if not after.strip())
    return bool(pairs) and followed / len(pairs) >= _DOUBLE_SPACED


def _line(number: int, content: str, *, gap: bool, page: bool) -> Line:
    words = content.strip()
    bullet = words[0] if words[0] in BULLETS or unicodedata.category(words[0]) == "Co" else ""
    words = " ".join(words.removeprefix(bullet).split())
    for sign in words:
        if unicodedata.category(sign) == "Co":
            raise Refused(f"the sign U+{ord(sign):04X} is not text.", number)
    if _PAGE_NUMBER.fullmatch(words) and not bullet:
        raise Refused("only a number; take page numbers out of the file first.", number)
    closed = bool(re.search(r"\S\s{2,}$", content))
    return Line(number, words, bullet=bullet, after_gap=gap, new_page=page, closed=closed)


def joined(lines: Iterable[Line]) -> str:
    """One run of words: a bullet point, however many lines it was printed on."""
    text = ""
    for line in lines:
        text = _join(text, line.text)
    return text


def paragraphs(lines: Sequence[Line]) -> str:
    """Running text, its paragraphs parted by an empty line.

    A paragraph ends at a gap, and where a sentence ends although the next word had room.
    """
    width = max((len(line.text) for line in lines), default=0)
    runs: list[list[Line]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or line.after_gap or _ends_paragraph(before, line, width):
            runs.append([])
        runs[-1].append(line)
    return "\n\n".join(joined(run) for run in runs)


def _ends_paragraph(before: Line, line: Line, width: int) -> bool:
    if not (before.ends_sentence and line.begins_sentence):
        return False
    return before.closed or len(before.text) + 1 + len(line.text.split()[0]) <= width


def _join(left: str, right: str) -> str:
    if not left or not right:
        return left or right
    if left.endswith("\u00ad"):
        return left[:-1] + right
    if not re.search(r"\w-$", left):
        return f"{left} {right}"
    if _SUSPENDED.match(right):
        return f"{left} {right}"
    return left[:-1] + right if right[0].islower() else left + right
