"""Every change of a contribution's state, each with a Decision row. There is no other way.

Order in each: lock the row, check, write, record, tell the kind. What is told to the author by
mail is read from the decisions by `notifications`; nothing is sent from here.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.attachments import remove
from cocreate.contributions.kinds import kind_of, page_keys
from cocreate.contributions.models import (
    Consent,
    Contribution,
    Receipt,
    Scope,
    State,
    TextVersion,
)
from cocreate.contributions.models.contribution import PUBLIC_COLUMNS
from cocreate.contributions.operations import Given, reword
from cocreate.moderation.errors import (
    AppealWaits,
    NoConsentToShow,
    NotApproved,
    NotFromHere,
    NothingToShow,
    OpenFindings,
    OwnContribution,
    ReasonMissing,
    WantsToBeShown,
)
from cocreate.moderation.models import (
    RESTRICTING_REASONS,
    RESTRICTIONS,
    Answer,
    Appeal,
    Decision,
    Finding,
    Outcome,
    Reason,
    Report,
    SuggestedEdit,
    seal,
)
from cocreate.moderation.rules import record_findings
from cocreate.moderation.showing import has_something_to_show, settle
from cocreate.pagecache.models import bump
from cocreate.text.fields import DecryptionFailed
from cocreate.text.html import to_html
from cocreate.text.stems import stems

# What ends the time in which a host's proposal lies with its author, as an answer to it. Whatever
# else ends it is no yes.
ANSWERED_BY = {
    Outcome.ACCEPTED: Answer.ACCEPTED,
    Outcome.STOOD_BY: Answer.DECLINED,
    Outcome.SENT_AGAIN: Answer.OWN_WORDING,
}


def publish(contribution: Contribution, *, by: User, message: str = "") -> Decision:
    """Shows the newest wording its author approved, if the author allows it to be shown."""
    with transaction.atomic():
        locked = _lock(contribution, State.PENDING, by=by)
        _show(locked, _wording_to_show(locked))
        return _decide(locked, State.PUBLISHED, Outcome.PUBLISHED, Reason.WITHIN_RULES, by, message)


def approve(
    contribution: Contribution, *, by: User, publish_at: datetime, message: str = ""
) -> Decision:
    """Shown from `publish_at` by `publish_due`, so that the author may still change their mind."""
    with transaction.atomic():
        locked = _lock(contribution, State.PENDING, by=by)
        _wording_to_show(locked)
        locked.publish_at = publish_at
        return _decide(locked, State.APPROVED, Outcome.APPROVED, Reason.WITHIN_RULES, by, message)


def publish_due(now: datetime | None = None) -> int:
    """Shows what was approved for a time that has come; returns how many. Safe to run twice."""
    due = Contribution.objects.filter(
        state=State.APPROVED, publish_at__lte=now or timezone.now()
    ).order_by("publish_at", "pk")
    return sum(_publish_one(contribution) for contribution in due.only("pk")[:200])


def _publish_one(contribution: Contribution) -> int:
    with transaction.atomic():
        try:
            locked = _lock(contribution, State.APPROVED)
            wording = _wording_to_show(locked)
        except NotFromHere:
            return 0
        except (NoConsentToShow, OpenFindings, NotApproved, NothingToShow, DecryptionFailed):
            # The ground has gone since a host approved it: a host looks again.
            _decide(
                locked, State.PENDING, Outcome.REOPENED, Reason.LOOKED_AGAIN, None, automated=True
            )
            return 0
        _show(locked, wording)
        _decide(
            locked, State.PUBLISHED, Outcome.PUBLISHED, Reason.WITHIN_RULES, None, automated=True
        )
        return 1


def keep(contribution: Contribution, *, by: User, message: str = "") -> Decision:
    """Read and kept for what the author allowed, when they did not allow it to be shown."""
    with transaction.atomic():
        locked = _lock(contribution, State.PENDING, State.RETURNED, by=by)
        if locked.consents.active().filter(scope=Scope.SHOW).exists():
            raise WantsToBeShown
        return _decide(locked, State.KEPT, Outcome.KEPT, Reason.NO_CONSENT, by, message)


def return_to_author(
    contribution: Contribution, *, by: User, reason: str, message: str
) -> Decision:
    return _restrict(
        contribution, State.RETURNED, Outcome.RETURNED, by, reason, message, State.PENDING
    )


def decline(contribution: Contribution, *, by: User, reason: str, message: str) -> Decision:
    return _restrict(
        contribution, State.DECLINED, Outcome.DECLINED, by, reason, message, State.PENDING
    )


def hide(contribution: Contribution, *, by: User, reason: str, message: str) -> Decision:
    """Gone from every page at the next request; the author still sees it and may appeal."""
    return _restrict(
        contribution, State.HIDDEN, Outcome.HIDDEN, by, reason, message, State.PUBLISHED
    )


def restore(
    contribution: Contribution, *, by: User, reason: str = Reason.MISTAKE, message: str = ""
) -> Decision:
    """Shown again, rendered anew from the wording its author approved. Raises AppealWaits."""
    with transaction.atomic():
        locked = _lock(contribution, State.HIDDEN, by=by)
        _require_no_appeal(locked)
        _show(locked, _wording_to_show(locked))
        return _decide(locked, State.PUBLISHED, Outcome.RESTORED, reason, by, message)


def reopen(contribution: Contribution, *, by: User, message: str = "") -> Decision:
    """A declined contribution waits for a host again, after another host looked at it.

    Raises AppealWaits.
    """
    with transaction.atomic():
        locked = _lock(contribution, State.DECLINED, by=by)
        _require_no_appeal(locked)
        return _decide(locked, State.PENDING, Outcome.REOPENED, Reason.LOOKED_AGAIN, by, message)


def send_again(contribution: Contribution, given: Given) -> TextVersion:
    """The author's new wording of what was sent back (or still waits), for a host to read.

    Raises AlreadyDecided when a host has decided meanwhile.
    """
    with transaction.atomic():
        locked = _lock(contribution)
        version = reword(locked, given)
        record_findings(version)
        if locked.state == State.RETURNED:
            back_to_the_queue(locked)
        return version


def back_to_the_queue(contribution: Contribution) -> Decision:
    """What was sent back waits for a host again, since its author has written anew."""
    with transaction.atomic():
        locked = _lock(contribution, State.RETURNED)
        return _decide(locked, State.PENDING, Outcome.SENT_AGAIN, Reason.AUTHORS_WISH, None)


def hand_over(contribution: Contribution, *, by: User, message: str) -> Decision:
    """It lies with its author, who is asked about a wording of a host's (editing.suggest)."""
    if not message.strip():
        raise ReasonMissing
    with transaction.atomic():
        locked = _lock(contribution, State.PENDING, by=by)
        why = Reason.AUTHOR_DECIDES
        return _decide(locked, State.RETURNED, Outcome.SUGGESTED, why, by, message)


