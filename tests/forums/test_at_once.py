"""The same form from two threads at the same moment: one contribution, one code, no error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cocreate.contributions.models import Receipt, State, TextVersion
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation.operations import publish
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import filled, room_url, same_browser, url_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result(timeout=60) for done in [threads.submit(run, act) for act in acts]]


def test_one_form_sent_by_two_threads_begins_one_topic(room: Forum) -> None:
    url = room_url(room, "nyt-emne")
    browser = Client()
    form = {**filled(browser, url), "title": "Et emne", "text": "Kun én gang."}
    answers = at_once(*[lambda: same_browser(browser).post(url, form)] * 2)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["words"] == answers[1].context["words"]
    assert (Topic.objects.count(), Post.objects.count()) == (1, 1)
    assert (Receipt.objects.count(), TextVersion.objects.count()) == (1, 1)


def test_one_answer_sent_by_two_threads_is_one_post(topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    browser = Client()
    form = {**filled(browser, url), "text": "Kun én gang."}
    answers = at_once(*[lambda: same_browser(browser).post(url, form)] * 2)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert topic.posts.filter(state=State.PENDING).count() == 1


def test_two_posts_shown_at_once_get_two_numbers(cast: Cast, topic: Topic) -> None:
    first, second = (people.reply(topic, f"Svar {n}").contribution for n in (1, 2))
    at_once(
        lambda: publish(first, by=cast.host),
        lambda: publish(second, by=cast.second_host),
    )
    topic.refresh_from_db()
    assert sorted(topic.posts.values_list("number", flat=True)) == [1, 2, 3]
    assert (topic.post_count, topic.last_number) == (3, 3)
