"""Every operation of a participant by ordinary forms, and no word lost when one is refused."""

import re

import pytest

from cocreate.boards.models import Group, Note, Operation, Vote
from cocreate.boards.refusals import SENTENCES, Code
from tests.boards.pages.conftest import Guests
from tests.boards.people import Party

pytestmark = pytest.mark.django_db

WORDS = "Ingen besked på to måneder."


def only_note() -> Note:
    return Note.objects.get()


def open_note(guest: object, note: Note) -> object:
    return guest.open(f"?seddel={note.uid}")  # type: ignore[attr-defined]


def test_a_note_is_written_and_stands_under_ones_own(party: Party, guest: Guests) -> None:
    one = guest()
    page = one.write(WORDS, column=party.columns[1].uid)
    note = only_note()
    assert (note.text, note.column) == (WORDS, party.columns[1])
    assert page.redirect_chain[-1][0].endswith(f"#m-{note.uid}")  # type: ignore[attr-defined]
    assert WORDS in one.text


def test_the_column_chosen_last_is_chosen_again(party: Party, guest: Guests) -> None:
    one = guest()
    one.write(WORDS, column=party.columns[1].uid)
    assert f'value="{party.columns[1].uid}" checked' in one.text


def test_the_same_form_sent_twice_is_one_note_and_with_other_words_another(guest: Guests) -> None:
    one = guest()
    one.open()
    page = one.page
    for text in (WORDS, WORDS, "Noget andet."):
        one.page = page
        one.send("note.add", text=text)
    assert sorted(note.text or "" for note in Note.objects.all()) == [WORDS, "Noget andet."]


def test_what_others_write_hidden_is_on_no_page(party: Party, guest: Guests) -> None:
    one, other = guest(name="Solsort"), guest()
    one.write("Guldregn i hemmelighed.")
    uid = only_note().uid
    for query in ("", f"?seddel={uid}", "skriver/"):
        page = other.client.get(f"{other.address}{query}", follow=True).content.decode()
        assert "Guldregn" not in page and uid not in page and "Solsort" not in page
    other.open()
    assert "1 seddel" in other.text or "1 note" in other.text


def test_an_empty_note_is_asked_for(guest: Guests) -> None:
    one = guest()
    assert one.write("   ").status_code == 422
    assert str(SENTENCES[Code.EMPTY]) in one.text


@pytest.mark.parametrize(
    ("text", "code"),
    [("Mit nummer er 010190-1234.", Code.NUMBER), ("x" * 1001, Code.TOO_LONG)],
)
def test_a_refused_note_stays_in_the_field(guest: Guests, text: str, code: str) -> None:
    one = guest()
    assert one.write(text).status_code == 422
    assert str(SENTENCES[code]) in one.text
    assert text in one.text
    assert not Note.objects.exists()


def test_a_phone_number_is_asked_about_once_and_then_taken(guest: Guests) -> None:
    one = guest()
    text = "Ring til mig på 40 12 34 56."
    assert one.write(text).status_code == 422
    assert text in one.text
    assert not Note.objects.exists()
    one.send("note.add", sure="1")
    assert (only_note().text, only_note().found) == (text, "phone")


def test_after_a_worry_the_page_quietly_says_where_help_is(guest: Guests) -> None:
    one = guest()
    one.write("Nogle aftener tænker jeg på at tage mit eget liv.")
    assert only_note().text
    assert "data-help hidden" not in one.text
    one.open()
    assert "data-help hidden" in one.text


def test_words_written_while_the_phase_changed_stay_in_the_field(
    party: Party, guest: Guests
) -> None:
    one = guest()
    one.open()
    party.go_to("vote")
    page = one.send("note.add", text=WORDS)
    assert page.status_code == 409
    assert WORDS in one.text
    assert not re.search(r'id="skriv"[^>]* hidden', one.text)
    assert str(SENTENCES[Code.PHASE]) in one.text


