"""Receipts opened in a session: their ids and until when, never a code (design §4)."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone

from cocreate.contributions.codes import digest
from cocreate.contributions.models.receipts import Receipt
from cocreate.text.fields import DecryptionFailed, decrypt, encrypt

SESSION_KEY = "receipts"
# How many receipts this session has been shown.
SHOWN_KEY = "receipts_shown"
# The id of the form that made the receipt: with it the code can be shown again until "Færdig".
FORM_KEY = "receipt_form"
# The id of the form that changed its code.
NEW_CODE_KEY = "receipt_new_code"


def open_receipt(request: HttpRequest, receipt: Receipt) -> None:
    """Lets this session see what the receipt holds, for RECEIPT_SESSION_MINUTES.

    One receipt at a time: at a shared computer the next person's closes the one before. The
    session gets a new key, so that nobody who planted the old one looks over the shoulder.
    """
    request.session.cycle_key()
    request.session.pop(FORM_KEY, None)
    request.session.pop(NEW_CODE_KEY, None)
    _keep_open(request, receipt.pk, receipt.generation)
    request.session[SHOWN_KEY] = request.session.get(SHOWN_KEY, 0) + 1


def _keep_open(request: HttpRequest, receipt: int, generation: int) -> None:
    until = timezone.now() + timedelta(minutes=settings.RECEIPT_SESSION_MINUTES)
    kept = {
        "receipt": receipt,
        "code": generation,
        "until": until.timestamp(),
        "as": _reader(request),
    }
    # Encrypted: a session row must not join an account to a receipt for whoever has the database.
    request.session[SESSION_KEY] = encrypt(json.dumps(kept))


def opened_receipts(request: HttpRequest) -> frozenset[int]:
    """The receipt still open, for the reader who opened it: signing in or out closes it, and so
    does a new code."""
    kept = _kept(request)
    if kept is None:
        return frozenset()
    token, checked = request.session[SESSION_KEY], vars(request)
    if checked.get("receipts_of", ("",))[0] != token:
        # Asked once for each request, however often a page asks who is looking.
        receipt, generation = int(kept["receipt"]), kept.get("code", 0)
        stands = Receipt.objects.filter(pk=receipt, generation=generation).exists()
        checked["receipts_of"] = token, frozenset({receipt} if stands else ())
    found: frozenset[int] = checked["receipts_of"][1]
    return found


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    token = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    if not isinstance(token, str):
        return None
    try:
        kept: dict[str, Any] = json.loads(decrypt(token))
    except (DecryptionFailed, ValueError):
        return None
    is_open = kept["until"] > timezone.now().timestamp() and kept["as"] == _reader(request)
    return kept if is_open else None


def opened_generation(request: HttpRequest) -> int:
    """Which code of the receipt it was opened with; a newer one has closed it."""
    return int((_kept(request) or {}).get("code", 0))


def go_on_with(request: HttpRequest, receipt: Receipt, form_id: str) -> None:
    """The code was changed in this session: it stays open, and the new one can be shown until
    "Færdig". The session keeps its key, so that a lost answer locks nobody out."""
    request.session[NEW_CODE_KEY] = encrypt(form_id)
    _keep_open(request, receipt.pk, receipt.generation)


def form_of_new_code(request: HttpRequest) -> str:
    """Empty when no code was changed here."""
    return _decrypted(request.session.get(NEW_CODE_KEY))


def stay_open(request: HttpRequest) -> None:
    """Somebody is at work: what is open stays open for another RECEIPT_SESSION_MINUTES."""
    (receipt,) = opened_receipts(request) or (None,)
    if receipt is not None:
        _keep_open(request, receipt, opened_generation(request))


def remember_form(request: HttpRequest, form_id: str) -> None:
    """Encrypted, and of use in this browser alone: the code follows from it and from its cookie."""
    request.session[FORM_KEY] = encrypt(form_id)


def remembered_form(request: HttpRequest) -> str:
    """Empty when none is remembered."""
    return _decrypted(request.session.get(FORM_KEY))


def _decrypted(token: object) -> str:
    try:
        return decrypt(token) if isinstance(token, str) else ""
    except DecryptionFailed:
        return ""


def close_receipts(request: HttpRequest) -> None:
    """What "Færdig" does: nothing of the person is left in the session."""
    request.session.pop(SESSION_KEY, None)
    request.session.pop(FORM_KEY, None)
    request.session.pop(NEW_CODE_KEY, None)


def form_id(request: HttpRequest) -> str:
    """The id of the form at this address, the same in this browser until a receipt was shown.

    When the answer was lost, the browser that goes back loads the form anew and puts the words
    back: with the same id they are the same contribution, under the same code.
    """
    get_token(request)
    browser, shown = request.META["CSRF_COOKIE"], request.session.get(SHOWN_KEY, 0)
    return digest("form", f"{browser}|{_reader(request)}|{request.path}|{shown}")[:32]


def given_back_to(request: HttpRequest) -> str:
    """A name for the form that changes with the browser's form cookie, which "Færdig" renews.

    Browsers put what was typed back into a form they take for the same, no-store or not; they
    know it by the names of its first fields. After "Færdig" it is not the same form any more.
    """
    get_token(request)
    return f"f{digest('given-back', request.META['CSRF_COOKIE'])[:12]}"


def _reader(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None
