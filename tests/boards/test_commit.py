"""What is done on a board, and what is refused."""

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from cocreate.boards.commit import commit
from cocreate.boards.models import Board, Note, Operation, Vote
from cocreate.boards.refusals import Code
from tests.boards.people import Party, ask, cid, hold
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def party(cast: Cast) -> Party:
    made = hold(cast)
    made.sit("mo")
    made.sit("ulla")
    return made


def test_a_note_is_stored_and_numbered(party: Party) -> None:
    note = party.write(party.seats["mo"], "Ingen ringer tilbage.")
    assert note.text == "Ingen ringer tilbage."
    assert Board.objects.get().seq == 1
    assert Operation.objects.get().payload == {"note": note.uid, "column": party.columns[0].uid}


def test_the_same_operation_sent_twice_is_one(party: Party) -> None:
    asked = ask(
        party.seats["mo"], "note.add", column=party.columns[0].uid, text="Én gang.", own_cid=cid()
    )
    first, again = (commit(party.board.pk, [asked]).answers[0] for _ in range(2))
    both = commit(party.board.pk, [asked, asked]).answers
    assert first.seq == again.seq == both[0].seq == both[1].seq == 1
    assert first.note == again.note
    assert Note.objects.count() == 1


def test_one_persons_operations_have_nothing_in_common_in_the_log(party: Party) -> None:
    for text in ("Den ene.", "Den anden."):
        party.write(party.seats["mo"], text)
    one, two = Operation.objects.all()
    assert one.mark != two.mark
    assert str(party.seats["mo"].participant) not in (one.mark, two.mark)
    assert set(one.payload) == {"note", "column"}


def test_a_board_that_is_deleted_while_somebody_writes_is_closed(
    party: Party, caplog: pytest.LogCaptureFixture
) -> None:
    party.write(party.seats["mo"], "Før.")
    deleted, column = party.board.pk, party.columns[0].uid
    Board.objects.all().delete()
    asked = [ask(party.seats["mo"], "note.add", column=column, text=f"{n}") for n in range(2)]
    answers = commit(deleted, asked).answers
    assert [answer.code for answer in answers] == [Code.CLOSED] * 2
    assert not caplog.records


def test_two_people_may_use_the_same_client_id(party: Party) -> None:
    same = cid()
    for who in ("mo", "ulla"):
        fields = {"column": party.columns[0].uid, "text": f"{who} skriver."}
        party.done(party.seats[who], "note.add", own_cid=same, **fields)
    assert Note.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("   \u200b ", "empty"),
        ("x" * 1001, "too_long"),
        ("Mit nummer er 010190-1234.", "number"),
        ("Ring til mig på 23 45 67 89.", "sure"),
        ("Skriv til mig@eksempel.dk", "sure"),
        (None, "bad"),
        (17, "bad"),
    ],
)
def test_what_is_refused_at_the_field(party: Party, text: object, code: str) -> None:
    from cocreate.boards.refusals import Refused

    try:
        refused = party.refused(
            party.seats["mo"], "note.add", column=party.columns[0].uid, text=text
        )
    except Refused as at_once:
        refused = at_once.code
    assert refused == code
    assert not Note.objects.exists()
    assert Board.objects.get().seq == 0


def test_a_phone_number_is_taken_when_it_is_meant_and_shown_to_the_facilitator(
    party: Party,
) -> None:
    note = party.write(party.seats["mo"], "Ring til mig på 23 45 67 89.", sure=True)
    assert note.found == "phone"


def test_a_note_can_be_changed_by_its_author_alone(party: Party) -> None:
    note = party.write(party.seats["mo"], "Før.")
    party.go_to("cluster")
    change = {"note": note.uid, "base": 1, "text": "Efter."}
    assert party.refused(party.seats["ulla"], "note.edit", **change) == "not_allowed"
    assert party.refused(party.facilitator, "note.edit", **change) == "not_allowed"
    party.done(party.seats["mo"], "note.edit", **change)
    note.refresh_from_db()
    assert (note.text, note.version) == ("Efter.", 2)


