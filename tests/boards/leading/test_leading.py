"""Leading a board by the buttons of its page, without a script."""

import pytest
from django.test import Client

from cocreate.boards.models import Board, Note, Operation, Workshop
from tests.boards.leading.conftest import at, press, shown, words
from tests.boards.people import Party

pytestmark = pytest.mark.django_db


def board() -> Board:
    return Board.objects.get()


def test_a_walk_through_all_phases(party: Party, leader: Client) -> None:
    for phase in ("cluster", "vote", "discuss"):
        assert f'value="phase:{phase}"' in shown(leader, at(party))
        press(leader, party, f"phase:{phase}")
        assert board().phase == phase
    page = shown(leader, at(party))
    assert f"/v/{party.workshop.code}/tovholder/hoest/" in page
    press(leader, party, "phase:vote")
    assert board().phase == "vote"


def test_while_people_write_hidden_the_facilitator_sees_numbers_alone(
    party: Party, leader: Client
) -> None:
    party.write(party.seats["mo"], "Guldregn i hemmelighed.")
    page = shown(leader, at(party))
    assert "Guldregn" not in page
    assert Note.objects.get().uid not in page
    assert words(page).count("1 ") >= 1
    press(leader, party, "phase:collect")
    assert "Guldregn" in shown(leader, at(party))


