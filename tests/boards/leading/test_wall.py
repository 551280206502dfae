"""The screen on the wall: what everybody may see, and never who."""

import re

import pytest
from django.test import Client

from cocreate.boards.models import Board
from tests.boards.leading.conftest import shown, words
from tests.boards.people import Party, hold
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def wall(client: Client, party: Party, query: str = "") -> str:
    return shown(client, f"/v/{party.workshop.code}/laerred/{query}")


def test_in_no_phase_a_name_or_a_persons_id(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("cluster")
    party.done(party.seats["mo"], "group.add", notes=[note.uid], title="Gruppen")
    for phase in ("collect", "cluster", "vote", "discuss", "closed"):
        party.go_to(phase)
        page = wall(leader, party)
        assert "Mo Testvig" not in page and "Host Testvig" not in page


def test_hidden_notes_are_a_number_for_each_column(party: Party, leader: Client) -> None:
    for n in range(3):
        party.write(party.seats["mo"], "Guldregn.", column=n // 2)
    page = wall(leader, party)
    assert "Guldregn" not in page
    counts = re.findall(r'wall-count num">(\d+)', page)
    assert counts == ["2", "1"]


def test_the_code_and_the_qr_stand_there_in_every_phase(party: Party, leader: Client) -> None:
    for phase in ("collect", "cluster", "vote", "discuss", "closed"):
        party.go_to(phase)
        page = wall(leader, party)
        assert party.workshop.code in words(page)
        assert 'class="qr-code"' in page
        assert party.board.question in words(page)


def test_during_the_vote_the_wall_knows_nothing_of_it(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("vote")
    before = wall(leader, party)
    party.done(party.seats["ulla"], "vote.set", note=note.uid, dots=5)
    seq = re.compile(r'data-seq="\d+"')
    assert seq.sub("", wall(leader, party)) == seq.sub("", before)


def test_ties_share_a_rank_and_keep_the_order_of_the_board(party: Party, leader: Client) -> None:
    first, second, third = (party.write(party.seats["mo"], f"Nummer {n}.") for n in range(3))
    party.go_to("vote")
    for note, dots in ((first, 1), (second, 2), (third, 1)):
        party.done(party.facilitator, "room.dots", note=note.uid, dots=dots)
    party.go_to("discuss")
    page = wall(leader, party)
    assert re.findall(r'<li value="(\d)"', page) == ["1", "2", "2"]
    assert [words(page).index(f"Nummer {n}.") for n in (1, 0, 2)] == sorted(
        words(page).index(f"Nummer {n}.") for n in range(3)
    )


def test_a_groups_dots_are_added_up(party: Party, leader: Client) -> None:
    notes = [party.write(party.seats["mo"], f"Nummer {n}.") for n in range(2)]
    party.go_to("cluster")
    uids = [note.uid for note in notes]
    party.done(party.seats["mo"], "group.add", notes=uids, title="Samlet")
    for note in notes:
        party.done(party.facilitator, "room.dots", note=note.uid, dots=3)
    party.go_to("discuss")
    assert 'wall-n num">6<' in wall(leader, party)


def test_a_hidden_note_is_never_on_the_wall(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "Skal skjules.")
    party.go_to("discuss")
    assert "Skal skjules." in wall(leader, party)
    party.done(party.facilitator, "note.hide", note=note.uid, reason="harm")
    assert "Skal skjules." not in wall(leader, party)


def test_more_than_fits_comes_page_by_page(party: Party, leader: Client) -> None:
    for n in range(8):
        party.write(party.seats["mo"], f"Nummer {n}.")
    party.go_to("discuss")
    seen = [set(re.findall(r"Nummer \d", wall(leader, party, f"?side={n}"))) for n in (1, 2, 3)]
    assert (len(seen[0]), len(seen[1])) == (6, 2)
    assert seen[0] | seen[1] == {f"Nummer {n}" for n in range(8)}
    # A page that is no more shows the last there is.
    assert seen[2] == seen[1]
    for strange in ("?side=-1", "?side=x", "?side=%EF%BC%91", "?side=9999999"):
        assert "Nummer" in wall(leader, party, strange)


def test_a_break_shows_nothing_but_the_break(party: Party, leader: Client) -> None:
    party.write(party.seats["mo"], "En seddel.")
    party.go_to("discuss")
    party.done(party.facilitator, "pause.set", on=True)
    assert "En seddel." not in wall(leader, party)


def test_a_free_board_has_no_numbers_beside_its_notes(cast: Cast, leader: Client) -> None:
    free = hold(cast, template="free", hidden=False)
    free.write(free.sit("mo"), "En seddel.")
    assert "En seddel." in wall(leader, free)
    free.go_to("discuss")
    page = wall(leader, free)
    assert "En seddel." in page and "wall-n" not in page


def test_how_many_are_here(party: Party, leader: Client) -> None:
    assert 'class="num">2</b>' in wall(leader, party)
    party.done(party.facilitator, "seat.remove", seat=party.seats["mo"].participant)
    assert 'class="num">1</b>' in wall(leader, party)


def test_the_poster_has_code_address_and_purpose(party: Party, leader: Client) -> None:
    page = shown(leader, f"/v/{party.workshop.code}/tovholder/plakat/")
    for said in (party.workshop.code, "testserver/v", party.workshop.purpose, 'class="qr-code"'):
        assert said in page
    assert Board.objects.get().question in words(page)
