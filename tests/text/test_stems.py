"""A word is found however it is inflected, typed or put together with another."""

import pytest
import snowballstemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.stem_words import ONE_WORD
from cocreate.text.stems import query_stems, stems


def finds(question: str, text: str) -> bool:
    asked = query_stems(question)
    return bool(asked) and set(asked) <= set(stems(text).split())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("hjemløs", "Hjemløshed er ensomt"),
        ("hjemløse", "han blev hjemløs"),
        ("ensom", "ensomheden om aftenen"),
        ("kommune", "kommunernes og kommunens"),
        ("sagsbehandler", "mine sagsbehandlere"),
        ("behandler", "min sagsbehandler"),
        ("psykiatri", "socialpsykiatrien"),
        ("psykiatri", "den psykiatriske akutmodtagelse"),
        ("støtte", "bostøtten kommer"),
        ("tilbud", "et botilbud"),
        ("misbrug", "misbrugsbehandling"),
        ("bog", "alle bøgerne"),
        ("mand", "mændene"),
        ("børn", "et barn"),
        ("gå", "jeg gik"),
        ("går", "vi har gået"),
        ("nat", "nogle nætter"),
        ("værested", "VÆRESTEDET"),
        ("vaerested", "på værestedet"),
        ("værested", "paa vaerestedet"),
        ("paaroerende", "pårørende"),
        ("paarørende", "de pårørendes"),
        ("hjemloes", "hjemløse"),
        ("hjemløs", "hjemloese"),
        ("Ølstykke", "OELSTYKKE"),
        ("koeen", "køen"),
        ("ide", "en god idé"),
        ("1813", "ring 1813"),
        ("værested i byen", "Byen har fået et værested"),
        ("bo-støtte", "bo-støtten"),
        ("أنا", "أنا بخير"),
        ("a\u030ar", "flere år"),
    ],
)
def test_a_question_finds_the_word_it_means(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("værested", "værelse"),
        ("bolig", "sommerbord"),
        ("sted", "jeg testede det"),
        ("råd", "området"),
    ],
)
def test_another_word_is_not_found(question: str, text: str) -> None:
    assert not finds(question, text)


def test_small_words_alone_are_a_question_too() -> None:
    assert query_stems("ikke") == ["ikk"]
    assert query_stems("ikke værested") == ["vaerested"]


@pytest.mark.parametrize("question", ["", "?? !!", '"', "\x00", "a.", "'", "*", "🔥", "\ud800"])
def test_a_question_without_words_is_no_question(question: str) -> None:
    assert query_stems(question) in ([], ["a"])


def test_the_order_of_the_words_is_kept() -> None:
    assert stems("Det gode liv på værestedet").split()[:5] == [
        "det",
        "god",
        "liv",
        "paa",
        "vaerested",
    ]


def test_irregular_words_are_each_in_one_line_only() -> None:
    for line in ONE_WORD:
        assert len({tuple(query_stems(form)) for form in line.split()}) == 1, line


# Words as Danish builds them; "aae" could be read two ways, and no Danish word has it.
syllables = st.from_regex("[bdfghjklmnprstv]{1,2}[aeiouyæøå][bdfgklmnprst]{0,2}", fullmatch=True)
endings = st.sampled_from(
    ["", "e", "en", "er", "erne", "es", "ende", "ede", "lig", "løs", "løst", "t"]
)
danish = st.builds(
    lambda first, middle, ending: first + middle + ending,
    st.sampled_from(["", "æ", "ø", "å", "ør", "ål"]),
    st.lists(syllables, min_size=1, max_size=3).map("".join),
    endings,
).filter(lambda word: not any(vowels in word for vowels in ("aæ", "aå", "ae", "oe", "øe", "åe")))
FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@settings(deadline=None, max_examples=500)
@given(danish)
def test_typing_without_danish_letters_finds_the_same_word(word: str) -> None:
    assert finds(word.translate(FOLD), word)
    assert finds(word, word.translate(FOLD))


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("abdefgiklmnoprstuvæøå"), min_size=4, max_size=12))
def test_stems_are_snowballs(word: str) -> None:
    from cocreate.text.stems import _snowball

    assert _snowball(word) == snowballstemmer.stemmer("danish").stemWord(word)


@settings(deadline=None, max_examples=300)
@given(st.text())
def test_any_text_gives_the_same_words_every_time(text: str) -> None:
    once = stems(text)
    assert once == stems(text)
    assert all(word.isalnum() and len(word) <= 96 for word in once.split())
    assert len(query_stems(text)) <= 10
    once.encode()