def test_a_note_is_changed(guest: Guests) -> None:
    one = guest()
    one.write(WORDS)
    open_note(one, only_note())
    one.send("note.edit", text="Ingen besked på tre måneder.")
    assert only_note().text == "Ingen besked på tre måneder."


def test_a_note_changed_on_two_devices_keeps_both_wordings(guest: Guests) -> None:
    one = guest()
    one.write(WORDS)
    open_note(one, only_note())
    page = one.page
    one.send("note.edit", text="Den ene ordlyd.")
    one.page = page
    one.send("note.edit", text="Den anden ordlyd.")
    assert {note.text for note in Note.objects.all()} == {"Den ene ordlyd.", "Den anden ordlyd."}
    assert "Den ene ordlyd." in one.text and "Den anden ordlyd." in one.text


def test_a_refused_change_stays_in_the_field(guest: Guests) -> None:
    one = guest()
    one.write(WORDS)
    open_note(one, only_note())
    assert one.send("note.edit", text="Mit cpr er 010190-1234.").status_code == 422
    assert "Mit cpr er 010190-1234." in one.text
    assert only_note().text == WORDS


def test_nobody_changes_or_takes_back_anothers_note(party: Party, guest: Guests) -> None:
    one, other = guest(), guest()
    one.write(WORDS)
    party.go_to("cluster")
    note = only_note()
    open_note(other, note)
    token = other.client.cookies["csrftoken"].value
    for kind in ("note.edit", "note.take_back"):
        said = {"kind": kind, "note": note.uid, "base": "1", "text": "Kapret."}
        other.client.post(f"{other.address}gem/", {**said, "csrfmiddlewaretoken": token})
    note.refresh_from_db()
    assert note.text == WORDS


def test_taking_back_asks_first_and_erases_the_words(guest: Guests) -> None:
    one = guest()
    one.write(WORDS)
    open_note(one, only_note())
    assert only_note().text == WORDS
    one.send("note.take_back")
    assert only_note().text is None
    assert WORDS not in one.text


def test_a_note_is_moved_and_the_move_undone(party: Party, guest: Guests) -> None:
    one, other = guest(), guest()
    one.write(WORDS)
    party.go_to("cluster")
    open_note(other, only_note())
    other.send("to", to=f"column:{party.columns[1].uid}:", note=only_note().uid)
    assert only_note().column == party.columns[1]
    other.send("undo")
    assert only_note().column == party.columns[0]


def test_nobody_undoes_what_another_did(party: Party, guest: Guests) -> None:
    one, other = guest(), guest()
    one.write(WORDS)
    party.go_to("cluster")
    open_note(one, only_note())
    page = one.send("to", to=f"column:{party.columns[1].uid}:", note=only_note().uid)
    query = page.redirect_chain[-1][0].partition("?")[2].partition("#")[0]  # type: ignore[attr-defined]
    other.open(f"?{query}")
    assert other.send("undo").status_code == 409
    assert only_note().column == party.columns[1]


def test_a_group_is_made_named_filled_and_taken_apart(party: Party, guest: Guests) -> None:
    one = guest()
    first, second = (party.write(party.sit(who), who) for who in ("Brev", "Opkald"))
    party.go_to("cluster")
    open_note(one, first)
    one.send("to", to="new", note=first.uid)
    group = Group.objects.get()
    open_note(one, second)
    one.send("to", to=f"group:{group.column.uid}:{group.uid}", note=second.uid)
    assert set(group.notes.all()) == {first, second}
    one.open(f"?gruppe={group.uid}")
    one.send("group.name", title="Ingen svarer")
    group.refresh_from_db()
    assert group.title == "Ingen svarer"
    assert "Ingen svarer" in one.text
    one.open(f"?gruppe={group.uid}")
    one.send("group.remove")
    assert not Group.objects.exists()
    assert Note.objects.filter(taken_back_at=None).count() == 2