def test_two_changes_at_once_keep_both_wordings(party: Party) -> None:
    note = party.write(party.seats["mo"], "Først.")
    for text in ("Fra telefonen.", "Fra computeren."):
        party.done(party.seats["mo"], "note.edit", note=note.uid, base=1, text=text)
    texts = sorted(note.text or "" for note in Note.objects.all())
    assert texts == ["Fra computeren.", "Fra telefonen."]
    assert Note.objects.exclude(twin=None).get().twin == note


def test_a_note_taken_back_has_no_words_left_and_never_gets_them_again(party: Party) -> None:
    note = party.write(party.seats["mo"], "Det fortryder jeg.")
    party.done(party.seats["mo"], "note.take_back", note=note.uid)
    note.refresh_from_db()
    assert note.text is None
    assert Board.objects.get().note_count == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(taken_back_at=None)


def test_nobody_can_reach_a_hidden_note_by_its_id(party: Party) -> None:
    """Also not to find out that it is there."""
    note = party.write(party.seats["mo"], "Kun for mig.")
    for seat in (party.seats["ulla"], party.facilitator):
        for kind, fields in [
            ("note.edit", {"base": 1, "text": "Andet."}),
            ("note.move", {"column": party.columns[1].uid}),
        ]:
            assert party.refused(seat, kind, note=note.uid, **fields) == "gone"
            assert party.refused(seat, kind, note="findes-ikke", **fields) == "gone"
    assert party.refused(party.facilitator, "note.hide", note=note.uid, reason="harm") == "phase"


def test_notes_are_moved_and_keep_their_order(party: Party) -> None:
    uids = [party.write(party.seats["mo"], f"Nummer {n}.").uid for n in range(3)]
    party.go_to("cluster")
    column = party.columns[0].uid
    mover = party.seats["ulla"]
    party.done(mover, "note.move", note=uids[2], column=column, first=True)
    party.done(mover, "note.move", note=uids[0], column=column, after=uids[1])
    in_order = Note.objects.order_by("place").values_list("uid", flat=True)
    assert list(in_order) == [uids[2], uids[1], uids[0]]


def test_a_move_is_undone_by_who_did_it_unless_somebody_moved_it_since(party: Party) -> None:
    note = party.write(party.seats["mo"], "Hid og did.")
    party.go_to("cluster")
    mover, other = party.seats["ulla"], party.sit("ib")
    own, there = cid(), party.columns[1].uid
    moved = party.done(mover, "note.move", note=note.uid, column=there, own_cid=own)
    assert party.refused(other, "undo", seq=moved.seq, cid=cid()) == "not_allowed"
    party.done(mover, "undo", seq=moved.seq, cid=own)
    note.refresh_from_db()
    assert note.column == party.columns[0]


def test_groups_are_made_named_and_taken_apart(party: Party) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.") for n in range(2)]
    party.go_to("cluster")
    seat = party.seats["ulla"]
    party.done(seat, "group.add", notes=[note.uid for note in notes], title="Ingen besked")
    group = party.board.groups.get()
    party.done(seat, "group.name", group=group.uid, base=1, title="Ingen ringer")
    late = {"group": group.uid, "base": 1, "title": "Noget tredje"}
    assert party.refused(party.seats["mo"], "group.name", **late) == "changed"
    assert party.board.groups.get().title == "Ingen ringer"
    party.done(seat, "group.remove", group=group.uid)
    assert not party.board.groups.exists()
    assert Note.objects.filter(group=None).count() == 2


