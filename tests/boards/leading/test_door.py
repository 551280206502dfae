"""Who meets which page of a workshop's own staff, and what the others meet."""

import pytest
from django.test import Client

from cocreate.boards.models import Participant
from cocreate.boards.operations import come_in, rotate_code
from cocreate.boards.seats import cookie_name
from tests.boards.leading.conftest import at, press, shown
from tests.boards.people import Party
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGES = ["", "hoest/", "eksport.csv", "eksport.json", "udskrift/", "plakat/", "gem/"]
FACILITATORS_ALONE = [
    ("stranger", 302, "/konto/login/"),
    ("host_without_second_factor", 302, "/konto/to-trin/"),
    ("citizen", 404, ""),
    ("politician", 404, ""),
    ("second_host", 404, ""),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status", "to"), FACILITATORS_ALONE)
def test_only_its_own_facilitators_come_in(
    party: Party, cast: Cast, page: str, who: str, status: int, to: str
) -> None:
    for answer in (cast.client(who).get(at(party, page)), cast.client(who).post(at(party, page))):
        assert answer.status_code in {status, 405}
        if answer.status_code != 405:
            assert answer.headers.get("Location", "").startswith(to)


def test_somebody_elses_workshop_looks_like_none(party: Party, cast: Cast) -> None:
    client = cast.client("second_host")
    theirs, none = client.get(at(party)), client.get("/v/KKKKKK/tovholder/")
    assert theirs.content.replace(party.workshop.code.encode(), b"KKKKKK") == none.content


def test_several_facilitators_see_the_same(party: Party, cast: Cast, leader: Client) -> None:
    members = party.workshop.room.memberships
    members.create(user=cast.second_host, role="host")
    assert "Mo Testvig" in shown(cast.client("second_host"), at(party))
    assert "Mo Testvig" in shown(leader, at(party))


def seated(party: Party) -> Client:
    client = Client()
    client.cookies[cookie_name(party.workshop)] = come_in(party.workshop, "a form of this browser")
    return client


def test_whoever_has_a_seat_may_put_the_wall_up(party: Party, leader: Client) -> None:
    address = f"/v/{party.workshop.code}/laerred/"
    assert Client().get(address).status_code == 404
    assert seated(party).get(address).status_code == 200
    assert leader.get(address).status_code == 200


def test_a_new_code_keeps_those_who_are_in_and_nobody_else(party: Party, leader: Client) -> None:
    inside, old = seated(party), party.workshop.code
    press(leader, party, "code")
    party.workshop.refresh_from_db()
    assert party.workshop.code != old
    for page in (f"/v/{old}/laerred/", f"/v/{old}/snapshot/"):
        assert inside.get(page, follow=True).status_code == 200
        assert Client().get(page).status_code == 404
    assert leader.get(f"/v/{old}/tovholder/").status_code == 200
    assert party.workshop.code in shown(leader, f"/v/{old}/tovholder/")


def test_an_old_code_of_another_workshop_opens_nothing(party: Party) -> None:
    """Not even an empty one, which every list of old codes holds."""
    inside = seated(party)
    rotate_code(party.workshop)
    for code in ("KKKKKK", "K", "-"):
        assert inside.get(f"/v/{code}/snapshot/").status_code == 404


def test_who_was_shown_out_is_out(party: Party, leader: Client) -> None:
    mo = party.seats["mo"].participant
    assert "Mo Testvig" in shown(leader, at(party))
    press(leader, party, f"out:{mo}")
    assert Participant.objects.get(pk=mo).removed_at is not None
    assert "Mo Testvig" not in shown(leader, at(party))
