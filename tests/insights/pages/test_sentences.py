"""A wording parted into sentences and cut where marks lie: no character is lost or said twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.insights.models import Code, Excerpt
from cocreate.insights.presenting import copied_parts, pieces_of, sentences_of, tree_of


def parted(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in sentences_of(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Jeg ventede.", "Så ringede jeg!", "Hvorfor?", "Ingen svarede"],
        ["Det kan f.eks. være om natten.", "Så sover de."],
        ["Kom kl. 9 den 3. maj, d. 3. i hvert fald.", "Jeg stod der."],
        ["Det var i 2019.", "Så flyttede vi."],
        ["Hun hedder A. B. Madsen.", "Hun er god."],
        ["Hun sagde: »Nej!« og gik.", "»Kom igen.«", "Det gjorde jeg."],
        ["Jeg tænkte ... måske.", "Og så … ikke."],
        ["Mad, tøj osv.", "Alt var væk."],
        ["jeg skriver småt.", "ingen store bogstaver."],
        ["En linje", "En ny linje uden punktum"],
        ["Et afsnit.", "Et andet afsnit."],
        ["Det koster ca. 300 kr. om måneden, inkl. mad.", "Det er dyrt."],
    ],
)
def test_sentences_end_where_a_reader_sees_it(sentences: list[str]) -> None:
    assert parted(" ".join(sentences)) == sentences or parted("\n\n".join(sentences)) == sentences


def test_lines_and_paragraphs_end_a_sentence() -> None:
    assert parted("En linje\nen anden\n\nEt afsnit") == ["En linje", "en anden", "Et afsnit"]


def test_a_very_odd_text_is_parted_at_once() -> None:
    """Each line would take minutes if every sign were looked at from every other."""
    for text in ("." * 200_000, "»" * 200_000, ". " * 50_000, "." + " " * 200_000):
        assert "".join(sentence.text for sentence in sentences_of(text)) == text


def test_an_abbreviation_ends_no_sentence() -> None:
    assert len(sentences_of("Det kan f.eks. være kl. 9 d. 3. maj.")) == 1
    assert len(sentences_of("Hun sagde: »Nej!« og gik.")) == 1


texts = st.text(alphabet="aB. !?…»«\n🌻19", max_size=60)


@given(texts)
def test_every_character_lies_in_exactly_one_sentence(text: str) -> None:
    sentences = sentences_of(text)
    assert "".join(sentence.text for sentence in sentences) == text
    assert [s.start for s in sentences[1:]] == [s.end for s in sentences[:-1]]
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5))
def test_marks_that_overlap_lose_no_character(text: str, places: list[tuple[int, int]]) -> None:
    code = Code(name="Ventetid")
    marks = [Excerpt(start=start, end=start + length, code=code) for start, length in places]
    pieces = list(pieces_of(text, sentences_of(text), marks))
    assert "".join(piece.words for piece in pieces) == text
    for piece in pieces:
        inside = [mark for mark in marks if mark.start < piece.start + 1 <= mark.end]
        assert list(piece.marks) == inside


def test_the_tree_of_codes_stands_in_its_order() -> None:
    rows = [("Ventetid", 1, None), ("Ærlighed", 2, None), ("besked", 3, 1), ("Afslag", 4, 1)]
    codes = [Code(name=name, pk=pk, parent_id=parent) for name, pk, parent in rows]
    assert [(one.depth, one.path) for one in tree_of(codes)] == [
        (1, "Ventetid"),
        (2, "Ventetid › Afslag"),
        (2, "Ventetid › besked"),
        (1, "Ærlighed"),
    ]


def test_copied_words_are_put_together_where_they_overlap() -> None:
    words = "en to tre fire fem seks syv otte ni"
    first, second = words.rpartition(" ")[0], words.partition(" ")[2]
    assert copied_parts([f"Altså {words}, og så videre."], [first, second]) == [words]
    assert copied_parts([f"{first} x {second}"], [first, second]) == [first, second]
