"""Nicknames: never somebody else's in the room, never one that looks like staff."""

import pytest
from django.test import Client

from cocreate.contributions.models import State
from cocreate.forums.forms import FLYING_AND_GROWING, STONES
from cocreate.forums.models import Forum, Topic
from cocreate.moderation.rules import findings_in
from cocreate.text.names import check_alias
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import filled, room_url, send, text_of, url_of

pytestmark = pytest.mark.django_db


def test_each_visitor_is_offered_a_name_that_comes_from_nothing(topic: Topic) -> None:
    offered = {filled(Client(), f"{url_of(topic)}svar/")["alias"] for _ in range(20)}
    assert len(offered) > 10


def test_no_name_we_offer_is_one_we_refuse() -> None:
    staff = ["Lene Krogh", "Farid Amini"]
    pairs = [(first, STONES[0]) for first in FLYING_AND_GROWING]
    pairs += [(FLYING_AND_GROWING[0], second) for second in STONES]
    for name in map(" ".join, pairs):
        assert check_alias(name, staff) is None
        assert not findings_in(alias=name)


def test_the_same_person_is_offered_the_name_they_had_in_this_room_only(
    client: Client, topic: Topic
) -> None:
    send(client, f"{url_of(topic)}svar/", text="Hej", alias="Sivsanger", role="relative")
    again = filled(client, f"{url_of(topic)}svar/")
    assert (again["alias"], again["role"]) == ("Sivsanger", "relative")
    other = people.open_forum("andet-rum")
    assert filled(client, room_url(other, "nyt-emne"))["alias"] != "Sivsanger"
    assert filled(Client(), f"{url_of(topic)}svar/")["alias"] != "Sivsanger"


@pytest.mark.parametrize("name", ["Musvit", "musvit", "MUSVIT", " Musvit "])
def test_a_name_that_is_shown_in_the_room_is_somebodys(
    client: Client, topic: Topic, name: str
) -> None:
    response = send(client, f"{url_of(topic)}svar/", text="Mine ord.", alias=name)
    assert response.status_code == 422
    assert response.context["form"].errors["alias"]
    assert "Mine ord." in text_of(response)


def test_the_name_is_free_in_another_room(client: Client, topic: Topic) -> None:
    other = people.open_forum("andet-rum")
    url = room_url(other, "nyt-emne")
    assert send(client, url, title="Et", text="Hej", alias="Musvit").status_code == 200


def test_one_keeps_ones_own_name_also_when_it_is_shown(
    client: Client, cast: Cast, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/"
    code = send(client, url, text="Først.", alias="Sivsanger").context["words"]
    people.show(topic.posts.get(state=State.PENDING), by=cast.host)
    assert send(client, url, text="Så.", alias="Sivsanger").status_code == 200
    stranger = Client()
    assert send(stranger, url, text="Mig.", alias="Sivsanger").status_code == 422
    by_code = send(stranger, url, text="Mig.", alias="Sivsanger", code=" ".join(code))
    assert by_code.status_code == 200


@pytest.mark.parametrize("name", ["anonym", "Anonym", "ANONYMOUS", ""])
def test_everybody_may_be_anonymous(client: Client, topic: Topic, name: str) -> None:
    people.show(people.reply(topic, "Uden navn.", alias="Anonym"), by=people.account("x@x.example"))
    assert send(client, f"{url_of(topic)}svar/", text="Hej", alias=name).status_code == 200
    assert not topic.posts.get(state=State.PENDING).alias


IMPERSONATIONS = [
    "Host Testvig",
    "host testvig",
    "HOST  TESTVIG",
    "Hоst Testvig",  # Cyrillic о
    "Host\u200bTestvig",
    "H0st Testvig",
    "Staff Testvig",
    "Politician Testvig",
    "Vært",
    "Moderator",
    "Kommunen",
]


@pytest.mark.parametrize("name", IMPERSONATIONS)
def test_nobody_takes_the_name_of_those_who_speak_for_others(
    client: Client, topic: Topic, name: str
) -> None:
    response = send(client, f"{url_of(topic)}svar/", text="Jeg bestemmer her.", alias=name)
    assert response.status_code == 422
    assert "Jeg bestemmer her." in text_of(response)
    assert not topic.posts.filter(state=State.PENDING).exists()


@pytest.mark.parametrize("name", ["host", "staff", "politician", "host_without_second_factor"])
def test_those_who_speak_for_others_have_no_nickname(cast: Cast, topic: Topic, name: str) -> None:
    client = cast.client(name)
    url = f"{url_of(topic)}svar/"
    assert "alias" not in filled(client, url)
    sent = send(client, url, text="Hej", alias="Musvit", role="citizen")
    assert sent.status_code == 200
    post = topic.posts.get(state=State.PENDING)
    assert post.alias == cast.accounts[name].get_full_name()
    assert post.role in {"staff", "politician"}


def test_staff_without_a_name_are_asked_to_have_one_and_lose_no_word(
    cast: Cast, room: Forum, topic: Topic
) -> None:
    type(cast.staff).objects.filter(pk=cast.staff.pk).update(first_name="", last_name="")
    client = cast.client("staff")
    assert client.get(f"{url_of(topic)}svar/").context["name_is_missing"]
    response = send(client, f"{url_of(topic)}svar/", text="Mine ord.")
    assert response.status_code == 422
    assert "Mine ord." in text_of(response)
    assert not topic.posts.filter(state=State.PENDING).exists()
