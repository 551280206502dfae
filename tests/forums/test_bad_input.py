"""Any byte string in any place: a clear answer below 500, and the words kept."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.forums.models import Topic
from tests import cast as people
from tests.forums.conftest import filled, room_url, text_of, url_of

pytestmark = pytest.mark.django_db

HOSTILE = [
    b"",
    b"\x00",
    b"\xff\xfe\xfd",
    b"\xed\xa0\x80",
    b"' OR 1=1 --",
    b"%s%n{{7*7}}{% debug %}",
    b"\r\nSet-Cookie: a=b",
    b"9" * 5_000,
    "\u202emagne\u202c \u0301".encode() * 50,
    "٣".encode(),
    b"-1",
    b"1e9",
    b"../../etc/passwd",
]
QUERIES = ["side", "efter", "foer", "paa", "retningslinje"]
PLACES = ["/samtaler/", "room", "new", "topic", "reply", "say"]


def where(topic: Topic) -> dict[str, str]:
    return {
        "/samtaler/": "/samtaler/",
        "room": room_url(topic.forum),
        "new": room_url(topic.forum, "nyt-emne"),
        "topic": url_of(topic),
        "reply": f"{url_of(topic)}svar/",
        "say": f"{url_of(topic)}indlaeg/1/sig-til/",
    }


@pytest.mark.parametrize("place", PLACES)
def test_any_parameter(client: Client, topic: Topic, place: str) -> None:
    url = where(topic)[place]
    for name in QUERIES:
        for value in HOSTILE:
            answer = client.get(f"{url}?{name}={quote_from_bytes(value)}")
            assert answer.status_code < 500, (name, value)


def test_any_path(client: Client, topic: Topic) -> None:
    for value in HOSTILE:
        raw = quote_from_bytes(value, safe="")
        for path in (
            f"/samtaler/{raw}/",
            f"{room_url(topic.forum)}{raw}/",
            f"{room_url(topic.forum)}{topic.pk}-{raw}/",
            f"{room_url(topic.forum)}{raw}-x/svar/",
            f"{url_of(topic)}indlaeg/{raw}/sig-til/",
        ):
            assert client.get(path).status_code < 500, path


@pytest.mark.parametrize("place", ["new", "reply", "say"])
def test_any_field(client: Client, topic: Topic, place: str) -> None:
    url = where(topic)[place]
    whole = {**filled(client, url), "text": "Mine ord.", "title": "Et", "reason": "tone"}
    names = [*whole, "role", "guideline", "code", "may_quote", "sent_knowingly"]
    for name in names:
        for value in HOSTILE:
            cache.clear()  # the limits on floods count in it
            answer = client.post(url, **_body({**whole, name: value}))
            assert answer.status_code in {200, 409, 422}, (name, value)
            if answer.status_code == 422 and name != "text":
                assert "Mine ord." in text_of(answer), (name, value)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.binary(max_size=300),
    title=st.binary(max_size=80),
    alias=st.binary(max_size=60),
    code=st.binary(max_size=60),
    submission_id=st.binary(max_size=300),
)
def test_any_bytes_in_all_fields_together(client: Client, topic: Topic, **fields: bytes) -> None:
    cache.clear()  # the limits on floods count in it
    answer = client.post(where(topic)["new"], **_body(fields))
    assert answer.status_code in {200, 409, 422}
    client.cookies.clear()


@pytest.mark.parametrize("place", ["new", "reply", "say"])
def test_a_body_that_is_no_form(client: Client, topic: Topic, place: str) -> None:
    url = where(topic)[place]
    for body, kind in [
        (b"\xff" * 100, "application/x-www-form-urlencoded"),
        (b"not a form", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"{}", "application/json"),
    ]:
        assert client.post(url, body, content_type=kind).status_code in {400, 422}


def test_one_id_used_for_two_kinds_of_forms_mixes_nothing(client: Client, topic: Topic) -> None:
    story = people.give_story("En hel fortælling.", submission_id="det-samme-id-igen-og-igen")
    for place in ("new", "reply"):
        url = where(topic)[place]
        words = {**filled(client, url), "text": "Et indlæg.", "title": "Et", "alias": ""}
        # A browser without a form cookie, as the one the story came from.
        answer = Client().post(url, {**words, "submission_id": "det-samme-id-igen-og-igen"})
        assert answer.status_code == 409
        assert "Et indlæg." in text_of(answer)
    assert story.contribution.versions.count() == 1
    assert story.contribution.versions.get().text == "En hel fortælling."


def _body(fields: dict[str, Any]) -> dict[str, Any]:
    pairs = [
        f"{name}={quote_from_bytes(value if isinstance(value, bytes) else str(value).encode())}"
        for name, value in fields.items()
    ]
    return {"data": "&".join(pairs), "content_type": "application/x-www-form-urlencoded"}