def test_how_many_have_voted_is_told_and_never_for_what(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("vote")
    before = shown(leader, at(party))
    party.done(party.seats["ulla"], "vote.set", note=note.uid, dots=4)
    after = shown(leader, at(party))
    assert 'width="500"' in after and 'width="500"' not in before
    assert "4 " in words(after)
    start = after.index(f'value="{note.uid}"')
    assert "4" not in words("<input " + after[start : after.index("</li>", start)])


def test_the_timer_is_set_extended_and_taken_away(party: Party, leader: Client) -> None:
    press(leader, party, "timer", minutes="10")
    first = board().deadline
    press(leader, party, "extend:120")
    second = board().deadline
    assert first and second and (second - first).total_seconds() == pytest.approx(120, abs=1)
    press(leader, party, "timer:0")
    assert board().deadline is None


@pytest.mark.parametrize(
    "minutes", ["", "0", "241", "-1", "ti", "1e9", "９９９９９", "02405", "0240" + "9" * 5000]
)
def test_a_strange_number_of_minutes_changes_nothing(
    party: Party, leader: Client, minutes: str
) -> None:
    assert press(leader, party, "timer", minutes=minutes).status_code == 422
    assert board().deadline is None


def test_a_pause_and_the_door(party: Party, leader: Client) -> None:
    press(leader, party, "pause:on")
    press(leader, party, "door:locked")
    assert board().paused and Workshop.objects.get().locked
    page = shown(leader, at(party))
    assert 'value="pause:off"' in page and 'value="door:open"' in page
    press(leader, party, "pause:off")
    press(leader, party, "door:open")
    assert not board().paused and not Workshop.objects.get().locked


def test_notes_are_hidden_with_a_reason_shown_again_and_undone(
    party: Party, leader: Client
) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.") for n in range(2)]
    party.go_to("cluster")
    uids = [note.uid for note in notes]
    assert press(leader, party, "hide", note=uids).status_code == 422
    assert press(leader, party, "hide", reason="harm").status_code == 422
    press(leader, party, "hide", note=uids, reason="harm")
    assert set(Note.objects.values_list("hide_reason", flat=True)) == {"harm"}
    press(leader, party, f"show:{uids[0]}")
    hidden = Operation.objects.filter(kind="note.hide").latest("seq")
    assert f'value="undo:{hidden.seq}"' in shown(leader, at(party))
    press(leader, party, f"undo:{hidden.seq}")
    assert set(Note.objects.values_list("hide_reason", flat=True)) == {""}


def test_what_was_chosen_stays_chosen_when_something_is_missing(
    party: Party, leader: Client
) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("cluster")
    answer = press(leader, party, "move", note=[note.uid], title="Et navn på vej")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{note.uid}" checked' in page
    assert "Et navn på vej" in page


def test_notes_are_put_together_named_moved_and_taken_apart(party: Party, leader: Client) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.").uid for n in range(3)]
    party.go_to("discuss")
    press(leader, party, "group", note=notes[:2], title="Ventetid")
    group = party.board.groups.get()
    fields = {f"title-{group.uid}": "Lang ventetid", f"base-{group.uid}": "1"}
    press(leader, party, f"name:{group.uid}", **fields)
    press(leader, party, "move", note=notes[2:], to=f"{group.column.uid}:{group.uid}")
    group.refresh_from_db()
    assert (group.title, group.notes.count()) == ("Lang ventetid", 3)
    press(leader, party, "move", note=notes[:1], to=party.columns[1].uid)
    assert Note.objects.get(uid=notes[0]).column == party.columns[1]
    press(leader, party, f"ungroup:{group.uid}")
    assert not party.board.groups.exists()


def test_what_is_said_in_the_room_becomes_a_note_of_the_room(party: Party, leader: Client) -> None:
    column = party.columns[1].uid
    press(leader, party, "write", text="Sagt højt i rummet.", column=column)
    note = Note.objects.get()
    assert (note.text, note.participant, note.column) == (
        "Sagt højt i rummet.",
        None,
        party.columns[1],
    )


def test_the_same_form_sent_twice_writes_one_note(party: Party, leader: Client) -> None:
    form = {"text": "Én gang.", "column": party.columns[0].uid, "once": "a-form-of-this-page"}
    for _ in range(2):
        press(leader, party, "write", **form)
    assert Note.objects.count() == 1


def test_a_phone_number_is_asked_about_and_the_words_are_kept(party: Party, leader: Client) -> None:
    form = {"text": "Ring på 23 45 67 89.", "column": party.columns[1].uid}
    answer = press(leader, party, "write", **form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ring på 23 45 67 89." in page and 'value="write:sure"' in page
    assert f'value="{form["column"]}" selected' in page
    press(leader, party, "write:sure", **form)
    assert Note.objects.get().found == "phone"


def test_a_cpr_number_is_never_taken(party: Party, leader: Client) -> None:
    form = {"text": "Mit nummer er 010190-1234.", "column": party.columns[0].uid}
    assert press(leader, party, "write:sure", **form).status_code == 422
    assert not Note.objects.exists()


def test_dots_put_on_paper_are_counted_for_those_that_changed(party: Party, leader: Client) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.").uid for n in range(2)]
    party.go_to("vote")
    fields = {f"dots-{notes[0]}": "7", f"was-{notes[0]}": "0"}
    fields |= {f"dots-{notes[1]}": "0", f"was-{notes[1]}": "0"}
    press(leader, party, "dots", **fields)
    assert Note.objects.get(uid=notes[0]).room_dots == 7
    assert Operation.objects.filter(kind="room.dots").count() == 1
    answer = press(leader, party, "dots", **{f"dots-{notes[1]}": "x", f"was-{notes[1]}": "0"})
    assert answer.status_code == 422


NONSENSE = [
    "", "x", "phase", "phase:", "phase:nowhere", "out", "out:x", "out:99999999999999999",
    "undo:x", "show", "ungroup:zz", "name:zz", "extend:-1", "timer:99999999", "write",
]  # fmt: skip


@pytest.mark.parametrize("do", NONSENSE)
def test_what_no_button_sends_is_refused_with_the_page(
    party: Party, leader: Client, do: str
) -> None:
    assert press(leader, party, do).status_code == 422
    assert not Operation.objects.exists()


def test_a_closed_board_is_not_opened_again(party: Party, leader: Client) -> None:
    party.go_to("closed")
    assert press(leader, party, "phase:collect").status_code == 422
    assert 'value="phase:' not in shown(leader, at(party))


def test_the_page_asks_the_database_the_same_at_every_size(
    party: Party, leader: Client, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            shown(leader, at(party))
        return len(made)

    party.go_to("cluster")
    counts = []
    for size in (2, 20):
        while Note.objects.count() < size:
            party.write(party.sit(f"p{Note.objects.count()}", "Et navn"), "Endnu en.")
        press(leader, party, "group", note=[Note.objects.order_by("-pk")[0].uid], title="G")
        counts.append(asked())
    assert counts[0] == counts[1] <= 26
