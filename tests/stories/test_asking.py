"""What the form asks about once before it stores: no box ticked, and personal data."""

import re

import pytest
from django.test import Client

from cocreate.contributions.models import Contribution, Scope
from cocreate.moderation.models import Finding
from cocreate.stories.models import Story
from tests.stories.pages import TELL, code_on, filled, forms_in, send, tell

PHONE = "Ring til mig på 40 12 34 56, hvis der bliver en bolig."


def test_nothing_ticked_is_asked_about_with_every_word_kept(stranger: Client) -> None:
    answer = tell(
        stranger, "Jeg vil bo\n\nher", title="Hjem", consents=None, about="relative", theme="2"
    )
    assert answer.status_code == 422
    kept = filled(answer)
    assert kept["text"] == ["Jeg vil bo\n\nher"]
    assert (kept["title"], kept["about"], kept["theme"]) == (["Hjem"], ["relative"], ["2"])
    assert forms_in(answer).choices["consents"] == Scope.values
    assert not Contribution.objects.exists()


def test_the_boxes_can_be_ticked_there(stranger: Client) -> None:
    asked = tell(stranger, consents=None, title="Hjem", email="kim@example.com")
    answer = send(stranger, asked, consents=["show"])
    assert len(code_on(answer)) == 7
    story = Story.objects.get()
    assert list(story.consents.values_list("scope", flat=True)) == ["show"]
    assert story.versions.get().title == "Hjem"
    assert story.receipt is not None
    assert story.receipt.email == "kim@example.com"


def test_it_can_be_sent_with_no_use_allowed(stranger: Client) -> None:
    asked = tell(stranger, consents=None)
    answer = send(stranger, asked, without_use="1")
    assert len(code_on(answer)) == 7
    assert not Story.objects.get().consents.exists()


def test_pressing_on_without_ticking_says_what_the_two_buttons_do(stranger: Client) -> None:
    asked = tell(stranger, consents=None)
    answer = send(stranger, asked)
    assert answer.status_code == 422
    assert 'href="#id_consents_0"' in answer.content.decode()
    assert filled(answer)["text"] == ["Jeg vil bo"]
    assert send(stranger, answer, without_use="1").status_code == 200


def test_a_phone_number_is_asked_about_once_and_nothing_is_stored(stranger: Client) -> None:
    answer = tell(stranger, PHONE)
    assert answer.status_code == 422
    assert "40 12 34 56</bdi>" in answer.content.decode()
    assert filled(answer)["text"] == [PHONE]
    assert not Contribution.objects.exists()


def test_it_can_be_taken_out(stranger: Client) -> None:
    asked = tell(stranger, PHONE)
    assert send(stranger, asked, text="Ring, hvis der bliver en bolig.").status_code == 200
    assert not Finding.objects.exists()


def test_mending_it_is_the_first_thing_one_is_offered(stranger: Client) -> None:
    asked = tell(stranger, PHONE).content.decode()
    notice = asked.partition("data-errors")[2].partition("<h1")[0]
    assert '<a href="#id_text">' in notice
    first, second = re.findall(r"<button class=\"(btn[^\"]*)\"([^>]*)>", asked)[-2:]
    assert first == ("btn", "")
    assert second[0] == "btn btn-2" and "sent_knowingly" in second[1]


def test_it_can_be_sent_as_it_is_and_waits_for_a_host(stranger: Client) -> None:
    asked = tell(stranger, PHONE)
    answer = send(stranger, asked, sent_knowingly="phone")
    assert answer.status_code == 200
    assert Finding.objects.open().filter(kind="phone").exists()


def test_something_of_another_kind_is_asked_about_too(stranger: Client) -> None:
    asked = tell(stranger, PHONE)
    answer = send(stranger, asked, sent_knowingly="phone", text=f"{PHONE} CPR 010165-1234.")
    assert answer.status_code == 422
    assert "010165-1234" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_what_was_sent_knowingly_is_remembered_on_the_way_through_the_boxes(
    stranger: Client,
) -> None:
    asked = tell(stranger, PHONE, consents=None)
    boxes = send(stranger, asked, sent_knowingly="phone")
    assert boxes.status_code == 422
    assert send(stranger, boxes, consents=["analyse"]).status_code == 200


def test_personal_data_in_the_title_is_seen_too(stranger: Client) -> None:
    answer = tell(stranger, title="Skriv til kim.testvig@example.com")
    assert answer.status_code == 422
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("said", ["<b>", "phone " * 500, "\x00", "ph\u202eone"])
def test_nonsense_in_the_answer_sends_nothing_by_itself(stranger: Client, said: str) -> None:
    answer = stranger.post(
        TELL, filled(stranger.get(TELL), text=f"{PHONE} 010165-1234", sent_knowingly=said)
    )
    assert answer.status_code == 422
    assert not Contribution.objects.exists()
