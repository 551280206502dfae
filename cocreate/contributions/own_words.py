"""Which words of a text somebody gave to us: so many in a row are a copy (design §4)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cocreate.contributions.models import Contribution, State, TextVersion
from cocreate.text.plain import clean
from cocreate.themes.models import Passage

IN_A_ROW = 8
# Read so many at a time: words are decrypted, and none stay in memory.
AT_A_TIME = 200
# Letters and digits alone: hyphens, dashes and apostrophes are no way round.
_WORD = re.compile(r"[^\W_]+")
# Spelt with two letters where a keyboard has no Danish ones: the same words.
_SPELT_ALIKE = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe"})

Row = tuple[str, ...]


@dataclass(frozen=True)
class Copied:
    """`passages` are the words that stand in a row in both; `public_ids` where they are from."""

    passages: list[str]
    public_ids: list[str]

    def __bool__(self) -> bool:
        return bool(self.passages)


def copied_words(*texts: str, but: Contribution | None = None) -> Copied:
    """What of these texts stands, eight words in a row, in anything that anybody gave.

    The strategy's own words are everybody's. `but` is a contribution whose words may be taken up.
    Words that were taken back are looked through as well, until they are erased. Slow where much
    has been given (one pass over every wording): call it outside a transaction.
    """
    written: dict[Row, str] = {}
    for text in texts:
        words = _WORD.findall(clean(text))
        for start, row in _rows(words):
            written.setdefault(row, " ".join(words[start : start + IN_A_ROW]))
    if not written:
        return Copied([], [])
    firsts = frozenset(row[0] for row in written)
    for passage in Passage.objects.values_list("text", flat=True).iterator(AT_A_TIME):
        for row in _same(passage, written, firsts):
            del written[row]
    found: dict[str, set[str]] = {}
    for public_id, given in _given(but):
        same = {written[row] for row in _same(given, written, firsts)}
        if same:
            found.setdefault(public_id, set()).update(same)
    return Copied(sorted(set().union(*found.values())), sorted(found))


def _given(but: Contribution | None) -> Iterator[tuple[str, str]]:
    """Every text that anybody ever sent, one field at a time."""
    rows = TextVersion.objects.exclude(contribution__state=State.DRAFT)
    if but is not None:
        rows = rows.exclude(contribution=but.pk)
    fields = ("contribution__public_id", "title", "text", "proposed")
    for public_id, *texts in rows.order_by().values_list(*fields).iterator(AT_A_TIME):
        for text in filter(None, texts):
            yield public_id, text


def _same(text: str, written: Mapping[Row, str], firsts: frozenset[str]) -> set[Row]:
    """The rows of words that stand in the text too. `firsts` are the words they begin with: most
    places of most texts are passed over by them."""
    words = _WORD.findall(_alike(text))
    found = set()
    for start in range(len(words) - IN_A_ROW + 1):
        if words[start] in firsts:
            row = tuple(words[start : start + IN_A_ROW])
            if row in written:
                found.add(row)
    return found


def _rows(words: list[str]) -> Iterator[tuple[int, Row]]:
    """Every eight words in a row, as they are compared, with where they begin."""
    folded = [_alike(word) for word in words]
    for start in range(len(folded) - IN_A_ROW + 1):
        yield start, tuple(folded[start : start + IN_A_ROW])


def _alike(text: str) -> str:
    return text.casefold().translate(_SPELT_ALIKE)
