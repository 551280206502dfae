"""Kept pages: as fresh as the last decision, without a cookie, without a write."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.forums.models import Forum, Topic
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide, restore, withdraw
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import room_url, text_of, url_of

pytestmark = pytest.mark.django_db


def test_a_hidden_post_is_gone_at_the_next_request(
    client: Client, cast: Cast, topic: Topic
) -> None:
    answer = people.show(people.reply(topic, "Hemmelige ord."), by=cast.host)
    assert "Hemmelige ord." in text_of(client.get(url_of(topic)))
    assert "Hemmelige ord." in text_of(client.get(url_of(topic)))
    hide(answer, by=cast.host, reason=Reason.HATE, message="Nej.")
    assert "Hemmelige ord." not in text_of(client.get(url_of(topic)))
    restore(answer, by=cast.second_host)
    assert "Hemmelige ord." in text_of(client.get(url_of(topic)))
    withdraw(answer)
    assert "Hemmelige ord." not in text_of(client.get(url_of(topic)))


def test_the_lists_follow_what_is_shown_at_the_next_request(
    client: Client, cast: Cast, room: Forum, topic: Topic
) -> None:
    for url in ("/samtaler/", room_url(room)):
        client.get(url)
    hide(topic.opening, by=cast.host, reason=Reason.HATE, message="Nej.")
    assert "Hvad gør I?" not in text_of(client.get(room_url(room)))
    assert client.get("/samtaler/").context["rooms"][0].topic_count == 0


def test_a_browser_that_has_the_newest_is_told_so_until_it_changes(
    client: Client, cast: Cast, topic: Topic
) -> None:
    url = url_of(topic)
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    people.show(people.reply(topic, "Nyt."), by=cast.host)
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("page", ["rooms", "room", "topic", "topic page 1"])
def test_reading_writes_nothing_and_sets_no_cookie(client: Client, topic: Topic, page: str) -> None:
    url = {
        "rooms": "/samtaler/",
        "room": room_url(topic.forum),
        "topic": url_of(topic),
        "topic page 1": f"{url_of(topic)}?side=1",
    }[page]
    with CaptureQueriesContext(
        connection,
    ) as made:
        response = client.get(url)
    assert response.status_code == 200
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in text_of(response)
    assert all(query["sql"].startswith("SELECT") for query in made.captured_queries)


def test_a_kept_page_costs_one_query(client: Client, topic: Topic) -> None:
    url = url_of(topic)
    client.get(url)
    with CaptureQueriesContext(connection) as made:
        client.get(url)
    assert len(made) == 1


def test_addresses_that_we_never_wrote_are_not_kept(client: Client, topic: Topic) -> None:
    for query in ("?x=1", "?side=1&x=2", "?efter=%00", "?side=01"):
        response = client.get(url_of(topic) + query)
        assert "ETag" not in response


def test_a_reader_with_an_open_code_gets_a_page_made_for_them(
    client: Client, cast: Cast, topic: Topic
) -> None:
    Client().get(url_of(topic))
    receipt = people.reply(topic, "Mit eget.").contribution.receipt
    assert receipt is not None
    people.open_in(client, receipt)
    response = client.get(url_of(topic))
    assert "Mit eget." in text_of(response)
    assert response["Cache-Control"] == "no-store"
    assert "Mit eget." not in text_of(Client().get(url_of(topic)))
