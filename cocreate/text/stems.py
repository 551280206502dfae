"""Danish stems in plain ASCII letters: what is indexed at publication and what a question becomes.

Both databases get the same string, so both give the same answers (design §8). A word is found
however it is inflected, and whether it was typed with æ, ø, å or with ae, oe, aa.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from snowballstemmer.danish_stemmer import DanishStemmer

from cocreate.text.plain import clean
from cocreate.text.stem_words import FIRST_PARTS, LAST_PARTS, ONE_WORD, SMALL_WORDS

# Longer "words" are pasted addresses; PostgreSQL refuses an index entry above 2 kB.
LONGEST_WORD = 48
LONGEST_QUESTION = 200
MOST_WORDS_ASKED = 10
_BEFORE_LAST_PART = 3
_AFTER_FIRST_PART = 3

_WORD = re.compile(r"[^\W_]+")
# Every ending that Snowball takes away ends in one of these, or is a doubled consonant.
_MAY_BE_INFLECTED = re.compile(r"[a-zæøå]+(?:[degnrst]|([bfklmp])\1)")
_DANISH = re.compile("[æøå]")
_TYPED = re.compile("ae|oe|aa")
_TO_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_TO_DANISH = {"ae": "æ", "oe": "ø", "aa": "å"}
_NEIGHBOURS = str.maketrans({"ä": "æ", "ö": "ø", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "œ": "ø"})
# "hjemløs" typed "hjemloes" looks as if it ended in "-es", "ørerne" typed "oererne" counts one
# letter more from the front: then Snowball gives the typed word another stem.
_LOOKS_INFLECTED = re.compile("[æø](?:[srnt]|ns|rs|ts)?$")
_TYPED_CHANGES_STEM = re.compile("[æø](?:[lnrst][a-z]{0,6})?$|^[æøå]")
# Snowball leaves three letters of every word.
_SHORTEST_INFLECTED = 4
_SHORTEST_COMPOUND = 6

_per_thread = threading.local()


def stems(text: str) -> str:
    """Every word's stem in order, then the further forms under which the text is to be found."""
    in_order = []
    further: set[str] = set()
    for word in _words(text):
        stem, others = _indexed(word)
        in_order.append(stem)
        further.update(others)
    return " ".join([*in_order, *sorted(further.difference(in_order))])


def query_stems(text: str) -> list[str]:
    """The stems a text must have; small words count only when nothing else was asked."""
    words = _words(text[:LONGEST_QUESTION])
    asked = [word for word in words if word not in SMALL_WORDS] or words
    return list(dict.fromkeys(_one_word(_stem(word)) for word in asked))[:MOST_WORDS_ASKED]


def _words(text: str) -> list[str]:
    folded = clean(text, lines=False).casefold()
    if not folded.isascii():
        folded = _without_accents(folded.translate(_NEIGHBOURS))
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded)]


def _without_accents(text: str) -> str:
    """é is e, but å is a letter of its own."""
    parts = unicodedata.normalize("NFD", text.replace("å", "\0"))
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).replace("\0", "å")


@lru_cache(maxsize=16_384)
def _indexed(word: str) -> tuple[str, tuple[str, ...]]:
    """The stem of a word, and the other stems a question about it may have."""
    danish_stem = _snowball(word)
    stem = danish_stem.translate(_TO_ASCII)
    others = {_one_word(form) for form in _typed_otherwise(word, danish_stem)}
    others |= _parts(word, stem)
    kept = _one_word(stem)
    return kept, tuple(sorted(others - {kept}))


def _typed_otherwise(word: str, danish_stem: str) -> Iterator[str]:
    if _DANISH.search(word):
        if _TYPED_CHANGES_STEM.search(word):
            yield _stem(word.translate(_TO_ASCII))
        if _LOOKS_INFLECTED.search(danish_stem):
            yield _stem(danish_stem.translate(_TO_ASCII))
    elif _TYPED.search(word):
        yield _stem(_TYPED.sub(lambda pair: _TO_DANISH[pair.group()], word))


def _parts(word: str, stem: str) -> set[str]:
    if len(word) < _SHORTEST_COMPOUND:
        return set()
    ascii_word = word.translate(_TO_ASCII)
    found = {
        part
        for first, part in _first_parts()
        if ascii_word.startswith(first) and len(ascii_word) >= len(first) + _AFTER_FIRST_PART
    }
    lengths, last_parts = _last_parts()
    for length in lengths:
        before = len(stem) - length
        if stem[before:] in last_parts and (before >= _BEFORE_LAST_PART or stem[:before] == "bo"):
            found.add(stem[before:])
    return found


def _stem(word: str) -> str:
    return _snowball(word).translate(_TO_ASCII)


def _snowball(word: str) -> str:
    """One stemmer for each thread: it keeps the word it is working on."""
    if len(word) < _SHORTEST_INFLECTED or not _MAY_BE_INFLECTED.fullmatch(word):
        return word
    if not hasattr(_per_thread, "stemmer"):
        _per_thread.stemmer = DanishStemmer()
    return str(_per_thread.stemmer.stemWord(word))


def _one_word(stem: str) -> str:
    return _irregular().get(stem, stem)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in ONE_WORD:
        kept, *others = line.split()
        for form in (kept, *others):
            forms.setdefault(_stem(form), _stem(kept))
            forms.setdefault(_stem(form.translate(_TO_ASCII)), _stem(kept))
    return forms


@lru_cache(maxsize=1)
def _first_parts() -> tuple[tuple[str, str], ...]:
    return tuple((part.translate(_TO_ASCII), _stem(part)) for part in FIRST_PARTS)


@lru_cache(maxsize=1)
def _last_parts() -> tuple[tuple[int, ...], frozenset[str]]:
    parts = frozenset(_stem(part) for part in LAST_PARTS)
    return tuple(sorted({len(part) for part in parts})), parts