def test_a_refused_name_of_a_group_stays_in_the_field(party: Party, guest: Guests) -> None:
    one = guest()
    note = party.write(party.sit("Mo"), WORDS)
    party.go_to("cluster")
    open_note(one, note)
    one.send("to", to="new", note=note.uid)
    group = Group.objects.get()
    one.open(f"?gruppe={group.uid}")
    party.done(party.facilitator, "group.name", group=group.uid, base=1, title="Et andet navn")
    assert one.send("group.name", title="Mit navn").status_code == 409
    assert 'value="Mit navn"' in one.text


def test_votes_are_given_and_taken_back_and_end_when_there_are_none_left(
    party: Party, guest: Guests
) -> None:
    one = guest()
    note = party.write(party.sit("Mo"), WORDS)
    party.go_to("vote")
    one.open()
    for dots in ("1", "2", "1"):
        one.send("once", vote=f"{note.uid}:{dots}")
        assert Vote.objects.get().dots == int(dots)
    page = one.send("once", vote=f"{note.uid}:6")
    assert page.status_code == 409
    assert str(SENTENCES[Code.NO_DOTS]) in one.text
    assert "4" in one.text


def test_in_a_break_the_board_is_blank_and_words_are_kept(party: Party, guest: Guests) -> None:
    one = guest()
    one.open()
    party.done(party.facilitator, "pause.set", on=True)
    page = one.send("note.add", text=WORDS)
    assert page.status_code == 409
    assert (
        f'data-kept-notes><li class="note slip"><p class="note-text" dir="auto">{WORDS}' in one.text
    )
    assert 'data-when="running" hidden' in one.text


def test_words_from_a_page_whose_seat_is_gone_are_shown_at_the_door(
    party: Party, guest: Guests
) -> None:
    one = guest()
    one.open()
    del one.client.cookies[f"seat-{party.workshop.pk}"]
    page = one.send("note.add", text=WORDS)
    assert page.status_code == 403
    assert WORDS in one.text
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kind": "phase.set", "phase": "closed"},
        {"kind": "seat.remove"},
        {"kind": "note.add"},
        {"kind": "note.add", "column": "\x00", "text": "x"},
        {"vote": "x"},
        {"vote": "x:²"},
        {"to": "group", "note": "x"},
        {"to": "new"},
        {"kind": "undo", "seq": "9" * 40, "cid": "x"},
        {"kind": "note.edit", "note": "x", "base": "-1", "text": "y"},
    ],
)
def test_a_form_made_up_by_hand_is_refused_with_a_page(guest: Guests, said: dict[str, str]) -> None:
    one = guest()
    token = one.client.cookies["csrftoken"].value
    answer = one.client.post(f"{one.address}gem/", {**said, "csrfmiddlewaretoken": token})
    assert answer.status_code in {409, 422}
    assert Operation.objects.count() == 0


def test_a_note_typed_from_paper_is_marked_and_the_last_can_be_taken_back(
    party: Party, guest: Guests
) -> None:
    scribe = guest()
    scribe.open("skriver/")
    for text in ("Første seddel.", "Anden seddel."):
        scribe.send("note.add", text=text)
    assert list(Note.objects.values_list("paper", flat=True)) == [True, True]
    assert "Anden seddel." in scribe.text
    scribe.send("note.take_back")
    assert {note.text for note in Note.objects.all()} == {"Første seddel.", None}


def test_the_scribes_refused_note_stays_in_the_field(guest: Guests) -> None:
    scribe = guest()
    scribe.open("skriver/")
    assert scribe.send("note.add", text="Cpr 010190-1234").status_code == 422
    assert "Cpr 010190-1234" in scribe.text
    assert "skriver" in scribe.text


def test_the_scribes_page_is_only_for_those_who_are_in(stranger: Guests) -> None:
    outside = stranger()
    answer = outside.client.get(f"{outside.address}skriver/")
    assert (answer.status_code, answer["Location"]) == (302, outside.address)
