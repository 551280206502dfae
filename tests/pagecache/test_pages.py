"""Kept pages: never old, never personal, never two people's."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.moderation import operations
from cocreate.moderation.models import Reason
from cocreate.pagecache.models import bump, versions
from tests.cast import Cast, give_story, show

pytestmark = pytest.mark.django_db


def queries_of(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path, headers=headers)
    return len(queries)


def test_the_second_reader_costs_one_query(house: None) -> None:
    first, second = queries_of(Client(), "/fortaellinger/"), queries_of(Client(), "/fortaellinger/")
    assert first > second == 1


def test_a_kept_page_is_the_same_to_the_byte_and_the_header(house: None) -> None:
    made, kept = Client().get("/samtaler/"), Client().get("/samtaler/")
    assert made.content == kept.content
    assert dict(made.headers) == dict(kept.headers)
    assert kept.headers["Cache-Control"] == "no-cache"


def test_a_browser_that_has_it_is_told_so(house: None) -> None:
    tag = Client().get("/samtaler/").headers["ETag"]
    again = Client().get("/samtaler/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_decision_changes_the_page_at_the_next_request(house: None, cast: Cast) -> None:
    story = show(give_story("Guldregnens ord.", title="Guldregn"), by=cast.host)
    page = f"/fortaellinger/{story.public_id}/"
    assert "Guldregn" in Client().get(page).content.decode()
    assert "Guldregn" in Client().get("/fortaellinger/").content.decode()
    operations.hide(story, by=cast.host, reason=Reason.HATE, message="Nej.")
    assert Client().get(page).status_code == 404
    assert "Guldregn" not in Client().get("/fortaellinger/").content.decode()


def test_a_reader_with_a_session_gets_a_page_made_now(house: None, cast: Cast) -> None:
    Client().get("/fortaellinger/")
    client = cast.client("citizen")
    assert queries_of(client, "/fortaellinger/") > 1
    assert client.get("/fortaellinger/").headers["Cache-Control"] == "no-store"


def test_made_up_parameters_are_not_kept(house: None) -> None:
    Client().get("/fortaellinger/?x=1")
    assert queries_of(Client(), "/fortaellinger/?x=1") > 1


def test_another_language_is_another_page(house: None) -> None:
    danish, english = Client().get("/"), Client().get("/en/")
    assert danish.content != english.content
    assert Client().get("/").content == danish.content


def test_a_foreign_host_is_refused_also_when_the_page_is_kept(house: None) -> None:
    Client().get("/")
    assert Client(SERVER_NAME="evil.example").get("/").status_code == 400


def test_head_of_a_kept_page_has_no_body(house: None) -> None:
    Client().get("/")
    assert Client().head("/").content == b""


def test_bumping_makes_versions_that_never_come_back() -> None:
    seen = set()
    for _ in range(20):
        bump("a", "b")
        seen.add(versions("a", "b"))
    assert len(seen) == 20
    assert versions("c") == (0,)


def test_a_cache_that_is_emptied_loses_nothing(house: None) -> None:
    first = Client().get("/").content
    cache.clear()
    assert Client().get("/").content == first
