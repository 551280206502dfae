"""What comes and goes: notes that are moved, hidden and taken back unseen, and the dots on them."""

import json
from typing import Any

import pytest

from cocreate.boards import commit as commit_module
from cocreate.boards.commit import commit
from cocreate.boards.entries import HOST, WALL
from cocreate.boards.memory import Memory, missed
from cocreate.boards.models import Note, Operation, Vote
from cocreate.boards.reading import removed_seats
from cocreate.boards.seats import Seat, wall
from tests.boards.people import Party, ask, cid, hold
from tests.boards.test_frames import entries, to
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def party(cast: Cast) -> Party:
    made = hold(cast)
    made.sit("mo")
    made.sit("ulla")
    return made


def kinds(text: str) -> list[str]:
    return [entry["kind"] for entry in entries(text)]


def counts(text: str) -> dict[str, int]:
    return {one["column"]: one["n"] for one in entries(text) if one["kind"] == "count"}


def test_a_note_moved_unseen_is_counted_where_it_is_and_no_longer_where_it_was(
    party: Party,
) -> None:
    note = party.write(party.seats["mo"], "Kun for mig.")
    here, there = (column.uid for column in party.columns)
    told = party.told(party.seats["mo"], "note.move", note=note.uid, column=there)
    for seat in (party.seats["ulla"], party.facilitator, party.wall, party.seats["mo"]):
        assert counts(to(seat, told)) == {here: 0, there: 1}
    assert kinds(to(party.seats["mo"], told))[0] == "note"


def test_the_author_hears_which_note_went_and_others_only_how_many_are_left(party: Party) -> None:
    note = party.write(party.seats["mo"], "Kun for mig.")
    told = party.told(party.seats["mo"], "note.take_back", note=note.uid)
    assert kinds(to(party.seats["mo"], told)) == ["gone", "count"]
    for seat in (party.seats["ulla"], party.facilitator, party.wall):
        assert kinds(to(seat, told))[0] == "count"
        assert note.uid not in to(seat, told)


def test_a_note_hidden_by_the_facilitator_is_its_authors_alone_while_people_write_unseen(
    party: Party,
) -> None:
    note = party.write(party.seats["mo"], "Noget.")
    party.go_to("cluster")
    party.done(party.facilitator, "note.hide", note=note.uid, reason="harm")
    party.go_to("collect", hidden=True)
    memory = Memory.of(party.board.pk)
    assert all("Noget." not in memory.boards[audience] for audience in (HOST, WALL, "all"))
    assert party.refused(party.facilitator, "note.show", note=note.uid) == "phase"


def test_nothing_is_undone_that_one_may_not_see_or_do(party: Party) -> None:
    """Nor does the answer tell which hidden note it was."""
    mo, ulla = party.seats["mo"], party.seats["ulla"]
    note = party.write(mo, "Kun for mig.")
    moved = party.done(mo, "note.move", note=note.uid, column=party.columns[1].uid)
    assert party.refused(party.facilitator, "undo", seq=moved.seq) == "gone"
    party.go_to("cluster")
    own = cid()
    group = party.done(ulla, "group.add", notes=[note.uid], own_cid=own)
    again = cid()
    shift = party.done(ulla, "note.move", note=note.uid, column=party.columns[0].uid, own_cid=again)
    party.go_to("collect")
    assert party.refused(ulla, "undo", seq=group.seq, cid=own) == "phase"
    assert party.refused(ulla, "undo", seq=shift.seq, cid=again) == "not_allowed"
    party.go_to("collect", hidden=True)
    assert party.refused(party.facilitator, "undo", seq=group.seq) == "phase"


def vote(party: Party, who: str, note: Note, dots: int) -> None:
    party.done(party.seats[who], "vote.set", note=note.uid, dots=dots)


def dots(party: Party, who: str) -> dict[str, int]:
    head = Memory.of(party.board.pk).head(party.seats[who], 0)
    return dict(head["votes"])


def test_dots_come_back_with_a_note_that_was_hidden_by_mistake(party: Party) -> None:
    first, second = (party.write(party.seats["mo"], f"Seddel {n}.") for n in range(2))
    party.go_to("vote")
    vote(party, "ulla", first, 3)
    party.done(party.facilitator, "note.hide", note=first.uid, reason="harm")
    vote(party, "ulla", second, 2)
    told = party.told(party.facilitator, "note.show", note=first.uid)
    assert entries(to(party.seats["ulla"], told))[-1] == {
        "seq": told.last, "kind": "vote", "note": first.uid, "dots": 3,
    }  # fmt: skip
    assert dots(party, "ulla") == {first.uid: 3, second.uid: 2}


def test_dots_used_elsewhere_in_the_meantime_stay_there(party: Party) -> None:
    first, second = (party.write(party.seats["mo"], f"Seddel {n}.") for n in range(2))
    party.go_to("vote")
    vote(party, "ulla", first, 3)
    hidden = party.done(party.facilitator, "note.hide", note=first.uid, reason="harm")
    vote(party, "ulla", second, 4)
    told = party.told(party.facilitator, "undo", seq=hidden.seq)
    assert entries(to(party.seats["ulla"], told))[-1]["dots"] == 0
    assert dots(party, "ulla") == {second.uid: 4}
    assert sum(Vote.objects.values_list("dots", flat=True)) == 4


