"""Editors keep the open rooms; of a closed one the admin knows nothing."""

import pytest
from django.test import Client

from cocreate.contributions.models import Audience
from cocreate.forums.models import Forum
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import room_url, text_of

pytestmark = pytest.mark.django_db


def words(**changed: str) -> dict[str, str]:
    return {"title": "Når man venter på svar", "description": "", "order": "1", **changed}


def test_an_editor_makes_a_room_that_everybody_can_enter(cast: Cast, house: None) -> None:
    sent = cast.client("editor").post("/admin/forum/new/", words(host=str(cast.host.pk)))
    assert sent.status_code == 302
    room = Forum.objects.select_related("room").get()
    assert (room.slug, room.room.audience) == ("naar-man-venter-paa-svar", Audience.PUBLIC)
    assert Client().get(room_url(room)).status_code == 200


def test_two_rooms_of_one_title_have_two_addresses(cast: Cast, house: None) -> None:
    for _ in range(3):
        cast.client("editor").post("/admin/forum/new/", words())
    assert Forum.objects.values("slug").distinct().count() == 3


def test_a_change_stands_on_kept_pages_at_the_next_request(cast: Cast, house: None) -> None:
    room = people.open_forum("venter", title="Før")
    begun = people.begin(room)
    people.show(begun, by=cast.host)
    urls = ["/samtaler/", room_url(room), f"{room_url(room)}{people.topic_of(begun).pk}-ventetid/"]
    reader = Client()
    assert all("Før" in text_of(reader.get(url)) for url in urls)
    sent = cast.client("editor").post(f"/admin/forum/edit/{room.pk}/", words(title="Efter"))
    assert sent.status_code == 302
    assert all("Efter" in text_of(reader.get(url)) for url in urls)
    room.refresh_from_db()
    assert room.slug == "venter"


def test_a_closed_room_is_nowhere_in_the_admin(cast: Cast, house: None) -> None:
    closed = people.open_forum("lukket-rum", audience=Audience.ROOM, title="Hemmeligt rum")
    people.open_forum("aabent-rum", title="Åbent rum", host=cast.host)
    editor = cast.client("editor")
    listed = text_of(editor.get("/admin/forum/"))
    assert "Åbent rum" in listed
    assert cast.host.get_full_name() in listed
    assert "Hemmeligt rum" not in listed
    assert "Hemmeligt rum" not in text_of(editor.get("/admin/forum/results/?q=Hemmeligt"))
    for place in ("edit", "history", "history-results", "delete", "usage", "copy", "inspect"):
        for answer in (
            editor.get(f"/admin/forum/{place}/{closed.pk}/"),
            editor.post(f"/admin/forum/{place}/{closed.pk}/", words(title="Nyt navn")),
        ):
            assert answer.status_code in {404, 405}, place
            assert "Hemmeligt rum" not in text_of(answer)
    closed.refresh_from_db()
    assert closed.title == "Hemmeligt rum"


@pytest.mark.parametrize("who", ["stranger", "citizen", "host", "staff", "politician"])
def test_nobody_else_makes_rooms(cast: Cast, house: None, who: str) -> None:
    cast.client(who).post("/admin/forum/new/", words())
    assert not Forum.objects.exists()


def test_a_room_with_words_in_it_cannot_be_deleted(cast: Cast, house: None) -> None:
    room = people.open_forum("venter")
    assert cast.client("editor").post(f"/admin/forum/delete/{room.pk}/").status_code == 404
    assert Forum.objects.filter(pk=room.pk).exists()


def test_only_hosts_can_be_named_as_host(cast: Cast, house: None) -> None:
    sent = cast.client("editor").post("/admin/forum/new/", words(host=str(cast.citizen.pk)))
    assert sent.status_code == 200
    assert not Forum.objects.exists()
