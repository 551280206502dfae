"""Two people at the same contribution in the same moment, in two threads as in two processes."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.models import State
from cocreate.moderation.models import Decision
from tests.cast import Cast, give_story, show
from tests.moderation.pages.acts import LETTER, WHY, desk_of, now, of, opened, read
from tests.stories.pages import filled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]


def at_once(*acts: Callable[[], HttpResponse]) -> list[int]:
    ready, answers = Barrier(len(acts)), [0] * len(acts)

    def run(place: int, act: Callable[[], HttpResponse]) -> None:
        ready.wait()
        try:
            answers[place] = act().status_code
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_of_two_hosts_one_decides_and_the_other_is_told(cast: Cast) -> None:
    story = give_story().contribution
    first, second = cast.client("host"), cast.client("second_host")
    address = desk_of(story)
    shows = filled(read(first, story), address, outcome="published")
    declines = filled(read(second, story), address, outcome="declined", reason=WHY, message=LETTER)
    answers = at_once(lambda: first.post(address, shows), lambda: second.post(address, declines))
    assert sorted(answers) == [302, 409]
    assert Decision.objects.count() == 1


def test_a_story_taken_back_while_a_host_shows_it_is_taken_back(cast: Cast) -> None:
    received = give_story()
    host, author = cast.client("host"), opened(received, Client())
    address = desk_of(received.contribution)
    shows = filled(read(host, received.contribution), address, outcome="published")
    answers = at_once(
        lambda: host.post(address, shows), lambda: author.post(of(received, "withdraw"))
    )
    assert answers[1] == 302 and answers[0] in {302, 404}
    story = now(received.contribution)
    assert (story.state, story.published_text) == (State.WITHDRAWN, "")


def test_two_clicks_on_ask_another_are_one_appeal(cast: Cast) -> None:
    received = give_story()
    story = show(received, by=cast.host)
    host = cast.client("host")
    host.post(
        desk_of(story), {"outcome": "hidden", "reason": WHY, "message": LETTER, "wording": "1"}
    )
    author = opened(received, Client())
    answers = at_once(*[lambda: author.post(of(received, "appeal"), {"text": "Se igen."})] * 3)
    assert 302 in answers and set(answers) <= {302, 409}
    assert story.decisions.filter(appeal__isnull=False).count() == 1
