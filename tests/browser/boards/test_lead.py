"""A workshop is led from one browser, with script and without."""

import pytest
from playwright.sync_api import expect

from cocreate.boards.models import Board, Note
from tests.boards.people import Party
from tests.browser.axe import SMALL
from tests.browser.boards.conftest import Windows
from tests.browser.boards.leading import at_the_desk, button, on_the_wall, page_of

pytestmark = pytest.mark.browser


@pytest.fixture
def party(party: Party) -> Party:
    party.sit("mo", "Mo Testvig")
    party.sit("ulla")
    return party


def test_one_walks_through_the_phases_without_leaving_the_page(
    leader: Windows, party: Party
) -> None:
    page = at_the_desk(leader, party)
    page.evaluate("window.isTheSamePage = true")
    party.write(party.seats["mo"], "Ingen besked.")
    expect(page.locator(".lead-counts dd").first).to_contain_text("1")
    for do in ("phase:cluster", "phase:vote", "phase:discuss"):
        button(page, do).first.click()
        expect(button(page, do)).to_have_count(0)
    expect(page.locator("#notes")).to_contain_text("Ingen besked.")
    assert Board.objects.get().phase == "discuss"
    assert page.evaluate("window.isTheSamePage")


def test_without_script_the_same_buttons_do_the_same(leader: Windows, party: Party) -> None:
    page = at_the_desk(leader, party, size=SMALL, java_script_enabled=False)
    button(page, "phase:cluster").click()
    page.locator("#room-text").fill("Sagt i rummet.")
    button(page, "write").click()
    expect(page.locator("#notes")).to_contain_text("Sagt i rummet.")
    page.locator("[name=note]").check()
    page.locator("#hide-reason").select_option("harm")
    button(page, "hide").click()
    expect(page.locator("#hidden")).to_contain_text("Sagt i rummet.")
    assert Note.objects.get().hide_reason == "harm"


def test_what_others_do_moves_neither_caret_nor_choice_nor_words(
    leader: Windows, party: Party
) -> None:
    first = party.write(party.seats["mo"], "Den første.")
    party.go_to("cluster")
    page = at_the_desk(leader, party)
    page.locator(f"#n-{first.uid}").check()
    page.locator(".lead-undo summary").click()
    field = page.locator("#room-text")
    field.fill("Midt i en sætning")
    field.press("Home")
    before = page.evaluate("window.scrollY")
    for n in range(15):
        party.write(party.seats["ulla"], f"Seddel {n}.", column=n % 2)
    party.done(party.seats["mo"], "note.take_back", note=party.write(party.seats["mo"], "X").uid)
    expect(page.locator("#notes")).to_contain_text("Seddel 14.")
    page.keyboard.type("Her: ")
    assert field.input_value() == "Her: Midt i en sætning"
    assert page.locator(f"#n-{first.uid}").is_checked()
    assert page.locator(".lead-undo").evaluate("fold => fold.open")
    assert page.evaluate("window.scrollY") == before


def test_a_group_is_made_and_named_from_the_list(leader: Windows, party: Party) -> None:
    for n in range(3):
        party.write(party.seats["mo"], f"Seddel {n}.")
    party.go_to("cluster")
    page = at_the_desk(leader, party)
    for n in range(2):
        page.locator(".lead-note", has_text=f"Seddel {n}.").locator("input").check()
    page.locator("#group-title").fill("Ventetid")
    button(page, "group").click()
    expect(page.locator(".lead-group h4")).to_have_text("Ventetid")
    assert page.locator("[name=note]:checked").count() == 0
    page.locator(".lead-group .ask summary").click()
    page.locator(".lead-group .ask .input").fill("Lang ventetid")
    page.locator('button[value^="name:"]').click()
    expect(page.locator(".lead-group h4")).to_have_text("Lang ventetid")


def test_who_is_shown_out_is_asked_about_first(leader: Windows, party: Party) -> None:
    page = at_the_desk(leader, party)
    page.locator("#people .fold > summary").click()
    out = button(page, f"out:{party.seats['mo'].participant}")
    assert not out.is_visible()
    page.locator("#people li", has_text="Mo Testvig").locator("summary").click()
    out.click()
    expect(page.locator("#people")).not_to_contain_text("Mo Testvig")


def test_what_is_refused_is_said_and_the_words_stay(leader: Windows, party: Party) -> None:
    page = at_the_desk(leader, party)
    page.locator("#room-text").fill("Ring på 23 45 67 89.")
    button(page, "write").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    assert page.locator("#room-text").input_value() == "Ring på 23 45 67 89."
    button(page, "write:sure").click()
    expect(page.locator("#room-text")).to_have_value("")
    assert Note.objects.get().found == "phone"


def test_a_press_without_net_is_not_lost_in_silence(leader: Windows, party: Party) -> None:
    window = leader()
    window.open(page_of(party))
    page = window.page
    expect(page.locator("[data-link=open]")).to_have_count(1)
    page.locator("#room-text").fill("Sagt i rummet.")
    window.context.set_offline(True)
    button(page, "write").click()
    expect(page.locator("[data-state]")).to_be_visible()
    assert page.locator("#room-text").input_value() == "Sagt i rummet."
    window.context.set_offline(False)
    button(page, "write").click()
    expect(page.locator("#room-text")).to_have_value("")
    expect(page.locator("[data-state]")).to_be_hidden()
    assert Note.objects.count() == 1


def test_the_timer_counts_down_on_both_screens(leader: Windows, party: Party) -> None:
    desk, wall = at_the_desk(leader, party), on_the_wall(leader, party)
    page = desk.locator("#minutes")
    page.fill("2")
    button(desk, "timer").click()
    for screen in (desk, wall):
        expect(screen.locator("[data-clock-face]")).to_contain_text("1.5")
    button(desk, "timer:0").click()
    expect(wall.locator("[data-clock]")).to_be_hidden()
