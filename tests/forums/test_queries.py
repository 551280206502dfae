"""What a page asks the database for: the same at two, twenty and two hundred rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.forums.models import Forum, Topic
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide
from cocreate.pagecache.models import kept_pages
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import room_url, url_of

pytestmark = pytest.mark.django_db

MOST = 8


def asked_for(url: str, client: Client | None = None) -> list[str]:
    kept_pages.clear()
    with CaptureQueriesContext(connection) as made:
        assert (client or Client()).get(url).status_code == 200
    return [query["sql"] for query in made.captured_queries]


def same_at_each_size(url: str, grow: Callable[[int], None], *sizes: int) -> list[str]:
    counts = []
    for size in sizes:
        grow(size)
        counts.append(asked_for(url))
    assert len({len(queries) for queries in counts}) == 1
    assert len(counts[0]) <= MOST
    return counts[-1]


def test_the_list_of_rooms(cast: Cast, strategy: None) -> None:
    def grow(size: int) -> None:
        for number in range(Forum.objects.count(), size):
            people.open_forum(f"rum-{number}", host=cast.host)

    same_at_each_size("/samtaler/", grow, 2, 20, 200)


def test_a_room(cast: Cast, room: Forum) -> None:
    def grow(size: int) -> None:
        for number in range(Topic.objects.count(), size):
            people.show(people.begin(room, title=f"Emne {number}"), by=cast.host)

    queries = same_at_each_size(room_url(room), grow, 2, 20, 60)
    assert not [sql for sql in queries if "COUNT(" in sql.upper()]


def test_a_topic(cast: Cast, topic: Topic) -> None:
    def grow(size: int) -> None:
        for number in range(topic.posts.count(), size):
            post = people.show(people.reply(topic, f"Svar {number}"), by=cast.host)
            if number % 3 == 1:
                hide(post, by=cast.host, reason=Reason.HATE, message="Nej.")

    queries = same_at_each_size(url_of(topic), grow, 2, 20, 60)
    assert not [sql for sql in queries if "COUNT(" in sql.upper()]
    assert len(asked_for(f"{url_of(topic)}?side=3")) == len(queries)


def test_the_last_page_of_a_topic_for_somebody_signed_in(cast: Cast, topic: Topic) -> None:
    counts = []
    for size, page in ((2, ""), (20, ""), (60, "?side=3")):
        for number in range(topic.posts.count(), size):
            viewer = cast.viewer("citizen") if number % 2 else cast.viewer("relative")
            people.show(people.reply(topic, f"Svar {number}", viewer=viewer), by=cast.host)
        counts.append(len(asked_for(url_of(topic) + page, cast.client("citizen"))))
    assert len(set(counts)) == 1


def test_lists_load_no_encrypted_column(cast: Cast, topic: Topic) -> None:
    people.show(people.reply(topic, "Svar"), by=cast.host)
    for url in ("/samtaler/", room_url(topic.forum), url_of(topic)):
        for sql in asked_for(url):
            assert '"contributions_contribution"."alias"' not in sql
            assert "textversion" not in sql or "COUNT" in sql


def test_the_theme_page_asks_once_for_its_rooms(cast: Cast, strategy: None) -> None:
    from django.template import Context, Template

    from cocreate.themes.models import Theme

    theme = Theme.objects.get(number=2)
    for number in range(3):
        people.open_forum(f"rum-{number}", theme=theme, host=cast.host)
    page = Template("{% load rooms %}{% rooms_about theme %}")
    with CaptureQueriesContext(connection) as made:
        html = page.render(Context({"theme": theme}))
    assert len(made) == 1
    assert html.count("/samtaler/rum-") == 3