def test_hiding_and_showing_and_voting_in_one_batch_spends_no_dot_twice(party: Party) -> None:
    first, second = (party.write(party.seats["mo"], f"Seddel {n}.") for n in range(2))
    party.go_to("vote")
    ulla, host = party.seats["ulla"], party.facilitator
    commit(
        party.board.pk,
        [
            ask(ulla, "vote.set", note=first.uid, dots=5),
            ask(host, "note.hide", note=first.uid, reason="harm"),
            ask(ulla, "vote.set", note=second.uid, dots=5),
            ask(host, "note.show", note=first.uid),
        ],
    )
    assert dots(party, "ulla") == {second.uid: 5}


def test_authors_who_see_their_own_hidden_note_hear_that_the_dots_on_it_are_free(
    party: Party,
) -> None:
    note = party.write(party.seats["mo"], "Min egen.")
    party.go_to("vote")
    vote(party, "mo", note, 2)
    told = party.told(party.facilitator, "note.hide", note=note.uid, reason="harm")
    assert [(one["kind"], one.get("dots")) for one in entries(to(party.seats["mo"], told))] == [
        ("note", None), ("vote", 0),
    ]  # fmt: skip
    assert dots(party, "mo") == {}


def test_the_facilitator_hears_the_new_sums_when_a_note_with_dots_goes(party: Party) -> None:
    note = party.write(party.seats["mo"], "Seddel.")
    party.go_to("vote")
    vote(party, "ulla", note, 3)
    told = party.told(party.facilitator, "note.hide", note=note.uid, reason="harm")
    cast = entries(to(party.facilitator, told))[-1]
    assert (cast["kind"], cast["people"], cast["dots"]) == ("cast", 0, 0)
    assert kinds(to(party.seats["ulla"], told)) == ["gone"]


def test_dots_counted_in_the_room_after_the_vote_are_seen_by_everybody_at_once(
    party: Party,
) -> None:
    note = party.write(party.seats["mo"], "Seddel.")
    party.go_to("vote")
    vote(party, "ulla", note, 3)
    blind = party.told(party.facilitator, "room.dots", note=note.uid, dots=1)
    assert note.uid not in to(party.seats["ulla"], blind)
    assert Operation.objects.get(seq=blind.last).payload == {}
    party.go_to("discuss")
    told = party.told(party.facilitator, "room.dots", note=note.uid, dots=4)
    for seat in (party.seats["ulla"], party.wall, party.facilitator):
        (shown,) = [one["note"] for one in entries(to(seat, told)) if one["kind"] == "note"]
        assert shown["dots"] == 7


def test_several_changes_of_phase_bring_all_notes_once(party: Party) -> None:
    for n in range(20):
        party.write(party.seats["mo"], f"{n} " + "ord " * 100)
    for turn in range(30):
        party.go_to(("cluster", "vote")[turn % 2])
    told = missed(party.board.pk, 20)
    assert told is not None and not isinstance(told, int)
    assert len("".join(told.everybody)) < 30_000


def test_a_fault_of_ours_refuses_only_what_it_strikes(
    party: Party, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    apply = commit_module.apply

    def fails(change: Any, seat: Any, intent: Any, seq: int) -> Any:
        if intent["text"] == "Ond.":
            raise KeyError("a fault nobody thought of")
        return apply(change, seat, intent, seq)

    monkeypatch.setattr(commit_module, "apply", fails)
    fields = {"column": party.columns[0].uid}
    asked = [ask(party.seats["mo"], "note.add", text=t, **fields) for t in ("God.", "Ond.", "Ja.")]
    told = commit(party.board.pk, asked)
    assert [getattr(answer, "code", "ok") for answer in told.answers] == ["ok", "bad", "ok"]
    assert "a fault nobody thought of" in caplog.text


def test_whoever_is_shown_out_writes_nothing_more_wherever_they_sit(party: Party) -> None:
    out, stays = party.seats["ulla"], party.seats["mo"]
    new = {"column": party.columns[0].uid, "text": "Efter døren."}
    both = commit(
        party.board.pk,
        [
            ask(party.facilitator, "seat.remove", seat=out.participant),
            ask(out, "note.add", **new),
            ask(stays, "note.add", **new),
        ],
    )
    assert [getattr(answer, "code", "ok") for answer in both.answers] == ["ok", "not_allowed", "ok"]
    assert party.refused(out, "note.add", **new) == "not_allowed"
    assert removed_seats(party.board) == [out.participant]


def test_a_wall_belongs_to_whoever_put_it_up(party: Party) -> None:
    seat: Seat = wall(party.workshop, party.seats["mo"].participant)
    assert seat.participant is None
    assert seat.person == party.seats["mo"].participant


def test_a_client_id_that_is_none_is_not_sent_back(party: Party) -> None:
    from cocreate.boards.frames import refusal
    from cocreate.boards.refusals import Code, Refused

    told = refusal("\ud800" * 20, Refused(Code.BAD))
    assert json.loads(told.encode())["cid"] == ""
