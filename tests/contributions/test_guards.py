"""What the database refuses, even from a shell."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cocreate import guards
from cocreate.contributions.models import MOVES, Contribution, Scope, State, TextVersion
from cocreate.moderation import operations
from cocreate.moderation.models import Decision, Reason
from tests.cast import Cast, give_story, show

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def refused(queryset: object, **columns: object) -> bool:
    try:
        with transaction.atomic():
            queryset.update(**columns)  # type: ignore[attr-defined]
    except (IntegrityError, DatabaseError):
        return True
    return False


def row(contribution: Contribution) -> object:
    return Contribution.objects.filter(pk=contribution.pk)


def test_every_guard_is_in_the_database() -> None:
    assert guards.missing(connection) == []


def test_an_unpublished_row_cannot_hold_a_public_word() -> None:
    story = give_story().contribution
    for column in ("published_alias", "published_title", "published_html", "published_text"):
        assert refused(row(story), **{column: "ord"})


def test_a_story_cannot_be_shown_past_its_hosts() -> None:
    story = give_story().contribution
    version = story.versions.get()
    assert refused(row(story), state=State.PUBLISHED)
    assert refused(row(story), state=State.DECLINED, published_text="x")
    version_of_another = give_story().contribution.versions.get()
    assert refused(
        row(story),
        state=State.PUBLISHED,
        published_version=version_of_another,
        published_at=timezone.now(),
    )
    assert version.contribution_id == story.pk


def test_a_wording_without_its_authors_yes_cannot_be_shown() -> None:
    story = give_story().contribution
    proposed = TextVersion.objects.create(
        contribution=story, number=2, title="", text="Værtens ord.", made_by="host"
    )
    assert refused(
        row(story), state=State.PUBLISHED, published_version=proposed, published_at=timezone.now()
    )


def test_without_consent_to_show_nothing_is_shown() -> None:
    story = give_story(scopes={Scope.ANALYSE}).contribution
    assert refused(
        row(story),
        state=State.PUBLISHED,
        published_version=story.versions.get(),
        published_at=timezone.now(),
    )


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED])
def test_what_is_over_cannot_be_shown_again(cast: Cast, state: str) -> None:
    story = give_story().contribution
    if state == State.WITHDRAWN:
        operations.withdraw(story)
    else:
        operations.decline(story, by=cast.host, reason=Reason.HATE, message="Nej.")
    assert State.PUBLISHED not in MOVES[state]
    assert refused(
        row(story),
        state=State.PUBLISHED,
        published_version=story.versions.get(),
        published_at=timezone.now(),
    )


def test_a_decision_is_never_rewritten_or_deleted(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    decision = Decision.objects.filter(contribution=story)
    assert refused(decision, reason=Reason.MISTAKE)
    assert refused(decision, outcome="hidden")
    assert refused(decision, by=cast.second_host)
    assert refused(decision, at=timezone.now())
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        decision.delete()


def test_a_decisions_message_and_host_may_be_emptied_at_erasure(cast: Cast) -> None:
    story = give_story().contribution
    operations.decline(story, by=cast.host, reason=Reason.HATE, message="Vi viser den ikke.")
    decision = Decision.objects.filter(contribution=story)
    assert decision.get().message_is_as_written
    assert not refused(decision, by=None)
    assert not refused(decision, message=None)
    assert refused(decision, message="Noget andet.")


def test_a_restriction_without_a_reason_is_refused(cast: Cast) -> None:
    story = give_story().contribution
    for reason in ("", Reason.WITHIN_RULES, "noget"):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Decision.objects.create(
                contribution=story, by=cast.host, outcome="hidden", reason=reason, at=timezone.now()
            )


def test_a_consent_taken_back_cannot_be_given_again_in_its_place() -> None:
    story = give_story().contribution
    operations.revoke_consent(story, Scope.QUOTE)
    assert refused(story.consents.filter(scope=Scope.QUOTE), revoked_at=None)
    assert refused(story.consents.filter(scope=Scope.SHOW), scope=Scope.READ_ALOUD)


def test_an_approval_cannot_be_moved_or_a_wording_given_to_another() -> None:
    story, other = give_story().contribution, give_story().contribution
    assert refused(story.versions, approved_by_author_at=timezone.now())
    assert refused(story.versions, contribution=other)
