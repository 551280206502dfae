"""Stories that are being written: kept from the first answer on, encrypted, under the code that the
finished story will have. Nobody but its author reads a draft."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions import attachments
from cocreate.contributions.codes import code_digest, digest
from cocreate.contributions.models import Attachment, Contribution, Receipt
from cocreate.contributions.operations import code_of_form, submission_seal
from cocreate.contributions.viewer import Viewer
from cocreate.stories.models import About, Draft
from cocreate.text.fields import DecryptionFailed, decrypt, encrypt

# By the name of a field what was typed or ticked there, as a browser sends it.
Answers = Mapping[str, Sequence[str]]
# Where the answers keep which sending of a page was the last.
TURN = "_turn"
# Among what is shown before it is sent, the ids of the photos and voices.
FILES = "_files"
# So long the first page of a story that was begun can be sent again: its answer was lost.
RETRY_SECONDS = 1800
# So long a page stays good for what is written on it; afterwards its words begin a new draft.
PAGE_SECONDS = 24 * 3600
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
    if _was_used(form_id, seal, viewer):
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
                author=None if is_helped(answers) else _owner(viewer),
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


def _was_used(form_id: str, seal: str, viewer: Viewer) -> bool:
    """By a story that was sent, here or on another device, which has kept the receipt."""
    made = Receipt.objects.filter(code_digest=code_digest(code_of_form(form_id, viewer)))
    sent = Contribution.objects.filter(submission_digest=seal)
    held = Draft.objects.filter(seal=seal)
    # In this order: draft and receipt are stored together, by another request even now.
    known = made.exists() or sent.exists() or held.exists()
    return known and of_form(form_id, viewer) is None


def _owner(viewer: Viewer) -> User | None:
    """Nobody on the staff: what they begin is often another person's, who takes the code home."""
    user = viewer.user
    return None if user is None or user.speaks_in_own_name else user


def save(draft: Draft, answers: Answers, turn: str = "") -> None:
    """Puts these answers in the place of those that were there before; the others stay.

    `turn` is "<page>.<number>" where a script counts what it sends: an earlier one of the same page
    that comes late changes nothing. Raises Draft.DoesNotExist when it has been sent or deleted.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        before = answers_of(held)
        if _comes_late(turn, before):
            return
        counted = {TURN: [turn]} if turn else {}
        said = {**before, **answers, **counted}
        held.answers = _stored(said)
        held.saved_at = timezone.now()
        if is_helped(said):
            held.author = None
        held.save(update_fields=["answers", "author", "saved_at"])
    draft.answers, draft.author, draft.saved_at = held.answers, held.author, held.saved_at


def _comes_late(turn: str, before: Answers) -> bool:
    page, _dot, number = turn.partition(".")
    last_page, _dot, last = (before.get(TURN) or [""])[0].partition(".")
    counted = number.isdecimal() and last.isdecimal()
    return counted and page == last_page and int(number[:9]) < int(last[:9])


def seen_in(answers: Answers) -> str:
    """Digest of what somebody is shown before they send it; the address for word is not part of it."""
    shown = {name: list(said) for name, said in answers.items() if name not in {TURN, "email"}}
    return digest("shown", json.dumps(shown, sort_keys=True))


def seen_of(draft: Draft) -> str:
    """As `seen_in`, of all that a draft holds now, its photos and voices too."""
    files = attachments.held_by(draft.public_id).values_list("public_id", flat=True)
    return seen_in({**answers_of(draft), FILES: list(files)})


def is_helped(answers: Answers) -> bool:
    """Somebody holds the pen for the one who tells: the words belong to no account (decision 0016)."""
    return list(answers.get("about", ()))[-1:] == [About.HELPING]


def answers_of(draft: Draft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(draft.answers)
    return found


def of_form(form_id: str, viewer: Viewer) -> Draft | None:
    """The draft that this form began a short while ago in this browser, for this reader: the one at
    a shared computer before may have had the page open too."""
    newest = timezone.now() - timedelta(seconds=RETRY_SECONDS)
    seal = submission_seal(form_id, viewer)
    draft = Draft.objects.filter(seal=seal, begun_at__gte=newest).first()
    if draft is None:
        return None
    owner = _owner(viewer)
    is_theirs = draft.author_id == (owner.pk if owner else None)
    is_of_no_account = draft.author_id is None and is_helped(answers_of(draft))
    return draft if is_theirs or is_of_no_account else None


def page_token(draft: Draft, viewer: Viewer) -> str:
    """Names the draft to whom its page is shown, and to nobody else."""
    to_whom = [draft.pk, viewer.browser, _reader(viewer), timezone.now().timestamp()]
    return encrypt(json.dumps(to_whom))


def of_page(token: str, viewer: Viewer) -> Draft | None:
    """The draft that a page was made for, in this browser, for this reader, not longer ago than
    PAGE_SECONDS."""
    try:
        pk, browser, reader, shown_at = json.loads(decrypt(token))
    except (DecryptionFailed, ValueError):
        return None
    is_for_them = (browser, reader) == (viewer.browser, _reader(viewer))
    if not is_for_them or timezone.now().timestamp() - shown_at > PAGE_SECONDS:
        return None
    return Draft.objects.select_related("receipt").filter(pk=pk).first()


def _reader(viewer: Viewer) -> int:
    return viewer.user.pk if viewer.user else 0


def is_there(draft: Draft) -> bool:
    return Draft.objects.filter(pk=draft.pk).exists()


def own(viewer: Viewer) -> QuerySet[Draft]:
    """Those that lie under an opened code or belong to the account, the newest first."""
    mine = Q(receipt__in=viewer.receipts)
    if viewer.user is not None:
        mine |= Q(author=viewer.user)
    rows = Draft.objects.filter(mine).select_related("receipt").defer("answers")
    return rows.order_by("-saved_at", "-pk")


def code_of(draft: Draft, form_id: str, viewer: Viewer) -> tuple[str, ...] | None:
    """The seven words, when it was this form that made them; nobody can ask for another's."""
    code = code_of_form(form_id, viewer)
    return code if draft.receipt.code_digest == code_digest(code) else None


