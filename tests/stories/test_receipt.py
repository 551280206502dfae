"""What the person sees when the story is safe."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Finding
from cocreate.moderation.operations import keep
from cocreate.stories.models import Story
from tests.cast import Cast
from tests.stories.pages import TELL, code_on, filled, forms_in, send, tell

SATURDAY = datetime(2027, 2, 6, 22, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))


def test_the_receipt_names_the_last_day_somebody_reads(stranger: Client) -> None:
    with time_machine.travel(SATURDAY, tick=False):
        page = tell(stranger).content.decode()
    assert re.search(r"tirsdag (den )?9\.? februar", page)


def test_the_receipt_leads_to_the_story_and_can_be_closed(stranger: Client) -> None:
    answer = tell(stranger, "Jeg vil bo")
    assert f'href="{reverse("receipt")}"' in answer.content.decode()
    assert "Jeg vil bo" in stranger.get(reverse("receipt")).content.decode()
    send(stranger, answer, reverse("receipt_close"))
    assert "Jeg vil bo" not in stranger.get(reverse("receipt"), follow=True).content.decode()


def test_the_receipt_is_kept_by_no_browser_and_no_search_engine(stranger: Client) -> None:
    answer = tell(stranger)
    assert answer["Cache-Control"] == "no-store"
    assert 'content="noindex"' in answer.content.decode()


def test_form_and_receipt_can_be_left_in_one_click(stranger: Client) -> None:
    assert "data-leave" in stranger.get(TELL).content.decode()
    assert "data-leave" in tell(stranger).content.decode()


def test_somebody_in_danger_sees_help_first_and_the_words_are_stored(stranger: Client) -> None:
    answer = tell(stranger, "Jeg vil ikke leve mere.")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert Story.objects.get().versions.get().text == "Jeg vil ikke leve mere."
    assert Finding.objects.concern().exists()
    assert page.index('href="tel:112"') < page.index("data-receipt-code")
    assert len(code_on(answer)) == 7


def test_no_help_lines_are_pressed_on_somebody_who_needs_none(stranger: Client) -> None:
    assert 'href="tel:112"' not in tell(stranger, "Jeg vil bo").content.decode()


def test_words_about_ones_own_case_are_stored_and_shown_the_way(stranger: Client) -> None:
    plain = tell(stranger, "Jeg vil bo").content.decode()
    case = tell(
        Client(), "Min sagsbehandler svarer ikke på min ansøgning. Mit sagsnummer er 12345."
    )
    assert case.status_code == 200
    assert Contribution.objects.count() == 2
    assert 'class="notice' in case.content.decode()
    assert 'class="notice' not in plain


@pytest.mark.parametrize("scopes", [["show"], ["analyse"], ["show", "analyse", "quote"]])
def test_the_path_says_what_then_happens(stranger: Client, scopes: list[str]) -> None:
    page = tell(stranger, consents=scopes).content.decode()
    assert page.count('class="later"') == 2


def test_a_receipt_asked_for_after_the_decision_does_not_promise_to_read_it(
    stranger: Client, cast: Cast
) -> None:
    data = filled(stranger.get(TELL), text="Jeg vil bo", consents=["analyse"])
    stranger.post(TELL, data)
    keep(Contribution.objects.get(), by=cast.host)
    page = stranger.post(TELL, data).content.decode()
    assert 'class="later"' not in page
    assert reverse("receipt_close") in forms_in(stranger.post(TELL, data)).found
