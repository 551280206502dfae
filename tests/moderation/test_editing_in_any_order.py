"""A host's other words in any order of events, and at the same moment as others decide."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cocreate.contributions.models import Contribution, MadeBy, Scope, State, TextVersion
from cocreate.contributions.operations import AlreadyDecided, Words
from cocreate.moderation import editing, operations
from cocreate.moderation.editing import accept, close_unanswered, decline, regret, suggest
from cocreate.moderation.errors import Refused
from cocreate.moderation.models import Answer, SuggestedEdit
from tests.cast import Cast, give_story
from tests.moderation.test_editing import (
    DAY,
    HOSTS,
    LETTER,
    OWN,
    TITLE,
    WHY,
    again,
    asked,
    now,
    stands,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@dataclass
class Walk:
    """A random walk, with its own note of what each author last said yes to."""

    cast: Cast
    dice: random.Random
    agreed: dict[int, str | None] = field(default_factory=dict)
    said: int = 0

    def words(self) -> str:
        self.said += 1
        return f"Ord nummer {self.said}."

    def some(self) -> Contribution:
        """Mostly one of the last ones: the life of the others is soon over."""
        known = sorted(self.agreed)
        of = known[-2:] if self.dice.random() < 0.8 else known
        return Contribution.objects.get(pk=self.dice.choice(of))

    def tell(self) -> None:
        text = self.words()
        scopes = [scope for scope in Scope.values if self.dice.random() < 0.9]
        self.agreed[give_story(text, scopes=scopes).contribution.pk] = text

    def step(self) -> None:
        one = self.some()
        edits = list(SuggestedEdit.objects.filter(contribution=one).order_by("-pk")[:2])
        edit = self.dice.choice(edits) if edits else None
        by = {"by": self.dice.choice([self.cast.host, self.cast.second_host])}
        if edit is not None and self.dice.random() < 0.5:
            answers = [self.accept, self.accept, self.accept, self.regret, decline]
            acts: list[Callable[[], object]] = [partial(act, edit) for act in answers]
        else:
            acts = self.others(one, by)
        with suppress(Refused, AlreadyDecided):
            self.dice.choice(acts)()

    def others(self, one: Contribution, by: dict[str, Any]) -> list[Callable[[], object]]:
        return [
            lambda: self.suggest(one, **by),
            lambda: self.suggest(one, **by),
            lambda: self.reword(one),
            lambda: operations.publish(one, **by),
            lambda: operations.publish_due(timezone.now() + 2 * DAY),
            lambda: operations.publish_due(timezone.now() + 2 * DAY),
            lambda: operations.approve(one, **by, publish_at=timezone.now()),
            lambda: operations.hide(one, **by, **LETTER),
            lambda: operations.restore(one, **by),
            lambda: operations.decline(one, **by, **LETTER),
            lambda: operations.reopen(one, **by),
            lambda: operations.return_to_author(one, **by, **LETTER),
            lambda: operations.keep(one, **by),
            lambda: self.dice.random() < 0.1 and close_unanswered(timezone.now() + 31 * DAY),
            lambda: self.dice.random() < 0.1 and operations.withdraw(one),
            lambda: operations.erase(one),
        ]

    def suggest(self, one: Contribution, *, by: Any) -> None:
        suggest(one, words=Words(self.words(), "En nøgle"), message=WHY, by=by)

    def reword(self, one: Contribution) -> None:
        text = self.words()
        operations.send_again(one, again(text))
        self.agreed[one.pk] = text

    def accept(self, edit: SuggestedEdit) -> None:
        accept(edit)
        self.agreed[edit.contribution_id] = edit.version.text

    def regret(self, edit: SuggestedEdit) -> None:
        is_first = edit.regretted_at is None
        regret(edit)
        if is_first:
            self.agreed[edit.contribution_id] = edit.about.text


def only_agreed_words_are_shown(walk: Walk) -> set[str]:
    """Returns who wrote what is shown."""
    shown = Contribution.objects.filter(state=State.PUBLISHED)
    for row in shown.select_related("published_version"):
        version = row.published_version
        assert version is not None
        assert row.published_text == version.text == walk.agreed[row.pk]
        assert version == row.versions.last_approved()
        assert row.consents.active().filter(scope=Scope.SHOW, text_version=version).exists()
    hosts = TextVersion.objects.filter(made_by=MadeBy.HOST).approved()
    assert not hosts.exclude(suggested_edit__answer=Answer.ACCEPTED).exists()
    is_open = SuggestedEdit.objects.open()
    assert not is_open.exclude(contribution__state=State.RETURNED).exists()
    return set(shown.values_list("published_version__made_by", flat=True))


@pytest.mark.parametrize("seed", range(5))
def test_in_any_order_only_what_its_author_agreed_to_is_shown(cast: Cast, seed: int) -> None:
    walk = Walk(cast, random.Random(seed))  # noqa: S311
    wrote: set[str] = set()
    for number in range(300):
        if number % 15 == 0:
            walk.tell()
        walk.step()
        wrote |= only_agreed_words_are_shown(walk)
    assert wrote == {MadeBy.AUTHOR, MadeBy.HOST}


# --- at once --------------------------------------------------------------------------------------


def at_once(*acts: Callable[[], object]) -> list[str]:
    ready, answers = Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
            answers[place] = "done"
        except (Refused, AlreadyDecided) as refusal:
            answers[place] = type(refusal).__name__
        except Exception as error:  # noqa: BLE001
            answers[place] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_all_answers_at_once_one_counts() -> None:
    cast = Cast.arrives()
    for _ in range(4):
        edit = asked(cast)
        answers = at_once(
            partial(accept, edit),
            partial(accept, edit),
            partial(decline, edit),
            partial(operations.send_again, edit.contribution, again("Mine nye ord.")),
            lambda: close_unanswered(timezone.now() + 31 * DAY),
        )
        assert set(answers) <= {"done", "NotFromHere", "AlreadyDecided"}
        edit.refresh_from_db()
        text = {Answer.ACCEPTED: HOSTS, Answer.OWN_WORDING: "Mine nye ord."}.get(
            Answer(edit.answer), OWN
        )
        if edit.answer == Answer.DECLINED:
            # Sending again may follow a no: it waits, and its author has written anew.
            assert stands(edit.contribution) in {OWN, "Mine nye ord."}
        else:
            assert stands(edit.contribution) == text
        active = edit.contribution.consents.active()
        assert active.filter(scope=Scope.SHOW).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_yes_regretted_while_its_time_comes_is_shown_or_regretted_not_both() -> None:
    cast = Cast.arrives()
    for _ in range(4):
        edit = accept(asked(cast))
        at_once(
            partial(regret, edit),
            lambda: operations.publish_due(timezone.now() + 2 * DAY),
            partial(regret, edit),
        )
        edit.refresh_from_db()
        story = now(edit.contribution)
        shown = (story.state, story.published_text) == (State.PUBLISHED, HOSTS)
        back = (story.state, stands(story)) == (State.PENDING, OWN)
        assert shown is (edit.regretted_at is None) and back is (edit.regretted_at is not None)


@pytest.mark.django_db(transaction=True)
def test_two_hosts_who_ask_at_once_ask_one_question() -> None:
    cast = Cast.arrives()
    story = told().contribution
    acts = [
        lambda: suggest(story, words=Words("Et.", TITLE), message=WHY, by=cast.host),
        lambda: suggest(story, words=Words("To.", TITLE), message=WHY, by=cast.second_host),
        lambda: suggest(story, words=Words("Et.", TITLE), message=WHY, by=cast.host),
        lambda: operations.publish(story, by=cast.second_host),
    ]
    assert set(at_once(*acts)) <= {"done", "NotFromHere"}
    assert SuggestedEdit.objects.count() <= 1
    assert editing.newest_edit(story) is None or now(story).state == State.RETURNED
