"""What stands on the strategy's own pages when an edition has been adopted."""

import pytest
from django.test import Client

from cocreate.revisions.models import Change, Outcome
from cocreate.themes.models import Passage
from cocreate.themes.models.editions import Kind
from tests.revisions.conftest import Council, passage, vision

pytestmark = pytest.mark.django_db


def page(address: str) -> str:
    answer = Client().get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_old_code_leads_to_its_words_and_to_why_they_were_left_out(council: Council) -> None:
    gone, merged = passage("1.2"), (passage("2.1"), passage("2.2"))
    council.decides(council.wants(Change.DELETE, gone))
    council.decides(council.wants(Change.MERGE, *merged, text="Begge dele."))
    council.adopts()
    for code, words in (("1.2", gone.text), ("2.2", merged[1].text)):
        answer = Client().get(f"/retningslinjer/{code}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/strategien/1/{code}/")
        shown = page(f"/retningslinjer/{code}/")
        assert words in shown
        assert f"/forslag/{1 if code == '1.2' else 2}/" in shown
        assert "Fristen er til at holde." in shown
    assert "/strategien/2/2.1/" in page("/retningslinjer/2.2/")
    assert "/forslag/2/" not in page("/strategien/1/2.4/")
    assert "Begge dele." in page("/retningslinjer/2.1/")
    assert Client().get("/retningslinjer/1.99/").status_code == 404


def test_a_theme_without_a_vision_or_a_challenge_has_no_empty_heading(council: Council) -> None:
    address = vision(1).theme.get_absolute_url()  # type: ignore[union-attr]
    challenge = Passage.objects.in_force().get(theme__number=1, kind=Kind.CHALLENGE)
    assert 'id="vision"' in page(address)
    assert "<summary>Udfordringen bag" in page(address)
    council.decides(council.wants(Change.DELETE, vision(1)))
    council.decides(council.wants(Change.DELETE, challenge))
    council.adopts()
    shown = page(address)
    assert 'id="vision"' not in shown
    assert "<summary>Udfordringen bag" not in shown
    assert page("/strategien/2/")


def test_a_merged_passage_tells_of_both_its_roots(council: Council) -> None:
    insight = council.insight(council.voice())
    council.decides(council.wants(Change.CHANGE, passage("2.2"), insights=(insight,)))
    council.adopts()
    council.decides(council.wants(Change.MERGE, passage("2.1"), passage("2.2"), text="Begge."))
    council.adopts(3)
    shown = page(passage("2.1").get_absolute_url())
    assert "/forslag/2/" in shown
    assert "/forslag/1/" in shown
    assert insight.get_absolute_url() in shown


def test_what_was_refused_stands_with_its_reason(council: Council) -> None:
    council.decides(council.wants(), Outcome.REJECTED)
    assert "Fristen er til at holde." in page("/forslag/1/")
    assert "/forslag/1/" not in page(passage().get_absolute_url())
