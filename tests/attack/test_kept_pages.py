"""What the page cache hands to whom."""

from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory, override_settings

from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution
from cocreate.moderation import operations
from cocreate.notifications.write_ahead import empty_log
from cocreate.pagecache.models import bump
from cocreate.pagecache.public_page import KeptPages, public_page
from tests.cast import Cast, begin, give_story, open_forum, reply, show, topic_of
from tests.kept import everything_kept

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@KeptPages
@public_page(keys=lambda: ["kept"])
def page(request: HttpRequest) -> HttpResponse:
    who = request.COOKIES.get("sessionid", "nobody")
    return HttpResponse(f"{who} {request.get_full_path()}")


def test_a_reader_with_a_session_neither_takes_nor_leaves_a_copy() -> None:
    maker = RequestFactory()
    maker.cookies["sessionid"] = "mine"
    assert page(maker.get("/")).content.startswith(b"mine")
    assert not everything_kept()
    assert page(RequestFactory().get("/")).content.startswith(b"nobody")
    assert page(maker.get("/")).content.startswith(b"mine")
    assert "ETag" not in page(maker.get("/")).headers


def test_language_path_and_query_each_have_their_own_copy() -> None:
    asked = ["/", "/en/", "/?a=1", "/p?a=1", "/p%3Fa=1", "/p%3Fa=1?b=2", "/p", "/P", "/p/"]
    for _ in range(2):
        answers = [page(RequestFactory().get(path)).content for path in asked]
        assert len(set(answers)) == len(asked)


def test_an_old_copy_is_neither_served_nor_confirmed_after_a_change() -> None:
    first = page(RequestFactory().get("/"))
    bump("kept")
    again = page(RequestFactory().get("/", HTTP_IF_NONE_MATCH=first["ETag"]))
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_a_head_request_leaves_a_whole_page() -> None:
    page(RequestFactory().head("/"))
    assert page(RequestFactory().get("/")).content


def test_a_page_that_sets_a_form_token_is_not_kept_for_somebody_else() -> None:
    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    marked = public_page(keys=lambda: ["kept"])(form)
    chain = KeptPages(CsrfViewMiddleware(marked))
    first, second = chain(RequestFactory().get("/")), chain(RequestFactory().get("/"))
    assert first.content != second.content


def test_a_kept_page_has_every_header_of_a_fresh_one(cast: Cast, house: None) -> None:
    client = cast.client("stranger")
    fresh, kept = client.get("/fortaellinger/"), client.get("/fortaellinger/")
    assert dict(fresh.headers) == dict(kept.headers)
    assert "Content-Security-Policy" in kept.headers


def test_posts_and_refusals_are_never_kept() -> None:
    @KeptPages
    @public_page(keys=lambda: ["kept"])
    def refusing(request: HttpRequest) -> HttpResponse:
        return HttpResponse("no", status=404)

    refusing(RequestFactory().get("/"))
    page(RequestFactory().post("/"))
    assert not everything_kept()


def test_a_hidden_story_is_gone_at_the_next_request_and_no_browser_keeps_it(
    cast: Cast, house: None
) -> None:
    story = show(give_story("Guldregnens ord."), by=cast.host)
    client, url = cast.client("stranger"), f"/fortaellinger/{story.public_id}/"
    first = client.get(url)
    assert "no-store" in first["Cache-Control"]
    assert not first.has_header("ETag")
    operations.withdraw(story)
    assert client.get(url).status_code == 404
    assert b"Guldregnens" not in client.get("/fortaellinger/").content


def test_a_deep_page_of_a_topic_is_kept_too(cast: Cast, house: None) -> None:
    room = open_forum("aabent")
    opening = begin(room)
    show(opening, by=cast.host)
    for number in range(21):
        show(reply(topic_of(opening), f"Svar {number}"), by=cast.host)
    url = topic_of_url(opening.contribution)
    answer = cast.client("stranger").get(f"{url}?side=2")
    assert answer.status_code == 200
    assert answer.headers.get("ETag")


def topic_of_url(post: Contribution) -> str:
    from cocreate.contributions.kinds import links

    return links([post])[post.pk].partition("#")[0]


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_a_made_up_header_does_not_get_round_the_limit(proxies: int) -> None:
    def ask(n: int) -> bool:
        seen = ["203.0.113.9", "198.51.100.1"][:proxies]
        passed = ", ".join([f"10.{n}.0.1", *seen])
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=passed)
        return too_many(request, "tell", limit=3, seconds=600)

    with override_settings(TRUSTED_PROXIES=proxies):
        assert [ask(n) for n in range(5)] == [False, False, False, True, True]


def test_hopping_inside_one_ipv6_site_counts_as_one() -> None:
    asked = [RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:{n:x}::1") for n in range(5)]
    assert [too_many(r, "tell", limit=3, seconds=600) for r in asked][-1]
    other = RequestFactory().get("/", REMOTE_ADDR="2001:db8:2::1")
    assert not too_many(other, "tell", limit=3, seconds=600)


def test_an_address_with_a_zone_is_no_server_error() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="fe80::1%eth0")
    assert not too_many(request, "tell", limit=2, seconds=600)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of the default installation")
@pytest.mark.django_db(transaction=True)
def test_words_erased_are_gone_from_the_database_file() -> None:
    """Holds where SQLite is built with SECURE_DELETE, as Debian's is."""
    cast = Cast.arrives()
    story = show(give_story("Guldregnens egne ord. " * 400), by=cast.host)
    assert in_the_file(b"Guldregnens")
    operations.withdraw(story)
    operations.erase(story)
    assert not in_the_file(b"Guldregnens")


def in_the_file(word: bytes) -> bool:
    assert empty_log()
    name = str(connection.settings_dict["NAME"])
    files = [Path(name), Path(f"{name}-wal")]
    return any(word in file.read_bytes() for file in files if file.exists())


def test_over_new_year_no_page_is_kept_whose_dates_leave_out_the_old_year() -> None:
    with time_machine.travel("2026-12-31 22:50:00Z", tick=False):
        before = page(RequestFactory().get("/"))
    with time_machine.travel("2026-12-31 23:10:00Z", tick=False):  # past midnight in Denmark
        after = page(RequestFactory().get("/", HTTP_IF_NONE_MATCH=before["ETag"]))
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
