"""The next edition: what was decided and nothing else, whole or not at all."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cocreate.revisions import adoption
from cocreate.revisions.adoption import NextEdition, adopt, named, waiting_for_edition
from cocreate.revisions.errors import (
    AlreadyDecided,
    DecidedMeanwhile,
    EditionUnnamed,
    HasChangedSince,
    NotForReal,
    NothingLeft,
    NothingToAdopt,
    TakenByAnother,
    Undecided,
    WrongDate,
    WrongPassages,
)
from cocreate.revisions.models import Adopted, Change, CouncilDecision, Outcome
from cocreate.revisions.putting_forward import look_again, open_process
from cocreate.themes.importing.reading import parse
from cocreate.themes.models import Edition, Guideline, Passage, Theme
from cocreate.themes.models.editions import Kind, PlainStatus, Status
from cocreate.themes.operations import import_strategy
from tests.cast import Cast
from tests.revisions.conftest import NEW_WORDS, Council, passage, process, vision

pytestmark = [pytest.mark.django_db, pytest.mark.db]

REAL = settings.BASE_DIR.parent / "shared" / "strategy" / "egedal-2017.txt"


def everything(edition: Edition) -> list[dict[str, Any]]:
    return list(edition.passages.order_by("order").values())


def codes(edition: Edition) -> list[str]:
    found = edition.passages.filter(kind=Kind.GUIDELINE).order_by("order")
    return [str(code) for code in found.values_list("guideline__code", flat=True)]


def test_unchanged_passages_are_carried_over_with_all_they_have(council: Council) -> None:
    first = Edition.objects.get()
    Passage.objects.filter(guideline__code="2.3").update(plain_summary_status=PlainStatus.APPROVED)
    Passage.objects.filter(guideline__code="2.4").update(plain_summary_status=PlainStatus.APPROVED)
    before = everything(first)
    council.decides(council.wants())
    second = council.adopts()
    assert everything(first) == before
    first.refresh_from_db()
    assert (first.status, second.status, second.number) == (Status.SUPERSEDED, Status.ADOPTED, 2)
    old = {row["uid"]: row for row in before}
    for row in everything(second):
        assert row["order"] == old[row["uid"]]["order"]
        changed = {name for name in row if row[name] != old[row["uid"]][name]}
        is_amended = row["text"] == NEW_WORDS
        # The short text of words that changed is a proposal again.
        expected = {"text", "plain_summary_status"} if is_amended else set()
        assert changed == {"id", "edition_id"} | expected
    assert passage().text == NEW_WORDS


def test_something_new_takes_the_next_number_and_none_is_used_again(council: Council) -> None:
    last = max(codes(Edition.objects.get()), key=lambda code: tuple(map(int, code.split("."))))
    assert last == "4.6"
    council.decides(council.wants(Change.DELETE, passage("4.6")))
    council.decides(council.wants(Change.NEW, text="Den første nye."))
    council.decides(council.wants(Change.NEW, text="Den anden nye."))
    second = council.adopts()
    assert [code for code in codes(second) if code.startswith("4")] == [
        "4.1", "4.2", "4.3", "4.4", "4.5", "4.7", "4.8",
    ]  # fmt: skip
    retired = Guideline.objects.get(code="4.6")
    assert retired.retired_in == second
    assert passage("4.7").text == "Den første nye."
    orders = list(second.passages.order_by("order").values_list("order", flat=True))
    assert orders == list(range(1, len(orders) + 1))
    # The words of a theme stand together, also in the printed order.
    themes = [row.theme_id for row in second.passages.order_by("order") if row.theme_id]
    assert themes == sorted(themes, key=themes.index)


def test_what_is_put_together_keeps_the_first_code_and_retires_the_others(
    council: Council,
) -> None:
    merged = (passage("3.2"), passage("3.1"), passage("3.5"))
    uid = merged[0].uid
    council.decides(council.wants(Change.MERGE, *merged, text="Alt sammen under ét."))
    second = council.adopts()
    assert [code for code in codes(second) if code.startswith("3")] == ["3.2", "3.3", "3.4", "3.6"]
    assert (passage("3.2").text, passage("3.2").uid) == ("Alt sammen under ét.", uid)
    retired = Guideline.objects.filter(retired_in=second).order_by("code")
    assert [guideline.code for guideline in retired] == ["3.1", "3.5"]


def test_any_passage_can_be_changed_or_left_out(council: Council) -> None:
    preface = Passage.objects.in_force().filter(kind=Kind.PREFACE).first()
    council.decides(council.wants(Change.CHANGE, vision(3), text="En ny vision."))
    council.decides(council.wants(Change.DELETE, vision(1)))
    if preface is not None:
        council.decides(council.wants(Change.CHANGE, preface, text="Et nyt forord."))
    council.adopts()
    assert vision(3).text == "En ny vision."
    assert not Passage.objects.in_force().filter(theme__number=1, kind=Kind.VISION).exists()
    council.decides(
        council.wants(
            Change.NEW, text="Visionen igen.", theme=Theme.objects.get(number=1), kind=Kind.VISION
        )
    )
    council.adopts(3)
    assert vision(1).text == "Visionen igen."


def test_only_what_was_decided_comes_in_and_says_where_from(council: Council) -> None:
    decided = council.decides(council.wants(), Outcome.ADOPTED_CHANGED)
    council.decides(council.wants(Change.CHANGE, passage("1.1")), Outcome.REJECTED)
    gone = council.decides(council.wants(Change.DELETE, passage("1.2")))
    second = council.adopts()
    assert passage().text == decided.final_text
    rows = {row.decision_id: row.passage for row in Adopted.objects.filter(edition=second)}
    assert rows == {decided.pk: passage(), gone.pk: None}


def test_every_amendment_is_answered_before_an_edition_is_adopted(council: Council) -> None:
    council.decides(council.wants())
    waiting = council.wants(Change.CHANGE, passage("1.1"))
    with pytest.raises(Undecided) as refused:
        council.adopts()
    assert refused.value.labels == [waiting.label]
    council.decides(waiting, Outcome.POSTPONED)
    assert council.adopts().number == 2


def test_two_that_want_the_same_passage_are_not_both_decided(council: Council) -> None:
    one = council.wants()
    other = council.wants(Change.MERGE, passage("2.2"), passage("2.3"), text="Begge.")
    council.decides(one)
    with pytest.raises(TakenByAnother) as refused:
        council.decides(other)
    assert refused.value.label == one.label
    council.decides(other, Outcome.REJECTED)
    assert council.adopts().number == 2


def test_two_new_visions_are_not_both_decided(council: Council) -> None:
    council.decides(council.wants(Change.DELETE, vision(1)))
    council.adopts()
    first = Theme.objects.get(number=1)
    new = [
        council.wants(Change.NEW, text=f"Vision {n}.", theme=first, kind=Kind.VISION)
        for n in range(2)
    ]
    council.decides(new[0])
    with pytest.raises(TakenByAnother):
        council.decides(new[1])
    council.decides(new[1], Outcome.POSTPONED)
    third = council.adopts(3)
    place = third.passages.get(kind=Kind.VISION, theme=first).order
    before, after = (third.passages.get(order=place + step).kind for step in (-1, 1))
    assert (before, after) == (Kind.CHALLENGE, Kind.LEAD_IN)
    with pytest.raises(WrongPassages):
        council.decides(new[1])


def test_what_was_decided_can_be_taken_up_again_before_it_is_printed(council: Council) -> None:
    """Also the way out where another process has changed the words meanwhile."""
    council.decides(council.wants(Change.CHANGE, passage("2.4")))
    stuck = council.wants()
    council.decides(stuck)
    other = Council(council.cast)
    other.process = open_process(process(slug="loebende", standing=True))
    late = other.wants(Change.CHANGE, passage("2.4"), text="Fra den anden proces.")
    with pytest.raises(TakenByAnother):
        other.decides(late)
    council.decides(stuck, Outcome.SENT_BACK)
    assert not CouncilDecision.objects.final().filter(amendment=stuck).exists()
    council.adopts()
    assert passage("2.4").text == NEW_WORDS
    assert passage().text != NEW_WORDS
    council.decides(stuck)
    assert council.adopts(3).number == 3
    assert passage().text == NEW_WORDS


def test_a_reopened_decision_stays_to_be_read_and_is_reopened_once(council: Council) -> None:
    decision = council.decides(council.wants())
    council.decides(decision.amendment, Outcome.SENT_BACK)
    decision.refresh_from_db()
    assert decision.reopened_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilDecision.objects.filter(pk=decision.pk).update(reopened_at=None)
    council.decides(decision.amendment)
    council.adopts()
    with pytest.raises(AlreadyDecided):
        council.decides(decision.amendment, Outcome.SENT_BACK)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"title": " "}, EditionUnnamed),
        ({"by": ""}, EditionUnnamed),
        ({"on": timezone.localdate() + timedelta(days=1)}, WrongDate),
        ({"on": timezone.localdate() - timedelta(days=1)}, WrongDate),
    ],
)
def test_an_edition_is_named_and_dated(
    council: Council, change: dict[str, Any], error: type[Exception]
) -> None:
    council.decides(council.wants())
    called = NextEdition("Udgave 2", timezone.localdate(), "Byrådet")
    with pytest.raises(error):
        adopt(council.process, replace(called, **change))
    assert Edition.objects.count() == 1


def test_nothing_is_adopted_that_nobody_looked_at(council: Council) -> None:
    seen = named([council.decides(council.wants())])
    council.decides(council.wants(Change.CHANGE, passage("1.1")))
    called = NextEdition("Udgave 2", timezone.localdate(), "Byrådet")
    with pytest.raises(DecidedMeanwhile):
        adopt(council.process, called, seen=seen)
    assert Edition.objects.count() == 1
    assert adopt(council.process, called, seen=named(waiting_for_edition(council.process)))


def test_a_demonstration_changes_no_real_strategy(council: Council) -> None:
    made_up = Council(council.cast)
    made_up.process = open_process(process(slug="demo", demonstration=True))
    made_up.decides(made_up.wants())
    with pytest.raises(NotForReal):
        made_up.adopts()


def test_an_edition_without_guidelines_is_none(council: Council) -> None:
    for code in codes(Edition.objects.get()):
        council.decides(council.wants(Change.DELETE, passage(code)))
    with pytest.raises(NothingLeft):
        council.adopts()


def test_with_nothing_decided_there_is_nothing_to_adopt(council: Council) -> None:
    with pytest.raises(NothingToAdopt):
        council.adopts()
    council.decides(council.wants(), Outcome.REJECTED)
    with pytest.raises(NothingToAdopt):
        council.adopts()
    council.decides(council.wants(text="Andre ord."))
    council.adopts()
    with pytest.raises(NothingToAdopt):
        council.adopts()


def test_killed_halfway_the_old_edition_stands_and_it_can_be_run_again(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    council.decides(council.wants())
    council.decides(council.wants(Change.NEW, text="Noget nyt."))
    before = (everything(Edition.objects.get()), Guideline.objects.count())
    steps = ("_numbered", "_last_number")
    for step in steps:
        with monkeypatch.context() as patch:
            patch.setattr(adoption, step, _dies(Killed))
            with pytest.raises(Killed):
                council.adopts()
        edition = Edition.objects.get()
        assert (everything(edition), Guideline.objects.count()) == before
        assert edition.status == Status.ADOPTED
    with monkeypatch.context() as patch:
        patch.setattr(Adopted.objects, "bulk_create", _dies(Killed))
        with pytest.raises(Killed):
            council.adopts()
    assert Edition.objects.get().status == Status.ADOPTED
    assert council.adopts().number == 2


def _dies(error: type[BaseException]) -> Any:
    def die(*args: object, **options: object) -> None:
        raise error

    return die


def test_what_another_process_has_changed_meanwhile_is_looked_at_first(council: Council) -> None:
    other = Council(council.cast)
    other.process = open_process(process(slug="loebende", standing=True))
    late = other.wants(text="Fra den anden proces.")
    council.decides(council.wants())
    council.adopts()
    with pytest.raises(HasChangedSince):
        other.decides(late)
    look_again(late)
    other.decides(late)
    assert other.adopts(3).number == 3


# --- the real strategy ----------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.exists(), reason="the real strategy lies outside the project")
def test_the_real_strategy_is_revised(cast: Cast) -> None:
    """Guideline 2.3 and a vision changed, one guideline added and one left out: 27 stay 27."""
    import_strategy(parse(Path(REAL).read_text(encoding="utf-8")))
    council = Council(cast)
    council.process = open_process(process())
    first = Edition.objects.get()
    before = everything(first)
    assert len(codes(first)) == 27
    council.decides(council.wants(Change.CHANGE, passage("2.3")))
    council.decides(council.wants(Change.CHANGE, vision(3), text="En ny vision."))
    council.decides(council.wants(Change.NEW, text="En ny retningslinje."))
    council.decides(council.wants(Change.DELETE, passage("1.5")))
    second = adopt(council.process, NextEdition("Udgave 2", timezone.localdate(), "Byrådet"))
    assert everything(first) == before
    expected = [code for code in codes(first) if code != "1.5"] + ["4.7"]
    assert codes(second) == expected
    assert len(expected) == 27
    with pytest.raises(IntegrityError), transaction.atomic():
        first.passages.update(text="Andre ord.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(edition=second).delete()
