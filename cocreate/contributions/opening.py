"""Receipts opened in a session: their ids and until when, never a code (design §4)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cocreate.contributions.models.receipts import Receipt

SESSION_KEY = "receipts"


def open_receipt(request: HttpRequest, receipt: Receipt) -> None:
    """Lets this session see what the receipt holds, for RECEIPT_SESSION_MINUTES."""
    until = timezone.now() + timedelta(minutes=settings.RECEIPT_SESSION_MINUTES)
    opened = _still_open(request)
    opened[str(receipt.pk)] = until.timestamp()
    request.session[SESSION_KEY] = opened


def opened_receipts(request: HttpRequest) -> frozenset[int]:
    return frozenset(int(pk) for pk in _still_open(request))


def close_receipts(request: HttpRequest) -> None:
    """What "Færdig" does: nothing of the person is left in the session."""
    request.session.pop(SESSION_KEY, None)


def _still_open(request: HttpRequest) -> dict[str, float]:
    kept = request.session.get(SESSION_KEY, {}) if hasattr(request, "session") else {}
    now = timezone.now().timestamp()
    return {pk: until for pk, until in kept.items() if until > now}