def test_a_group_is_undone(party: Party) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.", column=n) for n in range(2)]
    party.go_to("cluster")
    own = cid()
    made = party.done(
        party.seats["ulla"], "group.add", notes=[note.uid for note in notes], own_cid=own
    )
    party.done(party.seats["ulla"], "undo", seq=made.seq, cid=own)
    notes[1].refresh_from_db()
    assert notes[1].column == party.columns[1]
    assert not party.board.groups.exists()


def test_nobody_spends_more_dots_than_they_have(party: Party) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.") for n in range(3)]
    party.go_to("vote")
    seat = party.seats["ulla"]
    party.done(seat, "vote.set", note=notes[0].uid, dots=3)
    assert party.refused(seat, "vote.set", note=notes[1].uid, dots=3) == "no_dots"
    party.done(seat, "vote.set", note=notes[1].uid, dots=2)
    party.done(seat, "vote.set", note=notes[0].uid, dots=0)
    party.done(seat, "vote.set", note=notes[2].uid, dots=3)
    assert sum(Vote.objects.values_list("dots", flat=True)) == 5


def test_dots_on_a_note_that_is_gone_come_back(party: Party) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.") for n in range(2)]
    party.go_to("vote")
    party.done(party.seats["ulla"], "vote.set", note=notes[0].uid, dots=5)
    party.done(party.seats["mo"], "note.take_back", note=notes[0].uid)
    party.done(party.seats["ulla"], "vote.set", note=notes[1].uid, dots=5)


def test_the_log_knows_neither_what_was_voted_for_nor_by_whom(party: Party) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("vote")
    party.done(party.seats["ulla"], "vote.set", note=note.uid, dots=2)
    assert Operation.objects.get(kind="vote.set").payload == {}


FACILITATOR_ONLY = [
    ("phase.set", {"phase": "vote"}),
    ("timer.set", {"seconds": 60}),
    ("pause.set", {"on": True}),
    ("door.set", {"locked": True}),
    ("seat.remove", {"seat": 1}),
    ("note.hide", {"note": "x", "reason": "harm"}),
    ("room.dots", {"note": "x", "dots": 3}),
]


@pytest.mark.parametrize(("kind", "fields"), FACILITATOR_ONLY)
def test_what_only_the_facilitator_does(party: Party, kind: str, fields: dict[str, object]) -> None:
    assert party.refused(party.seats["mo"], kind, **fields) == "not_allowed"
    assert party.refused(party.wall, kind, **fields) == "not_allowed"


def test_nothing_is_written_on_a_paused_or_closed_board_but_it_can_be_taken_back(
    party: Party,
) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    new = {"column": party.columns[0].uid, "text": "For sent."}
    party.done(party.facilitator, "pause.set", on=True)
    assert party.refused(party.seats["mo"], "note.add", **new) == "paused"
    party.done(party.facilitator, "pause.set", on=False)
    party.go_to("closed")
    assert party.refused(party.seats["mo"], "note.add", **new) == "closed"
    assert party.refused(party.facilitator, "phase.set", phase="collect") == "closed"
    party.done(party.seats["mo"], "note.take_back", note=note.uid)


def test_one_bad_operation_does_not_spoil_its_neighbours(
    party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it is the database that refuses it."""
    column = party.columns[0].uid
    asked = [
        ask(party.seats["mo"], "note.add", column=column, text=text)
        for text in ("God.", "Ond.", "Også god.")
    ]
    create = QuerySet.bulk_create

    def picky(self: QuerySet[Note], rows: list[Note], **kwargs: object) -> list[Note]:
        if any(getattr(row, "text", "") == "Ond." for row in rows):
            raise DatabaseError("no")
        return create(self, rows, **kwargs)

    monkeypatch.setattr(QuerySet, "bulk_create", picky)
    committed = commit(party.board.pk, asked)
    assert [getattr(answer, "code", "ok") for answer in committed.answers] == ["ok", "bad", "ok"]
    assert (committed.first, committed.last) == (1, 2)
    assert sorted(note.text or "" for note in Note.objects.all()) == ["God.", "Også god."]
