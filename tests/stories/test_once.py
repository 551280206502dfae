"""Double clicks, lost answers, stale pages: one story, one code, every word kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from cocreate.contributions.models import Contribution, Receipt, TextVersion
from cocreate.moderation.operations import publish
from cocreate.stories.models import Story
from tests.cast import Cast
from tests.stories.pages import TELL, code_on, filled, send, tell


def test_a_double_click_makes_one_story_with_one_code(stranger: Client) -> None:
    page = stranger.get(TELL)
    data = filled(page, text="Jeg vil bo", consents=["show"])
    first, second = stranger.post(TELL, data), stranger.post(TELL, data)
    assert code_on(first) == code_on(second) != []
    assert (Story.objects.count(), Receipt.objects.count(), TextVersion.objects.count()) == (
        1,
        1,
        1,
    )


def test_a_phone_that_never_got_the_answer_gets_the_same_code(stranger: Client) -> None:
    data = filled(stranger.get(TELL), text="Jeg vil bo", consents=["show"])
    first = stranger.post(TELL, data)
    stranger.cookies.pop("sessionid")
    assert code_on(stranger.post(TELL, data)) == code_on(first)
    assert Story.objects.count() == 1


def test_a_text_mended_after_back_is_a_new_wording_of_the_same_story(stranger: Client) -> None:
    page = stranger.get(TELL)
    first = send(stranger, page, text="Jeg vil bo", consents=["show"])
    second = send(stranger, page, text="Jeg vil bo her", consents=["show"])
    assert code_on(first) == code_on(second)
    wordings = Story.objects.get().versions.order_by("number")
    assert [wording.text for wording in wordings] == ["Jeg vil bo", "Jeg vil bo her"]


def test_words_that_a_browser_put_back_are_asked_about_before_they_are_a_second_story(
    stranger: Client,
) -> None:
    tell(stranger, "Jeg vil bo", title="Hjem")
    asked = tell(stranger, "Jeg vil bo", title="Hjem", theme="2")
    assert asked.status_code == 422
    assert Story.objects.count() == 1
    assert (filled(asked)["text"], filled(asked)["theme"]) == (["Jeg vil bo"], ["2"])
    answer = send(stranger, asked, another="1")
    assert len(code_on(answer)) == 7
    assert (Story.objects.count(), Receipt.objects.count()) == (2, 2)


def test_two_who_never_met_may_write_the_same_words(stranger: Client) -> None:
    assert tell(stranger, "Jeg vil bo").status_code == 200
    assert tell(Client(), "Jeg vil bo").status_code == 200
    assert Story.objects.count() == 2


def test_a_browser_takes_the_page_for_another_when_the_form_cookie_is_renewed(
    stranger: Client,
) -> None:
    first = next(iter(filled(stranger.get(TELL))))
    assert next(iter(filled(stranger.get(TELL)))) == first
    stranger.cookies.clear()
    assert next(iter(filled(stranger.get(TELL)))) != first


def test_a_text_sent_after_the_decision_is_kept_and_can_be_a_story_of_its_own(
    stranger: Client, cast: Cast
) -> None:
    page = stranger.get(TELL)
    send(stranger, page, text="Jeg vil bo", consents=["show"])
    publish(Contribution.objects.get(), by=cast.host)
    answer = send(stranger, page, text="Jeg vil bo her", consents=["show"])
    assert answer.status_code == 409
    assert filled(answer)["text"] == ["Jeg vil bo her"]
    assert filled(answer)["submission_id"] != filled(page)["submission_id"]
    assert send(stranger, answer).status_code == 200
    assert Story.objects.count() == 2
    assert Contribution.objects.published().get().published_text == "Jeg vil bo"


def test_the_same_text_sent_after_the_decision_shows_the_receipt_again(
    stranger: Client, cast: Cast
) -> None:
    data = filled(stranger.get(TELL), text="Jeg vil bo", consents=["show"])
    first = stranger.post(TELL, data)
    publish(Contribution.objects.get(), by=cast.host)
    assert code_on(stranger.post(TELL, data)) == code_on(first)


def test_a_page_from_the_day_before_yesterday_keeps_the_words(stranger: Client) -> None:
    page = stranger.get(TELL)
    send(stranger, page, text="Jeg vil bo", consents=["show"])
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        answer = send(stranger, page, text="Jeg vil bo her", consents=["show"])
        assert answer.status_code == 409
        assert filled(answer)["text"] == ["Jeg vil bo her"]
        assert send(stranger, answer).status_code == 200
    assert Story.objects.count() == 2


def test_a_page_with_a_stale_token_shows_the_words_and_can_be_sent(stranger: Client) -> None:
    long = "Jeg vil bo.\nOg jeg vil have en nøgle. " * 9
    data = filled(stranger.get(TELL), text=long, title="En nøgle", consents=["show", "quote"])
    stranger.cookies.clear()
    answer = stranger.post(TELL, data)
    assert answer.status_code == 403
    assert filled(answer)["text"] == [long]
    assert not Contribution.objects.exists()
    assert send(stranger, answer).status_code == 200
    story = Story.objects.get()
    assert story.versions.get().text == long.strip()
    assert set(story.consents.values_list("scope", flat=True)) == {"show", "quote"}


@pytest.mark.parametrize("lost", [None, "", "\x00", "i" * 201])
def test_a_form_that_lost_its_number_is_shown_again_with_every_word(
    stranger: Client, lost: str | None
) -> None:
    answer = tell(stranger, "Jeg vil bo", title="En nøgle", submission_id=lost)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert filled(answer)["text"] == ["Jeg vil bo"]
    assert not Contribution.objects.exists()
    assert send(stranger, answer).status_code == 200


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_the_same_moment_is_one_story(stranger: Client) -> None:
    data = filled(stranger.get(TELL), text="Jeg vil bo", consents=["show"])

    def press(_turn: int) -> list[str]:
        try:
            client = Client()
            return code_on(client.post(TELL, data))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        codes = list(people.map(press, range(4)))
    assert all(code == codes[0] for code in codes)
    assert len(codes[0]) == 7
    assert (Story.objects.count(), TextVersion.objects.count()) == (1, 1)
