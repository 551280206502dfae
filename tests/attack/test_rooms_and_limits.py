"""Rooms that close, pages that are kept, limits that a stranger would like to bend."""

from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Audience, Contribution, Room
from cocreate.forums.models import Forum
from cocreate.forums.operations import set_audience
from cocreate.pagecache.public_page import KeptPages, public_page
from tests.cast import Cast, begin, open_forum, show
from tests.kept import everything_kept

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SOME_DAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


# --- rooms ----------------------------------------------------------------------------------------


def test_a_room_kept_for_its_host_alone_is_closed_to_its_members(cast: Cast) -> None:
    """Its page says: "A closed room. Only its host can read along." """
    room = open_forum(
        "lukket", audience=Audience.ROOM, members=[cast.relative], hosts=[cast.second_host]
    )
    shown = show(begin(room), by=cast.second_host)
    Room.objects.filter(pk=room.room_id).update(audience=Audience.HOST)
    member = cast.viewer("relative")
    assert not Contribution.objects.visible_to(member).filter(pk=shown.pk).exists()
    assert not Forum.objects.visible_to(member).filter(pk=room.pk).exists()


def test_a_room_that_closes_is_gone_from_kept_pages_at_the_next_request(
    cast: Cast, strategy: None
) -> None:
    room = open_forum("aabent")
    post = show(begin(room, "Ord, der nu er private."), by=cast.host)
    url = topic_of_url(post)
    stranger = cast.client("stranger")
    assert "Ord, der nu er private." in stranger.get(url).content.decode()
    set_audience(room, Audience.ROOM)
    assert "Ord, der nu er private." not in stranger.get(url).content.decode()


def topic_of_url(post: Contribution) -> str:
    from cocreate.contributions.kinds import links

    return links([post])[post.pk].partition("#")[0]


# --- limits ---------------------------------------------------------------------------------------


def from_(address: str, **headers: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def floods(address: str, **headers: str) -> None:
    for _ in range(3):
        too_many(from_(address, **headers), "tell", limit=2, seconds=600)


def test_one_ipv4_network_does_not_shut_all_others_out_of_a_socket_for_both_kinds() -> None:
    """A server that listens on [::] names its IPv4 visitors ::ffff:192.0.2.1."""
    floods("::ffff:192.0.2.1")
    assert not too_many(from_("::ffff:198.51.100.7"), "tell", limit=2, seconds=600)


@override_settings(TRUSTED_PROXIES=1)
def test_one_network_does_not_shut_all_others_out_behind_a_proxy_that_names_ports() -> None:
    floods("10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.1:50123")
    other = from_("10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7:40001")
    assert not too_many(other, "tell", limit=2, seconds=600)


# --- kept pages -----------------------------------------------------------------------------------


@KeptPages
@public_page(keys=lambda: ["attack"])
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x" * 100)


def pages_kept() -> int:
    return sum(":page:" in key for key in everything_kept())


def test_made_up_addresses_do_not_fill_the_cache_with_copies_of_one_page() -> None:
    for number in range(1, 40):
        plain(RequestFactory().get("/", QUERY_STRING="&" * number))
    assert pages_kept() <= 1


def test_made_up_host_names_do_not_fill_the_cache_with_copies_of_one_page() -> None:
    for port in range(1, 40):
        plain(RequestFactory().get("/", HTTP_HOST=f"localhost:{port}"))
    assert pages_kept() <= 1


def test_a_flood_of_pages_does_not_reset_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    # One window of the limit for the whole test, whatever the clock says.
    monkeypatch.setattr("cocreate.contributions.limits.timezone.now", lambda: SOME_DAY)
    floods("192.0.2.1")
    for number in range(2_500):  # more than all that is kept
        plain(RequestFactory().get(f"/{number}"))
    assert too_many(from_("192.0.2.1"), "tell", limit=2, seconds=600)


def test_made_up_page_numbers_do_not_fill_the_cache_with_copies_of_one_list(
    cast: Cast, strategy: None
) -> None:
    """`?side=2` to `?side=999999999` on a page that reads no such parameter."""
    stranger = cast.client("stranger")
    for number in range(2, 12):
        stranger.get(f"/samtaler/?side={number}")
    assert pages_kept() <= 1
