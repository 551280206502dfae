"""A host's other words: shown after their author's yes, and by no other way."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cocreate.contributions.models import (
    Contribution,
    GivenHow,
    KindName,
    MadeBy,
    Scope,
    State,
    TextVersion,
)
from cocreate.contributions.operations import (
    Given,
    Received,
    Words,
    new_submission_id,
)
from cocreate.contributions.viewer import STRANGER
from cocreate.insights.access import analysable_versions
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.editing import accept, close_unanswered, decline, regret, suggest
from cocreate.moderation.errors import (
    NotApproved,
    NotFromHere,
    NothingProposed,
    OpenFindings,
    OwnContribution,
    ReasonMissing,
    Refused,
    WordsTooLong,
)
from cocreate.moderation.models import (
    Answer,
    AppealOutcome,
    Decision,
    Finding,
    Outcome,
    Reason,
    SuggestedEdit,
)
from cocreate.notifications.operations import note_decisions, send_letters
from cocreate.notifications.worker import WORK
from tests.cast import ALL_SCOPES, Cast, begin, give_story, open_forum, reply, show, topic_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]
OWN, HOSTS, TITLE = "Kaj på Skolevej hjalp mig.", "En nabo hjalp mig.", "En nøgle"
WHY = "Kan vi skrive det uden navnet?"
LETTER: dict[str, Any] = {"reason": Reason.NAMES_OTHERS, "message": "Skriv det uden navnet."}
DAY = timedelta(days=1)


def now(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)


def told(**given: Any) -> Received:
    received = give_story(OWN, **given)
    received.version.findings.update(resolved_at=timezone.now())
    return received


def ask(cast: Cast, contribution: Contribution, text: str = HOSTS, **words: Any) -> SuggestedEdit:
    words = {"title": TITLE, **words}
    return suggest(contribution, words=Words(text, **words), message=WHY, by=cast.host)


def asked(cast: Cast, **given: Any) -> SuggestedEdit:
    return ask(cast, told(**given).contribution)


def again(text: str, scopes: frozenset[str] = ALL_SCOPES) -> Given:
    return Given(new_submission_id(), Words(text, TITLE), STRANGER, scopes)


def stands(contribution: Contribution) -> str | None:
    version = contribution.versions.last_approved()
    return version.text if version else None


# --- asking ---------------------------------------------------------------------------------------


def test_the_author_is_asked_and_the_own_words_stand_meanwhile(cast: Cast) -> None:
    edit = asked(cast)
    story = now(edit.contribution)
    assert (story.state, edit.is_open, stands(story)) == (State.RETURNED, True, OWN)
    assert (edit.version.made_by, edit.version.approved_by_author_at) == (MadeBy.HOST, None)
    assert (edit.decision.outcome, edit.decision.message) == (Outcome.SUGGESTED, WHY)
    assert edit.about.text == OWN and edit.version.is_as_written
    assert set(story.consents.active().values_list("text_version", flat=True)) == {edit.about_id}


@pytest.mark.parametrize(
    ("words", "message", "error"),
    [
        (Words(OWN, TITLE), WHY, NothingProposed),
        (Words(" \n", TITLE), WHY, NothingProposed),
        (Words(HOSTS, TITLE), " \n", ReasonMissing),
        (Words("x" * 20_001, TITLE), WHY, WordsTooLong),
        (Words(HOSTS, "t" * 201), WHY, WordsTooLong),
    ],
)
def test_a_question_about_nothing_or_without_a_word_is_refused(
    cast: Cast, words: Words, message: str, error: type[Refused]
) -> None:
    story = told().contribution
    with pytest.raises(error):
        suggest(story, words=words, message=message, by=cast.host)
    assert (now(story).state, story.versions.count()) == (State.PENDING, 1)
    assert not Decision.objects.exists() and not SuggestedEdit.objects.exists()


def test_a_posts_words_have_a_posts_room(cast: Cast) -> None:
    post = begin(open_forum()).contribution
    with pytest.raises(WordsTooLong):
        suggest(post, words=Words("x" * 5_001, "Ventetid"), message=WHY, by=cast.host)


def test_nobody_proposes_a_change_of_their_own(cast: Cast) -> None:
    story = told(viewer=cast.viewer("host")).contribution
    with pytest.raises(OwnContribution):
        ask(cast, story)


def test_a_change_is_proposed_of_what_waits_and_of_nothing_else(cast: Cast) -> None:
    story = show(told(), by=cast.host)
    with pytest.raises(NotFromHere):
        ask(cast, story)
    operations.hide(story, by=cast.host, **LETTER)
    with pytest.raises(NotFromHere):
        ask(cast, story)


def test_asking_twice_is_asking_once_and_another_host_is_told(cast: Cast) -> None:
    edit = asked(cast)
    assert ask(cast, edit.contribution) == edit
    assert (SuggestedEdit.objects.count(), edit.contribution.versions.count()) == (1, 2)
    for words, by in (
        (Words("Andre ord.", TITLE), cast.host),
        (Words(HOSTS, TITLE), cast.relative),
    ):
        with pytest.raises(NotFromHere):
            suggest(edit.contribution, words=words, message=WHY, by=by)


# --- yes ------------------------------------------------------------------------------------------


def test_after_a_yes_it_is_shown_when_a_day_has_gone(cast: Cast) -> None:
    edit = accept(asked(cast))
    story = now(edit.contribution)
    assert (story.state, story.published_text, edit.answer) == (State.APPROVED, "", Answer.ACCEPTED)
    assert operations.publish_due(timezone.now() + timedelta(hours=23)) == 0
    assert operations.publish_due(timezone.now() + timedelta(hours=25)) == 1
    assert (now(story).published_text, now(story).published_version_id) == (HOSTS, edit.version_id)


def test_a_yes_takes_along_what_was_said_yes_to_and_nothing_more(cast: Cast) -> None:
    edit = asked(cast, scopes={Scope.SHOW, Scope.QUOTE}, given_how=GivenHow.SPOKEN)
    story = accept(edit).contribution
    active = story.consents.active()
    assert set(active.values_list("scope", flat=True)) == {Scope.SHOW, Scope.QUOTE}
    assert set(active.values_list("text_version", flat=True)) == {edit.version_id}
    assert set(active.values_list("given_how", flat=True)) == {GivenHow.WEB}
    assert story.consents.count() == 4


def test_what_was_taken_back_while_it_lay_with_the_author_does_not_come_along(cast: Cast) -> None:
    edit = asked(cast)
    operations.revoke_consent(edit.contribution, Scope.SHOW)
    story = now(accept(edit).contribution)
    assert story.state == State.PENDING
    assert not story.consents.active().filter(scope=Scope.SHOW).exists()
    assert operations.keep(story, by=cast.host).outcome == Outcome.KEPT


def test_without_a_yes_to_showing_a_host_looks_again(cast: Cast) -> None:
    story = now(accept(asked(cast, scopes={Scope.ANALYSE})).contribution)
    assert (story.state, stands(story)) == (State.PENDING, HOSTS)


def test_what_the_rules_notice_in_the_hosts_words_is_looked_at_before_it_is_shown(
    cast: Cast,
) -> None:
    edit = ask(cast, told().contribution, "Ring på 20 30 40 50.")
    assert not Finding.objects.filter(version=edit.version).exists()
    story = now(accept(edit).contribution)
    assert story.state == State.PENDING
    with pytest.raises(OpenFindings):
        operations.publish(story, by=cast.second_host)


def test_a_place_that_a_host_has_looked_at_is_not_asked_about_again(cast: Cast) -> None:
    received = give_story("Ring på 20 30 40 50, siger Kaj.")
    for finding in received.version.findings.all():
        operations.resolve(finding, by=cast.host)
    edit = ask(cast, received.contribution, "Ring på 20 30 40 50, siger de.")
    assert now(accept(edit).contribution).state == State.APPROVED
    found = Finding.objects.filter(version=edit.version, kind="phone").get()
    assert found.resolved_by == cast.host


def test_words_rewritten_after_they_were_asked_about_are_not_agreed_to(cast: Cast) -> None:
    edit = asked(cast)
    TextVersion.objects.filter(pk=edit.version_id).update(text="Noget helt andet.")
    with pytest.raises(NotApproved):
        accept(edit)
    assert (now(edit.contribution).state, stands(edit.contribution)) == (State.RETURNED, OWN)


def test_saying_yes_twice_is_saying_it_once(cast: Cast) -> None:
    edit = asked(cast)
    first = accept(edit)
    before = now(edit.contribution)
    assert accept(edit).answered_at == first.answered_at
    after = now(edit.contribution)
    assert (after.publish_at, after.state_changed_at) == (
        before.publish_at,
        before.state_changed_at,
    )
    assert after.consents.active().count() == 4 and after.versions.count() == 2


def test_only_its_own_places_change_in_a_post(cast: Cast) -> None:
    forum = open_forum()
    show(opening := begin(forum), by=cast.host)
    answered = reply(topic_of(opening), OWN).contribution
    Finding.objects.update(resolved_at=timezone.now())
    accept(ask(cast, answered, title=""))
    operations.publish_due(timezone.now() + 2 * DAY)
    assert (now(answered).published_text, now(answered).kind) == (HOSTS, KindName.POST)


# --- no, own words, regret ------------------------------------------------------------------------


def test_after_a_no_the_own_words_wait_for_a_host_and_can_be_shown(cast: Cast) -> None:
    edit = asked(cast)
    assert decline(edit).answer == decline(edit).answer == Answer.DECLINED
    story = now(edit.contribution)
    assert (story.state, stands(story)) == (State.PENDING, OWN)
    operations.publish(story, by=cast.host)
    assert now(story).published_text == OWN


def test_own_words_are_an_answer(cast: Cast) -> None:
    edit = asked(cast)
    operations.send_again(edit.contribution, again("Mine nye ord."))
    edit.refresh_from_db()
    assert edit.answer == Answer.OWN_WORDING
    assert (now(edit.contribution).state, stands(edit.contribution)) == (
        State.PENDING,
        "Mine nye ord.",
    )
    assert list(edit.contribution.versions.values_list("number", flat=True)) == [1, 2, 3]
    for act in (accept, decline, regret):
        with pytest.raises(NotFromHere):
            act(edit)


def test_a_regretted_yes_brings_the_own_words_back(cast: Cast) -> None:
    edit = accept(asked(cast))
    assert regret(edit).regretted_at == regret(edit).regretted_at
    story = now(edit.contribution)
    assert (story.state, story.publish_at, stands(story)) == (State.PENDING, None, OWN)
    newest = story.versions.latest("number")
    assert (newest.number, newest.made_by) == (3, MadeBy.AUTHOR)
    assert set(story.consents.active().values_list("text_version", flat=True)) == {newest.pk}
    assert operations.publish_due(timezone.now() + 2 * DAY) == 0
    operations.publish(story, by=cast.second_host)
    assert now(story).published_text == OWN


def test_an_old_yes_pressed_after_the_regret_is_no_new_yes(cast: Cast) -> None:
    edit = accept(asked(cast))
    regret(edit)
    with pytest.raises(NotFromHere):
        accept(edit)
    assert stands(edit.contribution) == OWN


def test_what_is_shown_cannot_be_regretted_but_taken_back(cast: Cast) -> None:
    edit = accept(asked(cast))
    operations.publish_due(timezone.now() + 2 * DAY)
    with pytest.raises(NotFromHere):
        regret(edit)
    operations.withdraw(edit.contribution)
    assert now(edit.contribution).published_text == ""


def test_after_a_no_a_host_may_ask_about_other_words(cast: Cast) -> None:
    decline(edit := asked(cast))
    second = ask(cast, edit.contribution, "En nabo hjalp.")
    assert (second.about.text, second.version.number) == (OWN, 3)
    accept(second)
    assert stands(edit.contribution) == "En nabo hjalp."


# --- no answer ------------------------------------------------------------------------------------


def test_without_an_answer_in_thirty_days_it_is_kept_and_not_shown(cast: Cast) -> None:
    edit = asked(cast)
    assert close_unanswered(timezone.now() + 29 * DAY) == 0
    last_day = timezone.localtime(edit.answer_by)
    assert close_unanswered(last_day.replace(hour=23, minute=59)) == 0
    assert close_unanswered(timezone.now() + 31 * DAY) == 1
    assert close_unanswered(timezone.now() + 31 * DAY) == 0
    edit.refresh_from_db()
    story = now(edit.contribution)
    assert (story.state, story.published_text, edit.answer) == (State.KEPT, "", Answer.NONE)
    decision = story.decisions.latest("at")
    assert (decision.outcome, decision.reason, decision.automated) == (
        Outcome.UNANSWERED,
        Reason.NO_ANSWER,
        True,
    )
    for act in (accept, decline, regret):
        with pytest.raises(NotFromHere):
            act(edit)


def test_one_that_cannot_be_read_does_not_hold_up_the_others(cast: Cast) -> None:
    spoilt, sound = asked(cast), asked(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contributions_textversion SET text = 'x' WHERE id = %s", [spoilt.version_id]
        )
    assert close_unanswered(timezone.now() + 31 * DAY) == 2
    assert now(sound.contribution).state == State.KEPT


def test_the_worker_closes_what_nobody_answered() -> None:
    assert close_unanswered in WORK


@pytest.mark.parametrize("leaves", ["withdrawn", "kept"])
def test_what_leaves_the_author_another_way_has_no_open_question(cast: Cast, leaves: str) -> None:
    edit = asked(cast, scopes={Scope.ANALYSE})
    if leaves == "withdrawn":
        operations.withdraw(edit.contribution)
    else:
        operations.keep(edit.contribution, by=cast.host)
    edit.refresh_from_db()
    assert edit.answer == Answer.NONE
    with pytest.raises(NotFromHere):
        accept(edit)


def test_erasing_leaves_neither_wording_nor_letter(cast: Cast) -> None:
    edit = asked(cast)
    operations.withdraw(edit.contribution)
    operations.erase(edit.contribution)
    rows = edit.contribution.versions.values_list("text", "title")
    assert set(rows) == {(None, None)}
    assert set(edit.contribution.decisions.values_list("message", flat=True)) == {None}


# --- no other way ---------------------------------------------------------------------------------

STAGES: dict[str, Callable[[SuggestedEdit], object]] = {
    "asked": lambda edit: None,
    "declined": decline,
    "own words": lambda edit: operations.send_again(edit.contribution, again("Mine nye ord.")),
    "regretted": lambda edit: regret(accept(edit)),
    "unanswered": lambda edit: close_unanswered(timezone.now() + 31 * DAY),
}


def every_way(cast: Cast, story: Contribution) -> list[Callable[[], Any]]:
    """All that could show something, in an order in which each has a chance."""
    by = {"by": cast.second_host}

    def appealed() -> None:
        asked_about = decision_to_appeal(now(story))
        assert asked_about is not None
        again = appeal(asked_about, text="")
        decide_appeal(again, **by, outcome=AppealOutcome.UPHELD, message="Ja.")

    return [
        lambda: operations.publish_due(timezone.now() + 2 * DAY),
        lambda: operations.publish(story, **by),
        lambda: operations.hide(story, **by, **LETTER),
        lambda: operations.restore(story, **by),
        lambda: operations.hide(story, **by, **LETTER),
        appealed,
        lambda: operations.decline(story, **by, **LETTER),
        lambda: operations.reopen(story, **by),
        lambda: operations.approve(story, **by, publish_at=timezone.now()),
        lambda: operations.approve_as_agreed(story, **by, publish_at=timezone.now()),
        lambda: operations.publish_due(timezone.now() + 2 * DAY),
        lambda: close_unanswered(timezone.now() + 99 * DAY),
        lambda: operations.publish_due(timezone.now() + 2 * DAY),
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_no_operation_shows_what_its_author_has_not_agreed_to(cast: Cast, stage: str) -> None:
    edit = asked(cast)
    STAGES[stage](edit)
    story, seen = edit.contribution, set()
    for act in every_way(cast, story):
        with suppress(Refused, AssertionError):
            act()
        seen.add(now(story).published_text)
    assert HOSTS not in seen
    mine = {"own words": "Mine nye ord."}.get(stage, OWN)
    assert seen == ({""} if stage in {"asked", "unanswered"} else {"", mine})


@pytest.mark.parametrize("stage", STAGES)
def test_the_database_refuses_it_from_a_shell_too(cast: Cast, stage: str) -> None:
    edit = asked(cast)
    STAGES[stage](edit)
    story, moment = now(edit.contribution), timezone.now()
    shown = {
        "state": State.PUBLISHED,
        "published_version": edit.version,
        "published_text": HOSTS,
        "published_at": moment,
        "state_changed_at": moment,
        "publish_at": None,
    }

    def move_the_yes() -> None:
        story.consents.active().update(revoked_at=moment)
        story.consents.create(
            scope=Scope.SHOW, text_version=edit.version, wording_version=1, given_at=moment
        )

    def decide_it() -> None:
        Decision.objects.create(
            contribution=story, outcome=Outcome.PUBLISHED, reason=Reason.WITHIN_RULES, at=moment
        )

    def by_query() -> None:
        decide_it()
        move_the_yes()
        Contribution.objects.filter(pk=story.pk).update(**shown)

    def by_saving() -> None:
        decide_it()
        move_the_yes()
        row = now(story)
        for name, value in shown.items():
            setattr(row, name, value)
        row.save()

    for act in (by_query, by_saving):
        assert refused(act)
    assert now(story).published_text == ""


def refused(act: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            act()
    except (IntegrityError, DatabaseError):
        return True
    return False


def test_no_hand_but_the_authors_puts_the_yes_on_a_hosts_words(cast: Cast) -> None:
    edit, moment = asked(cast), timezone.now()
    version = TextVersion.objects.filter(pk=edit.version_id)
    row = SuggestedEdit.objects.filter(pk=edit.pk)
    assert refused(lambda: version.update(approved_by_author_at=moment))
    assert refused(lambda: version.update(made_by=MadeBy.AUTHOR))
    assert refused(lambda: row.update(answer=Answer.ACCEPTED, answered_at=moment))
    asked_at = edit.decision.at
    assert refused(lambda: row.update(answer=Answer.ACCEPTED, answered_at=asked_at))
    assert refused(
        lambda: TextVersion.objects.create(
            contribution=edit.contribution,
            number=9,
            text=HOSTS,
            made_by=MadeBy.HOST,
            approved_by_author_at=moment,
        )
    )


def test_an_answer_is_never_changed_and_no_question_deleted(cast: Cast) -> None:
    edit = decline(asked(cast))
    row = SuggestedEdit.objects.filter(pk=edit.pk)
    for change in (
        {"answer": Answer.ACCEPTED},
        {"answer": "", "answered_at": None},
        {"answered_at": timezone.now()},
        {"about": edit.version_id},
        {"version": edit.about_id},
        {"regretted_at": timezone.now()},
    ):
        assert refused(lambda change=change: row.update(**change))  # type: ignore[misc]
    assert refused(row.delete)


def test_two_questions_at_a_time_are_one_too_many(cast: Cast) -> None:
    edit = asked(cast)
    version = TextVersion.objects.create(
        contribution=edit.contribution, number=3, text="Tre.", made_by=MadeBy.HOST
    )
    decision = Decision.objects.create(
        contribution=edit.contribution,
        outcome=Outcome.SUGGESTED,
        reason=Reason.AUTHOR_DECIDES,
        at=timezone.now(),
    )
    row = {"contribution": edit.contribution, "about": edit.about}
    assert refused(lambda: SuggestedEdit.objects.create(**row, version=version, decision=decision))


def test_the_same_form_sent_again_is_no_answer(cast: Cast) -> None:
    form = new_submission_id()
    edit = asked(cast, submission_id=form)
    received = give_story(OWN, submission_id=form)
    assert (received.is_new_wording, received.version) == (False, edit.about)
    edit.refresh_from_db()
    assert edit.is_open and now(edit.contribution).state == State.RETURNED


def test_nothing_is_gathered_from_a_hosts_words_without_a_yes(cast: Cast) -> None:
    analyst = cast.viewer("analyst")
    edit = decline(asked(cast))
    operations.publish(edit.contribution, by=cast.host)
    assert [row.text for row in analysable_versions(analyst)] == [OWN]
    unanswered = asked(cast)
    close_unanswered(timezone.now() + 31 * DAY)
    words = {row.contribution_id: row.text for row in analysable_versions(analyst)}
    assert words[unanswered.contribution_id] == OWN


# --- word by mail ---------------------------------------------------------------------------------


def tell() -> int:
    note_decisions()
    return send_letters()


def test_the_author_hears_of_a_question_and_of_time_run_out_and_not_of_the_own_answer(
    cast: Cast, settings: Any
) -> None:
    settings.TELL_AFTER_SECONDS = 0
    edit = asked(cast, email="kim@mail.example")
    assert (tell(), tell()) == (1, 0)
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert WHY not in said and HOSTS not in said
    regret(accept(edit))
    assert tell() == 0
    second = ask(cast, edit.contribution)
    decline(second)
    ask(cast, edit.contribution, "En tredje måde.")
    assert tell() == 2
    close_unanswered(timezone.now() + 31 * DAY)
    assert tell() == 1
