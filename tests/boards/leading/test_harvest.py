"""From notes on a board to voices beside the strategy."""

import pytest
from django.test import Client

from cocreate.boards import operations
from cocreate.boards.models import Board, HarvestedNote, Note, Participant, Workshop
from cocreate.boards.operations import code_of_seat, come_in
from cocreate.boards.seats import seat_of
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution, Receipt, Scope
from cocreate.themes.models import Guideline
from tests.boards.leading.conftest import at, shown, words
from tests.boards.people import Party
from tests.cast import Cast, open_in, show

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def harvest(client: Client, party: Party, do: str = "harvest", /, **fields: object) -> object:
    return client.post(at(party, "hoest/"), {"do": do, **fields})


def test_all_of_a_group_at_once_and_single_notes(party: Party, leader: Client) -> None:
    notes = [party.write(party.seats["mo"], f"Seddel {n}.") for n in range(4)]
    party.go_to("cluster")
    uids = [note.uid for note in notes]
    party.done(party.seats["mo"], "group.add", notes=uids[:2], title="Ventetid")
    party.done(party.facilitator, "room.dots", note=uids[0], dots=3)
    party.go_to("discuss")
    group = party.board.groups.get()
    seen = {"title": [group.uid], "seen": [f"{group.uid}:{group.version}"]}
    harvest(leader, party, group=[group.uid], note=[uids[2]], **seen)
    made = HarvestedNote.objects.order_by("pk")
    assert [note.group_title for note in made] == ["Ventetid", "Ventetid", ""]
    assert [note.votes for note in made] == [3, 0, 0]
    assert {note.column_title for note in made} == {"Det er svært"}
    assert {note.state for note in made} == {"pending"}


def test_one_sees_what_will_happen_before_anything_does(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "Skal med.")
    party.write(party.seats["mo"], "Skal ikke med.")
    party.go_to("discuss")
    answer = harvest(leader, party, "look", note=[note.uid])
    page = words(answer.content.decode())
    assert "Skal med." in page and "Skal ikke med." not in page
    assert not HarvestedNote.objects.exists()


def test_nothing_chosen_is_said(party: Party, leader: Client) -> None:
    party.write(party.seats["mo"], "En seddel.")
    party.go_to("discuss")
    for do in ("look", "harvest"):
        assert harvest(leader, party, do).status_code == 422
    assert not HarvestedNote.objects.exists()


@pytest.mark.parametrize("phase", ["collect", "vote"])
def test_not_while_notes_or_votes_are_withheld(party: Party, leader: Client, phase: str) -> None:
    note = party.write(party.seats["mo"], "Guldregn.")
    party.go_to(phase, hidden=True)
    harvest(leader, party, note=[note.uid])
    assert not HarvestedNote.objects.exists()
    if phase == "collect":
        assert "Guldregn" not in shown(leader, at(party, "hoest/"))


def test_a_hidden_note_is_not_to_be_had(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "Guldregn.")
    party.go_to("discuss")
    party.done(party.facilitator, "note.hide", note=note.uid, reason="harm")
    assert "Guldregn" not in shown(leader, at(party, "hoest/"))
    harvest(leader, party, note=[note.uid])
    assert not HarvestedNote.objects.exists()


