"""A page that is kept for everybody is never older than the last decision."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.contributions.models import Contribution, Scope
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide, restore, revoke_consent, withdraw
from cocreate.pagecache.models import bump
from cocreate.themes.models import Theme
from tests.cast import Cast, give_story, show
from tests.kept import everything_kept

LIST = "/fortaellinger/"


@pytest.fixture
def story(cast: Cast) -> Contribution:
    return show(give_story("Ord, der kan tages tilbage.", title="Nøglen"), by=cast.host)


def address(story: Contribution) -> str:
    return f"{LIST}{story.public_id}/"


def questions(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    return len(asked)


def seen(client: Client, story: Contribution) -> tuple[bool, int]:
    """Whether the list shows it, and how its own page answers."""
    listed = address(story) in client.get(LIST).content.decode()
    return listed, client.get(address(story)).status_code


def test_a_page_read_twice_is_made_once(stranger: Client, story: Contribution) -> None:
    for where in (LIST, address(story)):
        first = stranger.get(where)
        assert questions(stranger, where) == 1
        assert stranger.get(where).content == first.content


def test_a_browser_keeps_nothing_to_ask_about(stranger: Client, story: Contribution) -> None:
    """It is kept here, and a shared computer holds nothing of it."""
    for where in (LIST, address(story)):
        for _kept in range(2):
            answer = stranger.get(where)
            assert answer["Cache-Control"] == "no-store"
            assert "ETag" not in answer.headers


def test_a_new_story_is_there_at_the_next_request(stranger: Client, cast: Cast) -> None:
    stranger.get(LIST)
    new = show(give_story(), by=cast.host)
    assert seen(stranger, new) == (True, 200)


def test_a_hidden_story_is_gone_at_the_next_request_and_back_when_restored(
    stranger: Client, cast: Cast, story: Contribution
) -> None:
    assert seen(stranger, story) == (True, 200)
    hide(story, by=cast.host, reason=Reason.HARM, message="Vi taler sammen.")
    assert seen(stranger, story) == (False, 404)
    restore(story, by=cast.host)
    assert seen(stranger, story) == (True, 200)


def test_a_story_taken_back_is_gone_at_the_next_request(
    stranger: Client, story: Contribution
) -> None:
    assert seen(stranger, story) == (True, 200)
    withdraw(story)
    assert seen(stranger, story) == (False, 404)


def test_a_story_is_gone_when_only_the_yes_to_showing_is_taken_back(
    stranger: Client, story: Contribution
) -> None:
    assert seen(stranger, story) == (True, 200)
    revoke_consent(story, Scope.SHOW)
    assert seen(stranger, story) == (False, 404)


def test_a_theme_given_a_new_name_has_it_in_the_list(
    stranger: Client, story: Contribution, theme: Theme
) -> None:
    stranger.get(LIST)
    Theme.objects.filter(pk=theme.pk).update(title="Et nyt navn")
    bump("strategy")
    assert "Et nyt navn" in stranger.get(LIST).content.decode()


@pytest.mark.parametrize(
    "query", ["x=1", "&", "tema=99", "tema=02", "efter=nej", "tema=2&tema=2", "tema=2&x", "Tema=2"]
)
def test_addresses_that_we_never_link_to_fill_no_cache(
    stranger: Client, story: Contribution, query: str
) -> None:
    for where in (LIST, address(story)):
        assert stranger.get(f"{where}?{query}").status_code == 200
    assert not everything_kept()


def test_addresses_that_we_link_to_are_kept(stranger: Client, story: Contribution) -> None:
    for query in ("", "?tema=2", f"?efter={story.public_id}", f"?tema=2&efter={story.public_id}"):
        made = questions(stranger, LIST + query)
        assert questions(stranger, LIST + query) < made


def test_reading_leaves_nothing_behind(stranger: Client, story: Contribution) -> None:
    for where in (LIST, f"{LIST}?tema=2", address(story)):
        with CaptureQueriesContext(connection) as asked:
            answer = stranger.get(where)
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert all(query["sql"].startswith("SELECT") for query in asked)
        assert answer["Cache-Control"] == "no-store"
        assert b"csrfmiddlewaretoken" not in answer.content
        assert b"<form" not in answer.content


def test_nobody_who_is_signed_in_leaves_a_page_for_others(
    cast: Cast, stranger: Client, story: Contribution
) -> None:
    cast.client("host").get(address(story))
    assert questions(stranger, address(story)) > 1
