"""Deciding: every path a contribution can take, and what each refuses."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from cocreate.contributions.models import MOVES, Contribution, Scope, State
from cocreate.contributions.models.contribution import PUBLIC_COLUMNS
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.errors import (
    NoConsentToShow,
    NotFromHere,
    OpenFindings,
    OwnContribution,
    ReasonMissing,
    SamePersonAgain,
)
from cocreate.moderation.models import AppealOutcome, Decision, Outcome, Reason
from cocreate.pagecache.models import versions
from tests.cast import Cast, give_story, show
from tests.contributions.test_visibility import in_state

pytestmark = [pytest.mark.django_db, pytest.mark.db]
WHY, SAID = Reason.NAMES_OTHERS, "Skriv det gerne uden navnet."


def again(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)


def test_publishing_renders_exactly_what_the_author_wrote(cast: Cast) -> None:
    story = show(give_story("Linje et.\n\n<b>Linje to.</b>", title="Min titel"), by=cast.host)
    assert story.published_text == "Linje et.\n\n<b>Linje to.</b>"
    assert story.published_title == "Min titel"
    assert "&lt;b&gt;" in story.published_html and "<b>" not in story.published_html
    assert story.published_stems


@pytest.mark.parametrize("scopes", [frozenset(), {Scope.ANALYSE}, {Scope.QUOTE, Scope.READ_ALOUD}])
def test_without_consent_to_show_it_is_not_published(cast: Cast, scopes: frozenset[str]) -> None:
    story = give_story(scopes=scopes).contribution
    with pytest.raises(NoConsentToShow):
        operations.publish(story, by=cast.host)
    assert again(story).state == State.PENDING
    assert operations.keep(story, by=cast.host).outcome == Outcome.KEPT


def test_a_personal_number_stops_publication_until_a_host_has_looked(cast: Cast) -> None:
    received = give_story("Mit nummer er 010180-1234.")
    with pytest.raises(OpenFindings):
        operations.publish(received.contribution, by=cast.host)
    for finding in received.version.findings.all():
        operations.resolve(finding, by=cast.host)
    assert operations.publish(received.contribution, by=cast.host).outcome == Outcome.PUBLISHED


def test_hiding_empties_every_public_column_and_restoring_fills_them(cast: Cast) -> None:
    story = show(give_story("Ord."), by=cast.host)
    shown_at = story.published_at
    operations.hide(story, by=cast.host, reason=WHY, message=SAID)
    hidden = again(story)
    assert [getattr(hidden, column) for column in PUBLIC_COLUMNS] == [""] * 5
    operations.restore(story, by=cast.host)
    assert (again(story).published_text, again(story).published_at) == ("Ord.", shown_at)


@pytest.mark.parametrize("act", [operations.return_to_author, operations.decline])
@pytest.mark.parametrize(("reason", "message"), [("", SAID), (WHY, " \n"), ("within_rules", SAID)])
def test_a_restriction_needs_a_reason_and_words(
    cast: Cast, act: object, reason: str, message: str
) -> None:
    story = give_story().contribution
    with pytest.raises(ReasonMissing):
        act(story, by=cast.host, reason=reason, message=message)  # type: ignore[operator]
    assert not Decision.objects.exists()


def test_nobody_decides_on_their_own_words(cast: Cast) -> None:
    story = give_story(viewer=cast.viewer("host")).contribution
    for act in (operations.publish, operations.keep):
        with pytest.raises(OwnContribution):
            act(story, by=cast.host)
    with pytest.raises(OwnContribution):
        operations.decline(story, by=cast.host, reason=WHY, message=SAID)


@pytest.mark.parametrize("state", [s for s in State.values if s != State.DRAFT])
def test_only_the_known_moves_are_made(cast: Cast, state: str) -> None:
    story = in_state(state, cast)
    acts = {
        State.PUBLISHED: lambda: operations.publish(story, by=cast.second_host),
        State.KEPT: lambda: operations.keep(story, by=cast.second_host),
        State.RETURNED: lambda: operations.return_to_author(
            story, by=cast.second_host, reason=WHY, message=SAID
        ),
        State.DECLINED: lambda: operations.decline(
            story, by=cast.second_host, reason=WHY, message=SAID
        ),
        State.HIDDEN: lambda: operations.hide(story, by=cast.second_host, reason=WHY, message=SAID),
    }
    for target, act in acts.items():
        if target not in MOVES[state] or (state, target) in ONLY_BY_OTHER_OPERATIONS:
            with pytest.raises(NotFromHere):
                act()
    assert again(story).state == state


# moves that exist but belong to restore, publish_due, revoke_consent
ONLY_BY_OTHER_OPERATIONS = {
    *product([State.HIDDEN, State.APPROVED], [State.PUBLISHED]),
    *product([State.PUBLISHED, State.HIDDEN, State.APPROVED], [State.KEPT]),
}


def test_what_was_approved_for_later_is_shown_when_its_time_comes(cast: Cast) -> None:
    story = give_story().contribution
    operations.approve(story, by=cast.host, publish_at=timezone.now() + timedelta(hours=1))
    assert operations.publish_due() == 0
    assert operations.publish_due(timezone.now() + timedelta(hours=2)) == 1
    assert operations.publish_due(timezone.now() + timedelta(hours=2)) == 0
    assert again(story).state == State.PUBLISHED


def test_a_consent_taken_back_before_its_time_stops_the_showing(cast: Cast) -> None:
    story = give_story().contribution
    operations.approve(story, by=cast.host, publish_at=timezone.now())
    operations.revoke_consent(story, Scope.SHOW)
    assert operations.publish_due() == 0
    assert again(story).state == State.KEPT


def test_without_the_consent_to_show_a_shown_story_is_only_kept(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    operations.revoke_consent(story, Scope.SHOW)
    assert again(story).state == State.KEPT
    assert again(story).published_text == ""


def test_another_consent_taken_back_leaves_it_shown(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    operations.revoke_consent(story, Scope.QUOTE)
    assert again(story).state == State.PUBLISHED


@pytest.mark.parametrize("state", [s for s in State.values if s not in {"draft", "erased"}])
def test_the_author_takes_it_back_from_anywhere(cast: Cast, state: str) -> None:
    story = in_state(state, cast)
    operations.withdraw(story)
    operations.withdraw(story)
    assert again(story).state == State.WITHDRAWN
    assert not story.consents.active().exists()
    assert Decision.objects.filter(contribution=story, outcome=Outcome.WITHDRAWN).count() == 1


def test_erasing_leaves_a_tombstone_without_a_word(cast: Cast) -> None:
    story = give_story("Ord.", alias="Musvit", viewer=cast.viewer("citizen")).contribution
    operations.decline(story, by=cast.host, reason=WHY, message=SAID)
    operations.withdraw(story)
    operations.erase(story)
    gone = again(story)
    assert (gone.alias, gone.author, gone.receipt) == (None, None, None)
    assert [(v.text, v.title) for v in gone.versions.all()] == [(None, None)]
    assert set(gone.decisions.values_list("message", flat=True)) == {None}


def test_the_author_sends_again_what_came_back(cast: Cast) -> None:
    story = give_story("Med navnet Mette.").contribution
    operations.return_to_author(story, by=cast.host, reason=WHY, message=SAID)
    given = Given(
        submission_id="x", words=Words("Uden navnet."), viewer=STRANGER, scopes=frozenset({"show"})
    )
    operations.send_again(story, given)
    assert again(story).state == State.PENDING
    operations.publish(story, by=cast.host)
    assert again(story).published_text == "Uden navnet."


def test_an_appeal_goes_to_another_person(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    operations.hide(story, by=cast.host, reason=WHY, message=SAID)
    decision = decision_to_appeal(again(story))
    assert decision is not None
    asked = appeal(decision, text="Jeg er uenig.")
    with pytest.raises(SamePersonAgain):
        decide_appeal(asked, by=cast.host, outcome=AppealOutcome.UPHELD, message="Ja.")
    decide_appeal(asked, by=cast.second_host, outcome=AppealOutcome.UPHELD, message="Du har ret.")
    assert again(story).state == State.PUBLISHED
    assert decision_to_appeal(again(story)) is None


def test_a_refused_appeal_leaves_the_decision_standing(cast: Cast) -> None:
    story = give_story().contribution
    operations.decline(story, by=cast.host, reason=WHY, message=SAID)
    decision = decision_to_appeal(again(story))
    assert decision is not None
    asked = appeal(decision, text="")
    decide_appeal(asked, by=cast.second_host, outcome=AppealOutcome.REFUSED, message="Den står.")
    assert again(story).state == State.DECLINED
    with pytest.raises(NotFromHere):
        decide_appeal(asked, by=cast.second_host, outcome=AppealOutcome.UPHELD, message="Nej.")


def test_every_change_ages_the_pages_that_show_it(cast: Cast) -> None:
    story = give_story().contribution
    keys = ["stories", f"story:{story.public_id}"]
    seen = {versions(*keys)}
    operations.publish(story, by=cast.host)
    seen.add(versions(*keys))
    operations.hide(story, by=cast.host, reason=WHY, message=SAID)
    seen.add(versions(*keys))
    operations.restore(story, by=cast.host)
    seen.add(versions(*keys))
    operations.withdraw(story)
    seen.add(versions(*keys))
    assert len(seen) == 5
