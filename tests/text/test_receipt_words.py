"""Seven words on a piece of paper open what was given, also when one letter went wrong."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.receipt_words import WORDS, canonical, read_code, words_for

LETTERS = "abcdefghijklmnopqrstuvwxyz"
numbers = st.integers(0, 2**70 - 1)


def distance(one: str, other: str) -> int:
    """Changed, missing, extra and swapped letters between two words."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def test_there_are_1024_different_words_that_can_be_spelled() -> None:
    assert len(set(WORDS)) == len(WORDS) == 1024
    assert all(re.fullmatch("[a-pr-vyz]{3,7}", word) for word in WORDS)


def test_no_word_becomes_another_by_two_slips() -> None:
    near = [
        (one, other)
        for one, other in itertools.combinations(WORDS, 2)
        if abs(len(one) - len(other)) < 3 and distance(one, other) < 3
    ]
    assert near == []


def test_a_code_holds_70_bits() -> None:
    assert words_for(0) == (WORDS[0],) * 7
    assert words_for(2**70 - 1) == (WORDS[-1],) * 7
    assert len({words_for(1 << bit) for bit in range(70)}) == 70
    for number in (-1, 2**70):
        with pytest.raises(ValueError, match="70 bits"):
            words_for(number)


@settings(deadline=None)
@given(numbers)
def test_a_code_is_read_as_it_was_given(number: int) -> None:
    assert read_code(canonical(words_for(number))) == words_for(number)


@settings(deadline=None, max_examples=400)
@given(numbers, st.data())
def test_one_slip_in_every_word_is_forgiven(number: int, data: st.DataObject) -> None:
    words = words_for(number)
    typed = [slipped(word, data) for word in words]
    assert read_code(" ".join(typed)) == words


def slipped(word: str, data: st.DataObject) -> str:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    before, after = word[:place], word[place:]
    return data.draw(
        st.sampled_from(
            [
                before + letter + after[1:],
                before + letter + after,
                before + after[1:],
                before + after[1:2] + after[:1] + after[2:],
            ]
        )
    )


@pytest.mark.parametrize(
    "typed",
    [
        "anker-solsort-zebra-brev-kaktus-nabo-vind",
        "ANKER SOLSORT ZEBRA BREV KAKTUS NABO VIND",
        "  anker, solsort, zebra,\nbrev, kaktus, nabo, vind.  ",
        "1. anker\n2. solsort\n3. zebra\n4. brev\n5. kaktus\n6. nabo\n7. vind",
        '"anker solsort zebra brev kaktus nabo vind"',
        "Anker – Solsort – Zebra – Brev – Kaktus – Nabo – Vind",
        "ａｎｋｅｒ solsort zebra brev kaktus nabo vind",
        "anker solsort zebra brev kaktus nabo vind\u200b",
    ],
)
def test_a_code_is_read_however_it_was_written_down(typed: str) -> None:
    assert read_code(typed) == ("anker", "solsort", "zebra", "brev", "kaktus", "nabo", "vind")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anker solsort zebra brev kaktus nabo",
        "anker solsort zebra brev kaktus nabo vind vind",
        "anker solsort zebra brev kaktus nabo qqqqq",
        "anker solsort zebra brev kaktus nabo " + "v" * 1_000_000,
        "ankersolsortzebrabrevkaktusnabovind",
    ],
)
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    assert read_code(typed) is None


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert read_code(text) is None or len(read_code(text) or ()) == 7
