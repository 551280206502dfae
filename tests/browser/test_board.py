"""A live workshop in real browsers: on a phone without script, at two screens, by keyboard alone."""

import os
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cocreate.boards.commit import commit
from cocreate.boards.models import Group, Note, Vote
from cocreate.boards.refusals import SENTENCES, Code
from tests.boards.harness import Served, serving
from tests.boards.people import Party, ask, hold
from tests.browser.axe import violations
from tests.browser.window import DESKTOP, PHONE, Window
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 320, "height": 640}
PHASES = ("collect", "cluster", "vote", "discuss", "closed")
WORDS = "Ingen besked på to måneder."
# What `make run` serves with; BOARD_SERVER=uvicorn is what production does.
SERVER = os.environ.get("BOARD_SERVER", "daphne")
OURS = {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
Guests = Callable[..., "Guest"]


class Guest(Window):
    """Somebody at the board, with a browser of their own."""

    code = ""

    def close(self) -> None:
        if self.is_open:
            # The seat is this device's own; the product sets no other cookie but its usual two.
            self.context.clear_cookies(name=f"seat-{self.seat}")
        super().close()

    seat = 0

    def come_in(self, name: str = "") -> "Guest":
        self.open(self.board)
        self.write("name", name)
        self.press()
        return self

    @property
    def board(self) -> str:
        return f"/v/{self.workshop}/"

    workshop = ""

    @property
    def is_live(self) -> bool:
        return bool(self.page.locator("[data-state=open]").count())

    def put(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.page.locator("[data-send]").first.click()

    def note(self, text: str) -> Any:
        return self.page.locator("[data-note]", has_text=text)

    def slip(self, text: str) -> Any:
        return self.page.locator("[data-slip]", has_text=text)


@pytest.fixture
def served(db: None, transactional_db: None, house: None) -> Iterator[Served]:
    with serving(SERVER, environment=OURS) as served:
        yield served


@pytest.fixture
def party(served: Served, cast: Cast) -> Party:
    made = hold(cast)
    made.workshop.refresh_from_db()
    return made


@pytest.fixture
def guests(browser: Browser, served: Served, party: Party) -> Iterator[Guests]:
    """Opens browsers of people who have come in; looks afterwards at what they met."""
    opened: list[Guest] = []

    def come(name: str = "", **options: Any) -> Guest:
        guest = Guest(browser, served.origin, **options)
        guest.workshop, guest.seat = party.workshop.code, party.workshop.pk
        opened.append(guest)
        guest.come_in(name)
        if options.get("java_script_enabled", True):
            expect(guest.page.locator("[data-state=open]")).to_have_count(1)
        return guest

    yield come
    for guest in opened:
        guest.close()
    assert [fault for guest in opened for fault in guest.faults] == []
    assert served.trouble() == []


def settled(page: Page, phase: str) -> None:
    expect(page.locator(f'[data-step="{phase}"]')).to_have_attribute("aria-current", "step")


# --- without script -------------------------------------------------------------------------------


def test_a_phone_without_script_from_the_door_to_a_note_and_a_vote(
    guests: Guests, party: Party
) -> None:
    phone = guests("Solsort", size=PHONE, java_script_enabled=False)
    phone.put(WORDS)
    assert WORDS in phone.text
    note = Note.objects.get()
    phone.page.locator(f"#m-{note.uid} [data-open]").click()
    phone.write("text", "Ingen besked i tre måneder.")
    phone.page.locator("[data-edit] [data-send]").click()
    party.go_to("vote")
    phone.open(phone.board)
    phone.note("tre måneder").locator("[data-more]").click()
    assert Vote.objects.get().dots == 1
    assert phone.address == phone.board
    assert phone.width() == PHONE["width"]


# --- two at the board -----------------------------------------------------------------------------


def test_what_one_writes_the_other_sees_when_it_is_turned_over(
    guests: Guests, party: Party
) -> None:
    one, other = guests("Solsort"), guests()
    one.put(WORDS)
    expect(one.slip(WORDS).locator("[data-saved]")).to_be_visible()
    expect(other.page.locator("[data-count]").first).to_contain_text("1")
    assert not other.holds("Ingen besked")
    party.go_to("cluster")
    expect(other.note(WORDS)).to_be_visible()
    expect(other.note(WORDS)).to_contain_text("Solsort")
    assert other.page.locator("#skriv").is_visible()


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


# --- what is refused ------------------------------------------------------------------------------


def test_refused_words_come_back_to_the_field_with_the_sentence(guests: Guests) -> None:
    one = guests()
    field = one.page.locator("#text")
    one.put("Mit cpr er 010190-1234.")
    expect(one.page.locator("[data-why]").first).to_have_text(str(SENTENCES[Code.NUMBER]))
    expect(field).to_have_value("Mit cpr er 010190-1234.")
    expect(one.page.locator("#skriv [data-sure]")).to_be_hidden()
    one.put("Ring på 40 12 34 56.")
    expect(one.page.locator("#skriv [data-sure]")).to_be_visible()
    expect(field).to_have_value("Ring på 40 12 34 56.")
    assert not Note.objects.exists()
    one.page.locator("#skriv [data-sure]").click()
    expect(one.slip("Ring på").locator("[data-saved]")).to_be_visible()
    expect(field).to_have_value("")


def test_a_worry_is_saved_and_help_is_quietly_shown(guests: Guests) -> None:
    one = guests()
    one.put("Nogle aftener tænker jeg på at tage mit eget liv.")
    expect(one.page.locator("[data-help]")).to_be_visible()
    assert one.page.locator("[data-help] a").get_attribute("href") == "/hjaelp-nu/"
    assert Note.objects.count() == 1


def test_what_is_being_written_stays_in_sight_when_the_phase_ends(
    guests: Guests, party: Party
) -> None:
    one = guests()
    field = one.page.locator("#text")
    field.fill("En tanke, der ikke er færdig")
    party.go_to("vote")
    settled(one.page, "vote")
    expect(field).to_be_visible()
    one.page.locator("[data-send]").first.click()
    expect(one.page.locator("[data-why]").first).to_have_text(str(SENTENCES[Code.PHASE]))
    expect(field).to_have_value("En tanke, der ikke er færdig")


# --- the keyboard ---------------------------------------------------------------------------------


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


# --- a bad line -----------------------------------------------------------------------------------


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
    expect(other.page.locator("[data-board]")).to_have_count(0)
    assert other.page.locator("h1").count() == 1


# --- the others -----------------------------------------------------------------------------------

STANDING = """() => {
    const field = document.activeElement;
    const box = field.getBoundingClientRect();
    const chosen = getSelection().toString();
    return [field.id, field.selectionStart, field.selectionEnd, Math.round(box.top), window.scrollY, chosen];
}"""
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
    before = one.page.evaluate(STANDING)
    changes(party, seconds=8, one=one)
    assert one.page.evaluate(STANDING) == before
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
    changes(party, seconds=4, one=phone, but="Seddel 30")
    expect(mine).to_be_focused()
    after = mine.evaluate("note => Math.round(note.getBoundingClientRect().top)")
    assert abs(after - before) <= 1
    # What the script drew is what the server makes of the board from the beginning.
    fresh = guests(java_script_enabled=False)
    assert standing(phone.page) == standing(fresh.page)


def standing(page: Page) -> list[str]:
    lists = page.locator("[data-column] [data-notes]").all()
    return [" | ".join(notes.locator("[data-text]").all_inner_texts()) for notes in lists]


def changes(party: Party, *, seconds: float, one: Guest, but: str = "") -> None:
    """Others write, move and group, fifty times a second as they reach the screen."""
    seats = [party.sit(f"Ulla {n}") for n in range(10)]
    notes = [note for note in Note.objects.filter(board=party.board) if note.text != but]
    chance = Random(7)  # noqa: S311 - always the same chance
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        batch = []
        for seat in seats:
            note, column = chance.choice(notes), chance.choice(party.columns)
            batch.append(ask(seat, "note.move", note=note.uid, column=column.uid, first=True))
            batch.append(ask(seat, "note.add", column=column.uid, text=f"Ny {chance.random()}"))
        commit(party.board.pk, batch)
        one.page.wait_for_timeout(1000 * len(batch) / 50)


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


# --- the scribe -----------------------------------------------------------------------------------


def test_the_scribe_types_note_after_note(guests: Guests, party: Party) -> None:
    scribe = guests()
    scribe.open(f"{scribe.board}skriver/")
    expect(scribe.page.locator("[data-state=open]")).to_have_count(1)
    keys = scribe.page.keyboard
    for text in ("Første.", "2 tanker."):
        keys.press("2")
        keys.type(text)
        keys.press("Enter")
    expect(scribe.page.locator("[data-slip] [data-saved]:visible")).to_have_count(2)
    expect(scribe.page.locator("[data-typed]")).to_contain_text("2")
    assert {(note.text, note.paper, note.column) for note in Note.objects.all()} == {
        ("Første.", True, party.columns[1]),
        ("2 tanker.", True, party.columns[1]),
    }
    scribe.page.locator("[data-undo-last] button").click()
    expect(scribe.page.locator("#text")).to_have_value("2 tanker.")
    expect(scribe.page.locator("[data-slip]")).to_have_count(1)


# --- for everybody --------------------------------------------------------------------------------


def test_axe_finds_nothing_in_any_phase(guests: Guests, party: Party) -> None:
    one = guests("Solsort")
    one.put(WORDS)
    for n in range(4):
        party.write(party.sit(f"Mo {n}"), f"Seddel {n}", column=n % 2)
    faults = []
    for phase in PHASES:
        if phase != "collect":
            party.go_to(phase)
        for address in ("", "skriver/", f"?seddel={Note.objects.order_by('pk')[0].uid}"):
            one.open(f"{one.board}{address}")
            for name, (size, media) in WAYS.items():
                one.page.set_viewport_size(size)
                one.page.emulate_media(**media)
                faults += [f"{phase} {address} {name}: {fault}" for fault in violations(one.page)]
            one.page.set_viewport_size(SMALL)
            if one.width() > SMALL["width"]:
                faults.append(f"{phase} {address}: {one.width()} px wide at 320 px")
    assert not faults, "\n".join(faults)


WAYS: dict[str, tuple[dict[str, int], dict[str, Any]]] = {
    "desktop": (DESKTOP, {"reduced_motion": "reduce"}),
    "dark 320 px": (SMALL, {"color_scheme": "dark", "reduced_motion": "reduce"}),
    "forced colours": (DESKTOP, {"forced_colors": "active", "reduced_motion": "reduce"}),
}


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
