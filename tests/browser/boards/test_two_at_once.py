"""Two at one thing at the same time, also without a line: both texts stand, nobody's are gone."""

import pytest
from playwright.sync_api import expect

from cocreate.boards.models import Group, Note
from cocreate.boards.refusals import SENTENCES, Code
from tests.boards.people import Party
from tests.browser.boards.conftest import Guests

pytestmark = pytest.mark.browser

WORDS = "Ingen besked på to måneder."


def test_two_wordings_of_one_note_stand_side_by_side(guests: Guests) -> None:
    one = guests()
    one.put(WORDS)
    same = one.context.new_page()
    same.goto(one.board)
    for page in (one.page, same):
        page.locator("[data-slip] [data-open]").click()
    same.locator("#edit-text").fill("Den ene ordlyd.")
    same.locator("[data-edit] [data-send]").click()
    expect(one.slip("Den ene ordlyd.")).to_be_visible()
    one.page.locator("#edit-text").fill("Den anden ordlyd.")
    one.page.locator("[data-edit] [data-send]").click()
    expect(one.slip("Den anden ordlyd.")).to_be_visible()
    expect(one.slip("Den ene ordlyd.")).to_be_visible()
    expect(one.slip("Den anden ordlyd.").locator("[data-twin]")).to_be_visible()
    assert {note.text for note in Note.objects.all()} == {"Den ene ordlyd.", "Den anden ordlyd."}


def test_two_wordings_stand_also_when_one_was_written_without_a_line(
    guests: Guests,
) -> None:
    one = guests("Solsort")
    one.put(WORDS)
    expect(one.slip(WORDS).locator("[data-saved]")).to_be_visible()
    away = guests(beside=one)
    away.begin_to_change(WORDS, "Skrevet i en tunnel.")
    away.context.set_offline(True)
    away.save()
    one.begin_to_change(WORDS, "Skrevet derhjemme.")
    one.save()
    expect(one.slip("derhjemme").locator("[data-saved]")).to_be_visible()
    away.context.set_offline(False)
    for page in (one, away):
        expect(page.slip("derhjemme").locator("[data-saved]")).to_be_visible()
        expect(page.slip("tunnel").locator("[data-twin]")).to_be_visible()
        expect(page.page.locator("[data-slip]")).to_have_count(2)


def test_two_names_for_one_group_are_both_seen(guests: Guests, party: Party) -> None:
    party.write(party.sit("Mo"), WORDS)
    party.go_to("cluster")
    one, other = guests(), guests()
    one.note(WORDS).locator("[data-open]").click()
    one.page.locator(".place-new").click()
    for person in (one, other):
        person.page.locator(".group-head [data-open]").click()
    one.name_the_group("Ventetid")
    expect(other.page.locator(".group h3")).to_have_text("Ventetid")
    other.name_the_group("Telefonen")
    why = other.page.locator("dialog [data-why]")
    expect(why).to_have_text(str(SENTENCES[Code.CHANGED]))
    expect(other.page.locator("#group-title")).to_have_value("Telefonen")
    assert Group.objects.get().title == "Ventetid"


def test_a_name_that_came_second_can_be_given_all_the_same(guests: Guests, party: Party) -> None:
    note = party.write(party.sit("Mo"), WORDS)
    party.go_to("cluster")
    party.done(party.seats["Mo"], "group.add", notes=[note.uid])
    one = guests()
    one.page.locator(".group-head [data-open]").click()
    group = {"group": Group.objects.get().uid, "base": Group.objects.get().version}
    party.done(party.seats["Mo"], "group.name", **group, title="Ventetid")
    expect(one.page.locator(".group h3")).to_have_text("Ventetid")
    one.name_the_group("Telefonen")
    expect(one.page.locator("dialog [data-why]")).to_have_text(str(SENTENCES[Code.CHANGED]))
    one.save()
    expect(one.page.locator(".group h3")).to_have_text("Telefonen")


def test_a_name_given_without_a_line_is_kept_when_another_was_first(
    guests: Guests, party: Party
) -> None:
    note = party.write(party.sit("Mo"), WORDS)
    party.go_to("cluster")
    party.done(party.seats["Mo"], "group.add", notes=[note.uid])
    one = guests()
    one.page.locator(".group-head [data-open]").click()
    one.context.set_offline(True)
    one.name_the_group("Telefonen")
    one.page.keyboard.press("Escape")
    group = Group.objects.get()
    fields = {"group": group.uid, "base": group.version, "title": "Ventetid"}
    party.done(party.seats["Mo"], "group.name", **fields)
    one.context.set_offline(False)
    expect(one.page.locator(".group h3")).to_have_text("Ventetid")
    expect(one.page.locator("[data-kept]")).to_contain_text("Telefonen")
    expect(one.page.locator("[data-kept]")).to_contain_text(str(SENTENCES[Code.CHANGED]))
