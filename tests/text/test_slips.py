"""One misspelt letter in each word of a code is forgiven, and never read as another word."""

from random import Random
from string import ascii_lowercase

import pytest

from cocreate.text.receipt_words import WORDS, WORDS_IN_CODE, read_code

SAMPLED = 12


def slips(word: str) -> list[str]:
    """Every way to write it with one letter changed, left out, put in or swapped with the next."""
    found = {word[:at] + word[at + 1 :] for at in range(len(word))}
    found |= {word[:at] + c + word[at + 1 :] for at in range(len(word)) for c in ascii_lowercase}
    found |= {word[:at] + c + word[at:] for at in range(len(word) + 1) for c in ascii_lowercase}
    found |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return sorted(found - {word, ""})


def test_a_slip_in_any_word_of_the_list_is_read_as_that_word() -> None:
    chance = Random(57)  # noqa: S311 - the same sample each time
    wrong = [
        (word, slip)
        for word in WORDS
        for slip in chance.sample(slips(word), SAMPLED)
        if read_code(" ".join([slip, *[word] * (WORDS_IN_CODE - 1)])) != (word,) * WORDS_IN_CODE
    ]
    assert wrong == []


def test_a_slip_in_each_of_the_seven_words_is_forgiven_at_once() -> None:
    chance = Random(58)  # noqa: S311
    for _code in range(200):
        words = tuple(chance.choices(WORDS, k=WORDS_IN_CODE))
        typed = "-".join(chance.choice(slips(word)) for word in words)
        assert read_code(typed.upper()) == words


@pytest.mark.parametrize("join", [" ", "-", " - ", ", ", "\n", "\u00a0", " 1. "])
def test_whatever_stands_between_the_words_does_not_matter(join: str) -> None:
    words = WORDS[:WORDS_IN_CODE]
    assert read_code(join.join(words)) == words
