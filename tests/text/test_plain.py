"""What people type is kept as they see it, and nothing that cannot be seen comes along."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.plain import MARKS_PER_BASE, clean, words_of

# The characters that rules meet each other in: joiners, marks, breaks, emoji, scripts that join.
AWKWARD = "a\u0301\u0300\u0315\u200c\u200d\u200b\ufe0f\u202e\x00\x85\u2028\r\n\t \u00a0\ud800👩🔥❤بﻡ\u064b\u0653क्\u0dca\u1100\u1161\u11a8é🏽\ufdd0"
anything = st.one_of(
    st.text(),
    st.text(st.sampled_from(AWKWARD)),
    st.text(st.characters(categories=["Mn", "Mc", "Me", "Cf", "Lo", "Cs", "Cc"])),
)


@settings(deadline=None, max_examples=400)
@given(anything, st.booleans())
def test_cleaning_a_cleaned_text_changes_nothing(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    once.encode()
    assert unicodedata.is_normalized("NFC", once)


@settings(deadline=None, max_examples=200)
@given(anything)
def test_no_text_keeps_what_cannot_be_seen(text: str) -> None:
    unseen = {"Cc", "Cs"}
    assert not [c for c in clean(text) if unicodedata.category(c) in unseen and c != "\n"]
    assert not set(clean(text)) & set("\u200b\u202e\u2066\ufeff\u00ad\x00")
    assert "\n" not in clean(text, lines=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hej\r\nder", "Hej\nder"),
        ("Hej\x00 der\x07", "Hej der"),
        ("en\ttab", "en tab"),
        ("a\u202egnirts\u202c", "agnirts"),
        ("usyn\u200blig\ufeff", "usynlig"),
        ("a\u030ar", "år"),
        ("linje\u2028skift", "linje\nskift"),
        ("en\n\n\n\n\n\nto", "en\n\n\nto"),
        ("en  \n \nto", "en\n\nto"),
        ("halv \ud83d emoji", "halv  emoji"),
        ("  rykket ind\n  også her  ", "rykket ind\n  også her"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("a\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ශ්\u200dරී", "ශ්\u200dරී"),
    ],
)
def test_the_text_is_kept_as_its_author_sees_it(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_marks_cannot_paint_over_the_neighbours() -> None:
    painted = clean("a" + "\u0335\u0489\u0300" * 500 + "b")
    marks = [c for c in painted if unicodedata.category(c).startswith("M")]
    assert len(marks) <= MARKS_PER_BASE
    assert painted[-1] == "b"


def test_a_title_is_one_line() -> None:
    assert clean(" En\r\ntitel \u00a0 med\tluft ", lines=False) == "En titel med luft"


def test_words_keep_their_hyphens_and_apostrophes() -> None:
    assert words_of("Bo-støtte, SU'en – og 3 møder.") == ["Bo-støtte", "SU'en", "og", "3", "møder"]


def test_a_long_story_is_not_cut() -> None:
    story = "Jeg bor på værestedet. " * 4_000
    assert clean(story) == story.strip()
