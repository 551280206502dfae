"""The private thread between an author and the hosts about one contribution (trust row 8).

Order in each: lock the contribution, look whether it was done before, check, write.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.access import AUTHORS_READ
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import NotFromHere, OwnContribution
from cocreate.moderation.models import Message
from cocreate.moderation.rules import findings_in
from cocreate.text.finder import Kind, Level

MESSAGES_SHOWN = 100
GRAVITY = (Level.HIGH, Level.MEDIUM, Level.LOW)


def write(
    contribution: Contribution, *, text: str, submission_id: str, by: User | None = None
) -> Message:
    """By its author, or by a host when `by` says who. The caller has checked that they may read it.

    A host's word answers all that waits. Raises NotFromHere, OwnContribution.
    """
    side = f"host {by.pk}" if by is not None else "author"
    seal = digest("message", f"{submission_id}|{contribution.pk}|{side}")
    with transaction.atomic():
        held = _hold(contribution)
        earlier = Message.objects.filter(submission_digest=seal).first()
        if earlier is not None:
            return earlier
        if held.state not in AUTHORS_READ:
            raise NotFromHere(held.state)
        if by is not None and held.author_id == by.pk:
            raise OwnContribution
        now = timezone.now()
        if by is not None:
            held.messages.waiting().update(answered_at=now)
        return Message.objects.create(
            contribution=held,
            submission_digest=seal,
            from_host=by is not None,
            by=by,
            text=text,
            worry="" if by is not None else worry_in(text),
            at=now,
        )


def let_be(contribution: Contribution, *, seen: int) -> None:
    """A host has read what waits and it needs no answer. Raises NotFromHere when more has come than
    the host has seen."""
    with transaction.atomic():
        held = _hold(contribution)
        if held.messages.waiting().count() != seen:
            raise NotFromHere(held.state)
        held.messages.waiting().update(answered_at=timezone.now())


def mark_read(contribution: Contribution) -> None:
    """Its author has seen what hosts have written."""
    Message.objects.unread().filter(contribution=contribution).update(read_at=timezone.now())


def messages_of(contribution: Contribution) -> list[Message]:
    """The newest MESSAGES_SHOWN, oldest first."""
    newest = contribution.messages.filter(text__isnull=False).order_by("-at", "-pk")
    return list(newest.select_related("by")[:MESSAGES_SHOWN])[::-1]


def talk_about(contribution: Contribution) -> dict[str, Any]:
    """The thread as the desk shows it: the words, how many wait, and by when."""
    said = messages_of(contribution)
    waiting = [row for row in said if not row.from_host and row.answered_at is None]
    return {
        "thread": said,
        "unanswered": len(waiting),
        "answer_by": read_by(waiting[0].at) if waiting else None,
        "worried": any(row.worry for row in waiting),
    }


def worry_in(text: str) -> str:
    """How grave the concern is that the rules notice; empty for none."""
    found = {
        hit.level for hit in findings_in(text=text).get("text", []) if hit.kind == Kind.CONCERN
    }
    return next((str(level) for level in GRAVITY if level in found), "")


def _hold(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_for_update().get(pk=contribution.pk)
