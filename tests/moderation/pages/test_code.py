"""The seven words: what a right and a wrong code do, and what stays behind."""

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cocreate.contributions.access import receipt_for_code
from tests.cast import Cast, give_story
from tests.moderation.pages.acts import enter, of, opened, says
from tests.stories.pages import filled, forms_in

CODE, MINE, CLOSE = "/kode/", "/kode/mine/", "/kode/luk/"
UNKNOWN = (
    "We do not know a code of those words. See whether all seven are there, in the order they stand "
    "on your receipt."
)
pytestmark = pytest.mark.django_db


def test_the_right_words_open_what_they_hold(stranger: Client) -> None:
    received = give_story("Jeg vil bo ved vandet.")
    answer = enter(stranger, received.code)
    assert answer["Location"] == MINE
    assert "Jeg vil bo ved vandet." in stranger.get(MINE).content.decode()


@pytest.mark.parametrize("write", [str.upper, str.title, lambda code: f"  {code} \n"])
def test_large_letters_and_spaces_do_not_matter(stranger: Client, write: Any) -> None:
    received = give_story()
    assert received.code is not None
    assert enter(stranger, write(" ".join(received.code))).status_code == 302


def test_a_wrong_code_is_met_with_a_plain_sentence_and_stays_in_the_field(
    stranger: Client,
) -> None:
    page = enter(stranger, "kano sol banan lampe fugl hest sten")
    assert page.status_code == 422 and says(page, UNKNOWN)
    kept = forms_in(page).found[CODE]["code"]
    assert kept == ["kano sol banan lampe fugl hest sten"]


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "æøå" * 900, "a\x00b", "\u202e<b>&", "'; --", "7" * 100_000]
)
def test_whatever_is_written_as_a_code_is_answered_and_kept(stranger: Client, typed: str) -> None:
    page = enter(stranger, typed)
    assert page.status_code == 422
    assert page["Cache-Control"] == "no-store"


def test_a_known_and_an_unknown_code_take_the_same_look_ups() -> None:
    code = " ".join(give_story().code or ())
    other = " ".join(reversed(code.split()))
    taken = []
    for typed in (code, other, "no code at all", ""):
        with CaptureQueriesContext(connection) as queries:
            receipt_for_code(typed)
        taken.append(len(queries))
    assert taken == [1, 1, 1, 1]


def test_codes_can_be_tried_thirty_times_in_ten_minutes(stranger: Client) -> None:
    received = give_story()
    for _try in range(30):
        assert enter(stranger, "et to tre").status_code == 422
    page = enter(stranger, received.code)
    assert page.status_code == 429
    assert forms_in(page).found[CODE]["code"] == [" ".join(received.code or ())]
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert enter(elsewhere, received.code).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert enter(Client(), received.code).status_code == 302


def test_the_code_is_neither_in_the_session_nor_in_a_log_nor_in_an_address(
    stranger: Client, caplog: pytest.LogCaptureFixture
) -> None:
    received = give_story()
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as queries:
        answer = enter(stranger, received.code)
        stranger.get(answer["Location"])
    code = " ".join(received.code or ())
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    said = [caplog.text, answer["Location"], *kept, *(row["sql"] for row in queries)]
    assert kept and not any(code in text for text in said)


def test_a_session_that_was_there_before_the_code_is_not_the_one_that_opens_it(
    stranger: Client,
) -> None:
    session = stranger.session
    session["planted"] = True
    session.save()
    before = session.session_key
    opened(give_story(), stranger)
    assert stranger.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_after_half_an_hour_the_code_is_asked_for_again(stranger: Client) -> None:
    opened(give_story("Min tekst."), stranger)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        answer = stranger.get(MINE)
        assert answer.status_code == 302
        page = stranger.get(answer["Location"])
    assert says(page, "It is more than half an hour since you wrote your code")
    assert "Min tekst." not in page.content.decode()


def test_the_code_page_shows_what_is_open_and_can_take_another_code(stranger: Client) -> None:
    first, second = give_story("Den første."), give_story("Den anden.")
    opened(first, stranger)
    assert "Den første." in stranger.get(CODE).content.decode()
    assert enter(stranger, second.code).status_code == 302
    page = stranger.get(MINE).content.decode()
    assert "Den anden." in page and "Den første." not in page


def test_done_leaves_nothing_behind(stranger: Client) -> None:
    opened(give_story("Min tekst."), stranger)
    page = stranger.get(MINE)
    answer = stranger.post(CLOSE, filled(page, CLOSE))
    assert (answer.status_code, answer["Location"]) == (302, reverse("front"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.exists()
    assert stranger.get(MINE).status_code == 302


def test_done_keeps_somebody_with_an_account_signed_in(cast: Cast) -> None:
    client = opened(give_story(), cast.client("citizen"))
    client.post(CLOSE)
    assert client.get(MINE).status_code == 302
    assert client.get("/min/").status_code == 200


def test_looking_at_the_closing_address_closes_nothing(stranger: Client) -> None:
    opened(give_story(), stranger)
    assert stranger.get(CLOSE)["Location"] == CODE
    assert stranger.get(MINE).status_code == 200


def test_every_page_behind_a_code_is_kept_by_nobody_and_can_be_left(stranger: Client) -> None:
    received = give_story()
    opened(received, stranger)
    pages = [
        f"{CODE}?ny=1",
        MINE,
        of(received, "reword"),
        of(received, "appeal"),
        of(received, "withdraw"),
        of(received, "revoke_consent", "show"),
    ]
    for address in pages:
        page = stranger.get(address)
        assert page.status_code == 200, address
        assert page["Cache-Control"] == "no-store"
        assert 'content="noindex"' in page.content.decode()
        assert "data-leave" in page.content.decode()