def test_a_note_is_harvested_once(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("discuss")
    for _ in range(2):
        harvest(leader, party, note=[note.uid])
    assert HarvestedNote.objects.count() == 1
    assert f'value="{note.uid}"' not in shown(leader, at(party, "hoest/"))


def test_the_board_is_closed_and_nobody_new_comes_in(party: Party, leader: Client) -> None:
    harvest(leader, party, "close")
    assert Board.objects.get().phase == "closed"
    assert Workshop.objects.get().is_closed


def test_the_rest_is_deleted_now_and_what_was_harvested_is_kept(
    party: Party, leader: Client
) -> None:
    kept, gone = (party.write(party.seats["mo"], text) for text in ("Bliver.", "Går."))
    party.go_to("discuss")
    harvest(leader, party, note=[kept.uid])
    answer = harvest(leader, party, "empty")
    assert answer["Location"] == "/vaerksteder/"
    assert not Note.objects.exists() and not Participant.objects.exists()
    assert HarvestedNote.objects.count() == 1
    assert leader.get(at(party)).status_code == 404
    assert "1" in words(shown(leader, "/vaerksteder/"))
    assert gone.text == "Går."


def test_codes_that_open_nothing_go_with_the_board_and_nothing_is_written_after(
    party: Party,
) -> None:
    tokens = [come_in(party.workshop, who) for who in ("den-ene", "den-anden")]
    first = Participant.objects.get(token_digest=digest("seat", tokens[0]))
    kept = party.write(seat_of(first), "Bliver.")
    party.go_to("discuss")
    operations.harvest(party.board, [kept])
    operations.empty(party.workshop)
    assert list(Receipt.objects.all()) == [HarvestedNote.objects.get().receipt]
    new = {"column": party.columns[0].uid, "text": "For sent."}
    assert party.refused(party.facilitator, "note.add", **new) == "closed"
    assert not Note.objects.exists()


def seat_with_code(party: Party, *, may_quote: bool = False) -> tuple[str, ...]:
    token = come_in(party.workshop, "somebody's form", name="Solsort", may_quote=may_quote)
    party.seats["own"] = seat_of(Participant.objects.get(token_digest=digest("seat", token)))
    return code_of_seat(token)


def test_a_shown_note_stands_at_its_guideline_and_on_the_workshops_page(
    party: Party, leader: Client, cast: Cast, strategy: None
) -> None:
    seat_with_code(party)
    note = party.write(party.seats["own"], "Kaffe og et navn på en dør.")
    party.go_to("discuss")
    harvest(leader, party, note=[note.uid], guidelines=["2.3"])
    guideline = Guideline.objects.get(code="2.3")
    outcome = f"/vaerksteder/{party.workshop.room.public_id}/"
    for page in (guideline.get_absolute_url(), "/vaerksteder/"):
        assert "Kaffe og et navn" not in shown(Client(), page)
    assert Client().get(outcome).status_code == 404
    show(Contribution.objects.get(), by=cast.second_host)
    assert "Kaffe og et navn" in shown(Client(), guideline.get_absolute_url())
    page = shown(Client(), outcome)
    assert "Kaffe og et navn" in page and guideline.get_absolute_url() in page
    assert f'id="i{Contribution.objects.get().public_id}"' in page
    assert party.workshop.title in shown(Client(), "/vaerksteder/")
    for said in ("Solsort", party.workshop.code):
        assert said not in page


def test_the_desk_says_where_a_note_is_from(party: Party, leader: Client, cast: Cast) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("discuss")
    harvest(leader, party, note=[note.uid])
    desk = f"/vaert/{Contribution.objects.get().public_id}/"
    page = words(shown(cast.client("second_host"), desk))
    for said in ("En seddel.", party.workshop.title, party.board.question, "Det er svært"):
        assert said in page


def test_the_writers_code_shows_the_note_and_its_workshop(party: Party, leader: Client) -> None:
    seat_with_code(party)
    note = party.write(party.seats["own"], "Min egen seddel.")
    party.go_to("discuss")
    harvest(leader, party, note=[note.uid])
    client = Client()
    receipt = Contribution.objects.get().receipt
    assert receipt is not None
    open_in(client, receipt)
    page = words(shown(client, "/kode/mine/"))
    assert "Min egen seddel." in page and party.workshop.title in page


@pytest.mark.parametrize("may_quote", [True, False])
def test_quoting_needs_the_box_at_the_door(party: Party, leader: Client, may_quote: bool) -> None:
    seat_with_code(party, may_quote=may_quote)
    note = party.write(party.seats["own"], "En seddel.")
    party.go_to("discuss")
    harvest(leader, party, note=[note.uid])
    scopes = set(Contribution.objects.get().consents.values_list("scope", flat=True))
    assert (Scope.QUOTE in scopes) is may_quote
    assert {Scope.SHOW, Scope.ANALYSE} <= scopes
