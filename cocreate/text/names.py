"""Chosen names: nobody may look like the municipality or a named person, or give themselves away."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.text.finder import PERSONAL, find
from cocreate.text.plain import clean

EMPTY = "empty"
PERSONAL_DATA = "personal_data"
PROTECTED = "protected"

SENTENCES: dict[str, str | Promise] = {
    EMPTY: _("Write a name with at least one letter or number, or leave the field empty."),
    PERSONAL_DATA: _(
        "Other people see the name you choose. Choose one without a phone number, an e-mail "
        "address, a home address or a CPR number."
    ),
    PROTECTED: _(
        "That name looks like the municipality or somebody who works there. Choose another name."
    ),
}

# What only hosts and the municipality are called here, as the beginning of a word.
_RESERVED = (
    "admin",
    "borgerrådgiver",
    "borgmester",
    "byråd",
    "forvaltning",
    "kommune",
    "moderator",
    "politi",
    "redaktion",
    "sagsbehandler",
    "support",
    "tovholder",
    "vært",
    "webmaster",
)
# Long enough never to be a part of something else; "svært" and "badminton" are good names.
_RESERVED_ANYWHERE = ("administrator", "borgmester", "byråd", "kommune", "moderator")

# Drawn alike (after Unicode's UTS 39), by capital or by small letter, and digits used as letters.
_DRAWN_LIKE = {
    "a": "ΑΑαАаɑᴀ@4",
    "b": "ΒВʙ8",
    "c": "СсϹϲᴄ",
    "d": "ԁᴅ",
    "e": "ΕεЕеᴇ€3",
    "f": "ꜰ",
    "g": "ɡɢ9",
    "h": "ΗНһʜ",
    "j": "Јјᴊ",
    "k": "ΚκКкᴋ",
    "l": "1|!IİıiΙιІіӀӏʟɪ",
    "m": "ΜМмᴍ",
    "n": "Νηпɴ",
    "o": "0ΟοОоøØᴏσ",
    "p": "ΡρРрᴘ",
    "r": "гʀ",
    "s": "ЅѕꜱՏ5$",
    "t": "ΤτТтᴛ7",
    "u": "υսᴜ",
    "v": "νѵᴠ",
    "w": "ѡԝᴡ",
    "x": "ΧχХх",
    "y": "ΥУуγʏ",
    "z": "ΖᴢZ",
}
_SHAPES = str.maketrans(
    {drawn: letter for letter, group in _DRAWN_LIKE.items() for drawn in group}
    | {"æ": "ae", "Æ": "ae"}
)
_WORD = re.compile(r"[^\W_]+")
# Written apart: "m o d e r a t o r".
_LETTERS_APART = 2


def check_alias(alias: str, protected: Iterable[str]) -> str | None:
    """None, or the key of the sentence in SENTENCES that says why not."""
    if not any(character.isalnum() for character in clean(alias, lines=False)):
        return EMPTY
    if any(found.kind in PERSONAL for found in find(alias)):
        return PERSONAL_DATA
    words = _drawn_words(alias)
    if _is_reserved(words) or any(_names(words, _drawn_words(name)) for name in protected):
        return PROTECTED
    return None


def look_of(name: str) -> str:
    """The same for all ways of writing one name that a reader takes for each other."""
    return "".join(_drawn_words(name)) or clean(name, lines=False).casefold()


def _drawn_words(name: str) -> list[str]:
    """How a name looks, so that two names that look alike are the same."""
    shapes = unicodedata.normalize("NFKC", clean(name, lines=False)).translate(_SHAPES).casefold()
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", shapes.translate(_SHAPES))
        if not unicodedata.combining(letter)
    )
    for drawn, letter in (("rn", "m"), ("vv", "w"), ("aa", "a"), ("oe", "o")):
        bare = bare.replace(drawn, letter)
    return _WORD.findall(bare)


def _is_reserved(words: list[str]) -> bool:
    together = "".join(words)
    if any(_reserved(word) in together for word in _RESERVED_ANYWHERE):
        return True
    if all(len(word) <= _LETTERS_APART for word in words):
        words = [together]
    return any(word.startswith(_reserved(reserved)) for word in words for reserved in _RESERVED)


@lru_cache(maxsize=64)
def _reserved(word: str) -> str:
    return _drawn_words(word)[0]


def _names(words: list[str], protected: list[str]) -> bool:
    """The protected name itself, however it is spaced, or all of its words among others."""
    return bool(protected) and (
        "".join(words) == "".join(protected) or set(protected) <= set(words)
    )