def hand_back(contribution: Contribution, outcome: Outcome) -> Decision:
    """Its author has said yes or no to a host's wording (editing.accept, editing.decline)."""
    with transaction.atomic():
        locked = _lock(contribution, State.RETURNED)
        return _decide(locked, State.PENDING, outcome, Reason.AUTHORS_WISH, None)


def approve_as_agreed(
    contribution: Contribution, *, by: User | None, publish_at: datetime
) -> Decision | None:
    """After its author's yes: `by` is the host who wrote the words. None, and a host looks at it
    again, when the author has not said yes to showing it or a place in it waits for an answer."""
    with transaction.atomic():
        locked = _lock(contribution, State.PENDING)
        try:
            _wording_to_show(locked)
        except (NoConsentToShow, OpenFindings, NothingToShow):
            return None
        locked.publish_at = publish_at
        return _decide(locked, State.APPROVED, Outcome.APPROVED, Reason.AUTHORS_WISH, by)


def stop_showing(contribution: Contribution) -> Decision:
    """Its author has regretted the yes before it was shown (editing.regret)."""
    with transaction.atomic():
        locked = _lock(contribution, State.APPROVED, State.PENDING)
        if locked.state == State.PENDING:
            # The yes still waited for a host: nothing moves, and it is recorded all the same.
            return _record(locked, Outcome.REGRETTED, Reason.AUTHORS_WISH, None, timezone.now())
        return _decide(locked, State.PENDING, Outcome.REGRETTED, Reason.AUTHORS_WISH, None)


def keep_unanswered(contribution: Contribution) -> Decision:
    """Its author has not answered in time: kept for what they allowed, shown in nobody's words."""
    with transaction.atomic():
        locked = _lock(contribution, State.RETURNED)
        why = Reason.NO_ANSWER
        return _decide(locked, State.KEPT, Outcome.UNANSWERED, why, None, automated=True)


