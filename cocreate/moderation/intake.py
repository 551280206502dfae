"""The one way in: what a person sends is stored, read by the rules, and waits for a host."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution, State
from cocreate.contributions.operations import (
    Given,
    Received,
    keep_address,
    receive,
    says_the_same,
    was_received,
)
from cocreate.moderation.models import Report
from cocreate.moderation.operations import back_to_the_queue, send_again
from cocreate.moderation.rules import record_findings
from cocreate.text.finder import Kind

# So many waiting reports of one voice are compared with a new one.
MOST_COMPARED = 20


def take_in(model: type[Contribution], kind: str, given: Given) -> Received:
    """Stores it and what the rules noticed, in one transaction. Raises as `receive` does."""
    with transaction.atomic():
        received = receive(model, kind, given)
        if received.is_new_wording:
            record_findings(received.version)
        if received.contribution.state == State.RETURNED and received.is_new_wording:
            back_to_the_queue(received.contribution)
    return received


def put_instead(model: type[Contribution], earlier: Contribution, given: Given) -> Received:
    """New words in the place of what the person sent before from another page; twice is once.

    The caller has checked that it is the author (access.own). Raises AlreadyDecided, NameTaken.
    """
    with transaction.atomic():
        held = Contribution.objects.select_for_update().get(pk=earlier.pk)
        newest = held.versions.last_approved()
        keep_address(held.receipt, given.email)
        if newest is not None and says_the_same(held, newest, given):
            return Received(held, newest, None, is_new_wording=False)
        version = send_again(held, given)
        if given.details:
            model._default_manager.filter(pk=held.pk).update(**given.details)
        held.refresh_from_db()
    return Received(held, version, None, is_new_wording=True)


def take_in_as_asked(
    model: type[Contribution], kind: str, given: Given, mine: QuerySet[Contribution], instead: str
) -> Received:
    """As something new, or in the place of what `instead` names among one's own (`mine`). Raises as
    `take_in` and `put_instead` do."""
    earlier = mine.filter(public_id=instead).first() if instead else None
    if earlier is not None and not was_received(given):
        return put_instead(model, earlier, given)
    return take_in(model, kind, given)


def raises_concern(received: Received) -> bool:
    """Whether help is to be shown; asked after the words are safely stored, never before."""
    return received.version.findings.filter(kind=Kind.CONCERN).exists()


def say_to(contribution: Contribution, *, submission_id: str, reason: str, text: str) -> Report:
    """Anybody may say to about what is shown; the same form sent twice is one report, with the
    words it had last, as long as no host has answered it. The same words again, from a form that
    the way back in a browser made anew, are that report too."""
    seal = digest("report", f"{submission_id}|{contribution.pk}")
    with transaction.atomic():
        same = _said_in_the_same_words(contribution, reason, text)
        if same is not None:
            return same
        report, made = Report.objects.select_for_update().get_or_create(
            submission_digest=seal,
            defaults={
                "contribution": contribution,
                "reason": reason,
                "text": text,
                "at": timezone.now(),
            },
        )
        if not made and report.answered_at is None:
            report.reason, report.text = reason, text
            report.save(update_fields=["reason", "text"])
    return report


def _said_in_the_same_words(contribution: Contribution, reason: str, text: str) -> Report | None:
    """Without words of their own two reports may well be two people's."""
    if not text:
        return None
    waiting = Report.objects.open().filter(contribution=contribution, reason=reason)
    newest = waiting.order_by("-pk")[:MOST_COMPARED]
    return next((report for report in newest if report.text == text), None)
