"""Coming in and going out again."""

import pytest
from django.test import Client

from cocreate.boards.models import Note, Participant, Workshop
from cocreate.boards.operations import close_workshop, code_of_seat, harvest, rotate_code
from cocreate.contributions.codes import code_digest
from cocreate.contributions.models import Contribution, Receipt
from tests.boards.pages.at_the_board import read
from tests.boards.pages.conftest import Guests
from tests.boards.people import Party
from tests.cast import Cast, show

pytestmark = pytest.mark.django_db


def seats(party: Party) -> int:
    return Participant.objects.filter(workshop=party.workshop, user=None).count()


def test_the_code_leads_to_the_door_however_it_is_typed(party: Party, client: Client) -> None:
    code = party.workshop.code
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    assert client.get("/v/", {"kode": typed})["Location"] == f"/v/{code}/"


def test_a_wrong_code_says_so_and_keeps_what_was_typed(party: Party, client: Client) -> None:
    answer = client.get("/v/", {"kode": "AAAAAA"})
    assert answer.status_code == 404
    assert 'value="AAAAAA"' in answer.content.decode()


def test_many_wrong_codes_are_put_on_hold_and_a_right_one_never(
    party: Party, client: Client
) -> None:
    statuses = [client.get("/v/", {"kode": "AAAAAA"}).status_code for _ in range(61)]
    assert statuses[-1] == 429
    assert client.get("/v/AAAAAA/").status_code == 429
    assert client.get("/v/", {"kode": party.workshop.code}).status_code == 302
    assert client.get(f"/v/{party.workshop.code}/").status_code == 200


def test_the_door_says_what_notes_are_used_for_and_ticks_nothing(stranger: Guests) -> None:
    door = stranger()
    door.open()
    assert "Vi bruger sedlerne i strategien." in door.text
    assert "checked" not in door.text


def test_looking_at_the_door_gives_no_seat_and_no_cookie_but_the_forms(
    party: Party, stranger: Guests
) -> None:
    door = stranger()
    door.open()
    assert set(door.client.cookies) == {"csrftoken"}
    assert seats(party) == 0