def withdraw(contribution: Contribution) -> Decision | None:
    """The author takes it back, whatever its state: gone everywhere at the next request.

    The caller has checked that it is the author (access.own_or_404). None when it already was.
    """
    with transaction.atomic():
        locked = _lock(contribution)
        if locked.state in {State.WITHDRAWN, State.ERASED}:
            return None
        now = timezone.now()
        locked.withdrawn_at = now
        locked.chosen_name = None
        locked.consents.active().update(revoked_at=now)
        remove(locked.attachments.all())
        return _decide(locked, State.WITHDRAWN, Outcome.WITHDRAWN, Reason.AUTHORS_WISH, None)


def withdraw_unclaimed(contribution: Contribution) -> Decision:
    """Somebody has said that it is theirs, and nobody with its code has objected in time."""
    with transaction.atomic():
        locked = _lock(contribution, State.HIDDEN)
        now = timezone.now()
        locked.withdrawn_at = now
        locked.chosen_name = None
        locked.consents.active().update(revoked_at=now)
        why = Reason.LOST_CODE
        return _decide(locked, State.WITHDRAWN, Outcome.WITHDRAWN, why, None, automated=True)


def restore_objected(contribution: Contribution) -> Decision:
    """The holder of its code has said that it is theirs: shown again as it was (lost_codes.py)."""
    with transaction.atomic():
        locked = _lock(contribution, State.HIDDEN)
        _show(locked, _wording_to_show(locked))
        why = Reason.AUTHORS_WISH
        return _decide(locked, State.PUBLISHED, Outcome.RESTORED, why, None)


def wait_again(contribution: Contribution) -> Decision:
    """Its author has allowed more than before or given it another name: a host reads it before it
    is shown (allowing.py)."""
    with transaction.atomic():
        locked = _lock(contribution, State.KEPT, State.APPROVED, State.PUBLISHED)
        return _decide(locked, State.PENDING, Outcome.REOPENED, Reason.AUTHORS_WISH, None)


def age_pages(contribution: Contribution) -> None:
    """What its pages say has changed, and its state has not. The caller holds its row."""
    _tell_kind(contribution, contribution.state)


def revoke_consent(contribution: Contribution, scope: str) -> None:
    """Takes back one consent; without the one to show, what was shown is only kept."""
    with transaction.atomic():
        locked = _lock(contribution)
        locked.consents.active().filter(scope=scope).update(revoked_at=timezone.now())
        shown = {State.PUBLISHED, State.HIDDEN, State.APPROVED}
        if scope == Scope.SHOW and locked.state in shown:
            _decide(locked, State.KEPT, Outcome.KEPT, Reason.NO_CONSENT, None)
        else:
            _tell_kind(locked, locked.state)


def erase(contribution: Contribution) -> Decision:
    """Leaves a tombstone: no words, no name, no author, no receipt; the numbering stays whole."""
    with transaction.atomic():
        locked = _lock(contribution, State.WITHDRAWN)
        locked.versions.update(text=None, title=None, proposed=None)
        Finding.objects.filter(version__contribution=locked).delete()
        locked.reports.all().delete()
        locked.messages.update(text=None, worry="")
        locked.lost_codes.update(text=None, contact=None)
        locked.decisions.update(message=None)
        for decision in locked.decisions.filter(appeal__isnull=False).select_related("appeal"):
            decision.appeal.text = decision.appeal.message = None
            decision.appeal.save(update_fields=["text", "message"])
        receipt, locked.receipt = locked.receipt, None
        locked.author = locked.alias = locked.chosen_name = None
        locked.content_note = ""
        decision = _decide(locked, State.ERASED, Outcome.ERASED, Reason.AUTHORS_WISH, None)
        if receipt is not None:
            held = Receipt.objects.select_for_update().filter(pk=receipt.pk).first()
            if held is not None and not held.opens_anything():
                # It opened nothing else: the address for word goes with it.
                held.delete()
        return decision


def erase_now(contribution: Contribution) -> Decision:
    """ "Slet for altid", whatever its state; what was never sent has nothing to take back first."""
    with transaction.atomic():
        withdraw(contribution)
        return erase(contribution)


def resolve(finding: Finding, *, by: User) -> None:
    """A host has looked: the place is no hindrance to showing the text."""
    if finding.version.contribution.author_id == by.pk:
        raise OwnContribution
    Finding.objects.filter(pk=finding.pk, resolved_at=None).update(
        resolved_by=by, resolved_at=timezone.now()
    )


def answer_reports(contribution: Contribution, *, by: User) -> int:
    """Marks what people said to about a contribution as read, when the host leaves it standing."""
    return contribution.reports.open().update(answered_by=by, answered_at=timezone.now())


