"""A chosen name may be almost anything, but not somebody else's and not a way to be found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.names import EMPTY, PERSONAL_DATA, PROTECTED, SENTENCES, check_alias

PROTECTED_NAMES = ("Lene Holm", "Egedal Kommune", "Jonas Bak", "Søren Ørsted")


@pytest.mark.parametrize(
    "alias",
    [
        "Moderator",
        "mоderator",
        "M0derator",
        "m o d e r a t o r",
        "MODERAT0R",
        "Vært",
        "vaert",
        "V Æ R T",
        "Værten Lene",
        "Kommunen",
        "Egedal Kommune",
        "egedalkommune",
        "Admin",
        "ADM1N",
        "Adrninistrator",
        "𝐀𝐝𝐦𝐢𝐧",
        "ａｄｍｉｎ",
        "ᴀᴅᴍɪɴ",
        "Ǻdmin",
        "Borgmesteren",
        "Byråd",
        "Byraadet",
        "Lene Holm",
        "LeneHolm",
        "L3ne H0lm",
        "Lеne Hоlm",
        "Holm, Lene",
        "Lene\u200bHolm",
        "Lene Holm (kommunen)",
        "Јоnаs Bаk",
        "Soeren Oersted",
        "Soren Orsted",
        "Tovholder",
    ],
)
def test_nobody_can_look_like_the_municipality_or_its_people(alias: str) -> None:
    assert check_alias(alias, PROTECTED_NAMES) == PROTECTED


@pytest.mark.parametrize(
    "alias",
    [
        "Kim",
        "en mor",
        "Lene",
        "Jonas",
        "Holmegård",
        "Far til to",
        "Søster",
        "K",
        "42",
        "Svært ved det",
        "Badminton-Bo",
        "Vær tro",
        "Ærlig 2",
        "Olga 88",
        "Rundkreds",
        "محمد",
        "Ольга",
        "🔥 Kim",
    ],
)
def test_an_ordinary_name_may_be_chosen(alias: str) -> None:
    assert check_alias(alias, PROTECTED_NAMES) is None


@pytest.mark.parametrize(
    "alias",
    ["20 10 12 34", "kim@eksempel.dk", "Kim 010180-1234", "Kim Toftevej 12", "２０１０１２３４"],
)
def test_a_name_cannot_carry_a_number_or_an_address(alias: str) -> None:
    assert check_alias(alias, PROTECTED_NAMES) == PERSONAL_DATA


@pytest.mark.parametrize("alias", ["", " ", "\u3164", "\u200b", "---", "!!!", "🔥"])
def test_a_name_has_a_letter_or_a_number(alias: str) -> None:
    assert check_alias(alias, ()) == EMPTY


def test_every_no_has_a_sentence() -> None:
    assert set(SENTENCES) == {EMPTY, PERSONAL_DATA, PROTECTED}


@settings(deadline=None, max_examples=200)
@given(st.text(), st.lists(st.text()))
def test_any_name_gets_an_answer(alias: str, protected: list[str]) -> None:
    assert check_alias(alias, protected) in {None, *SENTENCES}
