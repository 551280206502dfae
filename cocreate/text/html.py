"""Plain text to HTML: the one sanitizer. No other module marks a person's words as safe."""

import re
import threading
import unicodedata
from collections.abc import Iterator

from bleach.sanitizer import Cleaner
from django.utils.safestring import SafeString

from cocreate.text.plain import clean

ALLOWED_TAGS = frozenset({"p", "br", "a"})
ALLOWED_ATTRIBUTES = {"p": ["dir"], "a": ["href", "rel"]}
LINK_REL = "nofollow ugc noopener"

# bleach costs 7-44 µs a token; these keep any 20 kB under the 100 ms of trust row 31. What is over
# stays text: a link that is not clickable, a line break that is only a line break in the source.
MOST_PARAGRAPHS = 400
MOST_BREAKS = 1_000
MOST_LINKS = 100
LONGEST_LINK = 2_000

_BETWEEN_PARAGRAPHS = re.compile("\n{2,}")
_LINK = re.compile("https?://[^\\s\U0010f0d1\U0010f0d2\"'`\\\\]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?…)]}*_-–—»”’"
# "<" as an entity is a token of its own in bleach: 134 ms for 20,000 of them. So the three
# characters that HTML knows go through it as private-use characters, which are first taken out of
# the text, and become entities afterwards. Neither form can open a tag.
_STAND_INS = {"&": "\U0010f0d0", "<": "\U0010f0d1", ">": "\U0010f0d2"}
_TO_STAND_INS = str.maketrans(dict.fromkeys(_STAND_INS.values()) | _STAND_INS)
_TO_ENTITIES = str.maketrans(
    {_STAND_INS["&"]: "&amp;", _STAND_INS["<"]: "&lt;", _STAND_INS[">"]: "&gt;"}
)

_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_ELLIPSIS = " …"

_per_thread = threading.local()


def to_html(text: str) -> SafeString:
    """Paragraphs, line breaks and links; everything else escaped. Any text is welcome."""
    words = clean(text).translate(_TO_STAND_INS)
    if not words:
        return SafeString("")
    drawn = _Drawing().paragraphs(words)
    cleaned: str = _cleaner().clean(drawn)
    return SafeString(cleaned.translate(_TO_ENTITIES))


def excerpt(text: str, length: int = 180) -> str:
    """The beginning as plain text on one line, cut after a sentence or a word."""
    line = clean(text, lines=False)
    if len(line) <= length:
        return line
    room = length - len(_ELLIPSIS)
    head = line[: room + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] >= room // 2:
        return head[: ends[-1]] + _ELLIPSIS
    space = head.rfind(" ")
    return line[: space if space > 0 else _character_start(line, room)].rstrip(" ,;:–-") + _ELLIPSIS


def _character_start(line: str, position: int) -> int:
    """Never between a letter and its marks, nor inside an emoji of several parts."""
    while position > 1 and (
        unicodedata.category(line[position])[0] == "M"
        or "\u200d" in line[position - 1 : position + 1]
    ):
        position -= 1
    return position


class _Drawing:
    """One text on its way to HTML, counting what it may still spend."""

    def __init__(self) -> None:
        self.breaks = MOST_BREAKS
        self.links = MOST_LINKS

    def paragraphs(self, words: str) -> str:
        parts = _BETWEEN_PARAGRAPHS.split(words, maxsplit=MOST_PARAGRAPHS - 1)
        return "".join(f'<p dir="auto">{self._lines(part)}</p>' for part in parts)

    def _lines(self, part: str) -> str:
        lines = part.split("\n", self.breaks)
        self.breaks -= len(lines) - 1
        return "<br>".join("".join(self._linked(line)) for line in lines)

    def _linked(self, line: str) -> Iterator[str]:
        done = 0
        for found in _LINK.finditer(line):
            address = _without_tail(found.group())
            if not self.links:
                break
            if len(address) > LONGEST_LINK or address.endswith("//"):
                continue
            self.links -= 1
            yield line[done : found.start()]
            yield f'<a href="{address}" rel="{LINK_REL}">{address}</a>'
            done = found.start() + len(address)
        yield line[done:]


def _without_tail(address: str) -> str:
    """Stops after a link belong to the sentence, but a bracket that the link opened is its own."""
    bare = address.rstrip(_AFTER_LINK)
    tail = address[len(bare) :]
    owed = bare.count("(") - bare.count(")")
    returned = 0
    while returned < owed and tail[returned : returned + 1] == ")":
        returned += 1
    return bare + tail[:returned]


def _cleaner() -> Cleaner:
    """One for each thread: bleach's parser keeps state between calls."""
    if not hasattr(_per_thread, "cleaner"):
        _per_thread.cleaner = Cleaner(
            tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, protocols={"http", "https"}
        )
    cleaner: Cleaner = _per_thread.cleaner
    return cleaner
