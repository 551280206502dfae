"""Notes are written at the board: with script and without, refused, and typed from paper."""

import pytest
from playwright.sync_api import expect

from cocreate.boards.models import HideReason, Note, Vote
from cocreate.boards.refusals import SENTENCES, Code
from cocreate.boards.templatetags.boards import why_hidden
from tests.boards.people import Party
from tests.browser.boards.conftest import Guests
from tests.browser.boards.guest import settled
from tests.browser.window import PHONE

pytestmark = pytest.mark.browser

WORDS = "Ingen besked på to måneder."


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


@pytest.mark.parametrize("page", ["", "skriver/"], ids=["board", "scribe"])
def test_whose_note_is_hidden_is_told_why(guests: Guests, party: Party, page: str) -> None:
    one = guests()
    one.open(f"{one.board}{page}")
    one.is_connected()
    one.put(WORDS)
    expect(one.slip(WORDS).locator("[data-saved]")).to_be_visible()
    party.go_to("cluster")
    note = Note.objects.get()
    party.done(party.facilitator, "note.hide", note=note.uid, reason=HideReason.OFF_TOPIC)
    expect(one.slip(WORDS).locator("[data-hidden]")).to_have_text(why_hidden(HideReason.OFF_TOPIC))


def test_the_scribe_types_note_after_note(guests: Guests, party: Party) -> None:
    scribe = guests()
    scribe.open(f"{scribe.board}skriver/")
    scribe.is_connected()
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


def test_what_the_scribe_takes_back_when_the_writing_is_over_lies_in_no_field(
    guests: Guests, party: Party
) -> None:
    scribe = guests()
    scribe.open(f"{scribe.board}skriver/")
    scribe.is_connected()
    scribe.put(WORDS)
    expect(scribe.slip(WORDS).locator("[data-saved]")).to_be_visible()
    party.go_to("vote")
    expect(scribe.page.locator("#text")).to_be_hidden()
    scribe.page.locator("[data-undo-last] button").click()
    expect(scribe.page.locator("[data-slip]")).to_have_count(0)
    expect(scribe.page.locator("#text")).to_have_value("")


# The most slips that stood in the list at once.
COUNTED = """() => {
    const list = document.querySelector("[data-slips]");
    window.most = 0;
    const count = () => { window.most = Math.max(window.most, list.children.length) };
    new MutationObserver(count).observe(list, {childList: true});
}"""


@pytest.mark.parametrize("page", ["", "skriver/"], ids=["board", "scribe"])
def test_one_note_never_stands_there_twice(guests: Guests, page: str) -> None:
    one = guests()
    one.open(f"{one.board}{page}")
    one.is_connected()
    one.page.evaluate(COUNTED)
    one.put(WORDS)
    expect(one.slip(WORDS).locator("[data-saved]")).to_be_visible()
    assert one.page.evaluate("window.most") == 1
