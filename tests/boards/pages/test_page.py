"""What stands on a board's page, and what it costs."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cocreate.boards.commit import commit
from cocreate.boards.models import Note
from tests.boards.pages.conftest import Guests
from tests.boards.people import Party, ask

pytestmark = pytest.mark.django_db

PHASES = ("collect", "cluster", "vote", "discuss", "closed")


def fill(party: Party, n: int) -> None:
    seats = [party.sit(f"Mo {k}", f"Navn {k}") for k in range(5)]
    words = "Der står »snarest« i brevet. Hvad er det for en dag?"
    asked = [
        ask(seats[k % 5], "note.add", column=party.columns[k % 2].uid, text=f"{k}. {words}")
        for k in range(n)
    ]
    commit(party.board.pk, asked)


def queries(guest: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        guest.open()  # type: ignore[attr-defined]
    return len(caught)


def test_a_full_board_costs_no_more_queries_than_an_empty_one(party: Party, guest: Guests) -> None:
    one = guest()
    party.go_to("cluster")
    fill(party, 4)
    few = queries(one)
    fill(party, 60)
    assert queries(one) == few
    assert few <= 16


def test_a_board_of_a_hundred_notes_is_light_on_the_line(party: Party, guest: Guests) -> None:
    one = guest()
    party.go_to("cluster")
    fill(party, 100)
    assert len(gzip.compress(one.open().content)) < 30_000


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_says_what_to_do_now_and_offers_only_that(
    party: Party, guest: Guests, phase: str
) -> None:
    one = guest()
    fill(party, 2)
    party.go_to(phase)
    one.open()
    shown = {
        words
        for tag in re.findall(r"<\w+[^>]*data-phases=[^>]*>", one.text)
        if " hidden" not in tag
        for words in re.findall(r'data-phases="([^"]+)"', tag)
    }
    may = {
        "collect": {"open", "write"},
        "cluster": {"cluster", "write", "arrange"},
        "vote": {"vote"},
        "discuss": {"discuss"},
        "closed": {"closed"},
    }
    assert shown == may[phase]


def test_votes_of_others_are_on_no_page_before_the_vote_is_over(
    party: Party, guest: Guests
) -> None:
    note = party.write(party.sit("Mo"), "Et brev.")
    party.go_to("vote")
    for who in ("Ulla", "Bo"):
        party.done(party.sit(who), "vote.set", note=note.uid, dots=3)
    one = guest()
    before = one.open().content.decode()
    assert "6 stemmer" not in before and "6 votes" not in before
    party.go_to("discuss")
    after = one.open().content.decode()
    assert "6 stemmer" in after or "6 votes" in after


def test_a_hidden_note_is_on_its_authors_page_with_the_reason_and_on_no_other(
    party: Party, guest: Guests
) -> None:
    author, other = guest(), guest()
    author.write("Naboen hedder Preben.")
    party.go_to("cluster")
    note = Note.objects.get()
    party.done(party.facilitator, "note.hide", note=note.uid, reason="identifies")
    assert "Preben" in author.open().content.decode()
    assert "data-said>" in author.text
    assert "Preben" not in other.open().content.decode()


def test_the_page_names_nobody_by_number(party: Party, guest: Guests) -> None:
    one = guest()
    fill(party, 3)
    party.go_to("cluster")
    page = one.open().content.decode()
    assert "participant" not in page
    assert not re.search(r"data-(seat|by|author)=\"\d+\"", page)


def test_words_from_people_are_never_markup(party: Party, guest: Guests) -> None:
    one = guest()
    one.write('<img src=x onerror="alert(1)">{{ 7|add:7 }}')
    party.go_to("cluster")
    for query in ("", f"?seddel={Note.objects.get().uid}", "skriver/"):
        page = one.client.get(f"{one.address}{query}").content.decode()
        assert "<img src=x" not in page


def test_the_english_page_marks_danish_words_and_leads_to_the_english_socket(
    party: Party, guest: Guests
) -> None:
    one = guest()
    one.write("Et brev.")
    party.go_to("cluster")
    page = one.client.get(f"/en{one.address}").content.decode()
    assert "sprog=en" in page
    assert re.search(r'data-text dir="auto" lang="da">Et brev\.', page)


def test_pages_of_the_board_are_kept_by_nobody(guest: Guests) -> None:
    one = guest()
    for query in ("", "skriver/", "min-kode/", "ud/"):
        answer = one.client.get(f"{one.address}{query}")
        assert "no-store" in answer["Cache-Control"]
