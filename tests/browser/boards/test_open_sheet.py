"""A note lies open in its sheet while something happens: one is told, and no typed word is lost."""

import pytest
from playwright.sync_api import expect

from cocreate.boards.refusals import SENTENCES, Code
from tests.boards.people import Party
from tests.browser.boards.conftest import Guests
from tests.browser.boards.guest import settled

pytestmark = pytest.mark.browser

WORDS = "Ingen besked på to måneder."


def test_the_phase_changes_under_an_open_sheet_and_the_words_stay(
    guests: Guests, party: Party
) -> None:
    one = guests()
    one.put(WORDS)
    one.begin_to_change(WORDS, "Ingen besked i tre måneder.")
    party.go_to("vote")
    settled(one.page, "vote")
    expect(one.page.locator("#edit-text")).to_be_focused()
    one.save()
    expect(one.page.locator("[data-edit][aria-busy]")).to_have_count(0)
    expect(one.page.locator("dialog [data-why]")).to_have_text(str(SENTENCES[Code.PHASE]))
    expect(one.page.locator("#edit-text")).to_have_value("Ingen besked i tre måneder.")
    party.go_to("cluster")
    settled(one.page, "cluster")
    one.save()
    expect(one.slip("tre måneder").locator("[data-saved]")).to_be_visible()


def test_an_open_sheet_says_that_the_phase_has_changed(guests: Guests, party: Party) -> None:
    one = guests()
    one.put(WORDS)
    one.begin_to_change(WORDS, "Ingen besked i tre måneder.")
    party.go_to("vote")
    settled(one.page, "vote")
    expect(one.page.locator("dialog [data-why]")).to_have_text(str(SENTENCES[Code.PHASE]))


def test_words_that_could_not_be_saved_are_seen_when_the_sheet_is_closed(
    guests: Guests, party: Party
) -> None:
    one = guests()
    one.put(WORDS)
    one.begin_to_change(WORDS, "Ingen besked i tre måneder.")
    party.go_to("vote")
    one.save()
    expect(one.page.locator("dialog [data-why]")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("[data-kept]")).to_contain_text("Ingen besked i tre måneder.")


def test_a_change_saved_without_a_line_is_seen_to_wait(guests: Guests) -> None:
    one = guests()
    one.put("Skrevet før.")
    expect(one.slip("Skrevet før.").locator("[data-saved]")).to_be_visible()
    one.context.set_offline(True)
    one.begin_to_change("Skrevet før.", "Rettet undervejs.")
    one.save()
    expect(one.page.locator("dialog")).to_be_hidden()
    expect(one.slip("Rettet undervejs.").locator("[data-unsent]")).to_be_visible()


def test_words_not_sent_before_the_phase_changed_are_seen_when_the_sheet_is_closed(
    guests: Guests, party: Party
) -> None:
    one = guests()
    one.put(WORDS)
    one.begin_to_change(WORDS, "Ingen besked i tre måneder.")
    party.go_to("vote")
    settled(one.page, "vote")
    expect(one.page.locator("dialog [data-why]")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("[data-kept]")).to_contain_text("Ingen besked i tre måneder.")


def test_a_sheet_that_was_only_looked_at_leaves_nothing_behind(
    guests: Guests, party: Party
) -> None:
    one = guests()
    one.put(WORDS)
    one.slip(WORDS).locator("[data-open]").click()
    party.go_to("vote")
    settled(one.page, "vote")
    expect(one.page.locator("dialog [data-why]")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("dialog")).to_be_hidden()
    expect(one.page.locator("[data-kept]")).to_be_hidden()
