"""Finds decisions somebody asked to hear of, and writes to them: neutrally, without content."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cocreate.contributions.models import Contribution, State
from cocreate.insights.access import gone
from cocreate.insights.models import Evidence
from cocreate.moderation.models import Decision, Message, Outcome, Reason
from cocreate.notifications.models import Cursor, Letter
from cocreate.revisions.models import CouncilDecision
from cocreate.stories.models import Chosen

log = logging.getLogger(__name__)

TOLD = (
    Outcome.PUBLISHED,
    Outcome.APPROVED,
    Outcome.KEPT,
    Outcome.RETURNED,
    Outcome.SUGGESTED,
    Outcome.UNANSWERED,
    Outcome.DECLINED,
    Outcome.HIDDEN,
    Outcome.RESTORED,
    Outcome.REOPENED,
)
AT_ONCE = 200
MOST_ATTEMPTS = 8
CLAIM = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def note_decisions() -> int:
    """Makes a letter for each new decision whose author can be reached. Returns how many.

    Reads TELL_AFTER_SECONDS behind, so that a decision undone at once is never told twice.
    """
    rested = timezone.now() - timedelta(seconds=settings.TELL_AFTER_SECONDS)
    read = Cursor.objects.filter(name="decisions").values_list("position", flat=True).first() or 0
    if not Decision.objects.filter(pk__gt=read, at__lte=rested).exists():
        # Most rounds end here, without taking the write lock.
        return 0
    with transaction.atomic():
        cursor, _made = Cursor.objects.select_for_update().get_or_create(name="decisions")
        new = list(
            Decision.objects.filter(pk__gt=cursor.position, at__lte=rested)
            .select_related("contribution")
            .order_by("pk")[:AT_ONCE]
        )
        told = [decision for decision in new if _is_news(decision) and _wants(decision)]
        Letter.objects.bulk_create(
            [Letter(decision=decision, not_before=timezone.now()) for decision in told],
            ignore_conflicts=True,
        )
        if new:
            cursor.position = new[-1].pk
            cursor.save(update_fields=["position"])
    return len(told)


def note_outcomes() -> int:
    """Makes a letter for everybody who can be reached in the chain behind a council's decision: the
    voices behind its insights and the proposal itself, one letter for each address. Returns how many.
    """
    rested = timezone.now() - timedelta(seconds=settings.TELL_AFTER_SECONDS)
    read = Cursor.objects.filter(name="outcomes").values_list("position", flat=True).first() or 0
    final = CouncilDecision.objects.final().filter(recorded_at__lte=rested)
    if not final.filter(pk__gt=read).exists():
        return 0
    with transaction.atomic():
        cursor, _made = Cursor.objects.select_for_update().get_or_create(name="outcomes")
        new = final.filter(pk__gt=cursor.position).select_related("amendment").order_by("pk")
        letters: list[Letter] = []
        for decision in new[:AT_ONCE]:
            letters += [
                Letter(outcome=decision, voice=voice, not_before=timezone.now())
                for voice in _one_for_each_address(_voices_behind(decision))
            ]
            cursor.position = decision.pk
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        cursor.save(update_fields=["position"])
    return len(letters)


def note_messages() -> int:
    """Makes a letter when a host has written in the thread of an author who can be reached: one, until
    the author has read what is there. Returns how many."""
    rested = timezone.now() - timedelta(seconds=settings.TELL_AFTER_SECONDS)
    read = Cursor.objects.filter(name="messages").values_list("position", flat=True).first() or 0
    written = Message.objects.filter(from_host=True, at__lte=rested)
    if not written.filter(pk__gt=read).exists():
        return 0
    with transaction.atomic():
        cursor, _made = Cursor.objects.select_for_update().get_or_create(name="messages")
        new = written.filter(pk__gt=cursor.position).defer("text").order_by("pk")
        told = 0
        for message in new.select_related("contribution")[:AT_ONCE]:
            cursor.position = message.pk
            if message.read_at is None and _wants_word_of(message):
                Letter.objects.create(message=message, not_before=timezone.now())
                told += 1
        cursor.save(update_fields=["position"])
    return told


def _wants_word_of(message: Message) -> bool:
    unread = Letter.objects.filter(
        message__contribution=message.contribution_id, message__read_at=None
    )
    return bool(_address(message.contribution)) and not unread.exists()


def note_chosen() -> int:
    """Makes a letter for each story that was chosen for a selection, whose author can be reached.
    Returns how many. The cursor is the moment they were told, in microseconds: those of one moment
    are told in one transaction."""
    rested = timezone.now() - timedelta(seconds=settings.TELL_AFTER_SECONDS)
    read = Cursor.objects.filter(name="chosen").values_list("position", flat=True).first() or 0
    told = Chosen.objects.told().filter(told_at__lte=rested)
    if not told.filter(told_at__gt=_moment(read)).exists():
        return 0
    with transaction.atomic():
        cursor, _made = Cursor.objects.select_for_update().get_or_create(name="chosen")
        new = list(
            told.filter(told_at__gt=_moment(cursor.position), refused_at=None)
            .select_related("story__receipt", "story__author")
            .order_by("told_at")
        )
        letters = [
            Letter(chosen=row, not_before=timezone.now()) for row in new if _address(row.story)
        ]
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        last = told.aggregate(last=Max("told_at"))["last"]
        cursor.position = (last - _EPOCH) // timedelta(microseconds=1)
        cursor.save(update_fields=["position"])
    return len(letters)


def _moment(position: int) -> datetime:
    return _EPOCH + timedelta(microseconds=position)


def _voices_behind(decision: CouncilDecision) -> QuerySet[Contribution]:
    amendment = decision.amendment
    evidence = Evidence.objects.filter(insight__in=amendment.insights.public())
    # Who has taken a voice out of the chain has nothing more to do with it.
    standing = evidence.exclude(pk__in=gone(evidence).values("pk"))
    behind = Q(pk__in=standing.values("contribution")) | Q(pk=amendment.proposal_id)
    return Contribution.objects.filter(behind).select_related("receipt", "author").order_by("pk")


def _one_for_each_address(voices: Iterable[Contribution]) -> list[Contribution]:
    by_address: dict[str, Contribution] = {}
    for voice in voices:
        address = _address(voice).casefold()
        if address:
            by_address.setdefault(address, voice)
    return list(by_address.values())


def send_letters() -> int:
    """Sends what waits; a letter that fails waits twice as long for each try. Returns how many."""
    waiting = Letter.objects.filter(
        sent_at=None, not_before__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS
    ).order_by("not_before")
    return sum(_send(pk) for pk in list(waiting.values_list("pk", flat=True)[:AT_ONCE]))


def _send(pk: int) -> int:
    # Claimed by moving its time, outside any transaction: a slow mail server holds no lock.
    claimed = Letter.objects.filter(pk=pk, sent_at=None, not_before__lte=timezone.now()).update(
        not_before=timezone.now() + CLAIM, attempts=F("attempts") + 1
    )
    if not claimed:
        return 0
    letters = Letter.objects.select_related(
        "decision__contribution__receipt",
        "voice__receipt",
        "message__contribution__receipt",
        "chosen__story__receipt",
    )
    letter = letters.get(pk=pk)
    # What was read in the meantime is no news.
    is_read = letter.message is not None and letter.message.read_at is not None
    address = "" if is_read else _address(letter.contribution)
    try:
        if address:
            _message(letter.contribution, address).send()
    # ValueError: an address that cannot stand in a header; it must not hold up the other letters.
    except (SMTPException, OSError, ValueError) as error:
        wait = timedelta(minutes=2**letter.attempts)
        Letter.objects.filter(pk=pk).update(not_before=timezone.now() + wait)
        log.warning("letter %s failed: %s", pk, type(error).__name__)
        return 0
    Letter.objects.filter(pk=pk).update(sent_at=timezone.now())
    return int(bool(address))


def _is_news(decision: Decision) -> bool:
    """What somebody else decided; nobody is written to about their own choice."""
    is_own = decision.reason == Reason.AUTHORS_WISH
    by_another = decision.by_id is not None or decision.automated
    return decision.outcome in TOLD and by_another and not is_own


def _wants(decision: Decision) -> bool:
    return bool(_address(decision.contribution))


def _address(contribution: Contribution) -> str:
    """Where the author asked to be told: the receipt's address, else the account's."""
    if contribution.state in {State.WITHDRAWN, State.ERASED}:
        return ""
    receipt, author = contribution.receipt, contribution.author
    if receipt is not None and receipt.email:
        return receipt.email
    return author.email if author is not None and author.is_active else ""


def _message(contribution: Contribution, address: str) -> EmailMessage:
    """No words of the contribution, no kind, no theme: shared phones show mails to others."""
    with translation.override(contribution.language):
        name = "mine" if contribution.author_id else "receipt"
        link = f"{settings.SITE_URL}{reverse(name)}"
        body = render_to_string("notifications/word.txt", {"link": link})
        return EmailMessage(_("There is news for you"), body, to=[address])


def forget_sent(days: int = 90) -> int:
    """Letters sent long ago say nothing more."""
    old = timezone.now() - timedelta(days=days)
    return Letter.objects.filter(Q(sent_at__lt=old)).delete()[0]
