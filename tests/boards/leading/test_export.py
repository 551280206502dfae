"""What is taken out of a board as a file or on paper."""

import csv
import io
import json

import pytest
from django.test import Client

from tests.boards.leading.conftest import at, shown
from tests.boards.people import Party

pytestmark = pytest.mark.django_db

FILES = ["eksport.csv", "eksport.json", "udskrift/"]


def table(client: Client, party: Party) -> list[list[str]]:
    text = client.get(at(party, "eksport.csv")).content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))[1:]


def test_each_note_with_column_group_dots_and_whether_it_was_paper(
    party: Party, leader: Client
) -> None:
    typed = party.write(party.seats["mo"], "Tastet; med semikolon\nog en linje til.")
    paper = party.write(party.seats["ulla"], "På papir.", paper=True)
    party.go_to("cluster")
    party.done(party.seats["mo"], "group.add", notes=[typed.uid], title="Gruppen")
    party.done(party.facilitator, "room.dots", note=paper.uid, dots=4)
    party.go_to("discuss")
    rows = table(leader, party)
    assert rows[0][:4] == [
        "Det er svært", "Gruppen", "Tastet; med semikolon\nog en linje til.", "0",
    ]  # fmt: skip
    assert rows[1][:4] == ["Det er svært", "", "På papir.", "4"]
    assert rows[0][4] != rows[1][4]
    told = json.loads(leader.get(at(party, "eksport.json")).content)
    assert [note["paper"] for note in told["notes"]] == [False, True]
    assert [note["votes"] for note in told["notes"]] == [0, 4]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "  =", "＝"])
def test_a_note_is_no_formula_to_a_spreadsheet(party: Party, leader: Client, sign: str) -> None:
    party.write(party.seats["mo"], f'{sign}HYPERLINK("http://x.example";"tryk")')
    party.go_to("cluster")
    assert table(leader, party)[0][2].startswith("'")


@pytest.mark.parametrize("page", FILES)
def test_hidden_notes_and_those_taken_back_are_in_none(
    party: Party, leader: Client, page: str
) -> None:
    hidden = party.write(party.seats["mo"], "Guldregn.")
    back = party.write(party.seats["mo"], "Regnbue.")
    party.write(party.seats["mo"], "Bliver.")
    party.go_to("cluster")
    party.done(party.facilitator, "note.hide", note=hidden.uid, reason="harm")
    party.done(party.seats["mo"], "note.take_back", note=back.uid)
    text = shown(leader, at(party, page))
    assert "Bliver." in text
    assert "Guldregn" not in text and "Regnbue" not in text


@pytest.mark.parametrize("page", FILES)
def test_while_people_write_hidden_only_the_rooms_own(
    party: Party, leader: Client, page: str
) -> None:
    party.write(party.seats["mo"], "Guldregn.")
    party.write(party.facilitator, "Sagt i rummet.")
    text = shown(leader, at(party, page))
    assert "Guldregn" not in text
    assert "Sagt i rummet." in text


def test_no_dots_before_the_vote_is_over(party: Party, leader: Client) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("vote")
    party.done(party.seats["ulla"], "vote.set", note=note.uid, dots=5)
    assert table(leader, party)[0][3] == ""
    assert json.loads(leader.get(at(party, "eksport.json")).content)["notes"][0]["votes"] is None


@pytest.mark.parametrize("page", FILES)
def test_nobody_can_be_found_in_it(party: Party, leader: Client, page: str) -> None:
    note = party.write(party.seats["mo"], "En seddel.")
    party.go_to("discuss")
    text = shown(leader, at(party, page))
    assert "Mo Testvig" not in text
    if not page.endswith("/"):
        assert note.uid not in text and party.workshop.code not in text


def test_a_file_is_named_after_its_workshop_and_kept_by_no_cache(
    party: Party, leader: Client
) -> None:
    answer = leader.get(at(party, "eksport.csv"))
    assert answer["Content-Disposition"] == 'attachment; filename="om-ventetid.csv"'
    assert answer["Cache-Control"] == "no-store"
