"""Another code in the place of one: the old one stops at that moment, and nobody is locked out."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.access import receipt_for_code
from cocreate.contributions.models import Receipt
from tests.cast import give_story
from tests.moderation.pages.acts import enter, opened, says
from tests.moderation.pages.test_at_once import at_once
from tests.stories.pages import code_on, filled

NEW, MINE, CLOSE = "/kode/ny/", "/kode/mine/", "/kode/luk/"
pytestmark = pytest.mark.django_db


def asked(client: Client) -> dict[str, list[str]]:
    return filled(client.get(f"{NEW}?ny=1"), NEW)


def made(client: Client, form: dict[str, list[str]] | None = None) -> HttpResponse:
    answer = client.post(NEW, form or asked(client))
    assert (answer.status_code, answer["Location"]) == (302, NEW)
    return client.get(NEW)


def test_the_new_words_open_it_and_the_old_ones_do_not(stranger: Client) -> None:
    received = give_story("Min tekst.")
    page = made(opened(received, stranger))
    new = code_on(page)
    assert len(new) == 7 and page["Cache-Control"] == "no-store"
    assert enter(Client(), received.code).status_code == 422
    other = Client()
    assert enter(other, tuple(new)).status_code == 302
    assert "Min tekst." in other.get(MINE).content.decode()


def test_a_reload_and_a_second_press_show_the_same_words(stranger: Client) -> None:
    opened(give_story(), stranger)
    form = asked(stranger)
    first = code_on(made(stranger, form))
    assert code_on(stranger.get(NEW)) == first
    assert code_on(made(stranger, form)) == first
    assert Receipt.objects.get().generation == 1


def test_an_answer_that_was_lost_locks_nobody_out(stranger: Client) -> None:
    """The session is gone, the form and its cookie are still in the browser."""
    opened(give_story(), stranger)
    form = asked(stranger)
    first = code_on(made(stranger, form))
    Session.objects.all().delete()
    assert code_on(made(stranger, form)) == first


def test_after_done_the_words_are_shown_no_more(stranger: Client) -> None:
    opened(give_story(), stranger)
    form = asked(stranger)
    code = code_on(made(stranger, form))
    stranger.post(CLOSE, filled(stranger.get(NEW), CLOSE))
    assert stranger.get(NEW).status_code == 302
    form["csrfmiddlewaretoken"] = filled(stranger.get("/kode/"), "/kode/")["csrfmiddlewaretoken"]
    again = stranger.post(NEW, form)
    assert again.status_code == 409 and code[0] not in again.content.decode()


def test_what_stood_open_with_the_old_code_is_closed(stranger: Client) -> None:
    received = give_story()
    elsewhere = opened(received, Client())
    form = asked(elsewhere)
    made(opened(received, stranger))
    assert elsewhere.get(MINE).status_code == 302
    assert elsewhere.post(NEW, form).status_code == 409
    assert stranger.get(MINE).status_code == 200


def test_a_second_new_code_is_another_one(stranger: Client) -> None:
    opened(give_story(), stranger)
    first, second = code_on(made(stranger)), code_on(made(stranger))
    assert first != second
    assert receipt_for_code(" ".join(first)) is None
    assert receipt_for_code(" ".join(second)) is not None


def test_without_an_open_code_nothing_is_made(stranger: Client) -> None:
    give_story()
    assert stranger.get(NEW)["Location"] == "/kode/?igen=1"
    form = filled(stranger.get("/kode/"), "/kode/", submission_id="x" * 22)
    assert stranger.post(NEW, form).status_code == 409
    assert Receipt.objects.get().generation == 0


@pytest.mark.parametrize("sent", ["", "x" * 5000, "a\x00b"])
def test_whatever_stands_in_the_form_is_answered(stranger: Client, sent: str) -> None:
    opened(give_story(), stranger)
    form = {**asked(stranger), "submission_id": [sent]}
    assert stranger.post(NEW, form).status_code == 302


def test_new_codes_are_limited(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    where = "cocreate.moderation.author_code_views.NEW_CODES_AT_A_TIME"
    monkeypatch.setattr(where, {"limit": 0, "seconds": 600})
    opened(give_story(), stranger)
    page = stranger.post(NEW, asked(stranger))
    assert page.status_code == 429
    assert says(page, "Wait ten minutes, and try again. Your code is the same as before.")
    assert Receipt.objects.get().generation == 0


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_code_works_and_its_page_showed_it() -> None:
    received = give_story()
    browsers = [opened(received, Client()) for _one in range(2)]
    forms = [asked(browser) for browser in browsers]
    answers = at_once(
        lambda: browsers[0].post(NEW, forms[0]), lambda: browsers[1].post(NEW, forms[1])
    )
    assert sorted(answers) == [302, 409]
    winner = browsers[answers.index(302)]
    assert receipt_for_code(" ".join(code_on(winner.get(NEW)))) is not None
    assert receipt_for_code(" ".join(received.code or ())) is None


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_presses_of_one_button_at_once_are_one_change() -> None:
    browser = opened(give_story(), Client())
    form, twin = asked(browser), Client()
    twin.cookies = browser.cookies.copy()
    assert at_once(lambda: browser.post(NEW, form), lambda: twin.post(NEW, form)) == [302, 302]
    assert Receipt.objects.get().generation == 1
