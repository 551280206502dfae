"""Several processes at one board at the same moment, as threads with connections of their own."""

import json
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Sum

from cocreate.boards import models
from cocreate.boards.asking import Committed, Done
from cocreate.boards.commit import commit
from cocreate.boards.frames import Frames, of_commit
from cocreate.boards.memory import Memory, missed
from cocreate.boards.models import Board, Note, Operation, Vote
from cocreate.boards.seats import Seat
from tests.boards.people import Party, ask, cid, hold
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]
THREADS = 6


@pytest.fixture
def party(transactional_db: None) -> Party:
    made = hold(Cast.arrives(), hidden=False)
    for n in range(THREADS):
        made.sit(f"p{n}")
    return made


def at_once(acts: list[Callable[[], Any]], threads: int = THREADS) -> list[Any]:
    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, acts))


def seat(party: Party, n: int) -> Seat:
    return party.seats[f"p{n % THREADS}"]


def adds(party: Party, n: int, how_many: int = 1) -> Committed:
    fields = {"column": party.columns[n % 2].uid, "text": f"Seddel {n}"}
    return commit(
        party.board.pk, [ask(seat(party, n), "note.add", **fields) for _ in range(how_many)]
    )


def numbers(party: Party) -> list[int]:
    rows = Operation.objects.filter(board=party.board).order_by("seq")
    return list(rows.values_list("seq", flat=True))


def test_many_commits_at_once_leave_no_gap_in_the_numbers(party: Party) -> None:
    """Short ways and long ways by turns: each board that a process remembers is soon out of date."""
    acts: list[Callable[[], Any]] = [partial(adds, party, n, n % 4 + 1) for n in range(60)]
    acts += [partial(party.do, party.facilitator, "timer.set", seconds=n) for n in range(1, 20)]
    random.Random(3).shuffle(acts)  # noqa: S311
    told = at_once(acts)
    board = Board.objects.get()
    assert numbers(party) == list(range(1, board.seq + 1))
    assert board.note_count == Note.objects.count() == sum(n % 4 + 1 for n in range(60))
    given = Counter(
        answer.seq for one in told for answer in one.answers if isinstance(answer, Done)
    )
    assert set(given.values()) == {1} and len(given) == board.seq
    assert len({note.place for note in Note.objects.all()}) == board.note_count


def test_the_same_operation_from_two_processes_at_once_is_one(party: Party) -> None:
    for turn in range(12):
        fields = {"column": party.columns[0].uid, "text": "Én gang."}
        asked = ask(seat(party, turn), "note.add", own_cid=cid(), **fields)
        told = at_once([partial(commit, party.board.pk, [asked]) for _ in range(4)], 4)
        answers = [one.answers[0] for one in told]
        assert len({(answer.seq, answer.note) for answer in answers}) == 1
        assert sum(one.is_news for one in told) == 1
    assert Note.objects.count() == 12


def test_nobody_spends_more_dots_than_they_have_by_voting_everywhere_at_once(
    party: Party,
) -> None:
    notes = [party.write(seat(party, n), f"Seddel {n}") for n in range(5)]
    party.go_to("vote")
    dice = random.Random(5)  # noqa: S311
    acts: list[Callable[[], Any]] = []
    for n in range(80):
        note, dots = dice.choice(notes).uid, dice.randrange(6)
        acts.append(partial(party.do, seat(party, n), "vote.set", note=note, dots=dots))
        if n % 10 == 0:
            acts.append(partial(party.do, party.facilitator, "note.hide", note=note, reason="harm"))
        if n % 10 == 5:
            acts.append(partial(party.do, party.facilitator, "note.show", note=note))
    at_once(acts)
    for note in notes:
        party.do(party.facilitator, "note.show", note=note.uid)
    spent = Vote.objects.values("participant").annotate(dots=Sum("dots"))
    assert all(row["dots"] <= party.board.dots for row in spent)
    assert numbers(party) == list(range(1, Board.objects.get().seq + 1))


