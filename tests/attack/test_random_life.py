"""Any order of operations: nothing shown that was not approved, nothing counted wrong."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cocreate.contributions.models import Contribution, Scope, State
from cocreate.contributions.models.contribution import PUBLIC_COLUMNS
from cocreate.contributions.operations import AlreadyDecided, Given, Words, new_submission_id
from cocreate.contributions.viewer import STRANGER
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.errors import Refused
from cocreate.moderation.models import Appeal, AppealOutcome, Decision, Finding, Reason
from cocreate.pagecache.models import versions
from cocreate.text.html import to_html
from tests.cast import Cast, begin, give_story, open_forum, reply

pytestmark = [pytest.mark.django_db, pytest.mark.db]
STEPS = 120


@dataclass
class Life:
    """A random walk, with its own note of what each author last said yes to."""

    cast: Cast
    dice: random.Random
    forums: list[Forum]
    approved: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    said: int = 0

    def words(self) -> tuple[str, str, str]:
        self.said += 1
        return f"Ord nummer {self.said}.", f"Titel {self.said}", f"Navn {self.said}"

    def note(self, contribution: Contribution, words: tuple[str, str, str]) -> None:
        self.approved[contribution.pk] = words

    def some(self) -> Contribution | None:
        pks = sorted(self.approved)
        return Contribution.objects.get(pk=self.dice.choice(pks)) if pks else None

    def host(self) -> Any:
        return self.dice.choice([self.cast.host, self.cast.second_host])

    def scopes(self) -> frozenset[str]:
        return frozenset(scope for scope in Scope.values if self.dice.random() < 0.8)

    # --- steps ----------------------------------------------------------------------------------

    def tell(self) -> None:
        text, title, alias = self.words()
        received = give_story(text, title=title, alias=alias, scopes=self.scopes())
        self.note(received.contribution, (text, title, alias))

    def begin(self) -> None:
        text, title, alias = self.words()
        received = begin(self.dice.choice(self.forums), text, title=title, alias=alias)
        self.note(received.contribution, (text, title, alias))

    def reply(self) -> None:
        topic = Topic.objects.order_by("?").first()
        if topic is not None:
            text, _title, alias = self.words()
            self.note(reply(topic, text, alias=alias).contribution, (text, "", alias))

    def reword(self, contribution: Contribution) -> None:
        text, title, alias = self.words()
        given = Given(new_submission_id(), Words(text, title, alias), STRANGER, self.scopes())
        operations.send_again(contribution, given)
        self.note(contribution, (text, title, alias))

    def decide(self, contribution: Contribution) -> None:
        why: Any = {"reason": Reason.NAMES_OTHERS, "message": "Vi vil tale med dig."}
        act: Callable[[], Any] = self.dice.choice(
            [
                lambda: operations.publish(contribution, by=self.host()),
                lambda: operations.publish(contribution, by=self.host()),
                lambda: operations.publish(contribution, by=self.host()),
                lambda: operations.keep(contribution, by=self.host()),
                lambda: operations.return_to_author(contribution, by=self.host(), **why),
                lambda: operations.decline(contribution, by=self.host(), **why),
                lambda: operations.hide(contribution, by=self.host(), **why),
                lambda: operations.restore(contribution, by=self.host()),
                lambda: operations.reopen(contribution, by=self.host()),
                lambda: operations.approve(contribution, by=self.host(), publish_at=timezone.now()),
                lambda: operations.publish_due(timezone.now() + timedelta(seconds=1)),
            ]
        )
        act()

    def ask_again(self, contribution: Contribution) -> None:
        decision = decision_to_appeal(contribution)
        if decision is not None:
            appeal(decision, text="Se igen.")

    def answer(self, contribution: Contribution) -> None:
        asked = Appeal.objects.open().filter(decision__contribution=contribution).first()
        if asked is not None:
            outcome = self.dice.choice(AppealOutcome.values)
            decide_appeal(asked, by=self.host(), outcome=outcome, message="Svar.")

    def take_back(self, contribution: Contribution) -> None:
        if self.dice.random() < 0.3:
            operations.withdraw(contribution)
        else:
            operations.revoke_consent(contribution, self.dice.choice(Scope.values))

    def erase(self, contribution: Contribution) -> None:
        operations.erase(contribution)

    def step(self) -> None:
        one = self.some()
        makes = [self.tell, self.begin, self.reply]
        uses = [self.reword, self.decide, self.decide, self.decide, self.decide,
                self.ask_again, self.answer, self.take_back, self.erase]  # fmt: skip
        if one is None or self.dice.random() < 0.2:
            self.dice.choice(makes)()
            return
        keys = [f"story:{one.public_id}", f"topic:{_topic_id(one)}"]
        before, aged = _shown(one), versions(*keys)
        decided = one.decisions.count()
        try:
            self.dice.choice(uses)(one)
        except (Refused, AlreadyDecided):
            assert _shown(one) == before
            assert one.decisions.count() == decided
            return
        now = Contribution.objects.get(pk=one.pk)
        if _shown(one) != before:
            assert versions(*keys) != aged, "a page would stay as it was"
        if now.state != one.state:
            assert one.decisions.count() > decided, "a change without a reason"


def _shown(contribution: Contribution) -> dict[str, Any]:
    return Contribution.objects.values("state", *PUBLIC_COLUMNS).get(pk=contribution.pk)


def _topic_id(contribution: Contribution) -> int:
    return Post.objects.filter(pk=contribution.pk).values_list("topic_id", flat=True).first() or 0


def nothing_is_shown_without_a_yes(life: Life) -> None:
    for row in Contribution.objects.all():
        public = [getattr(row, column) for column in PUBLIC_COLUMNS]
        if row.state != State.PUBLISHED:
            assert public == [""] * 5 and row.published_version_id is None
            continue
        text, title, alias = life.approved[row.pk]
        assert (row.published_text, row.published_title, row.published_alias) == (
            text,
            title,
            alias,
        )
        assert row.published_html == to_html(text)
        version = row.versions.order_by("-number").first()
        assert version is not None and version.pk == row.published_version_id
        assert version.text == text and version.approved_by_author_at is not None
        assert row.consents.active().filter(scope=Scope.SHOW, text_version=version).count() == 1
        assert not version.findings.filter(resolved_at=None).exists()


def everything_is_counted_right() -> None:
    for topic in Topic.objects.select_related("opening"):
        shown = [post for post in topic.posts.all() if post.state == State.PUBLISHED]
        numbers = sorted(n for n in topic.posts.values_list("number", flat=True) if n)
        assert numbers == list(range(1, topic.last_number + 1))
        assert topic.post_count == len(shown)
        assert topic.last_activity == max(
            (p.published_at for p in shown if p.published_at), default=None
        )
    for forum in Forum.objects.all():
        assert forum.topic_count == forum.topics.filter(opening__state=State.PUBLISHED).count()
        moments = [t.last_activity for t in forum.topics.all() if t.last_activity]
        assert forum.last_activity == max(moments, default=None)


def what_is_erased_has_no_word() -> None:
    for row in Contribution.objects.filter(state=State.ERASED):
        assert (row.author_id, row.receipt_id, row.alias) == (None, None, None)
        assert {(v.text, v.title) for v in row.versions.all()} == {(None, None)}
        assert not Finding.objects.filter(version__contribution=row).exists()
        assert not row.reports.exists()
        assert set(row.decisions.values_list("message", flat=True)) <= {None}


@pytest.mark.parametrize("seed", range(12))
def test_no_order_of_events_shows_or_counts_what_it_should_not(cast: Cast, seed: int) -> None:
    life = Life(cast, random.Random(seed), [open_forum("et"), open_forum("to")])  # noqa: S311
    for number in range(STEPS):
        life.step()
        if number % 10 == 9:
            nothing_is_shown_without_a_yes(life)
            everything_is_counted_right()
            what_is_erased_has_no_word()
    assert Decision.objects.count() > 10
