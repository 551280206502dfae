""" "Ret og send igen": a new wording under the code, and no word lost when it goes wrong."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cocreate.contributions.models import Scope, State, TextVersion
from cocreate.contributions.operations import Received
from cocreate.moderation.models import Decision, Finding
from cocreate.moderation.operations import publish, return_to_author, withdraw
from cocreate.themes.models import Guideline, Theme
from tests.cast import ALL_SCOPES, Cast, begin, give_story, open_forum, reply, show, topic_of
from tests.moderation.pages.acts import LETTER, WHY, enter, now, of, opened, press, says
from tests.stories.pages import filled, forms_in

CODE, MINE = "/kode/", "/kode/mine/"
pytestmark = pytest.mark.django_db


def returned(cast: Cast, **given: Any) -> Received:
    received = give_story("De første ord.", **given)
    return_to_author(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    return received


def newest(received: Received) -> TextVersion:
    return received.contribution.versions.latest("number")


def reword(client: Client, received: Received, text: str = "De nye ord.", **answers: Any) -> Any:
    answers = {"consents": ["show"], **answers}
    return press(client, of(received, "reword"), text=text, **answers)


def test_what_came_back_is_changed_and_waits_for_a_host_again(cast: Cast) -> None:
    received = returned(cast)
    browser = opened(received, Client())
    assert reword(browser, received).headers["Location"] == MINE
    assert now(received.contribution).state == State.PENDING
    assert newest(received).text == "De nye ord." and newest(received).number == 2
    assert "De nye ord." in browser.get(MINE).content.decode()


def test_theme_guidelines_and_title_stay_with_the_story(cast: Cast, theme: Theme) -> None:
    guideline = Guideline.objects.get(code="2.3")
    received = returned(
        cast, theme=theme, guidelines=[guideline], title="Min titel", role="relative"
    )
    reword(opened(received, Client()), received)
    story = now(received.contribution)
    assert (story.theme, list(story.guidelines.all())) == (theme, [guideline])
    assert story.role == "relative"
    assert newest(received).title == "Min titel"


def test_a_new_text_asks_for_consent_anew_with_nothing_ticked(cast: Cast) -> None:
    received = returned(cast, scopes=ALL_SCOPES)
    browser = opened(received, Client())
    form = forms_in(browser.get(of(received, "reword")))
    assert "consents" not in form.found[of(received, "reword")]
    reword(browser, received, consents=["show", "analyse"])
    active = received.contribution.consents.active().values_list("scope", flat=True)
    assert set(active) == {Scope.SHOW, Scope.ANALYSE}


def test_with_nothing_ticked_it_asks_once_more_before_it_is_stored(cast: Cast) -> None:
    received = returned(cast)
    browser = opened(received, Client())
    page = reword(browser, received, consents=None)
    assert page.status_code == 422 and newest(received).number == 1
    address = of(received, "reword")
    answers = filled(page, address, without_use="1")
    assert answers["text"] == ["De nye ord."]
    assert browser.post(address, answers).status_code == 302
    assert not received.contribution.consents.active().exists()


def test_personal_data_is_asked_about_once_and_then_sent_as_it_is(cast: Cast) -> None:
    received = returned(cast)
    browser = opened(received, Client())
    page = reword(browser, received, text="Ring på 20 30 40 50.")
    assert page.status_code == 422 and newest(received).number == 1
    assert says(page, "A phone number")
    address = of(received, "reword")
    answers = filled(page, address, sent_knowingly="phone")
    assert browser.post(address, answers).status_code == 302
    assert Finding.objects.filter(version=newest(received)).exists()


def test_a_text_that_sounds_like_danger_is_kept_and_help_is_shown(cast: Cast) -> None:
    received = returned(cast)
    browser = opened(received, Client())
    answer = reword(browser, received, text="Jeg vil ikke leve mere.")
    assert newest(received).text == "Jeg vil ikke leve mere."
    page = browser.get(answer.headers["Location"]).content.decode()
    assert 'href="tel:112"' in page
    assert 'href="tel:112"' not in browser.get(MINE).content.decode()


def test_the_same_text_sent_twice_is_one_wording(cast: Cast) -> None:
    received = returned(cast)
    browser = opened(received, Client())
    address = of(received, "reword")
    answers = filled(browser.get(address), address, text="De nye ord.", consents=["show"])
    assert browser.post(address, answers).status_code == 302
    assert browser.post(address, answers).status_code == 302
    assert received.contribution.versions.count() == 2
    assert Decision.objects.filter(outcome="sent_again").count() == 1


def test_when_a_host_was_quicker_it_says_so_and_keeps_every_word(cast: Cast) -> None:
    received = give_story("De første ord.")
    browser = opened(received, Client())
    address = of(received, "reword")
    answers = filled(browser.get(address), address, text="Mine nye ord.", title="Ny titel")
    publish(received.contribution, by=cast.host)
    page = browser.post(address, answers)
    assert page.status_code == 409 and newest(received).number == 1
    assert "Mine nye ord." in page.content.decode() and "Ny titel" in page.content.decode()


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "x" * 20_001, "\u202e" * 50])
def test_a_text_that_cannot_be_sent_leaves_the_other_answers(cast: Cast, text: str) -> None:
    received = returned(cast)
    page = reword(opened(received, Client()), received, text=text, title="Min titel")
    assert page.status_code == 422 and newest(received).number == 1
    kept = forms_in(page).found[of(received, "reword")]
    assert kept["title"] == ["Min titel"] and kept["consents"] == ["show"]


def test_after_half_an_hour_the_words_wait_for_the_code_and_are_sent(cast: Cast) -> None:
    received = returned(cast, title="Min titel")
    browser = opened(received, Client())
    address = of(received, "reword")
    answers = filled(browser.get(address), address, text="Længe\nom det.", title="Ny <titel>")
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        page = browser.post(address, answers)
        assert page.status_code == 422
        assert says(page, "It is more than half an hour since you wrote your code")
        carried = filled(page, CODE, code="et to tre")
        wrong = browser.post(CODE, carried)
        assert forms_in(wrong).found[CODE]["text"] == ["Længe\nom det."]
        again = browser.post(CODE, filled(wrong, CODE, code=" ".join(received.code or ())))
        form = filled(again, address, consents=["show"])
        assert form["text"] == ["Længe\nom det."] and form["title"] == ["Ny <titel>"]
        assert browser.post(address, form).status_code == 302
    assert newest(received).text == "Længe\nom det."


def test_words_under_another_code_are_kept_too(cast: Cast) -> None:
    received, other = returned(cast), give_story()
    browser = Client()
    page = browser.post(of(received, "reword"), {"text": "Mine ord."})
    answers = filled(page, CODE, code=" ".join(other.code or ()))
    page = browser.post(CODE, answers)
    assert page.status_code == 422 and "Mine ord." in page.content.decode()


def test_words_to_a_place_that_is_not_there_are_answered_like_words_to_anothers(
    cast: Cast,
) -> None:
    received = returned(cast)
    gone = give_story(viewer=cast.viewer("relative"))
    withdraw(gone.contribution)
    for client, status in ((Client(), 422), (cast.client("citizen"), 404)):
        answers = {
            client.post(address, {"text": "Ord."}).status_code
            for address in (of(received, "reword"), of(gone, "reword"), "/kode/ukendt/ret/")
        }
        assert answers == {status}


def test_a_post_keeps_what_was_said_yes_to_and_has_no_boxes(cast: Cast) -> None:
    received = begin(open_forum(), title="Emnet", alias="Musvit Flint")
    return_to_author(received.contribution, by=cast.host, reason=WHY, message=LETTER)
    browser = opened(received, Client())
    address = of(received, "reword")
    form = filled(browser.get(address), address, text="Nyt indlæg.")
    assert "consents" not in forms_in(browser.get(address)).choices
    assert browser.post(address, form).status_code == 302
    active = received.contribution.consents.active().values_list("scope", flat=True)
    assert set(active) == {Scope.SHOW, Scope.ANALYSE}
    assert newest(received).title == "Emnet"
    assert now(received.contribution).alias == "Musvit Flint"


def test_the_first_post_of_a_topic_keeps_a_title(cast: Cast) -> None:
    received = begin(open_forum(), title="Emnet")
    page = press(opened(received, Client()), of(received, "reword"), title="", text="Ord.")
    assert page.status_code == 422 and newest(received).number == 1


def test_an_answer_in_a_topic_has_no_title_to_give(cast: Cast) -> None:
    topic = begin(open_forum())
    show(topic, by=cast.host)
    received = reply(topic_of(topic))
    browser = opened(received, Client())
    address = of(received, "reword")
    assert "title" not in forms_in(browser.get(address)).found[address]
    browser.post(address, {"text": "Nyt svar.", "title": "Smuglet ind"})
    assert not newest(received).title


def test_a_nickname_that_says_too_much_can_be_left_out(cast: Cast) -> None:
    received = begin(open_forum(), alias="Kaj fra Skolevej")
    press(opened(received, Client()), of(received, "reword"), without_nickname="on")
    assert now(received.contribution).alias is None


def test_who_speaks_in_their_own_name_cannot_leave_it_out(cast: Cast) -> None:
    received = begin(open_forum(), alias="Staff Testvig", viewer=cast.viewer("staff"))
    client = cast.client("staff")
    client.post(of(received, "reword"), {"text": "Ord.", "title": "Emne", "without_nickname": "on"})
    assert newest(received).text == "Ord."
    assert now(received.contribution).alias == "Staff Testvig"


def test_too_many_in_a_short_time_are_asked_to_wait_with_their_words(cast: Cast) -> None:
    received = returned(cast)
    browser = opened(received, Client())
    for number in range(60):
        reword(browser, received, text=f"Udgave {number}.")
    page = reword(browser, received, text="Den sidste udgave.")
    assert page.status_code == 429 and "Den sidste udgave." in page.content.decode()


def test_a_code_page_that_carries_words_is_not_refused_for_them() -> None:
    received = give_story()
    page = Client().post(of(received, "reword"), {"text": "lang " * 30_000, "title": "t" * 900})
    assert page.status_code == 422 and enter(Client(), received.code).status_code == 302
    kept = forms_in(page).found[CODE]
    assert len(kept["text"][0]) > 140_000 and kept["title"] == ["t" * 900]
