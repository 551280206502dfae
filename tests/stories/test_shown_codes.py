"""A code that was shown opens something, a broken draft is told of, an address that is typed is used."""

import pytest
from django.db import connection
from django.test import Client

from cocreate.contributions.access import receipt_for_code
from cocreate.contributions.models import Contribution, Receipt
from cocreate.stories.models import Draft
from tests.cast import Cast, give_story
from tests.moderation.pages.acts import opened
from tests.stories.pages import TELL, code_on, filled, send
from tests.stories.test_guide import SEND, START, STORY, TEXT, WORDS, press, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strategy")]


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def spoil(draft: Draft) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_draft SET answers = 'x' WHERE id = %s", [draft.pk])


def test_what_took_the_place_of_the_first_opens_with_the_code_that_was_shown(cast: Cast) -> None:
    client = cast.client("citizen")
    first = code_on(write(client))
    for where, answers in list(STORY.items())[:-1]:
        query = "?ny=1" if where == START else ""
        press(
            client, f"{where}{query}", **answers, **({"title": "Ti uger"} if where == WORDS else {})
        ) if where != WORDS else press(client, where, **{**answers, "title": "Ti uger"})
    shown = code_on(client.get(SEND))
    assert shown != first
    asked = press(client, SEND, **STORY[SEND])
    assert asked.status_code == 422
    receipt = send(client, asked, SEND, instead=asked.context["instead"])
    assert receipt.status_code == 200
    story = Contribution.objects.get()
    for code in (first, shown, code_on(receipt)):
        found = receipt_for_code(" ".join(code))
        assert found is not None and found.pk == story.receipt_id
    assert not Draft.objects.exists()


@pytest.mark.parametrize("where", [WORDS, SEND, "/fortael/gemt/", f"{START}?tilbage=1"])
def test_a_draft_that_cannot_be_opened_is_told_of(stranger: Client, where: str) -> None:
    press(stranger, START, **STORY[START])
    spoil(Draft.objects.defer("answers").get())
    page = stranger.get(where)
    assert page.status_code == 409
    assert Draft.objects.count() == 1


def test_what_is_typed_on_the_page_of_a_broken_draft_comes_back(stranger: Client) -> None:
    press(stranger, START, **STORY[START])
    form = {**filled(stranger.get(WORDS), WORDS, **STORY[WORDS]), "go": "next"}
    spoil(Draft.objects.defer("answers").get())
    page = stranger.post(WORDS, form)
    assert page.status_code == 409 and TEXT.splitlines()[0] in page.content.decode()


def test_a_broken_draft_can_be_deleted(stranger: Client) -> None:
    press(stranger, START, **STORY[START])
    spoil(Draft.objects.defer("answers").get())
    where = "/fortael/slet/"
    assert stranger.post(where, filled(stranger.get(where), where)).status_code == 200
    assert not Draft.objects.exists()


def test_an_address_typed_under_a_code_that_holds_things_is_used(stranger: Client) -> None:
    received = give_story("Den første.")
    opened(received, stranger)
    said = {"text": "Noget helt andet.", "consents": ["show"], "email": "kim@example.com"}
    send(stranger, stranger.get(TELL), under_open_code="on", **said)
    assert Contribution.objects.count() == 2
    assert Receipt.objects.get().email == "kim@example.com"
