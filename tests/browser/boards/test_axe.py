"""Everybody can use every page of a workshop, opened sheets and refused words too."""

import pytest
from playwright.sync_api import expect

from cocreate.accounts.demo import CAST_DOMAIN
from cocreate.accounts.models import Role
from tests.boards.harness import Served
from tests.boards.people import Party
from tests.browser.axe import SMALL, violations
from tests.browser.board_sights import board_sights
from tests.browser.boards.conftest import Guests
from tests.browser.boards.guest import settled
from tests.browser.conftest import Opens
from tests.browser.looking import faults_at
from tests.browser.place import Place
from tests.browser.workshops import hold_workshops
from tests.cast import account

pytestmark = pytest.mark.browser

WORDS = "Ingen besked på to måneder."


@pytest.fixture
def place(served: Served) -> Place:
    """Workshops in every phase, led by one of the demonstration's people."""
    lene, farid = (
        account(f"{first.lower()}@{CAST_DOMAIN}", Role.HOST, first=first, last=last)
        for first, last in (("Lene", "Krogh"), ("Farid", "Testvig"))
    )
    place = Place(lambda: "")
    hold_workshops(place, by=lene, host=farid)
    return place


def test_axe_finds_nothing_on_any_page_of_a_workshop(opens: Opens, place: Place) -> None:
    faults = faults_at(opens, place, board_sights())
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_in_the_opened_sheet_nor_where_words_are_refused(
    guests: Guests, party: Party
) -> None:
    party.go_to("collect")
    one = guests(size=SMALL)
    one.put(WORDS)
    one.put("Ring på 40 12 34 56.")
    expect(one.page.locator("#skriv [data-sure]")).to_be_visible()
    assert violations(one.page) == []
    party.go_to("cluster")
    settled(one.page, "cluster")
    one.note(WORDS).locator("[data-open]").click()
    assert violations(one.page) == []
    assert one.width() == SMALL["width"]
