"""What is decided is minuted once, with a reason, and never rewritten."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cocreate.insights.errors import CopiedWords
from cocreate.moderation import operations as moderation
from cocreate.revisions.errors import (
    AlreadyDecided,
    FinalTextMissing,
    FinalTextNotAsked,
    HasChangedSince,
    NewerThanTheMeeting,
    NoOpenProcess,
    NotPutForward,
    NotYet,
    OthersWords,
    ReasonMissing,
    RestsOnNothing,
    TakenBack,
)
from cocreate.revisions.models import Amendment, Change, CouncilDecision, Outcome, Step
from cocreate.revisions.putting_forward import Wanted, change_amendment, close_process
from cocreate.themes.models import Passage
from tests.cast import show
from tests.revisions.conftest import NEW_WORDS, WHY, Council, passage

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def test_a_recommendation_and_a_decision_stand_beside_each_other(council: Council) -> None:
    amendment = council.wants()
    council.decides(amendment, step=Step.RECOMMENDED, body="Social- og Sundhedsudvalget")
    council.decides(amendment, Outcome.POSTPONED)
    council.decides(amendment, Outcome.ADOPTED_CHANGED)
    assert [(row.step, row.outcome) for row in amendment.decisions.order_by("pk")] == [
        (Step.RECOMMENDED, Outcome.ADOPTED),
        (Step.DECIDED, Outcome.POSTPONED),
        (Step.DECIDED, Outcome.ADOPTED_CHANGED),
    ]


@pytest.mark.parametrize("outcome", [Outcome.ADOPTED, Outcome.ADOPTED_CHANGED, Outcome.REJECTED])
def test_what_is_decided_is_decided(council: Council, outcome: Outcome) -> None:
    amendment = council.wants()
    decision = council.decides(amendment, outcome)
    assert council.decides(amendment, outcome) == decision
    with pytest.raises(AlreadyDecided):
        council.decides(amendment, Outcome.REJECTED, reason="En anden grund.")
    with pytest.raises(AlreadyDecided):
        council.decides(amendment, Outcome.ADOPTED, step=Step.RECOMMENDED)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"body": ""}, ReasonMissing),
        ({"on": timezone.localdate() - timedelta(days=1)}, NotPutForward),
        ({"on": timezone.localdate() + timedelta(days=1)}, NotYet),
        ({"final_text": "Andre ord."}, FinalTextNotAsked),
        ({"outcome": Outcome.REJECTED, "final_text": "Andre ord."}, FinalTextNotAsked),
        ({"outcome": Outcome.ADOPTED_CHANGED, "final_text": " "}, FinalTextMissing),
    ],
)
def test_what_is_missing_is_refused_and_nothing_saved(
    council: Council, more: dict[str, Any], error: type[Exception]
) -> None:
    amendment = council.wants()
    with pytest.raises(error):
        council.decides(amendment, **more)
    assert not CouncilDecision.objects.exists()


def test_a_decision_is_about_the_words_the_meeting_had(council: Council) -> None:
    """What is written afterwards is never what was adopted."""
    with time_machine.travel(timezone.now() - timedelta(days=5), tick=False):
        amendment = council.wants()
    meeting = timezone.localdate() - timedelta(days=3)
    wanted = Wanted(Change.CHANGE, WHY, "Andre ord.", "Vi vil det.", passages=[passage()])
    change_amendment(amendment, wanted, by=council.analyst, base=1)
    with pytest.raises(NewerThanTheMeeting):
        council.decides(amendment, on=meeting)
    assert council.decides(amendment).version == amendment.versions.get(number=2)


def test_nobody_turns_a_proposal_into_something_else(council: Council) -> None:
    show(council.proposal(), by=council.cast.host)
    wanted = Wanted(Change.DELETE, WHY, administration="Vi vil det.", passages=[passage("1.1")])
    with pytest.raises(OthersWords):
        change_amendment(Amendment.objects.get(), wanted, by=council.analyst, base=1)


def test_a_public_amendment_always_rests_on_something(council: Council) -> None:
    amendment = council.wants()
    wanted = Wanted(Change.CHANGE, WHY, "Andre ord.", passages=[passage()])
    with pytest.raises(RestsOnNothing):
        change_amendment(amendment, wanted, by=council.analyst, base=1)
    assert amendment.versions.count() == 1
    close_process(council.process)
    with pytest.raises(NoOpenProcess):
        change_amendment(
            amendment, replace(wanted, administration="Vi."), by=council.analyst, base=1
        )


def test_a_recommendation_keeps_no_copy_of_a_proposals_words(council: Council) -> None:
    show(council.proposal(), by=council.cast.host)
    decision = council.decides(Amendment.objects.get(), step=Step.RECOMMENDED, body="Udvalget")
    assert decision.final_text == ""


def test_a_proposal_in_words_of_ones_own_can_be_taken_up_word_for_word(council: Council) -> None:
    words = "Skriv hvem man kan ringe til når kontoret er lukket om aftenen"
    show(council.proposal("", words), by=council.cast.host)
    decision = council.decides(
        Amendment.objects.get(), Outcome.ADOPTED_CHANGED, final_text=f"{words}."
    )
    assert decision.final_text == f"{words}."


def test_a_draft_is_not_decided_on(council: Council) -> None:
    with pytest.raises(NotPutForward):
        council.decides(council.wants(public=False))


def test_a_decision_is_never_rewritten_nor_deleted(council: Council) -> None:
    council.decides(council.wants())
    for change in ({"reason": "En anden."}, {"outcome": Outcome.REJECTED}, {"on": "2020-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CouncilDecision.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilDecision.objects.all().delete()


def test_reasons_copy_nobodys_words(council: Council) -> None:
    amendment = council.wants()
    council.voice("En to tre fire fem seks syv otte ni.", scopes={"show", "analyse"})
    with pytest.raises(CopiedWords):
        council.decides(amendment, reason="En skrev: En to tre fire fem seks syv otte.")


def test_words_that_have_changed_since_are_looked_at_before_they_are_adopted(
    council: Council,
) -> None:
    first, second = council.wants(), council.wants(text="Et andet forslag til det samme.")
    council.decides(second, Outcome.POSTPONED)
    council.decides(first)
    council.adopts()
    with pytest.raises(HasChangedSince):
        council.decides(second)
    # To say no, nobody has to look.
    assert council.decides(second, Outcome.REJECTED)


# --- proposals ------------------------------------------------------------------------------------


def test_a_proposal_is_adopted_in_its_own_words_which_stand_when_it_is_taken_back(
    council: Council,
) -> None:
    contribution = show(council.proposal(), by=council.cast.host)
    decision = council.decides(Amendment.objects.get())
    assert decision.final_text == NEW_WORDS
    moderation.withdraw(contribution)
    council.adopts()
    assert passage().text == NEW_WORDS


def test_a_proposal_without_words_needs_final_ones(council: Council) -> None:
    show(council.proposal("", "Sig, hvornår man får svar."), by=council.cast.host)
    amendment = Amendment.objects.get()
    with pytest.raises(FinalTextMissing):
        council.decides(amendment)
    council.decides(amendment, Outcome.ADOPTED_CHANGED, final_text="Man får svar om torsdagen.")
    council.adopts()
    assert passage().text == "Man får svar om torsdagen."


def test_a_proposal_that_is_taken_back_is_not_decided_on(council: Council) -> None:
    moderation.withdraw(show(council.proposal(), by=council.cast.host))
    with pytest.raises(TakenBack):
        council.decides(Amendment.objects.get())


def test_a_proposal_to_leave_something_out_needs_no_words(council: Council) -> None:
    received = council.proposal("", "Den gælder ikke mere.", change=Change.DELETE)
    show(received, by=council.cast.host)
    council.decides(Amendment.objects.get())
    council.adopts()
    assert not Passage.objects.in_force().filter(guideline__code="2.3").exists()
