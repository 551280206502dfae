"""A room, a topic in it, and the way a person fills in a form: what stands there, and their words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cocreate.forums.models import Forum, Topic
from tests import cast as people
from tests.cast import Cast

Send = Callable[..., HttpResponse]


@pytest.fixture
def room(cast: Cast) -> Forum:
    return people.open_forum("ventetid", host=cast.host, hours="Hverdage kl. 9–15")


@pytest.fixture
def topic(cast: Cast, room: Forum) -> Topic:
    begun = people.begin(room, "Jeg har ventet i ni uger.", title="Hvad gør I?", alias="Musvit")
    people.show(begun, by=cast.host)
    return people.topic_of(begun)


def url_of(topic: Topic) -> str:
    return Topic.objects.select_related("forum", "opening").get(pk=topic.pk).get_absolute_url()


def filled(client: Client, url: str) -> dict[str, Any]:
    """The fields as the page offers them."""
    form = client.get(url).context["form"]
    return {field.name: field.value() for field in form if field.value()}


def send(client: Client, url: str, **words: Any) -> HttpResponse:
    """Opens the form and sends it with these words."""
    return client.post(url, {**filled(client, url), **words})


def same_browser(client: Client) -> Client:
    """Its form cookie and nothing else: the answer got lost, and no session was kept."""
    again = Client()
    again.cookies[settings.CSRF_COOKIE_NAME] = client.cookies[settings.CSRF_COOKIE_NAME].value
    return again


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def room_url(room: Forum, *rest: str) -> str:
    return room.get_absolute_url() + "".join(f"{part}/" for part in rest)
