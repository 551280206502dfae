"""A second person looks: any restriction can be appealed by its author, also by receipt."""

from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution, State
from cocreate.moderation.errors import NotFromHere, OwnContribution, ReasonMissing, SamePersonAgain
from cocreate.moderation.models import Appeal, AppealOutcome, Decision, Outcome, Reason
from cocreate.moderation.operations import reopen, restore

STILL_STANDS = {Outcome.DECLINED: State.DECLINED, Outcome.HIDDEN: State.HIDDEN}


def decision_to_appeal(contribution: Contribution) -> Decision | None:
    """The newest decision, if it is a restriction that still stands and was not appealed."""
    newest = contribution.decisions.order_by("-at", "-pk").first()
    if newest is None or STILL_STANDS.get(Outcome(newest.outcome)) != contribution.state:
        return None
    if newest.reason == Reason.LOST_CODE:
        # There the holder of the code objects, and nobody has to be asked (lost_codes.py).
        return None
    return None if Appeal.objects.filter(decision=newest).exists() else newest


def appeal(decision: Decision, *, text: str) -> Appeal:
    """Asks another host to look at a refusal or a hiding. Asking twice is asking once.

    Raises NotFromHere when the decision does not stand any more.
    """
    with transaction.atomic():
        # The row that every decision takes: none is made between this look and the asking.
        contribution = Contribution.objects.select_for_update().get(decisions=decision)
        earlier = Appeal.objects.filter(decision=decision).first()
        if earlier is not None:
            return earlier
        if decision_to_appeal(contribution) != decision:
            raise NotFromHere
        return Appeal.objects.create(
            decision=decision, first_decider=decision.by, text=text, at=timezone.now()
        )


def decide_appeal(asked: Appeal, *, by: User, outcome: str, message: str) -> Appeal:
    """Raises SamePersonAgain, OwnContribution, ReasonMissing, NotFromHere; nothing is changed then."""
    if not message.strip():
        raise ReasonMissing
    with transaction.atomic():
        # The contribution first, as everywhere: erasing it takes the rows in the same order.
        contribution = Contribution.objects.select_for_update().get(decisions=asked.decision_id)
        locked = Appeal.objects.select_related("decision").get(pk=asked.pk)
        still = STILL_STANDS[Outcome(locked.decision.outcome)]
        if locked.decided_at is not None or contribution.state != still:
            raise NotFromHere
        if by.pk == locked.first_decider_id:
            raise SamePersonAgain
        if by.pk == contribution.author_id:
            raise OwnContribution
        # Answered before it is undone: what waits for an answer nobody may undo.
        locked.decided_by, locked.decided_at = by, timezone.now()
        locked.outcome, locked.message = outcome, message.strip()
        locked.save()
        if outcome == AppealOutcome.UPHELD:
            _undo(locked.decision, contribution, by=by, message=message)
    return locked


def _undo(decision: Decision, contribution: Contribution, *, by: User, message: str) -> None:
    if decision.outcome == Outcome.HIDDEN:
        restore(contribution, by=by, reason=Reason.LOOKED_AGAIN, message=message)
    else:
        reopen(contribution, by=by, message=message)
