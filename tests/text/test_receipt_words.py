"""Seven words on a piece of paper open what was given, also when one letter went wrong."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.receipt_words import WORDS, canonical, read_code, words_for

LETTERS = "abcdefghijklmnopqrstuvwxyz"
numbers = st.integers(0, 2**70 - 1)


def test_there_are_1024_different_words_that_can_be_spelled() -> None:
    assert len(set(WORDS)) == len(WORDS) == 1024
    assert all(re.fullmatch("[a-pr-vyz]{3,7}", word) for word in WORDS)


def test_no_slip_of_one_word_is_a_slip_of_another() -> None:
    meant: dict[str, str] = {}
    for word in WORDS:
        for typed in {word, *slips(word)}:
            assert meant.setdefault(typed, word) == word, typed


def slips(word: str) -> Iterator[str]:
    """One letter changed, left out, put in or swapped with the next."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in LETTERS:
            yield before + letter + after[1:]
            yield before + letter + after


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
    typed = [data.draw(st.sampled_from(sorted(set(slips(word))))) for word in words]
    assert read_code(" ".join(typed)) == words


@pytest.mark.parametrize(
    "typed",
    [
        "anker-solsort-zebra-brev-kaktus-nabo-vest",
        "ANKER SOLSORT ZEBRA BREV KAKTUS NABO VEST",
        "  anker, solsort, zebra,\nbrev, kaktus, nabo, vest.  ",
        "1. anker\n2. solsort\n3. zebra\n4. brev\n5. kaktus\n6. nabo\n7. vest",
        '"anker solsort zebra brev kaktus nabo vest"',
        "Anker – Solsort – Zebra – Brev – Kaktus – Nabo – Vest",
        "ａｎｋｅｒ solsort zebra brev kaktus nabo vest",
        "anker solsort zebra brev kaktus nabo vest\u200b",
    ],
)
def test_a_code_is_read_however_it_was_written_down(typed: str) -> None:
    assert read_code(typed) == ("anker", "solsort", "zebra", "brev", "kaktus", "nabo", "vest")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anker solsort zebra brev kaktus nabo",
        "anker solsort zebra brev kaktus nabo vest vest",
        "anker solsort zebra brev kaktus nabo qqqqq",
        "anker solsort zebra brev kaktus nabo " + "v" * 1_000_000,
        "ankersolsortzebrabrevkaktusnabovest",
    ],
)
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    assert read_code(typed) is None


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert read_code(text) is None or len(read_code(text) or ()) == 7
