"""A closed room is for its members; for everybody else it is not there."""

import pytest
from django.test import Client

from cocreate.contributions.models import Audience, Membership, State
from cocreate.forums.models import Forum, Topic
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import room_url, send, text_of, url_of

pytestmark = pytest.mark.django_db

OUTSIDE = ["stranger", "citizen", "politician", "staff", "editor", "host"]
ADDRESSES = ["", "nyt-emne/", "{topic}", "{topic}svar/", "{topic}indlaeg/1/sig-til/"]


@pytest.fixture
def closed(cast: Cast) -> Forum:
    return people.open_forum(
        "moed-andre-paaroerende",
        audience=Audience.ROOM,
        members=[cast.relative],
        hosts=[cast.second_host],
        host=cast.second_host,
    )


@pytest.fixture
def inside(cast: Cast, closed: Forum) -> Topic:
    begun = people.begin(closed, "Min søn drikker.", title="Fortroligt", alias="Lærke")
    people.show(begun, by=cast.second_host)
    return people.topic_of(begun)


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_for_others_it_is_not_there_byte_for_byte(
    cast: Cast, closed: Forum, inside: Topic, who: str, address: str
) -> None:
    client = cast.client(who)
    topic = url_of(inside).removeprefix(room_url(closed))
    path = address.format(topic=topic)
    here = client.get(room_url(closed) + path)
    nowhere = client.get(f"/samtaler/findes-ikke/{path}")
    assert (here.status_code, nowhere.status_code) == (404, 404)
    assert here.content == nowhere.content
    assert client.post(room_url(closed) + path, {"text": "Hej"}).status_code in {404, 405}


@pytest.mark.parametrize("who", OUTSIDE)
def test_it_stands_in_no_list_for_others(cast: Cast, closed: Forum, who: str) -> None:
    assert closed.slug not in text_of(cast.client(who).get("/samtaler/"))


@pytest.mark.parametrize("who", ["relative", "second_host"])
def test_members_and_its_host_read_and_write(
    cast: Cast, closed: Forum, inside: Topic, who: str
) -> None:
    client = cast.client(who)
    assert closed.title in text_of(client.get("/samtaler/"))
    assert "Fortroligt" in text_of(client.get(room_url(closed)))
    page = text_of(client.get(url_of(inside)))
    assert "Min søn drikker." in page
    assert "noindex" in page
    assert "data-leave" in page
    assert send(client, f"{url_of(inside)}svar/", text="Her er jeg.").status_code == 200
    assert inside.posts.get(state=State.PENDING).audience == Audience.ROOM


def test_who_is_taken_out_of_the_room_reads_no_more_at_the_next_request(
    cast: Cast, closed: Forum, inside: Topic
) -> None:
    client = cast.client("relative")
    assert client.get(url_of(inside)).status_code == 200
    Membership.objects.filter(user=cast.relative).delete()
    assert client.get(url_of(inside)).status_code == 404


def test_a_code_does_not_open_the_room_to_who_is_no_member(
    cast: Cast, closed: Forum, inside: Topic
) -> None:
    send(cast.client("relative"), f"{url_of(inside)}svar/", text="Mit eget.")
    receipt = inside.posts.get(state=State.PENDING).receipt
    assert receipt is not None
    stranger = Client()
    people.open_in(stranger, receipt)
    assert stranger.get(url_of(inside)).status_code == 404


def test_nothing_of_it_is_kept_for_the_next_reader(
    cast: Cast, closed: Forum, inside: Topic
) -> None:
    answer = cast.client("relative").get(url_of(inside))
    assert answer["Cache-Control"] == "no-store"
    assert Client().get(url_of(inside)).status_code == 404
