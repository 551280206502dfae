"""What leaves the server, for whom: read as the bytes that go out."""

import json
from typing import Any

import pytest

from cocreate.boards import reading
from cocreate.boards.entries import ALL, HOST, WALL, Audience, whole_board
from cocreate.boards.frames import Frames, frames
from cocreate.boards.models import Note
from cocreate.boards.seats import Seat
from tests.boards.people import Party, hold
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def party(cast: Cast) -> Party:
    made = hold(cast)
    made.sit("mo", "Mo")
    made.sit("ulla")
    return made


def to(seat: Seat, told: Frames) -> str:
    return "".join(
        told.for_seat(seat.participant, is_host=seat.is_facilitator, is_wall=seat.is_wall)
    )


def entries(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text)["ops"])


def everybody_else(party: Party) -> list[Seat]:
    return [party.seats["ulla"], party.facilitator, party.wall]


def snapshot(party: Party, audience: Audience) -> str:
    return json.dumps(whole_board(reading.whole(party.board.pk), audience), ensure_ascii=False)


def add(party: Party, text: str = "Guldregn i hemmelighed.") -> Frames:
    column = party.columns[0].uid
    return party.told(party.seats["mo"], "note.add", column=column, text=text)


def test_while_people_write_a_note_goes_to_its_author_alone(party: Party) -> None:
    told = add(party)
    assert "Guldregn" in to(party.seats["mo"], told)
    uid = Note.objects.get().uid
    for seat in everybody_else(party):
        assert "Guldregn" not in to(seat, told)
        assert uid not in to(seat, told)
        (entry,) = entries(to(seat, told))
        assert entry == {"seq": 1, "kind": "count", "column": party.columns[0].uid, "n": 1}


def test_the_tail_and_the_snapshot_keep_the_same_secrets(party: Party) -> None:
    add(party)
    read = reading.tail(party.board.pk, 0)
    assert read is not None
    late = frames(*read)
    uid = Note.objects.get().uid
    for seat in everybody_else(party):
        assert "Guldregn" not in to(seat, late)
        assert uid not in to(seat, late)
    assert "Guldregn" in to(party.seats["mo"], late)
    for audience in (ALL, WALL, HOST, party.seats["ulla"].participant):
        assert "Guldregn" not in snapshot(party, audience)
        assert uid not in snapshot(party, audience)
    assert "Guldregn" in snapshot(party, party.seats["mo"].participant)


def test_everybody_sees_the_notes_when_they_are_revealed(party: Party) -> None:
    add(party)
    told = party.told(party.facilitator, "phase.set", phase="cluster")
    for seat in [party.seats["mo"], *everybody_else(party)]:
        assert "Guldregn" in to(seat, told)


def test_the_wall_shows_no_names(party: Party) -> None:
    add(party)
    told = party.told(party.facilitator, "phase.set", phase="cluster")
    assert '"by":"Mo"' in to(party.seats["ulla"], told)
    assert '"Mo"' not in to(party.wall, told)
    assert '"Mo"' not in snapshot(party, WALL)


def test_a_vote_is_known_to_its_voter_alone_until_the_vote_is_over(party: Party) -> None:
    add(party)
    party.go_to("vote")
    uid = Note.objects.get().uid
    told = party.told(party.seats["ulla"], "vote.set", note=uid, dots=3)
    assert entries(to(party.seats["ulla"], told)) == [
        {"seq": 3, "kind": "vote", "note": uid, "dots": 3}
    ]
    for seat in (party.seats["mo"], party.wall):
        assert entries(to(seat, told)) == [{"seq": 3, "kind": "cast"}]
    (host,) = entries(to(party.facilitator, told))
    assert host == {"seq": 3, "kind": "cast", "people": 1, "dots": 3, "room": {}}
    for audience in (ALL, WALL, HOST, party.seats["mo"].participant):
        assert all("dots" not in note for note in json.loads(snapshot(party, audience))["notes"])
    over = party.told(party.facilitator, "phase.set", phase="discuss")
    (entry,) = entries(to(party.seats["mo"], over))
    assert [note["dots"] for note in entry["notes"]] == [3]


def test_a_note_hidden_by_the_facilitator_is_gone_for_all_but_its_author(party: Party) -> None:
    add(party)
    party.go_to("cluster")
    uid = Note.objects.get().uid
    told = party.told(party.facilitator, "note.hide", note=uid, reason="harm")
    for seat in (party.seats["ulla"], party.wall):
        assert entries(to(seat, told)) == [{"seq": 3, "kind": "gone", "id": uid}]
    for seat in (party.seats["mo"], party.facilitator):
        assert entries(to(seat, told))[0]["note"]["hidden"] == "harm"
    read = reading.tail(party.board.pk, 0)
    assert read is not None
    assert "Guldregn" not in to(party.seats["ulla"], frames(*read))
    assert "Guldregn" not in snapshot(party, ALL)


def test_a_note_taken_back_is_in_no_tail(party: Party) -> None:
    add(party)
    uid = Note.objects.get().uid
    party.done(party.seats["mo"], "note.take_back", note=uid)
    read = reading.tail(party.board.pk, 0)
    assert read is not None
    late = frames(*read)
    for seat in [party.seats["mo"], *everybody_else(party)]:
        assert "Guldregn" not in to(seat, late)


def test_everybody_gets_every_number_whatever_they_may_see(party: Party) -> None:
    add(party)
    party.done(party.facilitator, "door.set", locked=True)
    party.done(party.facilitator, "seat.remove", seat=party.sit("ib").participant)
    party.go_to("cluster")
    read = reading.tail(party.board.pk, 0)
    assert read is not None
    told = frames(*read)
    for seat in [party.seats["mo"], *everybody_else(party)]:
        assert [entry["seq"] for entry in entries(to(seat, told))] == [1, 2, 3, 4]


def test_a_large_reveal_is_divided_and_only_its_last_part_moves_on(party: Party) -> None:
    for n in range(100):
        add(party, f"{n} " + "ord " * 240)
    told = party.told(party.facilitator, "phase.set", phase="cluster")
    parts = [json.loads(part) for part in told.everybody]
    assert len(parts) > 1
    assert max(len(part.encode()) for part in told.everybody) < 2**16
    assert [part.get("more", False) for part in parts] == [True] * (len(parts) - 1) + [False]
    notes = [note for part in parts for one in part["ops"] for note in one["notes"]]
    assert len(notes) == 100


def test_what_the_rules_noticed_is_for_the_facilitator_alone(party: Party) -> None:
    column = party.columns[0].uid
    text = "Ring på 23 45 67 89."
    party.done(party.seats["mo"], "note.add", column=column, text=text, sure=True)
    told = party.told(party.facilitator, "phase.set", phase="cluster")
    assert '"found":["phone"]' in to(party.facilitator, told)
    for seat in (party.seats["mo"], party.seats["ulla"], party.wall):
        assert '"found"' not in to(seat, told)
