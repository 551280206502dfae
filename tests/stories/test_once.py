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


def test_a_text_mended_after_back_is_asked_about_and_takes_the_place_of_the_first(
    stranger: Client,
) -> None:
    page = stranger.get(TELL)
    first = send(stranger, page, text="Jeg vil bo", consents=["show"])
    asked = send(stranger, page, text="Jeg vil bo her", consents=["show"])
    assert asked.status_code == 422
    assert filled(asked)["text"] == ["Jeg vil bo her"]
    assert Story.objects.get().versions.count() == 1
    for _ in range(2):
        second = send(stranger, asked, instead=asked.context["instead"])
        assert code_on(first) == code_on(second)
    wordings = Story.objects.get().versions.order_by("number")
    assert [wording.text for wording in wordings] == ["Jeg vil bo", "Jeg vil bo her"]


def test_a_mended_text_can_be_a_story_of_its_own_and_pressed_twice_it_is_one(
    stranger: Client,
) -> None:
    page = stranger.get(TELL)
    send(stranger, page, text="Jeg vil bo", consents=["show"])
    asked = send(stranger, page, text="Jeg vil rejse langt væk", consents=["show"])
    answers = [send(stranger, asked, another=asked.context["another"]) for _ in range(2)]
    assert code_on(answers[0]) == code_on(answers[1]) != []
    assert {story.versions.get().text for story in Story.objects.all()} == {
        "Jeg vil bo",
        "Jeg vil rejse langt væk",
    }


def test_a_box_ticked_after_back_counts_without_a_question(stranger: Client) -> None:
    page = stranger.get(TELL)
    send(stranger, page, text="Jeg vil bo", consents=["show", "quote"])
    assert send(stranger, page, text="Jeg vil bo", consents=["show"]).status_code == 200
    assert list(Story.objects.get().consents.active().values_list("scope", flat=True)) == ["show"]


def test_words_that_a_browser_put_back_are_asked_about_before_they_are_a_second_story(
    stranger: Client,
) -> None:
    tell(stranger, "Jeg vil bo", title="Hjem")
    asked = tell(stranger, "Jeg vil bo", title="Hjem", theme="2")
    assert asked.status_code == 422
    assert Story.objects.count() == 1
    assert (filled(asked)["text"], filled(asked)["theme"]) == (["Jeg vil bo"], ["2"])
    assert not asked.context["instead"]
    answer = send(stranger, asked, another=asked.context["another"])
    assert len(code_on(answer)) == 7
    assert (Story.objects.count(), Receipt.objects.count()) == (2, 2)


def test_words_put_back_by_the_browser_and_mended_are_asked_about_too(stranger: Client) -> None:
    tell(stranger, "Jeg har ventet i ni uger på svar om bostøtte.", about="self")
    asked = tell(stranger, "Jeg har nu ventet ni uger på et svar om bostøtten.", about="relative")
    assert asked.status_code == 422
    for _ in range(2):
        answer = send(stranger, asked, instead=asked.context["instead"])
        assert answer.status_code == 200 and not code_on(answer)
    story = Story.objects.get()
    assert story.about == "relative"
    assert [wording.number for wording in story.versions.all()] == [1, 2]


def test_who_tells_about_something_else_is_not_asked(stranger: Client) -> None:
    tell(stranger, "Jeg har ventet i ni uger på svar om bostøtte.")
    assert tell(stranger, "Min nabo lærte mig at bage brød.").status_code == 200
    assert Story.objects.count() == 2


def test_a_story_whose_answer_was_lost_is_sent_again_after_back(stranger: Client) -> None:
    """The answer never came, the browser loaded the form anew and put the words back."""
    page = stranger.get(TELL)
    first = send(stranger, page, text="Jeg vil bo", consents=["show"])
    stranger.cookies.pop("sessionid")
    again = tell(stranger, "Jeg vil bo", consents=["show"])
    assert code_on(again) == code_on(first)
    stranger.cookies.pop("sessionid")
    asked = tell(stranger, "Jeg vil bo et sted med lys", consents=["show"])
    assert asked.status_code == 422 and not asked.context["see"]
    # Nothing shows that it was the same person who sent the first: it is not replaced.
    assert not asked.context["instead"]
    assert len(code_on(send(stranger, asked, another=asked.context["another"]))) == 7
    assert Story.objects.count() == 2


def test_the_one_who_sits_down_next_and_writes_at_the_same_form_loses_nobodys_words(
    stranger: Client,
) -> None:
    page = stranger.get(TELL)
    send(stranger, page, text="Den førstes ord.", consents=["show"])
    stranger.cookies.pop("sessionid")
    asked = tell(stranger, "Noget helt andet.", consents=["show"])
    assert asked.status_code == 422
    assert "Den førstes ord." not in asked.content.decode()
    assert not asked.context["instead"]
    assert send(stranger, asked, instead="x" * 24).status_code == 422
    answer = send(stranger, asked, another=asked.context["another"])
    assert len(code_on(answer)) == 7
    assert Story.objects.count() == 2


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


@pytest.mark.parametrize("crooked", ["x" * 5_000, "a\x00b", "ingen-af-vores"])
def test_a_crooked_answer_to_the_question_answers_nothing(stranger: Client, crooked: str) -> None:
    said = {"text": "Jeg vil bo", "consents": ["show"], "instead": crooked}
    answer = send(stranger, stranger.get(TELL), **said)
    assert answer.status_code == 200
    assert [version.text for version in TextVersion.objects.all()] == ["Jeg vil bo"]
