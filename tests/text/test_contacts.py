"""Telephone numbers, mail addresses and home addresses, and what only looks like them."""

import pytest

from cocreate.text.finder import Kind, find


def kinds(text: str) -> set[Kind]:
    return {one.kind for one in find(text)}


@pytest.mark.parametrize(
    "number",
    [
        "20101234",
        "20 10 12 34",
        "2010 1234",
        "20-10-12-34",
        "20.10.12.34",
        "20 101 234",
        "70 201 201",
        "+45 20101234",
        "+4520101234",
        "004520101234",
        "0045 20 10 12 34",
        "(+45) 20 10 12 34",
        "45 20 10 12 34",
        "4520101234",
        "+46 70 123 45 67",
        "tlf.20101234",
        "tlf20101234",
        "２０ １０ １２ ３４",
        "20 10 12 34 / 20 10 12 35",
        "20101234 20101235",
    ],
)
def test_a_telephone_number_is_seen(number: str) -> None:
    assert kinds(f"Ring til mig på {number}.") == {Kind.PHONE}


@pytest.mark.parametrize(
    "text",
    [
        "2009-2015",
        "20.10.2015",
        "20102015",
        "20151020",
        "kr. 12.345.678",
        "25.345.678 kr",
        "10000000 kroner",
        "30000000 kroner",
        "22 345 678 kroner",
        "Ring 112",
        "Ring 1813",
        "Ring 116 111",
        "CVR 29188386",
        "sagsnr. 29188386",
        "2500-3000 kr",
        "3650-3660",
        "20.10-21.30",
        "20. 21. 22. 23. december",
        "20101234,50",
        "25 000 - 30 000",
        "2015 2016",
    ],
)
def test_a_date_an_amount_or_an_emergency_number_is_no_ones_telephone(text: str) -> None:
    assert Kind.PHONE not in kinds(text)


def test_known_help_lines_may_be_written() -> None:
    known = frozenset({"70201201"})
    assert find("Livslinien: 70 201 201 eller +45 70201201", known_numbers=known) == []
    assert find("Min søster: 70 201 202", known_numbers=known) != []


@pytest.mark.parametrize(
    "address",
    [
        "kim@eksempel.dk",
        "kim.hansen+x@mail.eksempel.dk",
        "søren@ægir.dk",
        "kim @ eksempel.dk",
        "kim@hotmail,com",
        "kim (at) eksempel punktum dk",
        "kim [at] eksempel.dk",
        "kim(a)eksempel.dk",
        "kim at eksempel punktum dk",
        "kim snabel-a eksempel.dk",
        "ＫＩＭ＠eksempel.dk",
    ],
)
def test_a_mail_address_is_seen(address: str) -> None:
    text = f"Skriv til {address}. Tak"
    found = [one for one in find(text) if one.kind is Kind.EMAIL]
    assert [text[one.start : one.end] for one in found] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Vi mødes @ biblioteket",
        "@kim",
        "a@b",
        "Jeg sagde at hotmail.com er nede",
        "Han siger at det er punktum slut",
        "Jeg tror at kommunen dækker det",
    ],
)
def test_a_sentence_is_no_mail_address(text: str) -> None:
    assert Kind.EMAIL not in kinds(text)


@pytest.mark.parametrize(
    "address",
    [
        "Toftevej 12",
        "toftevej 12 b, 2. tv",
        "Toftevej 12-14",
        "Åvej 3",
        "Rådhustorvet 2",
        "Hovedgaden 5",
        "Gamle Frederikssundsvej 110A st. th",
        "Egedal Allé 3",
        "H.C. Andersens Boulevard 27",
        "Solsikkevænget nr. 14",
        "Stengårdsparken 12, 3. th.",
        "Bækgården 4",
        "bor på torvet 3",
        "Dronning Dagmars Vej 200",
        "3650 Ølstykke",
        "3650 ølstykke",
        "DK-2750 Ballerup",
        "1950 Frederiksberg C",
    ],
)
def test_a_home_address_is_seen(address: str) -> None:
    assert kinds(f"Jeg har det godt. Jeg {address}") == {Kind.ADDRESS}


@pytest.mark.parametrize(
    "text",
    [
        "alle 3 børn",
        "Alle 3 kom",
        "at have 3 børn",
        "i haven 3 timer",
        "vi gik i parken 10 minutter",
        "byparken 3 gange",
        "gaden 2 gange",
        "på vej 3 mennesker",
        "motorvej 16",
        "en omvej 2 km",
        "kirkegård 2",
        "børnehave 3 dage",
        "Danmark 2023",
        "i 2017 Egedal Kommune",
        "3000 borgere",
        "1000 Danskere",
        "2000 høje træer",
        "retningslinje 2.3",
        "side 12",
        "den 3. maj",
        "300 kr",
    ],
)
def test_a_place_or_a_number_of_things_is_no_address(text: str) -> None:
    assert Kind.ADDRESS not in kinds(text)