def test_coming_in_leads_to_the_board_with_a_seat_of_this_device(
    party: Party, stranger: Guests
) -> None:
    door = stranger()
    page = door.come_in(name="Solsort")
    assert page.redirect_chain == [(door.address, 303)]  # type: ignore[attr-defined]
    assert "Hvad gør ventetiden svær?" in door.text
    cookie = door.client.cookies[f"seat-{party.workshop.pk}"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    seat = Participant.objects.get(workshop=party.workshop, user=None)
    assert (seat.name, seat.may_quote) == ("Solsort", False)


def test_a_tick_lets_one_be_quoted(party: Party, guest: Guests) -> None:
    guest(may_quote="on")
    assert Participant.objects.get(workshop=party.workshop, user=None).may_quote


def test_the_form_sent_twice_is_one_seat_and_the_same_one(party: Party, stranger: Guests) -> None:
    door = stranger()
    door.open()
    first_page = door.page
    door.send("submission_id", name="Mo")
    token = door.client.cookies[f"seat-{party.workshop.pk}"].value
    del door.client.cookies[f"seat-{party.workshop.pk}"]
    door.page = first_page
    door.send("submission_id", name="Mo")
    assert door.client.cookies[f"seat-{party.workshop.pk}"].value == token
    assert seats(party) == 1


def test_another_browser_with_the_same_form_gets_a_seat_of_its_own(
    party: Party, stranger: Guests
) -> None:
    one, other = stranger(), stranger()
    one.open()
    page = one.page
    one.send("submission_id")
    other.open()
    _address, fields = read(other.page).forms[0]
    other.page = page
    other.send("submission_id", csrfmiddlewaretoken=dict(fields)["csrfmiddlewaretoken"])
    assert seats(party) == 2


@pytest.mark.parametrize("name", ["Kommunens vært", "Host Testvig", "40 12 34 56"])
def test_a_name_that_would_mislead_or_reveal_is_asked_about(
    party: Party, stranger: Guests, name: str
) -> None:
    door = stranger()
    page = door.come_in(name=name)
    assert page.status_code == 422
    assert f'value="{name}"' in door.text
    assert seats(party) == 0


def test_a_locked_door_says_so_and_lets_those_in_stay(
    party: Party, guest: Guests, stranger: Guests
) -> None:
    inside, late = guest(), stranger()
    late.open()
    Workshop.objects.update(locked=True)
    assert late.send("submission_id", name="Ulla").status_code == 409
    assert seats(party) == 1
    assert "form" not in late.open().content.decode().split("<main")[1].split("</main")[0]
    assert inside.open().status_code == 200
    assert "Hvad gør ventetiden svær?" in inside.text


def test_a_workshop_that_is_over_leads_to_what_came_of_it_once_there_is_something(
    party: Party, stranger: Guests, strategy: None, cast: Cast
) -> None:
    outcome = f"/vaerksteder/{party.workshop.room.public_id}/"
    party.write(party.facilitator, "Ring, når I har sagt, at I ringer.")
    late = stranger()
    late.open()
    close_workshop(party.workshop)
    assert late.send("submission_id").status_code == 409
    assert seats(party) == 0
    assert late.client.get(outcome).status_code == 404
    assert outcome not in late.text
    harvest(party.board, Note.objects.all())
    late.open()
    assert outcome not in late.text
    show(Contribution.objects.get(), by=cast.second_host)
    late.open()
    assert outcome in late.text
    assert late.client.get(outcome).status_code == 200


def test_somebody_shown_out_is_told_and_can_still_see_the_own_code(
    party: Party, guest: Guests
) -> None:
    one = guest()
    seat = Participant.objects.get(workshop=party.workshop, user=None)
    party.done(party.facilitator, "seat.remove", seat=seat.pk)
    assert one.open().status_code == 403
    assert "Hvad gør ventetiden svær?" not in one.text
    assert one.open("min-kode/").status_code == 200
    assert "data-receipt-code" in one.text


def test_the_own_code_is_the_one_that_opens_the_receipt(party: Party, guest: Guests) -> None:
    one = guest()
    token = one.client.cookies[f"seat-{party.workshop.pk}"].value
    one.open("min-kode/")
    words = code_of_seat(token)
    assert all(f"<span>{word}</span>" in one.text for word in words)
    assert Receipt.objects.get(seats__workshop=party.workshop).code_digest == code_digest(words)


def test_the_own_code_is_nobody_elses(party: Party, stranger: Guests) -> None:
    outside = stranger()
    answer = outside.client.get(f"{outside.address}min-kode/")
    assert (answer.status_code, answer["Location"]) == (302, outside.address)


def test_going_out_asks_first_and_takes_the_seat_from_the_device(
    party: Party, guest: Guests
) -> None:
    one = guest()
    one.open("ud/")
    one.send("csrfmiddlewaretoken")
    assert one.client.cookies[f"seat-{party.workshop.pk}"].value == ""
    one.open()
    assert "submission_id" in one.text


def test_looking_at_the_way_out_takes_nothing(guest: Guests) -> None:
    one = guest()
    one.open("ud/")
    one.open()
    assert "note.add" in one.text


def test_a_changed_code_keeps_those_in_and_shuts_others_out(
    party: Party, guest: Guests, client: Client
) -> None:
    inside = guest()
    old = inside.address
    rotate_code(party.workshop)
    party.workshop.refresh_from_db()
    assert client.get(old).status_code == 404
    page = inside.client.get(old, follow=True)
    assert page.redirect_chain == [(inside.address, 303)]  # type: ignore[attr-defined]
    assert "Hvad gør ventetiden svær?" in page.content.decode()