# --- the parts ----------------------------------------------------------------------------------


def _lock(contribution: Contribution, *states: str, by: User | None = None) -> Contribution:
    """The row as it is now, held until the transaction ends. Raises NotFromHere, OwnContribution."""
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if states and locked.state not in states:
        raise NotFromHere(locked.state)
    if by is not None and locked.author_id == by.pk:
        raise OwnContribution
    return locked


def _require_no_appeal(contribution: Contribution) -> None:
    """The caller holds the contribution's row, without which nobody can ask for another look."""
    if Appeal.objects.open().filter(decision__contribution=contribution).exists():
        raise AppealWaits


def _wording_to_show(contribution: Contribution) -> TextVersion:
    """The last wording its author approved, provided consent and findings allow it to be shown. A
    newer one that a host has proposed is passed over, whatever became of it."""
    version = contribution.versions.last_approved()
    if version is None or version.text is None or not version.is_as_written:
        raise NotApproved
    if not Consent.objects.active().filter(text_version=version, scope=Scope.SHOW).exists():
        raise NoConsentToShow
    if version.findings.open().exists():
        raise OpenFindings
    if not version.text.strip() and not has_something_to_show(contribution):
        raise NothingToShow
    return version


def _show(contribution: Contribution, version: TextVersion) -> None:
    """Fills the public columns from the wording; saved with the state, in one statement."""
    title, text = version.title or "", version.text or ""
    contribution.published_version = version
    contribution.published_alias = contribution.alias or ""
    contribution.published_title = title
    contribution.published_html = to_html(text)
    contribution.published_text = text
    contribution.published_stems = stems(f"{title}\n{text}")
    contribution.published_at = contribution.published_at or timezone.now()


def _restrict(
    contribution: Contribution,
    state: State,
    outcome: Outcome,
    by: User,
    reason: str,
    message: str,
    *from_states: State,
) -> Decision:
    if reason not in RESTRICTING_REASONS or not message.strip():
        raise ReasonMissing
    with transaction.atomic():
        locked = _lock(contribution, *from_states, by=by)
        return _decide(locked, state, outcome, reason, by, message)


def _decide(
    contribution: Contribution,
    state: str,
    outcome: str,
    reason: str,
    by: User | None,
    message: str = "",
    *,
    automated: bool = False,
) -> Decision:
    """Moves a locked contribution and records why, in the caller's transaction."""
    before, now = contribution.state, timezone.now()
    if not contribution.may_become(state):
        raise NotFromHere(before)
    # First the decision: the database refuses a new state without one of the same moment.
    decision = _record(contribution, outcome, reason, by, now, message, automated=automated)
    if before == State.RETURNED:
        SuggestedEdit.objects.open().filter(contribution=contribution).update(
            answer=ANSWERED_BY.get(Outcome(outcome), Answer.NONE), answered_at=now
        )
    contribution.state, contribution.state_changed_at = state, now
    if state != State.PUBLISHED:
        for column in PUBLIC_COLUMNS:
            setattr(contribution, column, "")
        contribution.published_version = None
    if state != State.APPROVED:
        contribution.publish_at = None
    contribution.save()
    settle(contribution)
    if outcome in RESTRICTIONS or state in {State.WITHDRAWN, State.KEPT}:
        Report.objects.open().filter(contribution=contribution).update(
            answered_by=by, answered_at=now
        )
    _tell_kind(contribution, before)
    return decision


def _record(
    contribution: Contribution,
    outcome: str,
    reason: str,
    by: User | None,
    now: datetime,
    message: str = "",
    *,
    automated: bool = False,
) -> Decision:
    return Decision.objects.create(
        contribution=contribution,
        by=by,
        outcome=outcome,
        reason=reason,
        message=message.strip() or None,
        message_seal=seal(message.strip()),
        automated=automated,
        at=now,
    )


def _tell_kind(contribution: Contribution, before: str) -> None:
    """Counters and page versions of its kind, in the same transaction as the change."""
    kind_of(contribution).after_change(contribution, before, contribution.state)
    bump(*page_keys(contribution), *_voices_keys(contribution))


def _voices_keys(contribution: Contribution) -> list[str]:
    """The theme and guideline pages that show what people say."""
    tagged = contribution.guidelines.values_list("code", "theme__number")
    themes = {number for _code, number in tagged}
    if contribution.theme is not None:
        themes.add(contribution.theme.number)
    return [f"voices:theme:{number}" for number in themes] + [
        f"voices:guideline:{code}" for code, _number in tagged
    ]
