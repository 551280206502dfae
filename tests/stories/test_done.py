""" "Færdig" on a shared tablet: the next person meets nothing of the one before."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from cocreate.stories.models import Draft
from tests.cast import Cast
from tests.stories.pages import filled
from tests.stories.test_guide import SEND, START, USE, WORDS, press
from tests.stories.test_helping import TEXT, help_somebody

CLOSE = "/kode/luk/"
PAGES = [START, WORDS, "/fortael/hjaelper/", USE, SEND, "/fortael/gemt/", "/kode/", "/kode/mine/"]


def done(client: Client, page: HttpResponse) -> HttpResponse:
    return client.post(CLOSE, filled(page, CLOSE))


def test_the_browser_is_told_to_forget_and_holds_no_cookie_of_ours(stranger: Client) -> None:
    answer = done(stranger, help_somebody(stranger))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    gone = {name for name, cookie in answer.cookies.items() if cookie["max-age"] == 0}
    assert gone == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert not Session.objects.exists()


def test_the_seat_at_a_board_goes_too(stranger: Client) -> None:
    page = help_somebody(stranger)
    stranger.cookies["p_ABC234"] = "sealed"
    assert done(stranger, page).cookies["p_ABC234"]["max-age"] == 0


def test_a_cookie_that_cannot_be_written_stops_nobody(stranger: Client) -> None:
    page = help_somebody(stranger)
    header = "; ".join(f"{name}={cookie.value}" for name, cookie in stranger.cookies.items())
    other = Client(enforce_csrf_checks=True)
    answer = other.post(CLOSE, filled(page, CLOSE), headers={"cookie": f"{header}; a(b)=1; =2"})
    assert answer.status_code == 302


@pytest.mark.parametrize("where", PAGES)
def test_no_page_shows_a_word_of_it_afterwards(stranger: Client, where: str) -> None:
    done(stranger, help_somebody(stranger))
    assert TEXT not in stranger.get(where, follow=True).content.decode()


def test_what_was_begun_and_stopped_is_not_open_either(stranger: Client) -> None:
    press(stranger, START, about="helping")
    press(stranger, "/fortael/hjaelper/", helper="staff")
    stopped = stranger.post(WORDS, {**filled(stranger.get(WORDS), WORDS, text=TEXT), "go": "stop"})
    assert stopped.status_code == 302
    done(stranger, stranger.get("/fortael/gemt/"))
    assert Draft.objects.count() == 1
    for where in PAGES:
        assert TEXT not in stranger.get(where, follow=True).content.decode()


def test_a_page_from_before_sends_nothing_any_more(stranger: Client) -> None:
    help_somebody(stranger, until=USE)
    old = filled(stranger.get(SEND), SEND, read_back="on")
    done(stranger, stranger.get("/fortael/gemt/"))
    stranger.get(START)
    assert stranger.post(SEND, old).status_code == 403
    assert Draft.objects.count() == 1


def test_staff_stay_signed_in_with_a_fresh_token(cast: Cast) -> None:
    client = cast.client("staff")
    page = help_somebody(client)
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    answer = done(client, page)
    assert answer.cookies[settings.CSRF_COOKIE_NAME].value not in {"", before}
    assert client.get("/konto/").status_code == 200
    for where in PAGES:
        assert TEXT not in client.get(where, follow=True).content.decode()


@pytest.mark.parametrize("where", [START, WORDS, USE, SEND, "/fortael/gemt/"])
def test_no_page_of_the_guide_is_kept_by_a_browser(stranger: Client, where: str) -> None:
    help_somebody(stranger, until=USE)
    assert stranger.get(where)["Cache-Control"] == "no-store"
