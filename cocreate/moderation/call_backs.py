"""Calling somebody back: asked for, taken by one host, done with an outcome, and forgotten."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.codes import digest
from cocreate.contributions.viewer import Viewer
from cocreate.help.staffed import call_by
from cocreate.moderation.errors import NotFromHere
from cocreate.moderation.models import (
    STILL_TO_CALL,
    CallBack,
    CallBackOutcome,
    NumberShown,
)

# So many are emptied in one round of the worker.
AT_A_TIME = 200


class NobodyCalls(Exception):
    """No hours are recorded in which somebody could: nothing may be promised."""


def ask(
    *,
    submission_id: str,
    viewer: Viewer,
    number: str,
    name: str = "",
    suits: str = "any",
    receipt: int | None = None,
) -> CallBack:
    """The same form sent twice is one call, to the number it had last, until a host takes it.

    Raises NobodyCalls.
    """
    now = timezone.now()
    due = call_by(now, suits)
    if due is None:
        raise NobodyCalls
    words = {"number": number, "name": name or None, "suits": suits}
    with transaction.atomic():
        row, made = CallBack.objects.select_for_update(of=("self",)).get_or_create(
            submission_digest=digest("call-back", f"{submission_id}|{viewer.browser}"),
            defaults={**words, "receipt_id": receipt, "asked_at": now, "due_at": due},
        )
        if not made and row.is_open and row.owner_id is None:
            row.number, row.name, row.suits = number, name or None, suits
            row.save(update_fields=["number", "name", "suits"])
    return row


def take(row: CallBack, *, by: User, owner: int | None = None) -> None:
    """This host calls. `owner` is whose it was on the page; of two at once one gets it.

    Raises NotFromHere.
    """
    waiting = CallBack.objects.open().filter(pk=row.pk, owner=owner)
    if not waiting.update(owner=by, taken_at=timezone.now()):
        raise NotFromHere


def show_number(row: CallBack, *, to: User) -> CallBack:
    """The row with its number, for the host who has taken it; that it was shown is recorded.

    Raises NotFromHere.
    """
    with transaction.atomic():
        held = _held(row)
        if held.owner_id != to.pk or held.forgotten_at is not None or not held.is_open:
            raise NotFromHere
        NumberShown.objects.create(call_back=held, to=to, at=timezone.now())
    return held


def conclude(row: CallBack, outcome: str, *, by: User) -> None:
    """What came of it. Raises NotFromHere when it is not this host's, or over already."""
    with transaction.atomic():
        held = _held(row)
        if held.owner_id != by.pk or not held.is_open:
            raise NotFromHere
        _conclude(held, outcome)


def cancel(row: CallBack) -> None:
    """The person does not want it any more; twice is once. The number is deleted at once."""
    with transaction.atomic():
        held = _held(row)
        if held.is_open:
            _conclude(held, CallBackOutcome.NOT_WANTED)
            _forget(held, held.done_at)


def forget_numbers(now: datetime | None = None) -> int:
    """Empties what was done CALL_BACK_KEEP_DAYS ago; what nobody called by then is said to be
    missed. Returns how many. Safe to run twice, and by two at once."""
    moment = now or timezone.now()
    oldest = moment - timedelta(days=settings.CALL_BACK_KEEP_DAYS)
    kept = CallBack.objects.filter(forgotten_at=None)
    old = kept.filter(done_at__lt=oldest) | kept.filter(done_at=None, due_at__lt=oldest)
    pks = list(old.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
    return sum(_forget_one(pk, oldest, moment) for pk in pks)


def _forget_one(pk: int, oldest: datetime, now: datetime) -> int:
    with transaction.atomic():
        held = CallBack.objects.select_for_update(of=("self",)).get(pk=pk)
        if held.forgotten_at is not None or (held.done_at or held.due_at) >= oldest:
            return 0
        if held.is_open:
            _conclude(held, CallBackOutcome.MISSED, at=now)
        _forget(held, now)
    return 1


def _held(row: CallBack) -> CallBack:
    return CallBack.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _conclude(held: CallBack, outcome: str, *, at: datetime | None = None) -> None:
    held.outcome, held.outcome_at = outcome, at or timezone.now()
    held.done_at = None if outcome in STILL_TO_CALL else held.outcome_at
    held.save(update_fields=["outcome", "outcome_at", "done_at"])


def _forget(held: CallBack, at: datetime | None) -> None:
    held.number = held.name = held.receipt = None
    held.forgotten_at = at
    held.save(update_fields=["number", "name", "receipt", "forgotten_at"])
