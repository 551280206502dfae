""" "Jeg har mistet koden" (decision 0015): a host may hide what somebody says is theirs, and the one
who holds its code may object. Nobody is told who is behind it, and no code is made anew.

Order in each: lock the contribution, then the claim, check, write, move the state.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution, State
from cocreate.moderation import operations
from cocreate.moderation.errors import AlreadyObjected, NotFromHere
from cocreate.moderation.models import Decision, LostCode, LostOutcome, Reason

# So many are closed in one round of the worker.
AT_A_TIME = 200
# So long a claim's words are kept after it is done with.
KEEP_WORDS_DAYS = 90


def claim(*, submission_id: str, text: str, contact: str = "") -> LostCode:
    """Taken in from everybody and answered alike, whatever it is about; the same form is one."""
    made, _new = LostCode.objects.get_or_create(
        submission_digest=digest("lost-code", submission_id),
        defaults={"text": text, "contact": contact or None, "at": timezone.now()},
    )
    return made


def hide_for(claimed: LostCode, contribution: Contribution, *, by: User, letter: str) -> LostCode:
    """Hidden at once; the holder of the code has LOST_CODE_DAYS to object. The caller has checked
    that the host may read it. Raises NotFromHere, OwnContribution, AlreadyObjected, ReasonMissing.
    """
    with transaction.atomic():
        held = Contribution.objects.select_for_update().get(pk=contribution.pk)
        now_claimed = LostCode.objects.select_for_update().get(pk=claimed.pk)
        if now_claimed.outcome == LostOutcome.HIDDEN and now_claimed.contribution_id == held.pk:
            return now_claimed
        if now_claimed.outcome:
            raise NotFromHere(held.state)
        if held.lost_codes.filter(outcome=LostOutcome.OBJECTED).exists():
            raise AlreadyObjected
        decision = operations.hide(held, by=by, reason=Reason.LOST_CODE, message=letter)
        # An earlier hiding has been overtaken, since it was shown just now.
        held.lost_codes.hiding().update(outcome=LostOutcome.OVERTAKEN)
        now_claimed.contribution, now_claimed.decision = held, decision
        now_claimed.object_until = last_day()
        return _close(now_claimed, LostOutcome.HIDDEN, by)


def leave(claimed: LostCode, *, by: User) -> LostCode:
    """The host has read it and hides nothing. Raises NotFromHere."""
    with transaction.atomic():
        held = LostCode.objects.select_for_update().get(pk=claimed.pk)
        if held.outcome == LostOutcome.LEFT:
            return held
        if held.outcome:
            raise NotFromHere
        return _close(held, LostOutcome.LEFT, by)


def object_to(contribution: Contribution) -> Decision | None:
    """The holder of the code says that it is theirs: shown again at once. None when it was done
    before. The caller has checked that it is the holder. Raises NotFromHere, NotApproved,
    NoConsentToShow, OpenFindings."""
    with transaction.atomic():
        held = Contribution.objects.select_for_update().get(pk=contribution.pk)
        against = hiding(held)
        if against is None:
            if held.lost_codes.filter(outcome=LostOutcome.OBJECTED).exists():
                return None
            raise NotFromHere(held.state)
        against.outcome = LostOutcome.OBJECTED
        against.save(update_fields=["outcome"])
        return operations.restore_objected(held)


def hiding(contribution: Contribution) -> LostCode | None:
    """The claim for which it is hidden now, and for nothing else that was decided since."""
    if contribution.state != State.HIDDEN:
        return None
    newest = contribution.decisions.order_by("-at", "-pk").first()
    rows = LostCode.objects.hiding().filter(contribution=contribution, decision=newest)
    return rows.defer("text", "contact").first()


def waiting() -> QuerySet[LostCode]:
    """What nobody has answered yet, oldest first, without a word of it."""
    return LostCode.objects.open().defer("text", "contact").order_by("at", "pk")[:AT_A_TIME]


def withdraw_unclaimed(now: datetime | None = None) -> int:
    """Takes back what nobody has objected about in time, and forgets the words of claims that are
    done with; returns how many were taken back. Safe to run twice."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    old = moment - timedelta(days=KEEP_WORDS_DAYS)
    done = LostCode.objects.exclude(outcome__in=["", LostOutcome.HIDDEN]).filter(
        answered_at__lt=old, text__isnull=False
    )
    if done.exists():
        done.update(text=None, contact=None)
    late = LostCode.objects.hiding().filter(object_until__lt=today).order_by("pk")
    rows = late.values_list("pk", "contribution_id")[:AT_A_TIME]
    return sum(_take_back(pk, about) for pk, about in rows if about is not None)


def last_day() -> date:
    return timezone.localdate() + timedelta(days=settings.LOST_CODE_DAYS)


def _take_back(pk: int, about: int) -> int:
    with transaction.atomic():
        held = Contribution.objects.select_for_update().get(pk=about)
        against = hiding(held)
        rows = LostCode.objects.hiding().filter(pk=pk)
        if against is None or against.pk != pk:
            rows.update(outcome=LostOutcome.OVERTAKEN)
            return 0
        rows.update(outcome=LostOutcome.WITHDRAWN)
        operations.withdraw_unclaimed(held)
        return 1


def _close(claimed: LostCode, outcome: str, by: User) -> LostCode:
    claimed.outcome, claimed.answered_by, claimed.answered_at = outcome, by, timezone.now()
    claimed.save()
    return claimed
