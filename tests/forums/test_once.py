"""Back, and Send once more: never two posts by accident, never words lost without a question."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.models import Contribution, Receipt, State
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import publish, return_to_author
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import filled, room_url, send, text_of, url_of
from tests.test_lost_answers import Killed, kill_the_answer

pytestmark = pytest.mark.django_db
FIRST = "Jeg har ventet i ni uger på svar om bostøtte."
MENDED = "Jeg har nu ventet ni uger på et svar om bostøtten."


@pytest.fixture(params=["reply", "topic"])
def form_at(request: pytest.FixtureRequest, topic: Topic) -> str:
    where = {"reply": f"{url_of(topic)}svar/", "topic": room_url(topic.forum, "nyt-emne")}
    return where[request.param]


def whole(client: Client, url: str, text: str, **more: Any) -> dict[str, Any]:
    title = {"title": "Ventetid"} if url.endswith("nyt-emne/") else {}
    return {**filled(client, url), **title, "text": text, **more}


def answered(client: Client, url: str, asked: HttpResponse, button: str) -> HttpResponse:
    """One of the buttons on the page that asks, with all that the page carries."""
    form = asked.context["form"]
    kept = {field.name: field.value() for field in form if field.value()}
    return client.post(url, {**kept, button: asked.context[button]})


def waiting() -> list[str | None]:
    rows = Contribution.objects.filter(state=State.PENDING).order_by("pk")
    return [row.versions.order_by("-number")[0].text for row in rows]


def test_a_text_mended_in_the_old_form_is_asked_about(client: Client, form_at: str) -> None:
    form = whole(client, form_at, FIRST)
    code = client.post(form_at, form).context["words"]
    asked = client.post(form_at, {**form, "text": MENDED})
    assert asked.status_code == 422
    assert MENDED in text_of(asked)
    assert waiting() == [FIRST]
    for _ in range(2):
        assert answered(client, form_at, asked, "instead").context["words"] == code
    assert waiting() == [MENDED]


def test_words_that_a_browser_put_back_into_a_new_form_are_asked_about(
    client: Client, form_at: str
) -> None:
    client.post(form_at, whole(client, form_at, FIRST))
    asked = client.post(form_at, whole(client, form_at, FIRST))
    assert asked.status_code == 422
    assert (asked.context["instead"], asked.context["see"]) == ("", "receipt")
    assert waiting() == [FIRST]
    answers = [answered(client, form_at, asked, "another") for _ in range(2)]
    assert answers[0].context["words"] == answers[1].context["words"] is not None
    assert waiting() == [FIRST, FIRST]


def test_words_put_back_and_mended_are_asked_about_too(client: Client, form_at: str) -> None:
    client.post(form_at, whole(client, form_at, FIRST))
    asked = client.post(form_at, whole(client, form_at, MENDED))
    assert asked.status_code == 422
    assert waiting() == [FIRST]
    for _ in range(2):
        sent = answered(client, form_at, asked, "instead")
        assert (sent.status_code, sent.context["words"]) == (200, None)
    assert waiting() == [MENDED]
    assert Post.objects.get(state=State.PENDING).versions.count() == 2


def test_the_place_of_the_first_post_stays_the_same(client: Client, topic: Topic) -> None:
    """What is put in its place is no topic, no answer to another, and of the room's own theme."""
    url = room_url(topic.forum, "nyt-emne")
    client.post(url, whole(client, url, FIRST))
    before = Post.objects.filter(state=State.PENDING).values("topic", "room", "theme").get()
    asked = client.post(url, whole(client, url, MENDED))
    answered(client, url, asked, "instead")
    assert Post.objects.filter(state=State.PENDING).values("topic", "room", "theme").get() == before
    assert Topic.objects.count() == 2


def test_who_has_an_account_is_asked_too(cast: Cast, form_at: str) -> None:
    client = cast.client("relative")
    client.post(form_at, whole(client, form_at, FIRST))
    asked = client.post(form_at, whole(client, form_at, MENDED))
    assert asked.status_code == 422
    answered(client, form_at, asked, "instead")
    assert waiting() == [MENDED]


def test_who_says_something_else_is_not_asked(client: Client, form_at: str) -> None:
    client.post(form_at, whole(client, form_at, FIRST))
    other = whole(client, form_at, "Min nabo lærte mig at bage brød.")
    other = {**other, "title": "Brød"} if "title" in other else other
    assert client.post(form_at, other).status_code == 200
    assert len(waiting()) == 2


