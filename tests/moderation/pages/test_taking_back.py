"""Asking for another look, taking back a yes, and taking back the whole."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cocreate.contributions.models import Scope, State
from cocreate.contributions.operations import Received
from cocreate.moderation.models import Appeal, Decision
from cocreate.moderation.operations import decline, erase, hide, publish, withdraw
from tests.cast import Cast, begin, give_story, open_forum, show
from tests.moderation.pages.acts import LETTER, WHY, now, of, opened, press, says
from tests.stories.pages import filled, forms_in

CODE, MINE = "/kode/", "/kode/mine/"
pytestmark = pytest.mark.django_db


def declined(cast: Cast) -> Received:
    received = give_story()
    decline(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    return received


def test_another_host_is_asked_to_look(cast: Cast) -> None:
    received = declined(cast)
    browser = opened(received, Client())
    answer = press(browser, of(received, "appeal"), text="Jeg nævner ingen.")
    assert answer.headers["Location"] == MINE
    asked = Appeal.objects.get()
    assert (asked.text, asked.first_decider) == ("Jeg nævner ingen.", cast.host)


def test_no_words_are_needed_to_ask(cast: Cast) -> None:
    received = declined(cast)
    press(opened(received, Client()), of(received, "appeal"))
    assert Appeal.objects.get().text == ""


def test_asking_twice_is_asking_once_and_the_words_stay(cast: Cast) -> None:
    received = declined(cast)
    browser = opened(received, Client())
    address = of(received, "appeal")
    answers = filled(browser.get(address), address, text="Se igen.")
    assert browser.post(address, answers).status_code == 302
    late = browser.post(address, {**answers, "text": "Og en ting til."})
    assert late.status_code == 409 and "Og en ting til." in late.content.decode()
    assert Appeal.objects.get().text == "Se igen."


def test_what_no_host_has_turned_down_is_not_appealed(cast: Cast) -> None:
    received = give_story()
    browser = opened(received, Client())
    assert says(browser.get(of(received, "appeal")), "There is nothing to look at again")
    assert browser.post(of(received, "appeal"), {"text": ""}).status_code == 409
    assert not Appeal.objects.exists()


def test_an_appeal_too_long_or_too_late_loses_no_word(cast: Cast) -> None:
    received = declined(cast)
    browser = opened(received, Client())
    address = of(received, "appeal")
    page = browser.post(address, {"text": "ord " * 2000})
    assert page.status_code == 422 and page.content.decode().count("ord ") > 1500
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        page = browser.post(address, {"text": "Min klage."})
        again = browser.post(CODE, filled(page, CODE, code=" ".join(received.code or ())))
        assert forms_in(again).found[address]["text"] == ["Min klage."]


def test_a_story_is_taken_back_in_two_pages_and_gone_at_once(cast: Cast) -> None:
    received = give_story("Ord, jeg fortryder.")
    story = show(received, by=cast.host)
    browser = opened(received, Client())
    question = browser.get(of(received, "withdraw"))
    assert says(
        question,
        "We remove it here at once. If somebody has read, copied or heard it, we cannot fetch it back.",
    )
    answer = press(browser, of(received, "withdraw"))
    done = browser.get(answer.headers["Location"])
    assert says(done, "You have taken it back") and "Ord, jeg" not in done.content.decode()
    assert now(story).state == State.WITHDRAWN
    assert Client().get(f"/fortaellinger/{story.public_id}/").status_code == 404
    assert cast.client("host").get(f"/vaert/{story.public_id}/").status_code == 404


def test_nothing_is_taken_back_by_looking_at_the_question(cast: Cast) -> None:
    received = give_story()
    opened(received, Client()).get(of(received, "withdraw"))
    assert now(received.contribution).state == State.PENDING


def test_taking_back_twice_is_taking_back_once(cast: Cast) -> None:
    received = give_story()
    browser = opened(received, Client())
    for _time in range(2):
        answer = browser.post(of(received, "withdraw"))
        assert answer.status_code == 302
        assert browser.get(answer.headers["Location"]).status_code == 200
    assert Decision.objects.filter(outcome="withdrawn").count() == 1


@pytest.mark.parametrize("state", ["declined", "hidden", "published"])
def test_it_can_be_taken_back_from_every_state(cast: Cast, state: str) -> None:
    received = give_story()
    if state == "declined":
        decline(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    else:
        publish(received.contribution, by=cast.host)
    if state == "hidden":
        hide(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    press(opened(received, Client()), of(received, "withdraw"))
    assert now(received.contribution).state == State.WITHDRAWN


def test_who_said_yes_to_quotes_is_told_what_cannot_be_called_back() -> None:
    quoted, plain = give_story(scopes={Scope.QUOTE}), give_story(scopes={Scope.SHOW})
    sentence = (
        "You have said yes to short quotes in the politicians' papers. Once the politicians have "
        "their papers, we cannot call a quote back."
    )
    assert says(opened(quoted, Client()).get(of(quoted, "withdraw")), sentence)
    assert not says(opened(plain, Client()).get(of(plain, "withdraw")), sentence)


def test_taking_back_the_yes_to_showing_it_takes_it_off_the_site(cast: Cast) -> None:
    received = give_story()
    story = show(received, by=cast.host)
    browser = opened(received, Client())
    assert of(received, "revoke_consent", "show") in browser.get(MINE).content.decode()
    answer = press(browser, of(received, "revoke_consent", "show"))
    assert answer.headers["Location"] == MINE
    assert now(story).state == State.KEPT
    assert f'{of(received, "revoke_consent", "show")}"' not in browser.get(MINE).content.decode()
    assert of(received, "revoke_consent", "analyse") in browser.get(MINE).content.decode()


def test_taking_back_another_yes_leaves_it_shown(cast: Cast) -> None:
    received = give_story()
    story = show(received, by=cast.host)
    press(opened(received, Client()), of(received, "revoke_consent", "quote"))
    assert now(story).state == State.PUBLISHED
    assert not story.consents.active().filter(scope="quote").exists()


def test_a_yes_that_was_never_given_has_nothing_to_take_back() -> None:
    received = give_story(scopes={Scope.ANALYSE})
    browser = opened(received, Client())
    address = of(received, "revoke_consent", "show")
    assert address not in forms_in(browser.get(address)).found
    assert browser.post(address).status_code == 302
    assert received.contribution.consents.active().count() == 1


def test_a_post_is_taken_back_like_a_story(cast: Cast) -> None:
    received = begin(open_forum())
    show(received, by=cast.host)
    press(opened(received, Client()), of(received, "withdraw"))
    assert now(received.contribution).state == State.WITHDRAWN


def test_what_is_erased_anothers_or_never_there_is_the_same_answer(cast: Cast) -> None:
    erased = give_story(viewer=cast.viewer("citizen"))
    withdraw(erased.contribution)
    erase(erased.contribution)
    foreign = give_story(viewer=cast.viewer("relative"))
    client = cast.client("citizen")
    for name, more in (
        ("reword", ()),
        ("appeal", ()),
        ("withdraw", ()),
        ("revoke_consent", ("show",)),
    ):
        addresses = [of(erased, name, *more), of(foreign, name, *more)]
        addresses.append(addresses[0].replace(erased.contribution.public_id, "u" * 24))
        for method in (client.get, client.post):
            answers = [method(address) for address in addresses]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("scope", ["", "everything", "SHOW", "show'", "a" * 500])
def test_a_use_that_does_not_exist_is_not_there(scope: str) -> None:
    received = give_story()
    browser = opened(received, Client())
    address = of(received, "revoke_consent", "show").replace("/show/", f"/{scope}/")
    assert browser.get(address).status_code == 404
