"""Another code for what a code opens: the old one stops at the moment the new one is there.

As on a receipt, the seven words follow from the form's id and from the browser's form cookie, and
stand nowhere: the same form sent twice, or after a lost answer, shows the same code.
"""

from django.db import transaction
from django.http import HttpRequest

from cocreate.contributions.access import open_receipt_of
from cocreate.contributions.codes import code_digest
from cocreate.contributions.models import Receipt
from cocreate.contributions.opening import (
    form_of_new_code,
    go_on_with,
    open_receipt,
    opened_generation,
)
from cocreate.contributions.operations import code_of_form
from cocreate.contributions.viewer import Viewer


class NotOpen(Exception):
    """No code stands open here, or it was changed from another page."""


def change_code(request: HttpRequest, form_id: str, viewer: Viewer) -> None:
    """The session that asks keeps what it opened; every other is closed. Raises NotOpen."""
    digest = code_digest(code_of_form(form_id, viewer))
    with transaction.atomic():
        receipt = Receipt.objects.select_for_update().filter(pk__in=viewer.receipts).first()
        # Looked for under the lock: a double press waits for the first.
        made_before = Receipt.objects.filter(code_digest=digest).first()
        if made_before is not None:
            open_receipt(request, made_before)
            go_on_with(request, made_before, form_id)
            return
        if receipt is None or receipt.generation != opened_generation(request):
            raise NotOpen
        receipt.code_digest = digest
        receipt.generation += 1
        receipt.save(update_fields=["code_digest", "generation"])
        receipt.other_codes.all().delete()
        go_on_with(request, receipt, form_id)
        # With the change or not at all: a session that missed it would be closed by it.
        request.session.save()


def new_code_of(request: HttpRequest, viewer: Viewer) -> tuple[str, ...] | None:
    """The seven words made in this session, as long as they are the code of what stands open."""
    form_id, receipt = form_of_new_code(request), open_receipt_of(viewer)
    if not form_id or receipt is None:
        return None
    code = code_of_form(form_id, viewer)
    return code if receipt.code_digest == code_digest(code) else None
