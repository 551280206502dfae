"""112 and somebody to talk to stand on every page that says no: 404, 429, 500 and 503 too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, override_settings

from cocreate.help.models import HelpLine
from tests.help.conftest import Line

pytestmark = pytest.mark.django_db
HARD = "Jeg skrev tre sider om min søn."


@contextmanager
def database_away(error: type[Exception] = OperationalError) -> Iterator[None]:
    def away(*_args: Any) -> None:
        raise error("could not connect to server")

    with connection.execute_wrapper(away):
        yield


def browser() -> Client:
    return Client(raise_request_exception=False)


def one_can_call(answer: Any, number: str = "70201201") -> bool:
    page = answer.content.decode()
    return 'href="tel:112"' in page and f'href="tel:{number}"' in page


@pytest.mark.parametrize("address", ["/findes-ikke/", "/en/findes-ikke/", "/fortaellinger/x/"])
def test_404_shows_112_and_a_line(address: str) -> None:
    answer = browser().get(address)
    assert answer.status_code == 404 and one_can_call(answer)


def test_404_shows_the_line_that_staff_keep(line: Line) -> None:
    line("Vagten", crisis=True)
    assert one_can_call(browser().get("/findes-ikke/"), "12345678")
    HelpLine.objects.update(number="", place="Vej 1")
    assert one_can_call(browser().get("/findes-ikke/"))


@override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"})
def test_429_shows_112_and_a_line() -> None:
    client = browser()
    answers = [client.post("/konto/login/", {"login": "x@eksempel.dk"}) for _ in range(4)]
    held = [answer for answer in answers if answer.status_code == 429]
    assert held and all(one_can_call(answer) for answer in held)


def test_500_shows_112_and_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("hemmeligt")

    monkeypatch.setattr("cocreate.help.views.render", break_down)
    answer = browser().get("/hjaelp-nu/")
    assert answer.status_code == 500 and one_can_call(answer)
    assert "hemmeligt" not in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize(
    "address",
    ["/", "/hjaelp-nu/", "/findes-ikke/", "/en/findes-ikke/", "/fortael/", "/kode/", "/samtaler/"],
)
def test_without_a_database_every_page_says_so_and_whom_to_call(
    address: str, error: type[Exception]
) -> None:
    with database_away(error):
        answer = browser().get(address)
    assert answer.status_code == 503 and one_can_call(answer)
    assert answer["Retry-After"] and "no-store" in answer["Cache-Control"]
    assert "could not connect" not in answer.content.decode()


def send_a_story(client: Client) -> Any:
    address = "/fortael/paa-en-side/"
    sent = {"text": HARD, "title": "<b>Om ham</b>", "about": "self", "submission_id": "x"}
    return client.post(address, {**sent, "consents": "show"})


def test_what_was_written_stands_on_the_page_that_could_not_take_it() -> None:
    client = browser()
    client.get("/kode/")
    with database_away():
        answer = send_a_story(client)
    page = answer.content.decode()
    assert answer.status_code == 503 and HARD in page and one_can_call(answer)
    assert "&lt;b&gt;Om ham" in page


def test_another_breakdown_gives_the_words_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("hemmeligt")

    monkeypatch.setattr("cocreate.moderation.intake.receive", break_down)
    answer = send_a_story(browser())
    assert answer.status_code == 500 and HARD in answer.content.decode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda client: client.post("/kode/", b"\xff" * 50, content_type="multipart/form-data"),
        lambda client: client.post("/kode/", b"{", content_type="application/json"),
        lambda client: client.get("/kode/?x=%ff"),
    ],
)
def test_a_crooked_body_without_a_database_is_answered_too(spoil: Callable[[Client], Any]) -> None:
    with database_away():
        assert spoil(browser()).status_code in {400, 403, 503}
