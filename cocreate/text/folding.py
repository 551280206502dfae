"""One way of writing for the finder: lower case, ASCII digits, one dash, one space."""

import unicodedata
from collections.abc import Sequence

_DASHES = "\u2212\u2043\u02d7\u30fc\uff70\u207b\u208b"
_DOTS = "\u00b7\u2022\u2024\u2027\u30fb\uff0e\u3002"
_SLASHES = "\u2044\u2215\u29f8\uff0f"
# Every script that people write here, but not a megabyte for whoever sends all of Unicode.
_MOST_KEPT = 20_000


class _Table(dict[int, str | None]):
    """Filled as characters are met; None takes the character out."""

    def __missing__(self, code: int) -> str | None:
        folded = _folded(chr(code))
        if len(self) < _MOST_KEPT:
            self[code] = folded
        return folded


def _folded(character: str) -> str | None:
    category = unicodedata.category(character)
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if category == "Pd" or character in _DASHES:
        return "-"
    if category == "Zs" or character == "\t":
        return " "
    if character in _DOTS:
        return "."
    if character in _SLASHES:
        return "/"
    if category in ("Mn", "Me", "Cf", "Cc") and character != "\n":
        return None
    plain = unicodedata.normalize("NFKC", character)
    lower = (plain if len(plain) == 1 else character).lower()
    return lower if len(lower) == 1 else character


_TABLE = _Table()


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each place in it (and its end) the place in the original."""
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return folded, range(len(text) + 1)
    offsets = [place for place, letter in enumerate(text) if _TABLE[ord(letter)] is not None]
    return folded, [*offsets, len(text)]
