"""The hosts' pages for selections: made, put in order, shown and taken down, each role that may not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cocreate.moderation.operations import withdraw
from cocreate.stories import curation
from cocreate.stories.models import Selection
from tests.cast import Cast, give_story, show
from tests.stories.selecting import chosen_in, draft, selection

DESK = "/vaert/udvalg/"


@pytest.fixture
def host(cast: Cast) -> Client:
    client = cast.client("host", enforce_csrf_checks=True)
    client.get("/kode/")
    return client


def send(client: Client, address: str, **given: str) -> object:
    return client.post(address, {**given, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})


def answers(**changed: str) -> dict[str, str]:
    first = timezone.localdate() + timedelta(days=3)
    return {
        "submission_id": "a" * 32,
        "title": "Om at vente",
        "intro": "De her har ventet.",
        "theme": "",
        "shown_from": f"{first:%Y-%m-%d}",
        "shown_to": "",
        **changed,
    }


def test_a_host_makes_one_chooses_and_shows_it(host: Client, cast: Cast) -> None:
    story = show(give_story(title="Om en dør"), by=cast.host)
    answer = send(host, f"{DESK}nyt/", **answers())
    made = Selection.objects.get()
    assert answer["Location"] == f"{DESK}{made.public_id}/"  # type: ignore[index]
    assert made.made_by == cast.host
    assert "Om en dør" in host.get(f"{DESK}{made.public_id}/vaelg/").content.decode()
    send(host, f"{DESK}{made.public_id}/vaelg/", story=story.public_id)
    assert chosen_in(made)[0].told_at is None
    assert "Om en dør" in host.get(f"{DESK}{made.public_id}/se/").content.decode()
    send(host, f"{DESK}{made.public_id}/vis/")
    assert chosen_in(made)[0].told_at is not None
    send(host, f"{DESK}{made.public_id}/tag-ned/")
    made.refresh_from_db()
    assert made.shown_at is None


def test_the_same_form_twice_is_one(host: Client) -> None:
    for _time in range(2):
        assert send(host, f"{DESK}nyt/", **answers()).status_code == 302  # type: ignore[attr-defined]
    assert Selection.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"title": ""},
        {"intro": ""},
        {"shown_from": "i morgen"},
        {"shown_from": ""},
        {"shown_to": "2020-01-01"},
        {"theme": "99"},
        {"title": "x" * 200},
        {"intro": "Ring til Kirsten på 40 12 34 56."},
        {"submission_id": ""},
    ],
)
def test_what_cannot_stand_is_refused_and_kept_on_the_page(
    host: Client, changed: dict[str, str]
) -> None:
    answer = send(host, f"{DESK}nyt/", **answers(**changed))
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    for name, typed in answers(**changed).items():
        if name in {"title", "intro"} and len(typed) < 100:
            assert typed in page
    assert not Selection.objects.exists()


def test_personal_data_is_asked_about_once(host: Client) -> None:
    typed = answers(intro="Ring til os på 40 12 34 56.")
    send(host, f"{DESK}nyt/", **typed)
    send(host, f"{DESK}nyt/", **typed, sent_knowingly="phone")
    assert Selection.objects.count() == 1


def test_somebodys_words_are_refused_with_the_words(host: Client) -> None:
    words = "jeg sad ude på gangen og ventede i ni lange uger"
    story = give_story(f"Dengang {words}.").contribution
    answer = send(host, f"{DESK}nyt/", **answers(intro=f"At {words}."))
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert f"/vaert/{story.public_id}/" in page
    assert not Selection.objects.exists()


def test_a_host_puts_them_in_order_with_buttons(host: Client, cast: Cast) -> None:
    stories = [show(give_story(), by=cast.host) for _ in range(3)]
    made = draft(*stories, by=cast.host)
    first, second, third = chosen_in(made)
    answer = send(host, f"{DESK}{made.public_id}/fortaelling/{third.pk}/", act="up")
    assert answer["Location"].endswith(f"#f{third.pk}")  # type: ignore[index]
    assert chosen_in(made) == [first, third, second]
    send(host, f"{DESK}{made.public_id}/fortaelling/{first.pk}/", act="down")
    assert chosen_in(made) == [third, first, second]
    # At the ends, with a row of another and without an act nothing moves.
    for pk, act in ((third.pk, "up"), (second.pk, "down"), (99_999, "up"), (first.pk, "sideways")):
        assert send(host, f"{DESK}{made.public_id}/fortaelling/{pk}/", act=act).status_code == 302  # type: ignore[attr-defined]
    assert chosen_in(made) == [third, first, second]
    send(host, f"{DESK}{made.public_id}/fortaelling/{first.pk}/", act="out")
    assert chosen_in(made) == [third, second]


def test_the_desk_says_when_the_author_does_not_want_it(host: Client, cast: Cast) -> None:
    stories = [show(give_story(), by=cast.host) for _ in range(2)]
    made = selection(*stories, by=cast.host)
    before = host.get(f"{DESK}{made.public_id}/").content.decode()
    row = chosen_in(made)[0]
    curation.answer(row, refuses=True)
    page = host.get(f"{DESK}{made.public_id}/").content.decode()
    assert page.count("tag-no") == before.count("tag-no") + 1
    # The no stays: the row cannot be taken out and chosen once more.
    send(host, f"{DESK}{made.public_id}/fortaelling/{row.pk}/", act="out")
    assert row in chosen_in(made)
    assert stories[0].public_id not in host.get(f"{DESK}{made.public_id}/vaelg/").content.decode()
    assert stories[0].public_id not in host.get(f"{DESK}{made.public_id}/se/").content.decode()


def test_one_role_in_more_than_half_is_said(host: Client, cast: Cast) -> None:
    made = draft(*[show(give_story(), by=cast.host) for _ in range(3)], by=cast.host)
    assert "notice-wait" in host.get(f"{DESK}{made.public_id}/").content.decode()
    mixed = [show(give_story(role=role), by=cast.host) for role in ("citizen", "relative")]
    other = draft(*mixed, by=cast.host)
    assert "notice-wait" not in host.get(f"{DESK}{other.public_id}/").content.decode()


def test_words_taken_back_leave_the_desk_too(host: Client, cast: Cast) -> None:
    story = show(give_story(title="Guldregn"), by=cast.host)
    made = selection(story, by=cast.host)
    assert "Guldregn" in host.get(f"{DESK}{made.public_id}/").content.decode()
    withdraw(story)
    for page in ("", "se/", "vaelg/"):
        assert "Guldregn" not in host.get(f"{DESK}{made.public_id}/{page}").content.decode()


def test_an_empty_one_cannot_be_shown(host: Client, cast: Cast) -> None:
    made = draft(by=cast.host)
    assert send(host, f"{DESK}{made.public_id}/vis/").status_code == 409  # type: ignore[attr-defined]
    made.refresh_from_db()
    assert made.shown_at is None


def test_only_a_draft_nobody_was_told_of_is_deleted(host: Client, cast: Cast) -> None:
    told = selection(show(give_story(), by=cast.host), by=cast.host)
    curation.take_down(told)
    for made in (told, draft(by=cast.host)):
        send(host, f"{DESK}{made.public_id}/tag-ned/", act="delete")
    assert list(Selection.objects.all()) == [told]


@pytest.mark.parametrize(
    "name", ["stranger", "citizen", "staff", "politician", "editor", "host_without_second_factor"]
)
def test_nobody_but_hosts_changes_one(cast: Cast, name: str) -> None:
    made = draft(show(give_story(), by=cast.host), by=cast.host)
    client = cast.client(name)
    for page, given in (
        ("vis/", {}),
        ("tag-ned/", {"act": "delete"}),
        ("", answers(title="Andet")),
        (f"fortaelling/{chosen_in(made)[0].pk}/", {"act": "out"}),
    ):
        assert client.post(f"{DESK}{made.public_id}/{page}", given).status_code in {302, 403, 404}
    made.refresh_from_db()
    assert (made.shown_at, made.title, made.chosen.count()) == (None, "Om at vente", 1)
