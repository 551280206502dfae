"""Two people want the same nickname while neither is shown yet: one gets it, nobody loses a word."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from cocreate.contributions.models import ChosenName, Contribution, State
from cocreate.contributions.names import NameTaken
from cocreate.contributions.operations import new_submission_id
from cocreate.forums.forms import FLYING_AND_GROWING, STONES
from cocreate.forums.models import Forum, Topic
from cocreate.moderation import operations
from cocreate.moderation.models import Reason
from cocreate.text.names import look_of
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import filled, room_url, send, text_of, url_of
from tests.forums.test_at_once import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.db]
WHY: dict[str, Any] = {"reason": Reason.NAMES_OTHERS, "message": "Skriv det uden navnet."}


@pytest.mark.parametrize("name", ["Sivsanger", "sivsanger", "SIVSANGER", "Siv sanger", "Sivsаnger"])
def test_a_name_that_waits_is_somebodys_already(topic: Topic, name: str) -> None:
    url = f"{url_of(topic)}svar/"
    assert send(Client(), url, text="Først.", alias="Sivsanger").status_code == 200
    second = send(Client(), url, text="Mine egne ord.", alias=name)
    assert second.status_code == 422
    assert second.context["form"].errors["alias"]
    assert "Mine egne ord." in text_of(second)
    assert topic.posts.filter(state=State.PENDING).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_one_name_at_the_same_moment_get_one_each(topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    browsers = [Client(), Client()]
    forms = [{**filled(one, url), "text": "Mine ord.", "alias": "Vibe"} for one in browsers]
    answers = at_once(
        *[
            lambda one=one, form=form: one.post(url, form)
            for one, form in zip(browsers, forms, strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert refused.context["form"].errors["alias"]
    assert "Mine ord." in text_of(refused)
    assert topic.posts.filter(state=State.PENDING).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_two_threads_keeps_its_name(topic: Topic) -> None:
    form = new_submission_id()
    received = at_once(*[lambda: people.reply(topic, "Ord.", alias="Vibe", submission_id=form)] * 3)
    assert len({one.contribution.pk for one in received}) == 1
    assert ChosenName.objects.filter(room=topic.forum.room_id).count() == 2


def test_the_operation_itself_refuses_and_stores_nothing(room: Forum) -> None:
    people.begin(room, alias="Vibe")
    with pytest.raises(NameTaken):
        people.begin(room, alias="VIBE")
    assert (Contribution.objects.count(), Topic.objects.count()) == (1, 1)


def test_the_name_is_free_in_another_room(room: Forum) -> None:
    people.begin(room, alias="Vibe")
    assert people.begin(people.open_forum("andet-rum"), alias="Vibe").contribution.alias == "Vibe"


@pytest.mark.parametrize("restrict", [operations.decline, operations.return_to_author])
def test_what_can_still_be_shown_keeps_its_name(cast: Cast, room: Forum, restrict: Any) -> None:
    post = people.begin(room, alias="Vibe").contribution
    restrict(post, by=cast.host, **WHY)
    with pytest.raises(NameTaken):
        people.begin(room, alias="Vibe")


def test_a_name_is_free_again_when_all_that_bore_it_was_taken_back(cast: Cast, room: Forum) -> None:
    first = people.begin(room, alias="Vibe").contribution
    people.show(first, by=cast.host)
    operations.withdraw(first)
    second = people.begin(room, alias="Vibe").contribution
    operations.erase(first)
    assert people.show(second, by=cast.host).published_alias == "Vibe"


def test_with_an_account_one_may_use_ones_name_again(cast: Cast, room: Forum) -> None:
    for _ in range(2):
        people.begin(room, alias="Vibe", viewer=cast.viewer("relative"))
    with pytest.raises(NameTaken):
        people.begin(room, alias="Vibe", viewer=cast.viewer("citizen"))


def test_two_of_the_staff_may_have_the_same_name(cast: Cast, room: Forum) -> None:
    for name in ("staff", "second_host"):
        people.begin(room, alias="Lone Jensen", viewer=cast.viewer(name))
    assert not ChosenName.objects.exists()


def test_a_post_that_drops_its_name_gives_it_free(room: Forum) -> None:
    form = new_submission_id()
    people.begin(room, "Et.", alias="Vibe", submission_id=form)
    people.begin(room, "To.", alias="", submission_id=form)
    assert people.begin(room, alias="Vibe").contribution.alias == "Vibe"


def test_the_names_we_offer_look_different_from_each_other(room: Forum) -> None:
    offered = {look_of(f"{first} {second}") for first in FLYING_AND_GROWING for second in STONES}
    assert len(offered) == len(FLYING_AND_GROWING) * len(STONES)


def test_a_stranger_sees_no_name_that_waits_in_the_database(room: Forum) -> None:
    people.begin(room, alias="Hemmeligfugl")
    stored = ChosenName.objects.values_list("digest", flat=True).get()
    assert "emmeligfugl" not in stored and len(stored) == 64
    assert "Hemmeligfugl" not in text_of(Client().get(room_url(room)))


def test_names_chosen_before_they_were_held_stay_with_who_bore_them_first(
    cast: Cast, room: Forum
) -> None:
    mine = people.begin(room, alias="Vibe", viewer=cast.viewer("relative")).contribution
    other = people.begin(room, alias="Terne").contribution
    Contribution.objects.update(chosen_name=None)
    ChosenName.objects.all().delete()
    Contribution.objects.filter(pk=other.pk).update(alias="VIBE")
    import_module("cocreate.contributions.migrations.0003_hold_names_in_use").hold_names(apps, None)
    held = ChosenName.objects.get()
    assert held.contributions.get().pk == mine.pk
    people.begin(room, alias="Vibe", viewer=cast.viewer("relative"))
    with pytest.raises(NameTaken):
        people.begin(room, alias="Vibe")
