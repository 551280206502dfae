"""Two wordings beside each other, as somebody reads them."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.text.diff import Operation, Segment, difference, in_words

EQUAL, DELETE, INSERT = Operation.EQUAL, Operation.DELETE, Operation.INSERT
# Pieces of which two texts share many, with all that parts them.
PIECES = st.lists(
    st.sampled_from(
        ["borgeren", "og", "at", ",", ".", "…", " ", "  ", "\n", "\n\n", "é", "e\u0301", "2.3", "æ"]
    )
).map("".join)
TEXTS = st.text() | PIECES


def marked(was: str, now: str) -> str:
    """As one would mark it by hand: [taken out] and {put in}."""
    signs = {EQUAL: "%s", DELETE: "[%s]", INSERT: "{%s}"}
    return "".join(signs[operation] % text for operation, text in difference(was, now))


def joined(segments: list[Segment], but: Operation) -> str:
    return "".join(text for operation, text in segments if operation != but)


@given(TEXTS, TEXTS)
def test_both_texts_stand_in_the_difference_letter_by_letter(was: str, now: str) -> None:
    segments = difference(was, now)
    assert joined(segments, but=INSERT) == was
    assert joined(segments, but=DELETE) == now
    assert all(text for _operation, text in segments)


@given(TEXTS, TEXTS)
def test_what_is_taken_out_comes_first_and_nothing_is_said_twice(was: str, now: str) -> None:
    operations = [operation for operation, _text in difference(was, now)]
    for one, next_one in zip(operations, operations[1:], strict=False):
        assert (one, next_one) in {
            (EQUAL, DELETE),
            (EQUAL, INSERT),
            (DELETE, INSERT),
            (DELETE, EQUAL),
            (INSERT, EQUAL),
        }


@given(TEXTS)
def test_the_same_text_has_no_difference(text: str) -> None:
    assert in_words(difference(text, text)) == (0, 0)
    assert joined(difference(text, text), but=EQUAL) == ""


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("svar inden fem dage", "svar inden ti dage", "svar inden [fem]{ti} dage"),
        ("vi anderkender alle", "vi anerkender alle", "vi [anderkender]{anerkender} alle"),
        ("vi lytter", "vi lytter, og vi svarer.", "vi lytter{, og vi svarer.}"),
        ("Vi lytter altid til dig", "Vi lytter til dig", "Vi lytter[ altid] til dig"),
        # neither a space nor a short word stands alone between two changes
        ("hurtig tæt hjælp til", "god nær hjælp til", "[hurtig tæt]{god nær} hjælp til"),
        ("hurtig og tæt hjælp", "god og nær hjælp", "[hurtig og tæt]{god og nær} hjælp"),
        ("hurtig samt tæt hjælp", "god samt nær hjælp", "[hurtig]{god} samt [tæt]{nær} hjælp"),
        # words, numbers and signs stay whole
        ("se 2.3 dér…", "se 2.4 dér…", "se [2.3]{2.4} dér…"),
        ("by-og-land i dag", "by-og-havn i dag", "[by-og-land]{by-og-havn} i dag"),
        ("caf\u0065\u0301 her nu", "caf\u0065 her nu", "[caf\u0065\u0301]{caf\u0065} her nu"),
        # paragraphs
        ("En.\n\nTo.\n\nTre.", "En.\n\nTre.", "En.[\n\nTo.]\n\nTre."),
        ("En ting.", "En ting.\n\nTo ting.", "En ting.{\n\nTo ting.}"),
        # what has been written anew is not shown as scraps
        (
            "Vi giver dig svar, når vi har et svar til dig",
            "Alle i huset skal hilse, når nogen kommer ind ad døren",
            "[Vi giver dig svar, når vi har et svar til dig]"
            "{Alle i huset skal hilse, når nogen kommer ind ad døren}",
        ),
        ("", "Nyt", "{Nyt}"),
        ("Gammelt", "", "[Gammelt]"),
        ("", "", ""),
    ],
)
def test_it_reads_as_a_person_would_have_marked_it(was: str, now: str, shown: str) -> None:
    assert marked(was, now) == shown


@pytest.mark.parametrize(
    ("was", "now", "counted"),
    [
        ("svar inden fem dage", "svar inden ti hele dage", (2, 1)),
        ("Vi lytter.", "Vi lytter!", (0, 0)),
        ("Vi lytter", "Vi  lytter", (0, 0)),
        ("f.eks. her", "her", (0, 1)),
    ],
)
def test_changes_are_counted_in_words(was: str, now: str, counted: tuple[int, int]) -> None:
    assert in_words(difference(was, now)) == counted


def test_common_words_of_a_long_text_are_still_recognised() -> None:
    """Autojunk would take every word here for junk."""
    words = ["vi", "og", "at", "du"] * 100
    changed = [*words]
    changed[200] = "kun"
    assert in_words(difference(" ".join(words), " ".join(changed))) == (1, 1)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (" ".join(f"før{n}" for n in range(2_500)), " ".join(f"nu{n}" for n in range(2_900))),
        ("a " * 10_000, "b a " * 5_000),
        ("a\n\nb\n\n" * 3_333, "b\n\nc\n\n" * 3_333),
        ("Ja. " * 5_000, "Nej. Ja. " * 2_200),
        (" " * 20_000, "\n" * 20_000),
        ("," * 20_000, ", " * 10_000),
    ],
)
def test_no_two_texts_of_twenty_thousand_signs_take_long(was: str, now: str) -> None:
    """Measured at up to 0.1 s; unbounded, the second pair alone takes over a minute."""
    began = perf_counter()
    assert joined(difference(was, now), but=INSERT) == was
    assert perf_counter() - began < 2
