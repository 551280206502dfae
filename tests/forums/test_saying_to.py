""" "Sig til": anybody may, it is stored once, and nobody but hosts reads it."""

import pytest
from django.test import Client

from cocreate.forums.models import Topic
from cocreate.moderation.models import Reason, Report
from cocreate.moderation.operations import hide
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import filled, send, text_of, url_of

pytestmark = pytest.mark.django_db


def say_url(topic: Topic, number: int = 1) -> str:
    return f"{url_of(topic)}indlaeg/{number}/sig-til/"


def test_a_stranger_says_to_about_a_post(client: Client, topic: Topic) -> None:
    response = send(client, say_url(topic), reason="about_me", text="Det er min søster.")
    assert response.status_code == 200
    report = Report.objects.get()
    assert report.contribution_id == topic.opening_id
    assert (report.reason, report.text) == ("about_me", "Det er min søster.")


def test_twice_the_same_is_once(client: Client, topic: Topic) -> None:
    form = {**filled(client, say_url(topic)), "reason": "tone"}
    for _ in range(2):
        assert Client().post(say_url(topic), form).status_code == 200
    assert Report.objects.count() == 1


def test_what_is_missing_is_said_and_the_words_are_kept(client: Client, topic: Topic) -> None:
    for words in ({"text": "Mine ord."}, {"text": "Mine ord.", "reason": "noget"}):
        response = send(client, say_url(topic), **words)
        assert response.status_code == 422
        assert "Mine ord." in text_of(response)
    assert not Report.objects.exists()


def test_words_of_concern_are_stored_and_then_help_is_shown(client: Client, topic: Topic) -> None:
    words = "Jeg vil ikke leve mere. Jeg har taget en masse piller."
    response = send(client, say_url(topic), reason="worried", text=words)
    assert Report.objects.count() == 1
    assert 'href="tel:112"' in text_of(response)


def test_personal_data_is_asked_about_first(client: Client, topic: Topic) -> None:
    response = send(client, say_url(topic), reason="about_me", text="Mit CPR er 010190-1234")
    assert response.status_code == 422
    assert not Report.objects.exists()
    form = {field.name: field.value() or "" for field in response.context["form"]}
    sent = client.post(say_url(topic), {**form, "sent_knowingly": response.context["accepted"]})
    assert sent.status_code == 200
    assert Report.objects.count() == 1


def test_what_is_not_shown_cannot_be_said_to_and_is_not_told_apart(
    client: Client, cast: Cast, topic: Topic
) -> None:
    hidden = people.show(people.reply(topic, "Hemmeligt."), by=cast.host)
    hide(hidden, by=cast.host, reason=Reason.HATE, message="Nej.")
    people.reply(topic, "Venter.")
    pages = [client.get(say_url(topic, number)) for number in (2, 3, 99_999_999_999_999_999_999)]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({page.content for page in pages}) == 1


def test_the_topic_page_leads_there(client: Client, topic: Topic) -> None:
    assert say_url(topic) in text_of(client.get(url_of(topic)))
