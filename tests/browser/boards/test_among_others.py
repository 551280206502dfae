"""The others write and move, the clock runs, there is a break: nothing moves under one's hands."""

import time
from itertools import pairwise
from random import Random

import pytest
from playwright.sync_api import Page, expect

from cocreate.boards.commit import commit
from cocreate.boards.models import Note
from tests.boards.people import Party, ask
from tests.browser.boards.conftest import Guests
from tests.browser.boards.guest import Guest, standing
from tests.browser.window import PHONE

pytestmark = pytest.mark.browser

WORDS = "Ingen besked på to måneder."
SPOKEN = """() => {
    window.spoken = [];
    const region = document.querySelector("[data-live]");
    const note = () => window.spoken.push(performance.now());
    new MutationObserver(note).observe(region, {childList: true, characterData: true, subtree: true});
}"""


def test_fifty_changes_a_second_move_nothing_under_ones_hands(guests: Guests, party: Party) -> None:
    party.go_to("collect")
    for n in range(30):
        party.write(party.sit(f"Mo {n}"), f"Seddel {n}", column=n % 2)
    party.go_to("cluster")
    one = guests()
    one.page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    field = one.page.locator("#text")
    field.fill("Jeg skriver, mens de andre flytter rundt på alt.")
    field.evaluate("field => field.setSelectionRange(4, 11)")
    one.page.evaluate(SPOKEN)
    before = standing(one.page)
    changes(party, seconds=8, one=one)
    assert standing(one.page) == before
    spoken = one.page.evaluate("window.spoken")
    assert spoken
    assert all(later - sooner >= 4900 for sooner, later in pairwise(spoken))


def test_fifty_changes_a_second_leave_a_focused_note_where_it_is(
    guests: Guests, party: Party
) -> None:
    party.go_to("collect")
    for n in range(40):
        party.write(party.sit(f"Mo {n}"), f"Seddel {n}", column=n % 2)
    party.go_to("cluster")
    phone = guests(size=PHONE)
    mine = phone.note("Seddel 30")
    mine.focus()
    before = mine.evaluate("note => Math.round(note.getBoundingClientRect().top)")
    last = changes(party, seconds=4, one=phone, but="Seddel 30")
    expect(phone.note(last)).to_have_count(1)
    expect(mine).to_be_focused()
    after = mine.evaluate("note => Math.round(note.getBoundingClientRect().top)")
    assert abs(after - before) <= 1
    # What the script drew is what the server makes of the board from the beginning.
    fresh = guests(java_script_enabled=False)
    assert columns_of(phone.page) == columns_of(fresh.page)


def columns_of(page: Page) -> list[str]:
    lists = page.locator("[data-column] [data-notes]").all()
    return [" | ".join(notes.locator("[data-text]").all_inner_texts()) for notes in lists]


def changes(party: Party, *, seconds: float, one: Guest, but: str = "") -> str:
    """Others write, move and group, fifty times a second as they reach the screen. Returns what was
    written last."""
    seats = [party.sit(f"Ulla {n}") for n in range(10)]
    notes = [note for note in Note.objects.filter(board=party.board) if note.text != but]
    chance = Random(7)  # noqa: S311 - always the same chance
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        batch = []
        for seat in seats:
            note, column = chance.choice(notes), chance.choice(party.columns)
            batch.append(ask(seat, "note.move", note=note.uid, column=column.uid, first=True))
            text = f"Ny {chance.random()}"
            batch.append(ask(seat, "note.add", column=column.uid, text=text))
        commit(party.board.pk, batch)
        one.page.wait_for_timeout(1000 * len(batch) / 50)
    return text


def test_where_one_wants_calm_new_notes_wait(guests: Guests, party: Party) -> None:
    party.go_to("collect")
    note = party.write(party.sit("Mo"), WORDS)
    one = guests()
    one.page.locator("[data-options] summary").click()
    one.page.locator("#calm").check()
    party.write(party.sit("Ulla"), "Ny seddel.")
    party.done(party.facilitator, "note.hide", note=note.uid, reason="off_topic")
    expect(one.page.locator("[data-waiting] button")).to_be_visible()
    expect(one.note(WORDS)).to_have_count(0)
    assert one.note("Ny seddel.").count() == 0
    one.put("Min egen.")
    expect(one.note("Min egen.")).to_be_visible()
    one.page.locator("[data-waiting] button").click()
    expect(one.note("Ny seddel.")).to_be_visible()
    expect(one.page.locator("[data-waiting]")).to_be_hidden()


def test_a_break_blanks_the_board_and_gives_it_back_as_it_was(guests: Guests, party: Party) -> None:
    one = guests()
    one.page.locator("#text").fill("Halvt færdig")
    party.done(party.facilitator, "pause.set", on=True)
    expect(one.page.locator(".still")).to_be_visible()
    expect(one.page.locator("#text")).to_be_hidden()
    party.done(party.facilitator, "pause.set", on=False)
    expect(one.page.locator("#text")).to_have_value("Halvt færdig")
    expect(one.page.locator("#text")).to_be_visible()


def test_the_clock_runs_and_the_last_minute_is_said(guests: Guests, party: Party) -> None:
    one = guests()
    party.done(party.facilitator, "timer.set", seconds=63)
    expect(one.page.locator("[data-clock] [data-left]")).to_contain_text("1.0")
    one.page.evaluate(SPOKEN)
    expect(one.page.locator("[data-live]")).to_contain_text("1 minu")
