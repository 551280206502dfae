"""Stories that are being written: kept from the first answer on, encrypted, under the code that the
finished story will have. Nobody but its author reads a draft."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cocreate.contributions.codes import code_digest
from cocreate.contributions.models import Contribution, Receipt
from cocreate.contributions.operations import code_of_form, submission_seal
from cocreate.contributions.viewer import Viewer
from cocreate.stories.models import Draft

# By the name of a field what was typed or ticked there, as a browser sends it.
Answers = Mapping[str, Sequence[str]]
# So many are deleted in one round of the worker.
AT_A_TIME = 200


class AlreadySent(Exception):
    """The form's id belongs to a story that was sent: what comes with it now is something new."""


def begin(
    form_id: str, answers: Answers, viewer: Viewer, *, keep_under: Receipt | None = None
) -> Draft:
    """Stores the first answers and makes the code they lie under; the same form twice is one draft.

    `keep_under` is a receipt the person chose by its code. Raises AlreadySent.
    """
    seal = submission_seal(form_id, viewer)
    if Contribution.objects.filter(submission_digest=seal).exists():
        raise AlreadySent
    now = timezone.now()
    try:
        with transaction.atomic():
            receipt = keep_under or Receipt.objects.create(
                code_digest=code_digest(code_of_form(form_id, viewer))
            )
            return Draft.objects.create(
                seal=seal,
                receipt=receipt,
                author=viewer.user,
                answers=_stored(answers),
                begun_at=now,
                saved_at=now,
            )
    except IntegrityError:
        # The same form arrived at the same moment, or its answer was lost.
        held = Draft.objects.filter(seal=seal).first()
        if held is None:
            raise
        save(held, answers)
        return held


def save(draft: Draft, answers: Answers) -> None:
    """Puts these answers in the place of those that were there before; the others stay. Raises
    Draft.DoesNotExist when it has been sent or deleted."""
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        held.answers = _stored({**answers_of(held), **answers})
        held.saved_at = timezone.now()
        held.save(update_fields=["answers", "saved_at"])
    draft.answers, draft.saved_at = held.answers, held.saved_at


def answers_of(draft: Draft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(draft.answers)
    return found


def of_form(form_id: str, viewer: Viewer) -> Draft | None:
    """The draft that this form began in this browser."""
    return Draft.objects.filter(seal=submission_seal(form_id, viewer)).first()


def own(viewer: Viewer) -> QuerySet[Draft]:
    """Those that lie under an opened code or belong to the account, the newest first."""
    mine = Q(receipt__in=viewer.receipts)
    if viewer.user is not None:
        mine |= Q(author=viewer.user)
    return Draft.objects.filter(mine).select_related("receipt").order_by("-saved_at", "-pk")


def code_of(draft: Draft, form_id: str, viewer: Viewer) -> tuple[str, ...] | None:
    """The seven words, when it was this form that made them; nobody can ask for another's."""
    code = code_of_form(form_id, viewer)
    return code if draft.receipt.code_digest == code_digest(code) else None


def hold(draft: Draft) -> bool:
    """Keeps everybody else from sending it until the transaction ends; False when it is gone."""
    return Draft.objects.select_for_update().filter(pk=draft.pk).first() is not None


def delete(draft: Draft) -> None:
    """Nothing is left of it; the code too goes when it opens nothing else."""
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).delete()
        receipt = Receipt.objects.select_for_update().filter(pk=draft.receipt_id).first()
        if receipt is not None and not _opens_more(receipt):
            receipt.delete()


def forget_old(now: datetime | None = None) -> int:
    """Deletes what nobody has written in for DRAFT_DAYS; returns how many. Safe to run twice."""
    oldest = (now or timezone.now()) - timedelta(days=settings.DRAFT_DAYS)
    old = list(Draft.objects.filter(saved_at__lt=oldest).order_by("saved_at")[:AT_A_TIME])
    for draft in old:
        delete(draft)
    return len(old)


def _opens_more(receipt: Receipt) -> bool:
    """Anything at all that points at it, also of the apps above."""
    return any(
        getattr(receipt, relation.get_accessor_name() or "").exists()
        for relation in Receipt._meta.related_objects
    )


def _stored(answers: Answers) -> str:
    return json.dumps({name: list(values) for name, values in answers.items()})