def hold(draft: Draft) -> bool:
    """Keeps everybody else from sending it until the transaction ends; False when it is gone."""
    return Draft.objects.select_for_update().filter(pk=draft.pk).first() is not None


def delete(draft: Draft, *, not_saved_since: datetime | None = None) -> None:
    """Nothing is left of it; the code too goes when it opens nothing else."""
    with transaction.atomic():
        rows = Draft.objects.filter(pk=draft.pk)
        if not_saved_since is not None:
            rows = rows.filter(saved_at__lt=not_saved_since)
        deleted, _by_model = rows.delete()
        if not deleted:
            return
        attachments.remove(attachments.held_by(draft.public_id))
        receipt = Receipt.objects.select_for_update().filter(pk=draft.receipt_id).first()
        if receipt is not None and not receipt.opens_anything():
            receipt.delete()


def lead_on(draft: Draft, receipt: Receipt | None) -> None:
    """The story took the place of one under another code. The code that was shown while it was
    written opens it too, unless it opens things of its own. The caller holds the draft."""
    if receipt is None or receipt.pk == draft.receipt_id:
        return
    own_one = Receipt.objects.select_for_update().get(pk=draft.receipt_id)
    holds_more = own_one.contributions.exists() or own_one.drafts.exclude(pk=draft.pk).exists()
    if not holds_more and not own_one.other_codes.exists():
        own_one.leads_to = receipt
        own_one.save(update_fields=["leads_to"])


def forget_old(now: datetime | None = None) -> int:
    """Deletes what nobody has written in for DRAFT_DAYS; returns how many. Safe to run twice."""
    oldest = (now or timezone.now()) - timedelta(days=settings.DRAFT_DAYS)
    rows = Draft.objects.filter(saved_at__lt=oldest).defer("answers").order_by("saved_at")
    old = list(rows[:AT_A_TIME])
    for draft in old:
        delete(draft, not_saved_since=oldest)
    return len(old) + _remove_what_belongs_to_none(now or timezone.now())


def _remove_what_belongs_to_none(now: datetime) -> int:
    """Photos and voices whose draft went some other way, as when an account's last trace goes."""
    before = Attachment.objects.filter(added_at__lt=now - timedelta(days=1)).exclude(held_by="")
    lost = before.exclude(held_by__in=Draft.objects.values("public_id"))
    keys = list(lost.values_list("pk", flat=True)[:AT_A_TIME])
    return attachments.remove(Attachment.objects.filter(pk__in=keys)) if keys else 0


def _stored(answers: Answers) -> str:
    return json.dumps({name: list(values) for name, values in answers.items()}, ensure_ascii=False)
