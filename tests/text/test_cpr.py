"""A CPR number is seen however it is written, and other long numbers are left alone.

All numbers are made up; none is meant to pass modulus 11, since real ones need not.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.finder import Kind, Level, find

SPELLINGS = [
    "010180-1234",
    "0101801234",
    "010180 1234",
    "010180 - 1234",
    "010180/1234",
    "010180.1234",
    "010180_1234",
    "010180 (1234)",
    "(010180-1234)",
    "01 01 80 12 34",
    "01 01 80 1234",
    "010180 12 34",
    "0101 80 1234",
    "0 1 0 1 8 0 1 2 3 4",
    "01.01.80-1234",
    "01/01-80 1234",
    "01-01-80-1234",
    "1/1-80-1234",
    "01-01-1980-1234",
    "01011980-1234",
    "010119801234",
    "01 01 1980 1234",
    "0101 1980 1234",
    "010180–1234",
    "010180—1234",
    "010180‑1234",
    "010180−1234",
    "010180\u00a01234",
    "010180\u20091234",
    "010180\u200b1234",
    "０１０１８０-１２３４",
    "٠١٠١٨٠-١٢٣٤",
    "𝟎𝟏𝟎𝟏𝟖𝟎-𝟏𝟐𝟑𝟒",
    "O1O18O-1234",
    "0l0l80-l234",
    "010180-\n1234",
    "010180\n1234",
    "01 01 80\n12 34",
    "610180-1234",
    "290200-1234",
    "311299-0001",
]

LOOK_ALIKES = [
    "320180-1234",
    "011380-1234",
    "300280-1234",
    "010180-123",
    "5790001801234",
    "5790 0010 1801 2345",
    "EAN 5798000123456",
    "1234567890123456",
    "DK50 0040 0440 1162 43",
    "reg. 1234 konto 0101801234",
    "kontonr. 0101801234",
    "faktura 0101801234",
    "ISBN 0-306-40615-2",
    "01.02.23 14.30",
    "mødet den 01.02.2023 14.30",
    "10.-12.02.2024",
    "01.01.2020-31.12.2020",
    "fra 1.1.2020-2024",
    "2010 2011 2012",
    "12.03.2024 3650 Ølstykke",
    "+45 20 10 12 34",
    "20 10 12 34, 20 10 12 35",
    "Ring 20 10 12 34\n50 kroner",
    "15.100 - 20.200 kr.",
    "kr. 1.010.180.234",
    "10 11 12 13 14",
    "kl. 10.10-12.00 og 14.30",
    "sag 2017-0101-8012345",
]


def cprs(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text) if one.kind is Kind.CPR]


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_cpr_number_is_seen_in_every_spelling(number: str) -> None:
    bare = number.strip("()")
    assert [found.strip("()") for found in cprs(number)] == [bare]
    assert cprs(f"Mit nummer er {number}, og jeg bor alene.")
    assert cprs(f"cpr:{number}.\n\n2 børn")
    assert not [one for one in find(number) if one.kind is Kind.PHONE]


@pytest.mark.parametrize("number", LOOK_ALIKES)
def test_another_number_is_no_cpr_number(number: str) -> None:
    assert cprs(number) == []
    assert cprs(f"Det var {number} i går.") == []


def test_a_cpr_number_is_as_grave_as_can_be() -> None:
    assert [one.level for one in find("010180-1234")] == [Level.HIGH]


def test_every_number_of_a_list_is_seen() -> None:
    assert len(cprs("010180-1234, 020281-2345\n030382-3456 040483-4567")) == 4
    assert len(cprs("010180 1234 020281 2345")) == 2


@settings(deadline=None, max_examples=300)
@given(
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
    st.sampled_from(["-", "", " ", "–", "\u00a0"]),
)
def test_no_number_is_let_through_for_failing_modulus_11(
    day: int, month: int, year: int, serial: int, joint: str
) -> None:
    number = f"{day:02}{month:02}{year:02}{joint}{serial:04}"
    assert cprs(f"Jeg hedder Kim {number}.") == [number]
