"""A file on disk → its text, or a sentence saying why it is not one."""

import re
import unicodedata
from pathlib import Path

from cocreate.themes.importing.document import Refused

MOST_BYTES = 2_000_000
# Small words that every Danish text is full of, and those that its neighbours have instead.
_DANISH = frozenset(
    ("og", "af", "at", "er", "det", "der", "en", "et", "som", "til", "vi", "med", "ikke")
    + ("på", "for", "de", "har", "den", "kan", "skal", "om", "fra")
)
_NEIGHBOURS = frozenset(("och", "är", "att", "av", "från", "för", "ett", "noe", "bli"))
_ONLY_DANISH = frozenset(("og", "af", "er", "at", "fra", "blive"))
_LEAST_SHARE = 0.12
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd]")
_WORD = re.compile(r"[^\W\d_]+")


def read_source(path: Path) -> str:
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise Refused(f"{path} is a folder, not a file.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None
    return decode(content)


def decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Refused(f"the file is larger than {MOST_BYTES // 1_000_000} MB.")
    if content.startswith(b"%PDF"):
        raise Refused("this is a PDF; take its text out first, for instance with pdftotext.", 1)
    if b"\0" in content:
        raise Refused("the file holds bytes that are not text.", _line_of(content, b"\0"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("the file is not text in UTF-8; save it as UTF-8.", line) from None
    if not text.strip():
        raise Refused("the file is empty.", 1)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    for sign in _NOT_TEXT.finditer(text):
        line = text.count("\n", 0, sign.start()) + 1
        raise Refused(f"the sign U+{ord(sign[0]):04X} is not text.", line)
    return text


def refuse_other_languages(text: str) -> None:
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        raise Refused("there are no words here.", 1)
    danish, of_danes, of_neighbours = (
        sum(word in known for word in words) for known in (_DANISH, _ONLY_DANISH, _NEIGHBOURS)
    )
    if danish / len(words) < _LEAST_SHARE or of_danes <= of_neighbours:
        raise Refused("the text does not look Danish.", 1)


def _line_of(content: bytes, sign: bytes) -> int:
    return content.count(b"\n", 0, content.index(sign)) + 1
