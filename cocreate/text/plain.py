"""What people type, made safe to keep: the same words, without what cannot be seen or sent.

Everything here is linear in the length of the text; people paste 20 kB and more.
"""

import re
import unicodedata
from functools import partial

# Three marks carry every living orthography; longer stacks only paint over the neighbours' words.
MARKS_PER_BASE = 3
# Python sorts a run of marks by insertion (70 ms for 10,000), so runs are cut before NFC too.
_MARKS_BEFORE_NFC = 30

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, lone surrogates, noncharacters, bidi controls, zero-width and blank "letters". The two
# joiners (200C, 200D) are judged by their neighbours below.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_EMOJI = "\u2190-\u21ff\u231a-\u23ff\u25aa-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff"
_ZWJ_BETWEEN = (re.compile(f"[{_EMOJI}\ufe0f]"), re.compile(f"[{_EMOJI}]"))
# Arabic to Sinhala: a joiner between two letters there is spelling, not hiding.
_JOINED_SCRIPTS = range(0x0600, 0x0E00)
_ABOVE_LATIN = re.compile("[\u0300-\U0010ffff]{4,}")
_BLANK_LINES = re.compile("\n{4,}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def clean(value: str, *, lines: bool = True) -> str:
    """The text as its author sees it; idempotent. `lines=False` gives one line, for titles."""
    text = _BREAKS.sub("\n", value).replace("\t", " ")
    text = _joined(_UNSEEN.sub("", text))
    text = unicodedata.normalize("NFC", _with_marks(text, _MARKS_BEFORE_NFC))
    text = _joined(_with_marks(text, MARKS_PER_BASE))
    if not lines:
        return " ".join(text.split())
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", text).strip()


def words_of(text: str) -> list[str]:
    """The words in order, as written; a hyphen or an apostrophe inside a word belongs to it."""
    return _WORD.findall(text)


def _with_marks(text: str, limit: int) -> str:
    return _ABOVE_LATIN.sub(partial(_capped, limit=limit), text)


def _capped(run: re.Match[str], limit: int) -> str:
    kept = []
    marks = 0
    for character in run.group():
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= limit:
            kept.append(character)
    return "".join(kept)


def _joined(text: str) -> str:
    return _JOINERS.sub(_joiner, text)


def _joiner(run: re.Match[str]) -> str:
    """One joiner where it belongs: between two emoji, or two letters of a joining script."""
    before = run.string[run.start() - 1 : run.start()]
    after = run.string[run.end() : run.end() + 1]
    if _ZWJ_BETWEEN[0].match(before) and _ZWJ_BETWEEN[1].match(after) and "\u200d" in run.group():
        return "\u200d"
    if before and after and _is_joining(before) and _is_joining(after) and after.isalpha():
        return run.group()[0]
    return ""


def _is_joining(character: str) -> bool:
    return ord(character) in _JOINED_SCRIPTS and unicodedata.category(character)[0] in "LM"
