"""Taking in: once, whole, and with the same receipt however often the form is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from cocreate.contributions.access import receipt_for_code
from cocreate.contributions.models import (
    Contribution,
    Receipt,
    Scope,
    State,
    TextVersion,
    VoiceRole,
)
from cocreate.contributions.operations import AlreadyDecided, FormTooOld, new_submission_id
from cocreate.moderation import operations
from tests.cast import Cast, begin, give_story, open_forum, reply, show, topic_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def test_the_same_form_twice_is_one_story_with_one_code() -> None:
    form = new_submission_id()
    first, second = give_story(submission_id=form), give_story(submission_id=form)
    assert first.code is not None
    assert first.code == second.code
    assert (
        Contribution.objects.count() == TextVersion.objects.count() == Receipt.objects.count() == 1
    )


def test_the_code_opens_the_receipt_however_it_is_typed() -> None:
    received = give_story()
    assert received.code is not None and len(received.code) == 7
    typed = " - ".join(word.upper() for word in received.code)
    assert receipt_for_code(typed) == received.contribution.receipt


def test_a_wrong_code_opens_nothing() -> None:
    give_story()
    assert receipt_for_code("kano sol banan") is None
    assert receipt_for_code("\x00" * 50_000) is None


def test_other_words_from_the_same_form_are_a_new_wording() -> None:
    form = new_submission_id()
    first = give_story("Første ord.", submission_id=form)
    second = give_story("Andre ord.", submission_id=form, scopes={Scope.ANALYSE})
    assert second.contribution.pk == first.contribution.pk
    assert [v.text for v in second.contribution.versions.all()] == ["Første ord.", "Andre ord."]
    assert set(second.contribution.consents.active().values_list("scope", flat=True)) == {"analyse"}


def test_a_consent_unticked_before_sending_again_is_gone() -> None:
    form = new_submission_id()
    give_story(submission_id=form)
    again = give_story(submission_id=form, scopes={Scope.ANALYSE}).contribution
    assert list(again.consents.active().values_list("scope", flat=True)) == ["analyse"]


def test_other_words_after_a_decision_change_nothing(cast: Cast) -> None:
    form = new_submission_id()
    story = show(give_story("Vist.", submission_id=form), by=cast.host)
    with pytest.raises(AlreadyDecided):
        give_story("Noget andet.", submission_id=form)
    story.refresh_from_db()
    assert story.published_text == "Vist."


def test_the_same_words_after_a_decision_show_the_same_receipt(cast: Cast) -> None:
    form = new_submission_id()
    first = give_story(submission_id=form)
    show(first, by=cast.host)
    assert give_story(submission_id=form).code == first.code


def test_a_form_from_the_day_before_yesterday_is_too_old() -> None:
    form = new_submission_id()
    give_story(submission_id=form)
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(FormTooOld):
        give_story(submission_id=form)


def test_a_receipt_chosen_by_its_code_keeps_what_comes_next() -> None:
    first = give_story().contribution
    assert first.receipt is not None
    second = give_story(keep_under=first.receipt)
    assert second.code is None
    assert second.contribution.receipt == first.receipt


def test_no_stored_row_holds_the_code_the_form_or_the_words() -> None:
    form = new_submission_id()
    received = give_story(
        "Hemmelige ord om Guldregn.", title="Guldregn", submission_id=form, email="a@b.example"
    )
    assert received.code is not None
    stored = whole_database()
    for secret in (
        "Guldregn",
        form,
        "a@b.example",
        " ".join(received.code),
        "-".join(received.code),
    ):
        assert secret not in stored


def test_staff_speak_as_staff_whatever_the_form_says(cast: Cast) -> None:
    given = give_story(viewer=cast.viewer("staff"), role=VoiceRole.CITIZEN)
    assert given.contribution.role == VoiceRole.STAFF


def test_nobody_becomes_staff_by_saying_so(cast: Cast) -> None:
    assert give_story(role=VoiceRole.STAFF).contribution.role == VoiceRole.CITIZEN
    assert (
        give_story(viewer=cast.viewer("citizen"), role="politician").contribution.role == "citizen"
    )


def test_a_topic_sent_twice_is_one_topic_with_one_post(cast: Cast) -> None:
    forum, form = open_forum(), new_submission_id()
    first, second = begin(forum, submission_id=form), begin(forum, submission_id=form)
    assert topic_of(first) == topic_of(second)
    assert forum.topics.count() == 1


def whole_database() -> str:
    """Every text in every table, as a thief of the database would read it."""
    with connection.cursor() as cursor:
        parts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            parts.append(str(cursor.fetchall()))
    return "\n".join(parts)


@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment_are_one_story() -> None:
    form = new_submission_id()

    def send(_: int) -> tuple[str, ...] | None:
        try:
            return give_story(submission_id=form).code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        codes = set(pool.map(send, range(8)))
    assert len(codes) == 1
    assert (
        Contribution.objects.count() == TextVersion.objects.count() == Receipt.objects.count() == 1
    )


@pytest.mark.django_db(transaction=True)
def test_two_hosts_deciding_at_once_make_one_decision() -> None:
    cast = Cast.arrives()
    story = give_story().contribution

    def decide(name: str) -> str:
        try:
            operations.publish(story, by=cast.accounts[name])
            return "shown"
        except operations.NotFromHere:
            return "late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, ["host", "second_host"]))
    assert answers == ["late", "shown"]
    assert story.decisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_posts_shown_at_once_get_gapless_numbers() -> None:
    cast = Cast.arrives()
    forum = open_forum()
    opening = begin(forum)
    show(opening, by=cast.host)
    topic = topic_of(opening)
    waiting = [reply(topic, f"Svar {n}").contribution for n in range(6)]

    def publish(contribution: Contribution) -> None:
        try:
            operations.publish(contribution, by=cast.host)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(publish, waiting))
    topic.refresh_from_db()
    assert sorted(topic.posts.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert (topic.post_count, topic.last_number) == (7, 7)
    assert Contribution.objects.filter(state=State.PUBLISHED).count() == 7
