"""Notes are put together and voted about: by menu, by mouse, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from cocreate.boards.models import Group, Vote
from tests.boards.people import Party
from tests.browser.boards.conftest import Guests
from tests.browser.boards.guest import settled

pytestmark = pytest.mark.browser

WORDS = "Ingen besked på to måneder."


def test_two_put_notes_together_name_the_group_and_undo(guests: Guests, party: Party) -> None:
    party.go_to("collect")
    one, other = guests(), guests()
    one.put("Et brev.")
    other.put("Et opkald.")
    party.go_to("cluster")
    settled(one.page, "cluster")
    settled(other.page, "cluster")
    one.note("Et brev.").locator("[data-open]").click()
    one.page.locator(".place-new").click()
    expect(other.page.locator(".group")).to_have_count(1)
    other.note("Et opkald.").locator("[data-open]").click()
    other.page.locator('.place[value^="group:"]').click()
    expect(one.page.locator(".group [data-note]")).to_have_count(2)
    one.page.locator(".group [data-open]").first.click()
    one.page.locator("#group-title").fill("Ingen svarer")
    one.page.locator("[data-edit] [data-send]").click()
    expect(other.page.locator(".group h3")).to_have_text("Ingen svarer")
    other.page.locator("[data-undo] button").click()
    expect(one.page.locator(".group [data-note]")).to_have_count(1)
    assert Group.objects.get().title == "Ingen svarer"


def test_a_note_is_dragged_onto_another_and_they_become_a_group(
    guests: Guests, party: Party
) -> None:
    party.go_to("collect")
    for text in ("Et brev.", "Et opkald."):
        party.write(party.sit(text), text)
    party.go_to("cluster")
    one = guests()
    one.note("Et opkald.").locator("[data-text]").drag_to(
        one.note("Et brev.").locator("[data-text]")
    )
    expect(one.page.locator(".group [data-note]")).to_have_count(2)
    assert Group.objects.get().column == party.columns[0]


def test_a_vote_counts_at_once_and_the_last_one_is_the_last(guests: Guests, party: Party) -> None:
    party.write(party.sit("Mo"), WORDS)
    party.go_to("vote")
    one, other = guests(), guests()
    more, less = one.note(WORDS).locator("[data-more]"), one.note(WORDS).locator("[data-less]")
    for _ in range(6):
        more.click(force=True)  # also where there are none left
    expect(more).to_have_attribute("aria-disabled", "true")
    expect(one.page.locator("[data-ballot-dots]")).to_have_text("○○○○○")
    less.click()
    expect(one.page.locator("[data-ballot-dots]")).to_have_text("●○○○○")
    expect(one.page.locator("[data-canvas] [aria-busy=true]")).to_have_count(0)
    assert Vote.objects.get().dots == 4
    assert other.page.locator("[data-ballot-dots]").inner_text() == "●●●●●"
    party.go_to("discuss")
    expect(other.note(WORDS).locator("[data-total]")).to_contain_text("4")


def test_everything_by_keyboard_alone(guests: Guests, party: Party) -> None:
    party.go_to("collect")
    for n, text in enumerate(("Et brev.", "Et opkald.", "En kop te.")):
        party.write(party.sit(text), text, column=n // 2)
    one = guests()
    keys = one.page.keyboard
    one.tab_to("#text")
    keys.type("Skrevet uden mus.")
    keys.press("Control+Enter")
    expect(one.slip("Skrevet uden mus.").locator("[data-saved]")).to_be_visible()
    party.go_to("cluster")
    settled(one.page, "cluster")
    one.tab_to("[data-note]")
    expect(one.note("Et brev.")).to_be_focused()
    keys.press("ArrowDown")
    expect(one.note("Et opkald.")).to_be_focused()
    keys.press("ArrowRight")
    expect(one.note("En kop te.")).to_be_focused()
    keys.press("ArrowLeft")
    expect(one.note("Et opkald.")).to_be_focused()
    keys.press("m")
    one.tab_to('.place[value="new"]')
    keys.press("Enter")
    expect(one.page.locator(".group [data-note]")).to_have_count(1)
    expect(one.note("Et opkald.")).to_be_focused()
    keys.press("Enter")
    expect(one.page.locator("#sheet-title")).to_be_focused()
    keys.press("Escape")
    expect(one.note("Et opkald.")).to_be_focused()
    party.go_to("vote")
    settled(one.page, "vote")
    keys.press("+")
    keys.press("+")
    keys.press("-")
    expect(one.page.locator("[data-ballot-dots]")).to_have_text("●●●●○")
    expect(one.note("Et opkald.")).to_be_focused()
