"""The chain read both ways, in a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cocreate.contributions.models import Contribution
from cocreate.insights.models import Stance
from cocreate.insights.operations import set_aside
from cocreate.moderation import operations as moderation
from cocreate.revisions.models import Amendment, Change, Outcome
from cocreate.revisions.trail import sources, sources_of_edition, trail, trails
from cocreate.themes.models import Passage
from tests.cast import show
from tests.revisions.conftest import Council, passage

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def test_from_a_voice_to_the_sentence_it_became(council: Council) -> None:
    voice = council.voice()
    insight = council.insight(voice)
    amendment = council.wants(insights=(insight,))
    rejected = council.wants(Change.CHANGE, passage("1.1"), insights=(insight,))
    decision = council.decides(amendment, Outcome.ADOPTED_CHANGED)
    council.decides(rejected, Outcome.REJECTED)
    council.adopts()
    (used,) = trail(voice.contribution).used
    assert (used.insight, used.stance) == (insight, Stance.SUPPORTS)
    first, second = used.links
    assert (first.amendment, first.decision) == (amendment, decision)
    assert first.adopted is not None
    assert first.adopted.passage == passage()
    assert second.decision is not None
    assert (second.decision.outcome, second.adopted) == (Outcome.REJECTED, None)


def test_what_is_not_public_has_become_nothing(council: Council) -> None:
    voice = council.voice()
    draft = council.insight(voice, public=False)
    council.wants(insights=(draft,), public=False)
    assert trail(voice.contribution).is_empty


def test_from_a_sentence_back_to_the_voices_behind_it(council: Council) -> None:
    insight = council.insight(council.voice())
    amendment = council.wants(insights=(insight,))
    council.decides(amendment)
    council.adopts()
    (source,) = sources(passage())
    assert (source.amendment, source.insights) == (amendment, (insight,))
    again = council.wants(text="Og ændret igen.")
    council.decides(again)
    council.adopts(3)
    assert [source.amendment for source in sources(passage())] == [again, amendment]
    # In the edition before, only what had happened then.
    earlier = Passage.objects.get(edition__number=2, guideline__code="2.3")
    assert [source.amendment for source in sources(earlier)] == [amendment]
    assert sources(passage("1.1")) == []
    everywhere = sources_of_edition(list(Passage.objects.in_force()))
    assert {pk: row.decision.amendment for pk, row in everywhere.items()} == {passage().pk: again}


def test_a_proposals_own_trail_and_what_was_not_used(council: Council) -> None:
    contribution = show(council.proposal(), by=council.cast.host)
    own = trail(contribution).own
    assert own is not None
    assert (own.amendment, own.decision) == (Amendment.objects.get(), None)
    voice = council.voice()
    set_aside(voice.contribution, "Den handler om en anden kommune.", viewer=council.viewer)
    assert trail(voice.contribution).not_used == "Den handler om en anden kommune."


def test_what_was_decided_stands_over_a_recommendation_minuted_later(council: Council) -> None:
    contribution = show(council.proposal(), by=council.cast.host)
    amendment = Amendment.objects.get()
    council.decides(amendment, Outcome.POSTPONED)
    council.decides(amendment, Outcome.REJECTED, step="recommended", body="Udvalget")
    own = trail(contribution).own
    assert own is not None
    assert own.decision is not None
    assert own.decision.outcome == Outcome.POSTPONED


def test_withdrawal_breaks_no_trail(council: Council) -> None:
    voices = [council.voice(), council.voice()]
    insight = council.insight(*voices)
    council.decides(council.wants(insights=(insight,)))
    council.adopts()
    moderation.withdraw(voices[0].contribution)
    moderation.erase(voices[0].contribution)
    assert [source.insights for source in sources(passage())] == [(insight,)]
    assert trail(voices[1].contribution).used


@pytest.mark.parametrize("size", [1, 10])
def test_a_trail_costs_the_same_at_any_length(council: Council, size: int) -> None:
    voice = council.voice()
    for n in range(size):
        insight = council.insight(voice)
        council.wants(Change.NEW, text=f"Nyt {n}.", insights=(insight,))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = trail(voice.contribution)
    assert len(found.used) == size
    assert len(queries) <= 6
    more = [council.voice() for _ in range(size)]
    for version in more:
        council.behind(insight, version)
    with CaptureQueriesContext(connection) as queries:
        trails(Contribution.objects.filter(pk__in=[row.contribution_id for row in more]))
    assert len(queries) <= 7
