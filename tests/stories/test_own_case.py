"""Somebody who asks about a case of their own is shown the way, and keeps the text."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Appeal, Finding, Report
from cocreate.moderation.operations import decline
from cocreate.text.finder import Kind
from tests.cast import Cast, give_story, open_in, show

pytestmark = pytest.mark.django_db

CASE = "Hvornår får jeg svar i min sag? Den har ligget stille siden maj."


def shows_the_way(answer: Any) -> bool:
    return _("Is it about your own case?") in answer.content.decode()


def form_id(answer: Any) -> str:
    return str(answer.context["form"]["submission_id"].value())


def in_the_guide(client: Client, text: str) -> Any:
    first = client.get("/fortael/")
    sent = {"submission_id": form_id(first), "about": "self", "go": "next"}
    page = client.post("/fortael/", sent, follow=True)
    for answers in ({"text": text}, {}, {}, {}):
        form = page.context["form"]
        carried = {name: form[name].value() or "" for name in ("submission_id", "draft", "shown")}
        address = page.redirect_chain[-1][0]
        page = client.post(address, {**carried, **answers, "go": "next"}, follow=True)
    return page


def test_the_guide_shows_it_before_anything_is_sent_and_keeps_the_text(strategy: None) -> None:
    page = in_the_guide(Client(), CASE)
    assert shows_the_way(page) and CASE in page.content.decode()
    assert not shows_the_way(in_the_guide(Client(), "Vi drak kaffe."))
    assert not Contribution.objects.exists()


def test_the_receipt_shows_it_and_the_story_is_stored(strategy: None) -> None:
    client = Client()
    page = client.get("/fortael/paa-en-side/")
    sent = {"submission_id": form_id(page), "about": "self", "text": CASE, "consents": "analyse"}
    assert shows_the_way(client.post("/fortael/paa-en-side/", sent, follow=True))
    assert Contribution.objects.get().versions.get().text == CASE


def test_the_desk_shows_the_place_to_a_host(cast: Cast) -> None:
    story = give_story(CASE).contribution
    assert Finding.objects.filter(kind=Kind.INDIVIDUAL_CASE).exists()
    page = cast.client("host").get(f"/vaert/{story.public_id}/").content.decode()
    assert "min sag" in page[page.index('id="found"') :]


def test_new_words_about_ones_case_are_shown_the_way(cast: Cast) -> None:
    client, story = Client(), give_story().contribution
    open_in(client, story.receipt)
    address = f"/kode/{story.public_id}/ret/"
    client.get(address)
    assert shows_the_way(
        client.post(address, {"title": "A", "text": CASE, "consents": "show"}, follow=True)
    )


def test_an_appeal_about_ones_case_is_taken_in_and_shown_the_way(cast: Cast) -> None:
    client, story = Client(), give_story().contribution
    decline(story, by=cast.host, reason="off_topic", message="Det handler om noget andet.")
    open_in(client, story.receipt)
    address = f"/kode/{story.public_id}/bed-om-at-se-igen/"
    assert shows_the_way(client.post(address, {"text": CASE}, follow=True))
    assert Appeal.objects.get().text == CASE


def test_a_word_to_the_hosts_about_ones_case_is_kept_and_shown_the_way(cast: Cast) -> None:
    story, client = show(give_story(), by=cast.host), Client()
    address = f"/fortaellinger/{story.public_id}/sig-til/"
    sent = {"submission_id": form_id(client.get(address)), "reason": "other", "text": CASE}
    assert shows_the_way(client.post(address, sent, follow=True))
    assert Report.objects.get().text == CASE
