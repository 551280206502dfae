"""What a participant's seven words open, from the door on until the board is emptied."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from cocreate.boards import operations
from cocreate.boards.models import HarvestedNote, Note, Participant
from cocreate.boards.operations import code_of_seat, come_in
from cocreate.boards.seats import Seat, seat_of
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution, Receipt, State
from cocreate.moderation.operations import withdraw
from cocreate.stories.models import Draft
from tests.boards.pages.conftest import Guests
from tests.boards.people import Party, hold
from tests.cast import Cast, give_story, show
from tests.moderation.pages.acts import enter, opened, press, says

pytestmark = [pytest.mark.django_db, pytest.mark.db]
MINE = "/kode/mine/"
AtHome = Callable[[str], tuple[Seat, Client]]


@pytest.fixture
def at_home(party: Party) -> AtHome:
    """Somebody who came in by the door, and a browser at home in which their words were typed."""

    def come(who: str) -> tuple[Seat, Client]:
        token = come_in(party.workshop, who)
        seat = seat_of(Participant.objects.get(token_digest=digest("seat", token)))
        browser = Client(enforce_csrf_checks=True)
        assert enter(browser, code_of_seat(token)).status_code == 302
        return seat, browser

    return come


def page_of(browser: Client) -> str:
    return browser.get(MINE).content.decode()


def back(note: Note) -> str:
    return f"/kode/seddel/{note.uid}/traek-tilbage/"


def take_home(party: Party, *notes: Note) -> None:
    party.go_to("discuss")
    operations.harvest(party.board, notes)


def test_the_words_from_the_board_open_the_notes_that_stand_on_it(
    party: Party, guest: Guests, at_home: AtHome
) -> None:
    anna, mo = guest(), at_home("mo")[0]
    anna.write("Ingen siger, hvor længe det varer.")
    party.write(mo, "En andens seddel.")
    code = anna.client.get(f"{anna.address}min-kode/").context["words"]
    browser = Client()
    enter(browser, code)
    page = browser.get(MINE)
    html = page.content.decode()
    for said in ("Om ventetid", party.board.question, "Ingen siger, hvor", "Det er svært"):
        assert said in html
    assert says(page, "People are writing now. Only you see your notes until they are turned over.")
    assert "En andens seddel." not in html and page["Cache-Control"] == "no-store"


def test_a_code_with_nothing_given_yet_is_met_calmly(at_home: AtHome) -> None:
    page = at_home("mo")[1].get(MINE)
    assert says(page, "No note of yours stands on the board. The ones you write there stand here.")
    assert not says(page, "There is nothing here yet.")


def test_the_group_a_note_lies_in_and_why_it_was_hidden(party: Party, at_home: AtHome) -> None:
    mo, browser = at_home("mo")
    note = party.write(mo, "Guldregn.")
    party.go_to("cluster")
    party.done(mo, "group.add", notes=[note.uid], title="Om haven")
    party.done(party.facilitator, "note.hide", note=note.uid, reason="off_topic")
    page = browser.get(MINE)
    assert "Om haven" in page.content.decode() and "Guldregn." in page.content.decode()
    assert says(page, "Hidden by the facilitator: %(reason)s", reason="Den handler om noget andet")


def test_a_note_is_taken_back_from_home_and_twice_is_once(party: Party, at_home: AtHome) -> None:
    mo, browser = at_home("mo")
    note = party.write(mo, "Den fortryder jeg.")
    assert f'href="{back(note)}"' in page_of(browser)
    assert press(browser, back(note)).status_code == 303
    done = browser.get(back(note))
    assert says(done, "You have taken it back") and "fortryder" not in done.content.decode()
    party.board.refresh_from_db()
    seq = party.board.seq
    token = browser.cookies["csrftoken"].value
    browser.post(back(note), {"csrfmiddlewaretoken": token})
    party.board.refresh_from_db()
    note.refresh_from_db()
    assert (note.text, party.board.seq) == (None, seq)
    assert "fortryder" not in page_of(browser)


def test_asking_takes_nothing_back(party: Party, at_home: AtHome) -> None:
    mo, browser = at_home("mo")
    note = party.write(mo, "Den bliver.")
    page = browser.get(back(note))
    assert says(page, "Do you want to take it back?") and "Den bliver." in page.content.decode()
    assert page["Cache-Control"] == "no-store" and "data-leave" in page.content.decode()
    note.refresh_from_db()
    assert note.text == "Den bliver."


def test_anothers_note_is_not_there_and_without_a_code_the_code_is_asked_for(
    party: Party, at_home: AtHome
) -> None:
    (mo, _his), (_ulla, hers) = at_home("mo"), at_home("ulla")
    note = party.write(mo, "Min egen.")
    for browser, status in ((hers, 404), (Client(), 302)):
        assert browser.get(back(note)).status_code == status
    stranger = Client()
    assert stranger.post(back(note)).status_code == 302
    hers.handler.enforce_csrf_checks = False
    assert hers.post(back(note)).status_code == 404
    note.refresh_from_db()
    assert note.text == "Min egen."


def test_whoever_was_shown_out_can_still_take_their_words_back(
    party: Party, at_home: AtHome
) -> None:
    mo, browser = at_home("mo")
    note = party.write(mo, "Min egen.")
    party.done(party.facilitator, "seat.remove", seat=mo.participant)
    press(browser, back(note))
    note.refresh_from_db()
    assert note.is_gone
    column = party.columns[0].uid
    assert party.refused(mo, "note.add", column=column, text="En til.") == "not_allowed"


def test_a_note_that_was_taken_further_leads_to_what_became_of_it(
    party: Party, at_home: AtHome
) -> None:
    mo, browser = at_home("mo")
    taken, left = party.write(mo, "Går videre."), party.write(mo, "Bliver her.")
    take_home(party, taken)
    made, html = Contribution.objects.get(), page_of(browser)
    assert f'href="#b{made.public_id}"' in html and f'id="b{made.public_id}"' in html
    assert back(taken) not in html and back(left) in html
    assert browser.get(back(taken))["Location"] == f"/kode/{made.public_id}/traek-tilbage/"


def test_taken_back_at_the_board_is_taken_back_everywhere(
    party: Party, at_home: AtHome, cast: Cast
) -> None:
    mo, _browser = at_home("mo")
    note = party.write(mo, "Går videre, og så alligevel ikke.")
    take_home(party, note)
    shown = show(Contribution.objects.get(), by=cast.second_host)
    assert shown.published_text
    party.done(mo, "note.take_back", note=note.uid)
    shown.refresh_from_db()
    assert (shown.state, shown.published_text) == (State.WITHDRAWN, "")


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_among_the_contributions_goes_from_the_board(
    party: Party, at_home: AtHome
) -> None:
    mo, browser = at_home("mo")
    note = party.write(mo, "Går videre, og så alligevel ikke.")
    take_home(party, note)
    withdraw(Contribution.objects.get())
    note.refresh_from_db()
    assert note.is_gone and "alligevel" not in page_of(browser)


def test_when_the_board_is_emptied_it_says_that_the_rest_is_deleted_and_when(
    party: Party, at_home: AtHome
) -> None:
    mo, browser = at_home("mo")
    taken, _left = party.write(mo, "Går videre."), party.write(mo, "Bliver slettet.")
    take_home(party, taken)
    operations.empty(party.workshop)
    html = page_of(browser)
    assert "Om ventetid" in html and "Går videre." in html and "Bliver slettet." not in html
    assert HarvestedNote.objects.get().workshop.emptied_at is not None
    assert f'datetime="{timezone.localdate().isoformat()}"' in html
    assert "slettet" in html or "deleted" in html


def test_a_story_begun_under_the_code_outlives_the_board(party: Party, at_home: AtHome) -> None:
    at_home("mo")
    kept, unused = Receipt.objects.filter(seats__workshop=party.workshop).get(), "x" * 64
    Receipt.objects.create(code_digest=unused)
    now = timezone.now()
    Draft.objects.create(seal=unused, receipt=kept, answers="{}", begun_at=now, saved_at=now)
    operations.empty(party.workshop)
    assert Draft.objects.get().receipt == kept
    Draft.objects.all().delete()
    assert not kept.opens_anything()


def test_a_code_that_opens_nothing_goes_with_the_board(party: Party, at_home: AtHome) -> None:
    at_home("mo")
    assert Receipt.objects.exists()
    operations.empty(party.workshop)
    assert not Receipt.objects.exists()


def test_the_page_of_the_code_says_until_when_it_opens_what_is_not_taken_further(
    party: Party, guest: Guests
) -> None:
    anna = guest()
    html = anna.client.get(f"{anna.address}min-kode/").content.decode()
    assert date_format(party.workshop.delete_on, "j. F") in html


def asked_of_boards(browser: Client, address: str = MINE) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len([one for one in queries if 'FROM "boards_' in one["sql"]])


def test_many_notes_take_no_more_queries(party: Party, at_home: AtHome) -> None:
    mo, browser = at_home("mo")
    party.go_to("cluster")
    taken = []
    for number in (1, 12):
        for n in range(number):
            note = party.write(mo, f"Seddel {number} {n}.")
            party.done(mo, "group.add", notes=[note.uid], title=f"Gruppe {n}")
        taken.append(asked_of_boards(browser))
    assert taken[0] == taken[1] == 2


def test_many_workshops_take_no_more_queries(party: Party, at_home: AtHome, cast: Cast) -> None:
    mo, browser = at_home("mo")
    receipt = Participant.objects.get(pk=mo.participant).receipt
    taken = []
    for number in (1, 5):
        for n in range(number):
            more = hold(cast)
            seat = more.sit(f"igen {n}")
            Participant.objects.filter(pk=seat.participant).update(receipt=receipt)
            more.write(seat, "Også her.")
        taken.append(asked_of_boards(browser))
    assert taken == [2, 2]


def test_who_never_sat_at_a_board_pays_one_query_and_an_account_none(cast: Cast) -> None:
    by_code = opened(give_story(), Client())
    assert asked_of_boards(by_code) == 1
    assert asked_of_boards(cast.client("citizen"), "/min/") == 0


@pytest.mark.parametrize("odd", ["%00", "x%00y", "%F0%9F%98%80", "a" * 500, "..%2f..%2f"])
def test_odd_addresses_are_not_there(at_home: AtHome, odd: str) -> None:
    addresses = [f"/kode/seddel/{odd}/traek-tilbage/", f"/vaerksteder/sedler/{odd}/sig-til/"]
    browser = at_home("mo")[1]
    assert {browser.get(address).status_code for address in addresses} <= {400, 404}
