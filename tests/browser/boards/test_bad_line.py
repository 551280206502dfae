"""A bad line: nothing that was written is lost, and everything arrives once."""

import pytest
from playwright.sync_api import expect

from cocreate.boards.models import Note
from tests.boards.harness import Served
from tests.boards.people import Party
from tests.browser.boards.conftest import Guests
from tests.browser.boards.guest import standing
from tests.browser.whole import WHOLE

pytestmark = pytest.mark.browser

# A real minute belongs to the whole run (make test-all); a server drops nobody in the short one.
SECONDS_AWAY = 60 if WHOLE else 5
IN_A_TUNNEL = ["Den første fra tunnelen.", "Den anden.", "Den tredje."]


def test_notes_written_without_a_line_are_kept_and_sent_when_it_is_back(
    guests: Guests, served: Served
) -> None:
    one = guests()
    served.kill()
    one.page.locator("#text").fill("Skrevet i en tunnel.")
    one.page.locator("[data-send]").first.click()
    expect(one.slip("tunnel").locator("[data-unsent]")).to_be_visible()
    assert one.slip("tunnel").get_attribute("aria-busy") == "true"
    expect(one.page.locator("[data-offline]")).to_be_visible()
    assert "tunnel" in one.page.evaluate("JSON.stringify(sessionStorage)")
    served.start()
    expect(one.slip("tunnel").locator("[data-saved]")).to_be_visible()
    expect(one.page.locator("[data-offline]")).to_be_hidden()
    assert one.page.evaluate("sessionStorage.length") == 0
    assert [note.text for note in Note.objects.all()] == ["Skrevet i en tunnel."]
    one.faults.clear()


def test_a_filter_that_lets_no_socket_through_is_walked_around(
    guests: Guests, party: Party
) -> None:
    one, other = guests(), guests()
    blocked = one.context.new_page()
    blocked.add_init_script(
        "WebSocket = class { constructor() { setTimeout(() => this.onclose({code: 1006})) } }; WebSocket.OPEN = 1"
    )
    blocked.goto(one.board)
    one.page.close()
    expect(blocked.locator("[data-state=open]")).to_have_count(1)
    blocked.locator("#text").fill("Uden om filteret.")
    blocked.locator("[data-send]").first.click()
    expect(blocked.locator("[data-slip] [data-saved]")).to_be_visible()
    party.go_to("cluster")
    expect(other.note("Uden om filteret.")).to_be_visible()
    expect(blocked.locator("[data-note]")).to_have_count(1)


def test_whoever_is_shown_out_comes_to_the_door_with_nothing_lost(
    guests: Guests, party: Party
) -> None:
    one, other = guests("Solsort"), guests("Musvit")
    one.page.locator("#text").fill("Ikke sendt endnu")
    for seat in party.workshop.participants.filter(user=None):
        party.done(party.facilitator, "seat.remove", seat=seat.pk)
    expect(one.page.locator("[data-ended]")).to_be_visible()
    expect(one.page.locator("[data-kept]")).to_contain_text("Ikke sendt endnu")
    expect(one.page.locator("h1:visible")).to_have_count(1)
    expect(one.page.locator("h1:visible")).to_be_focused()
    expect(other.page.locator("[data-board]")).to_have_count(0)
    assert other.page.locator("h1").count() == 1


def test_a_minute_without_a_line_loses_doubles_and_moves_nothing(
    guests: Guests, party: Party
) -> None:
    one, other = guests("Solsort"), guests()
    one.put("Skrevet før.")
    expect(one.slip("Skrevet før.").locator("[data-saved]")).to_be_visible()
    one.context.set_offline(True)
    for text in IN_A_TUNNEL:
        one.put(text)
    one.begin_to_change("Skrevet før.", "Rettet undervejs.")
    one.save()
    one.page.keyboard.press("Escape")
    one.page.locator("#text").fill("Den næste tanke")
    one.page.locator("#text").evaluate("field => field.setSelectionRange(4, 9)")
    before = standing(one.page)
    one.page.wait_for_timeout(SECONDS_AWAY * 1000)
    expect(one.page.locator("[data-offline]")).to_contain_text("bliver sendt")
    expect(one.page.locator("[data-slip] [data-unsent]:visible")).to_have_count(4)
    assert standing(one.page) == before
    one.context.set_offline(False)
    expect(one.page.locator("[data-slip] [data-saved]:visible")).to_have_count(4, timeout=20_000)
    expect(one.page.locator("[data-offline]")).to_be_hidden()
    assert standing(one.page) == before
    assert one.page.locator("#text").input_value() == "Den næste tanke"
    party.go_to("cluster")
    written = ["Rettet undervejs.", *IN_A_TUNNEL]
    expect(other.page.locator("[data-note] [data-text]")).to_have_text(written)
    assert [note.text for note in Note.objects.order_by("pk")] == written