def test_short_answers_are_not_taken_for_one_another(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    for text in ("Ja, tak.", "Nej, tak.", "Ja."):
        assert client.post(url, whole(client, url, text)).status_code == 200
    assert client.post(url, whole(client, url, "ja.")).status_code == 422
    assert len(waiting()) == 3


def test_the_same_words_in_another_topic_are_not_asked_about(
    client: Client, cast: Cast, topic: Topic
) -> None:
    begun = people.begin(topic.forum, "Et andet emne.", title="Andet")
    people.show(begun, by=cast.host)
    send(client, f"{url_of(topic)}svar/", text="Samme her.")
    other = f"{url_of(people.topic_of(begun))}svar/"
    assert send(client, other, text="Samme her.").status_code == 200


def test_two_who_never_met_may_write_the_same_words(topic: Topic) -> None:
    for _ in range(2):
        sent = send(Client(), f"{url_of(topic)}svar/", text="Samme her.")
        assert sent.status_code == 200
    assert len(waiting()) == 2


def test_what_came_back_from_a_host_and_is_mended_in_the_old_form_is_asked_about(
    client: Client, cast: Cast, form_at: str
) -> None:
    form = whole(client, form_at, "Det var Mette, der hjalp mig.")
    client.post(form_at, form)
    post = Contribution.objects.get(state=State.PENDING)
    return_to_author(post, by=cast.host, reason=Reason.NAMES_OTHERS, message="Uden navnet.")
    asked = client.post(form_at, {**form, "text": "Det var en ven, der hjalp mig."})
    assert asked.status_code == 422
    answered(client, form_at, asked, "instead")
    post.refresh_from_db()
    assert post.state == State.PENDING
    assert waiting() == ["Det var en ven, der hjalp mig."]


def test_what_a_host_showed_meanwhile_is_not_replaced(
    client: Client, cast: Cast, form_at: str
) -> None:
    client.post(form_at, whole(client, form_at, FIRST))
    asked = client.post(form_at, whole(client, form_at, MENDED))
    publish(Contribution.objects.get(state=State.PENDING), by=cast.host)
    late = answered(client, form_at, asked, "instead")
    assert late.status_code == 409
    assert MENDED in text_of(late)
    assert Contribution.objects.published().filter(published_text=FIRST).exists()
    assert not Contribution.objects.filter(published_text=MENDED).exists()


def test_nobody_puts_words_in_the_place_of_anothers(client: Client, form_at: str) -> None:
    Client().post(form_at, whole(Client(), form_at, FIRST))
    hers = Contribution.objects.get(state=State.PENDING)
    theirs = whole(client, form_at, "Noget andet.", alias="Terne", instead=hers.public_id)
    assert client.post(form_at, theirs).status_code == 200
    assert hers.versions.count() == 1
    assert len(waiting()) == 2


def test_the_code_shows_again_when_the_answer_was_lost_and_the_form_came_anew(
    client: Client, form_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our error page says: go one page back and send it again, it is not counted twice."""
    form = whole(client, form_at, FIRST)
    with monkeypatch.context() as dying:
        kill_the_answer(dying, "cocreate.forums.views._show_receipt")
        with pytest.raises(Killed):
            client.post(form_at, form)
    again = client.post(form_at, {**whole(client, form_at, FIRST), "alias": form["alias"]})
    assert again.status_code == 200
    assert len(again.context["words"]) == 7
    assert waiting() == [FIRST]
    assert Receipt.objects.count() == 2  # the opening's and this one's


def test_the_error_page_after_the_commit_keeps_its_promise(
    form_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    form = whole(client, form_at, FIRST)

    def broken(*_: object) -> HttpResponse:
        raise RuntimeError

    with monkeypatch.context() as breaking:
        breaking.setattr("cocreate.forums.views._show_receipt", broken)
        assert client.post(form_at, form).status_code == 500
    assert waiting() == [FIRST]
    again = client.post(form_at, {**whole(client, form_at, FIRST), "alias": form["alias"]})
    assert len(again.context["words"]) == 7
    asked = client.post(form_at, {**form, "text": MENDED})
    assert asked.status_code == 422
    assert waiting() == [FIRST]


def test_a_form_is_a_new_one_after_its_receipt(client: Client, room: Forum) -> None:
    url = room_url(room, "nyt-emne")
    ids = [filled(client, url)["submission_id"] for _ in range(2)]
    assert ids[0] == ids[1]
    client.post(url, whole(client, url, FIRST))
    assert filled(client, url)["submission_id"] not in ids
    assert filled(Client(), url)["submission_id"] not in ids