def test_a_board_is_never_overfull(party: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    Board.objects.update(note_count=models.MOST_NOTES - 20)
    told = at_once([partial(adds, party, n, 3) for n in range(20)])
    assert Note.objects.count() == 20
    assert Board.objects.get().note_count == models.MOST_NOTES
    refused = [a.code for one in told for a in one.answers if not isinstance(a, Done)]
    assert set(refused) == {"full"} and len(refused) == 40


def test_two_people_who_arrange_the_same_notes_at_once(party: Party) -> None:
    """No deadlock, and nothing that stands half here and half there."""
    notes = [party.write(seat(party, n), f"Seddel {n}").uid for n in range(8)]
    party.go_to("cluster")
    dice = random.Random(9)  # noqa: S311
    acts: list[Callable[[], Any]] = []
    for n in range(60):
        some = dice.sample(notes, 3)
        column = dice.choice(party.columns).uid
        acts.append(partial(party.do, seat(party, n), "group.add", notes=some))
        acts.append(partial(party.do, seat(party, n + 1), "note.move", note=some[0], column=column))
    at_once(acts)
    for note in Note.objects.select_related("group"):
        assert note.group is None or note.group.column_id == note.column_id
    assert numbers(party) == list(range(1, Board.objects.get().seq + 1))


def test_a_snapshot_read_while_the_board_is_hidden_again_leaks_nothing(party: Party) -> None:
    """One process hides and shows the board and writes; others read snapshots and tails all the
    time. What is written while it is hidden is in none of them that says it is hidden, and in none
    that was read before."""
    over = Event()
    leaks: list[str] = []

    def writes() -> None:
        try:
            for turn in range(25):
                party.do(party.facilitator, "phase.set", phase="collect", hidden=True)
                for n in range(3):
                    fields = {"column": party.columns[0].uid, "text": f"hemmelig{turn}-{n}"}
                    made = party.do(seat(party, 0), "note.add", **fields)
                    party.do(seat(party, 0), "note.take_back", note=made.answers[0].note)
        finally:
            over.set()

    def reads(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        while not over.is_set():
            memory = Memory.of(party.board.pk)
            texts = [*memory.boards.values()]
            told = missed(party.board.pk, max(0, memory.seq - dice.randrange(8)))
            if isinstance(told, Frames):
                texts += [*told.everybody, *told.wall, *told.host]
            leaks.extend(text for text in texts if "hemmelig" in text)

    party.write(seat(party, 1), "Åben.")
    at_once([writes, partial(reads, 1), partial(reads, 2)], 3)
    assert leaks == []


def test_frames_of_a_commit_never_show_what_another_process_has_just_hidden(
    party: Party,
) -> None:
    """A note is hidden by a facilitator while others move it about; whatever frame is made after
    that, by whichever process, does not bring it."""
    note = party.write(seat(party, 0), "guldregn")
    party.go_to("cluster")
    late: list[str] = []

    def moves(n: int) -> None:
        column = party.columns[n % 2].uid
        made = party.do(seat(party, n), "note.move", note=note.uid, column=column)
        if made.is_news:
            told = of_commit(made)
            hidden_at = Operation.objects.filter(kind="note.hide").values_list("seq", flat=True)
            for seq in hidden_at:
                if told.first > seq:
                    late.extend(text for text in told.everybody if "guldregn" in text)

    hides = partial(party.do, party.facilitator, "note.hide", note=note.uid, reason="harm")
    at_once(
        [*(partial(moves, n) for n in range(12)), hides, *(partial(moves, n) for n in range(12))]
    )
    assert late == []
    assert party.refused(seat(party, 1), "note.move", note=note.uid, column=party.columns[0].uid)


def test_the_short_way_counts_hidden_notes_right(party: Party) -> None:
    """The number others see while notes are hidden is the number of notes, whichever way."""
    party.go_to("collect", hidden=True)
    for n in range(9):
        made = adds(party, 0, n % 3 + 1)
        told = json.loads(of_commit(made).host[0])
        assert {one["n"] for one in told["ops"]} == {Note.objects.count()}
        if n == 4:
            party.do(party.facilitator, "timer.set", seconds=60)
    if connection.vendor == "postgresql":
        from cocreate.boards.quick import quick_commit

        fields = {"column": party.columns[0].uid, "text": "Den korte vej."}
        assert quick_commit(party.board.pk, [ask(seat(party, 0), "note.add", **fields)])


def test_the_short_way_refuses_what_the_long_way_refuses(party: Party) -> None:
    adds(party, 0)
    adds(party, 0)
    fields = {"column": party.columns[0].uid, "text": "Efter pausen."}
    at_once([partial(party.do, party.facilitator, "pause.set", on=True)], 1)
    assert party.refused(seat(party, 0), "note.add", **fields) == "paused"
    at_once([partial(party.do, party.facilitator, "pause.set", on=False)], 1)
    adds(party, 0)
    out = party.seats["p1"].participant
    at_once([partial(party.do, party.facilitator, "seat.remove", seat=out)], 1)
    assert party.refused(seat(party, 1), "note.add", **fields) == "not_allowed"
    assert (
        party.refused(seat(party, 0), "note.add", **{**fields, "text": "010190-1234"}) == "number"
    )
