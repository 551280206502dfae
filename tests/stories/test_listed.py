"""Search engines list a story only where its author said yes; names stand as they were chosen."""

import pytest
from django.test import Client

from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide, withdraw
from cocreate.pagecache.models import bump
from cocreate.stories.models import Story
from tests.cast import Cast, give_story, show
from tests.stories.selecting import selection

SITEMAP = "/sitemap.xml"


def told(cast: Cast, *, listed: bool, **given: object) -> Contribution:
    story = show(give_story(**given), by=cast.host)
    Story.objects.filter(pk=story.pk).update(listed=listed)
    bump("stories")
    return story


def address(story: Contribution) -> str:
    return f"/fortaellinger/{story.public_id}/"


def test_a_story_is_kept_from_search_engines_unless_its_author_said_yes(
    stranger: Client, cast: Cast
) -> None:
    for listed in (False, True):
        story = told(cast, listed=listed)
        for _cached in range(2):
            answer = stranger.get(address(story))
            assert ("noindex" in answer.content.decode()) is not listed
            assert ("X-Robots-Tag" in answer.headers) is not listed
        mentioned = f"<loc>http://testserver{address(story)}</loc>"
        assert (mentioned in stranger.get(SITEMAP).content.decode()) is listed


@pytest.mark.parametrize("how", ["withdrawn", "hidden"])
def test_it_leaves_the_sitemap_at_the_next_request(stranger: Client, cast: Cast, how: str) -> None:
    story = told(cast, listed=True)
    assert story.public_id in stranger.get(SITEMAP).content.decode()
    if how == "withdrawn":
        withdraw(story)
    else:
        hide(story, by=cast.host, reason=Reason.HARM, message="Vi taler sammen.")
    assert story.public_id not in stranger.get(SITEMAP).content.decode()


def test_the_sitemap_tells_no_time_and_no_page_that_is_not_listed(
    stranger: Client, cast: Cast
) -> None:
    made = selection(told(cast, listed=True), by=cast.host)
    text = stranger.get(SITEMAP).content.decode()
    assert "lastmod" not in text
    assert made.public_id not in text
    assert "<loc>http://testserver/fortaellinger/</loc>" not in text


def test_lists_are_never_listed(stranger: Client, cast: Cast) -> None:
    made = selection(told(cast, listed=True), by=cast.host)
    story = told(cast, listed=True)
    for where in ("/fortaellinger/", made.get_absolute_url(), f"{address(story)}sig-til/"):
        assert stranger.get(where)["X-Robots-Tag"] == "noindex"


def test_robots_says_where_the_sitemap_is(stranger: Client) -> None:
    answer = stranger.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in answer.content.decode()


@pytest.mark.parametrize("name", ["", "Sten i Søen"])
def test_the_name_stands_as_it_was_chosen_on_page_and_list(
    stranger: Client, cast: Cast, name: str
) -> None:
    story = show(give_story(alias=name), by=cast.host)
    for where in (address(story), "/fortaellinger/"):
        page = stranger.get(where).content.decode()
        assert ("<bdi>" in page) is bool(name)
        assert name in page


def test_staff_stand_with_name_and_role_on_list_and_in_a_selection(
    stranger: Client, cast: Cast
) -> None:
    viewer, name = cast.viewer("staff"), cast.staff.get_full_name()
    made = selection(show(give_story(viewer=viewer, alias=name), by=cast.host), by=cast.host)
    for where in ("/fortaellinger/", made.get_absolute_url()):
        page = stranger.get(where).content.decode()
        assert name in page
        assert "role-staff" in page


def test_no_title_tells_what_is_read(stranger: Client, cast: Cast) -> None:
    made = selection(told(cast, listed=False, title="Guldregn i gården"), by=cast.host)
    for where in ("/fortaellinger/", address(told(cast, listed=False)), made.get_absolute_url()):
        title = stranger.get(where).content.decode().partition("</title>")[0]
        assert "Guldregn" not in title
        assert "ortælling" not in title.lower().partition("<title>")[2]
        assert "tory" not in title.partition("<title>")[2]
