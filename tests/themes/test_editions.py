"""Adopted words are fixed: for the model, and for whatever goes around it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from cocreate import guards
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.guards import GUARDS
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.models import (
    AdoptedTextIsFixed,
    Edition,
    Fact,
    Guideline,
    Passage,
    Strategy,
    Theme,
)
from cocreate.themes.models.editions import Kind, PlainStatus, Status
from cocreate.themes.operations import import_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def adopted(solbaek: StrategyDocument) -> Edition:
    import_strategy(solbaek)
    return Edition.objects.get()


@pytest.fixture
def draft(adopted: Edition) -> Edition:
    return Edition.objects.create(strategy=adopted.strategy, number=2, title="Udkast")


def passage(edition: Edition, **columns: Any) -> Passage:
    return Passage(
        **{"edition": edition, "kind": Kind.PREFACE, "text": "Ord.", "order": 1, **columns}
    )


# --- immutability ---------------------------------------------------------------------------------


def test_an_adopted_text_cannot_be_saved_otherwise(adopted: Edition) -> None:
    words = adopted.passages.of_guidelines().first()
    assert words is not None
    words.text = "noget andet"
    with pytest.raises(AdoptedTextIsFixed):
        words.save()
    with pytest.raises(AdoptedTextIsFixed):
        words.delete()
    with pytest.raises(AdoptedTextIsFixed):
        passage(adopted, kind=Kind.PREFACE).save()


def test_an_adopted_edition_cannot_be_saved_otherwise_or_removed(adopted: Edition) -> None:
    adopted.adopted_by = "En anden"
    with pytest.raises(AdoptedTextIsFixed):
        adopted.save()
    with pytest.raises(AdoptedTextIsFixed):
        adopted.delete()


@pytest.mark.parametrize(
    "columns", [{"text": "x"}, {"kind": Kind.VISION}, {"order": 99}, {"theme": None}]
)
def test_the_database_refuses_to_rewrite_adopted_words(
    adopted: Edition, columns: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="adopted text is fixed"), transaction.atomic():
        adopted.passages.filter(kind=Kind.CHALLENGE).update(**columns)


def test_the_database_refuses_to_remove_or_add_adopted_words(adopted: Edition) -> None:
    with pytest.raises(IntegrityError, match="adopted text is fixed"), transaction.atomic():
        adopted.passages.all().delete()
    with pytest.raises(IntegrityError, match="adopted text is fixed"), transaction.atomic():
        Passage.objects.bulk_create([passage(adopted, order=999)])


def test_words_cannot_be_moved_into_an_adopted_edition(adopted: Edition, draft: Edition) -> None:
    passage(draft, order=999).save()
    with pytest.raises(IntegrityError, match="adopted text is fixed"), transaction.atomic():
        draft.passages.update(edition=adopted)


@pytest.mark.parametrize(
    "columns",
    [
        {"title": "x"},
        {"number": 9},
        {"adopted_by": "x"},
        {"adopted_on": date(2020, 1, 1)},
        {"status": Status.DRAFT},
        {"demonstration": True},
    ],
)
def test_the_database_refuses_to_change_an_adopted_edition(
    adopted: Edition, columns: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="adopted edition is fixed"), transaction.atomic():
        Edition.objects.filter(pk=adopted.pk).update(**columns)


def test_the_database_refuses_to_remove_an_adopted_edition(adopted: Edition) -> None:
    with (
        pytest.raises(IntegrityError, match="adopted edition is fixed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM themes_edition WHERE id = %s", [adopted.pk])


def test_an_adopted_edition_may_be_superseded_once_and_stays_fixed(adopted: Edition) -> None:
    adopted.status = Status.SUPERSEDED
    adopted.save()
    with pytest.raises(IntegrityError, match="adopted edition is fixed"), transaction.atomic():
        Edition.objects.update(status=Status.ADOPTED)
    with pytest.raises(IntegrityError, match="adopted text is fixed"), transaction.atomic():
        Passage.objects.update(text="x")


def test_the_short_text_is_not_adopted_and_may_change(adopted: Edition) -> None:
    words = adopted.passages.of_guidelines().first()
    assert words is not None
    words.plain_summary, words.plain_summary_status = "Vi banker på.", PlainStatus.APPROVED
    words.save()
    assert not Passage.objects.get(pk=words.pk).summary_is_proposal


def test_a_draft_and_a_demonstration_may_be_changed_and_removed(draft: Edition) -> None:
    row = passage(draft, order=1)
    row.save()
    Passage.objects.filter(pk=row.pk).update(text="Andre ord.")
    draft.delete()
    assert not Passage.objects.filter(pk=row.pk).exists()


def test_a_demonstration_may_be_removed_whole() -> None:
    edition = make_demonstration()
    edition.passages.update(text="Andre ord.")
    edition.delete()
    assert not Passage.objects.exists()


def test_a_guideline_keeps_its_code(adopted: Edition) -> None:
    with pytest.raises(IntegrityError, match="keeps its code"), transaction.atomic():
        Guideline.objects.filter(code="1.2").update(code="1.9")


def test_all_guards_stand_in_the_database(adopted: Edition) -> None:
    assert not {guard.name for guard in GUARDS} & set(guards.missing(connection))


# --- constraints ----------------------------------------------------------------------------------


def test_there_is_room_for_one_strategy(adopted: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Strategy.objects.create(title="En til")


def test_one_edition_is_in_force(adopted: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            strategy=adopted.strategy,
            number=2,
            title="To",
            status=Status.ADOPTED,
            adopted_on=date(2027, 1, 1),
            adopted_by="Byrådet",
        )


@pytest.mark.parametrize("missing", [{"adopted_on": None}, {"adopted_by": ""}])
def test_nothing_is_adopted_by_nobody_or_never(draft: Edition, missing: dict[str, Any]) -> None:
    columns = {"status": Status.SUPERSEDED, "adopted_on": date(2027, 1, 1), "adopted_by": "Byrådet"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(**(columns | missing))


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "poem"},
        {"kind": Kind.VISION},  # of no theme
        {"kind": Kind.GUIDELINE, "guideline": None},
        {"text": ""},
        {"plain_summary_status": PlainStatus.APPROVED},  # with nothing to approve
    ],
)
def test_a_passage_says_what_it_is_and_has_words(draft: Edition, columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.bulk_create([passage(draft, **columns)])


def test_a_theme_has_one_vision_and_a_guideline_one_text(draft: Edition) -> None:
    theme = Theme.objects.get(number=1)
    guideline = theme.guidelines.get(number=1)
    for same in (
        {"theme": theme, "kind": Kind.VISION},
        {"theme": theme, "kind": Kind.GUIDELINE, "guideline": guideline},
        {"kind": Kind.PREFACE},
    ):
        passage(draft, order=1, **same).save()
        with pytest.raises(IntegrityError), transaction.atomic():
            passage(draft, order=2, **same).save()
        draft.passages.all().delete()


def test_numbers_codes_and_slugs_are_unique(adopted: Edition) -> None:
    theme = Theme.objects.get(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guideline.objects.create(theme=theme, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(
            strategy=adopted.strategy, number=9, slug=theme.slug, title="x", colour=1, symbol="book"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Theme.objects.create(
            strategy=adopted.strategy, number=13, slug="x", title="x", colour=1, symbol="book"
        )


def test_codes_sort_by_number(adopted: Edition) -> None:
    theme = Theme.objects.get(number=1)
    for number in (10, 9):
        Guideline.objects.create(theme=theme, number=number)
    codes = theme.guidelines.in_order().values_list("code", flat=True)
    assert list(codes) == ["1.1", "1.2", "1.3", "1.9", "1.10"]


def test_an_editor_is_told_what_to_write_before_approving(adopted: Edition) -> None:
    words = adopted.passages.of_guidelines().select_related("edition").first()
    assert words is not None
    words.plain_summary_status = PlainStatus.APPROVED
    with pytest.raises(ValidationError, match="[Ss]hort text|korte tekst"):
        words.full_clean()


def test_a_fact_without_a_source_is_not_public(adopted: Edition) -> None:
    assert not Fact.objects.public().exists()
    Fact.objects.filter(order=1).update(source="Danmarks Statistik")
    assert Fact.objects.public().get().order == 1
