"""What a voice became, on the pages where it stands and on its author's own."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.contributions.models import Contribution, Receipt
from cocreate.insights.operations import set_aside
from cocreate.moderation import operations as moderation
from cocreate.revisions.models import Amendment, Change, Outcome
from tests.cast import begin, open_forum, open_in, reply, show, topic_of
from tests.revisions.conftest import REASON, Council, passage

pytestmark = pytest.mark.django_db


def page(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def own_page(contribution: Contribution) -> str:
    """The author's, with the code typed."""
    client = Client()
    open_in(client, Receipt.objects.get(contributions=contribution))
    return page("/kode/mine/", client)


def thread(council: Council, **voice: Any) -> tuple[Contribution, Amendment]:
    version = council.voice(**voice)
    insight = council.insight(version)
    amendment = council.wants(insights=(insight,))
    council.decides(amendment, Outcome.ADOPTED_CHANGED)
    council.adopts()
    return version.contribution, amendment


def test_a_story_says_at_the_next_request_what_it_became(council: Council) -> None:
    version = council.voice()
    address = f"/fortaellinger/{version.contribution.public_id}/"
    assert "I-01" not in page(address)
    insight = council.insight(version)
    assert "/indsigter/1/" in page(address)
    amendment = council.wants(insights=(insight,))
    assert "/forslag/1/" in page(address)
    council.decides(amendment, Outcome.REJECTED)
    shown = page(address)
    assert REASON in shown
    assert "ikke vedtaget" in shown


def test_its_author_sees_the_same_under_the_code(council: Council) -> None:
    contribution, amendment = thread(council)
    shown = own_page(contribution)
    assert "/indsigter/1/" in shown
    assert amendment.get_absolute_url() in shown
    assert "vedtaget med en ændring" in shown
    assert REASON in shown


def test_its_author_sees_that_it_is_not_used_and_why(council: Council) -> None:
    contribution = council.voice(kept=True).contribution
    assert "ikke brugt i en indsigt endnu" in own_page(contribution)
    set_aside(contribution, "Den handler om en anden kommune.", viewer=council.viewer)
    assert "Den handler om en anden kommune." in own_page(contribution)


def test_what_is_taken_back_leaves_a_gap_on_both_roads(council: Council) -> None:
    contribution, amendment = thread(council)
    moderation.withdraw(contribution)
    shown = own_page(contribution)
    assert "/indsigter/1/" in shown
    assert "tæller ikke mere med" in shown
    assert Client().get(f"/fortaellinger/{contribution.public_id}/").status_code == 404
    assert Client().get(f"/hvad-blev-der-ud-af-det/{contribution.public_id}/").status_code == 404
    assert amendment.label in page("/hvad-blev-der-ud-af-det/")


def test_a_post_leads_to_what_it_became_when_it_became_something(council: Council) -> None:
    begun = begin(open_forum())
    opening, topic = show(begun, by=council.cast.host), topic_of(begun)
    answer = show(reply(topic), by=council.cast.host)
    address = topic.get_absolute_url()
    assert "hvad-blev-der" not in page(address).partition("<main")[2].partition("</main")[0]
    version = answer.versions.get()
    council.insight(version)
    shown = page(address)
    became = f"/hvad-blev-der-ud-af-det/{answer.public_id}/"
    assert became in shown
    assert f"/hvad-blev-der-ud-af-det/{opening.public_id}/" not in shown
    assert "I-01" in page(became)


def test_all_decisions_stand_with_what_people_had_said(council: Council) -> None:
    assert "er ikke afgjort noget endnu" in page("/hvad-blev-der-ud-af-det/")
    insight = council.insight(council.voice())
    council.decides(council.wants(insights=(insight,)))
    council.decides(council.wants(Change.CHANGE, passage("1.1")), Outcome.REJECTED)
    council.decides(council.wants(Change.CHANGE, passage("1.2")), Outcome.POSTPONED)
    shown = page("/hvad-blev-der-ud-af-det/")
    assert insight.statement in shown
    assert "/forslag/1/" in shown
    assert "/forslag/2/" in shown
    assert "/forslag/3/" not in shown


@pytest.mark.parametrize("bad", ["x", "-1", "99999999999999999999", "٣", "1' OR 1"])
def test_a_crooked_address_begins_at_the_newest(council: Council, bad: str) -> None:
    council.decides(council.wants())
    assert "/forslag/1/" in page(f"/hvad-blev-der-ud-af-det/?efter={bad}")


def test_a_long_list_goes_on_page_by_page_at_the_same_cost(council: Council) -> None:
    costs = []
    for n in range(22):
        insight = council.insight(council.voice())
        amendment = council.wants(Change.NEW, text=f"Nyt {n}.", insights=(insight,))
        council.decides(amendment)
        if n in {1, 21}:
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                page("/hvad-blev-der-ud-af-det/")
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 8
    first = page("/hvad-blev-der-ud-af-det/")
    older = first.partition("?efter=")[2].partition('"')[0]
    rest = page(f"/hvad-blev-der-ud-af-det/?efter={older}")
    assert "/forslag/2/" in rest and "/forslag/3/" not in rest
    assert "/forslag/3/" in first and "/forslag/2/" not in first
