"""What a fresh installation shows until the municipality brings its own strategy."""

import pytest

from cocreate.text.lix import lix
from cocreate.themes.demonstration import demonstration_document, make_demonstration
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.models import Difficulty, Edition, Fact, Passage, Theme
from cocreate.themes.models.editions import Kind, Status
from cocreate.themes.operations import import_strategy
from cocreate.themes.plain_danish import proposals

HIDDEN = {"Manglende sociale kompetencer", "Kriminalitet", "Omsorgssvigt"}


@pytest.mark.django_db
def test_it_stands_as_if_in_force_and_says_that_it_is_none() -> None:
    edition = make_demonstration()
    assert edition.demonstration and edition.status == Status.ADOPTED
    assert edition.adopted_on is None
    assert Edition.objects.current() == edition


@pytest.mark.django_db
def test_four_themes_at_their_addresses_with_27_guidelines() -> None:
    make_demonstration()
    assert list(Theme.objects.values_list("slug", flat=True)) == [
        "borgeren-i-centrum",
        "det-gode-samarbejde",
        "rum-til-alle",
        "paaroerende-som-ressource",
    ]
    assert list(Theme.objects.values_list("symbol", flat=True)) == [
        "rings",
        "table",
        "house",
        "cups",
    ]
    guidelines = Passage.objects.of_guidelines()
    assert guidelines.count() == 27
    assert all(passage.summary_is_proposal for passage in guidelines)


@pytest.mark.django_db
def test_one_fact_has_a_source_and_three_words_are_no_labels() -> None:
    make_demonstration()
    assert Fact.objects.count() == 4
    assert "4.998" in Fact.objects.public().get().text
    assert Difficulty.objects.count() == 16
    assert set(Difficulty.objects.filter(public=False).values_list("term", flat=True)) == HIDDEN


@pytest.mark.django_db
def test_it_is_made_once_and_never_over_a_real_strategy(solbaek: StrategyDocument) -> None:
    first = make_demonstration()
    assert make_demonstration() == first
    import_strategy(solbaek)
    assert not make_demonstration().demonstration
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("kind", [Kind.PREFACE, Kind.CHALLENGE, Kind.VISION])
def test_its_words_are_plain(kind: Kind) -> None:
    for passage in demonstration_document().passages():
        if passage.place.kind == kind:
            assert lix(passage.text) <= 30, passage.text


def test_our_short_texts_belong_to_these_themes_in_this_order_only() -> None:
    titles = demonstration_document().titles
    assert len(proposals(titles)) == 27
    assert proposals(titles)["4.6"].startswith("Pårørende skal kunne møde")
    assert proposals(titles[::-1]) == {}
