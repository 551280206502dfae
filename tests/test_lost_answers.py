"""The process dies between the commit and the answer: the same form gives the same receipt."""

import re

import pytest
from django.test import Client

from cocreate.contributions.models import Contribution, Receipt, TextVersion
from cocreate.forums.models import Topic
from tests.cast import Cast, begin, open_forum, show, topic_of

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Like SIGKILL, nothing in the product can catch it."""


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found.group(1)


def code_on(page: str) -> str:
    block = re.search(r"data-receipt-code[^>]*>(.*?)</p>", page, re.S)
    assert block
    return " ".join(re.sub(r"<[^>]+>", " ", block.group(1)).split())


def kill_the_answer(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    monkeypatch.setattr(target, die)


@pytest.mark.parametrize("enforce", [False, True])
def test_a_story_whose_answer_was_lost(
    strategy: None, monkeypatch: pytest.MonkeyPatch, enforce: bool
) -> None:
    client = Client(enforce_csrf_checks=enforce)
    page = client.get("/fortael/paa-en-side/").content.decode()
    said = {
        "text": "Jeg vil bo.",
        "about": "self",
        "consents": ["show"],
        "submission_id": hidden(page, "submission_id"),
        "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
    }
    with monkeypatch.context() as dying:
        kill_the_answer(dying, "cocreate.stories.telling._show_receipt")
        with pytest.raises(Killed):
            client.post("/fortael/paa-en-side/", said)
    assert Contribution.objects.count() == 1
    first = code_on(client.post("/fortael/paa-en-side/", said).content.decode())
    again = code_on(client.post("/fortael/paa-en-side/", said).content.decode())
    assert first == again and len(first.split()) == 7
    assert Contribution.objects.count() == Receipt.objects.count() == 1
    assert TextVersion.objects.count() == 1


def test_a_topic_whose_answer_was_lost(strategy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    forum = open_forum()
    client = Client()
    page = client.get(f"/samtaler/{forum.slug}/nyt-emne/").content.decode()
    said = {
        "title": "Ventetid",
        "text": "Hvad gør I?",
        "alias": "Musvit",
        "submission_id": hidden(page, "submission_id"),
    }
    with monkeypatch.context() as dying:
        kill_the_answer(dying, "cocreate.forums.views._show_receipt")
        with pytest.raises(Killed):
            client.post(f"/samtaler/{forum.slug}/nyt-emne/", said)
    answer = client.post(f"/samtaler/{forum.slug}/nyt-emne/", said).content.decode()
    assert len(code_on(answer).split()) == 7
    assert Topic.objects.count() == Contribution.objects.count() == 1


def test_an_answer_whose_answer_was_lost(
    strategy: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = begin(open_forum())
    show(opening, by=cast.host)
    path = topic_of(opening).get_absolute_url() + "svar/"
    client = Client()
    page = client.get(path).content.decode()
    said = {"text": "Jeg ringer om mandagen.", "submission_id": hidden(page, "submission_id")}
    with monkeypatch.context() as dying:
        kill_the_answer(dying, "cocreate.forums.views._show_receipt")
        with pytest.raises(Killed):
            client.post(path, said)
    assert len(code_on(client.post(path, said).content.decode()).split()) == 7
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("path", ["/fortael/", "/kode/"])
def test_a_stale_form_is_shown_again_with_every_word(strategy: None, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    text = 'Linje et.\n\n<b>Linje to</b> & "tre" ' + "x" * 100
    answer = client.post(path, {"text": text, "code": "kano sol", "csrfmiddlewaretoken": "gammel"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Linje et.\n\n&lt;b&gt;Linje to&lt;/b&gt; &amp; &quot;tre&quot;" in page
    assert 'value="kano sol"' in page
    fresh = hidden(page, "csrfmiddlewaretoken")
    assert client.post(path, {"code": "kano sol", "csrfmiddlewaretoken": fresh}).status_code != 403
