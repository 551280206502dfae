"""A host proposes other words; the author says yes or no, or writes their own (which is sending again,
operations.send_again). Without a yes the host's words are never shown (design §4, domain §1.2).

Order in each: lock the contribution, look whether it was done before, check, write, move the state.
Asking or answering twice is asking or answering once.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.attachments import described
from cocreate.contributions.kinds import kind_of
from cocreate.contributions.models import (
    Consent,
    Contribution,
    GivenHow,
    KindName,
    MadeBy,
    State,
    TextVersion,
)
from cocreate.contributions.operations import Words
from cocreate.moderation import operations
from cocreate.moderation.errors import (
    NotApproved,
    NotFromHere,
    NothingProposed,
    OwnContribution,
    ReasonMissing,
    WordsTooLong,
)
from cocreate.moderation.models import (
    Answer,
    Finding,
    Outcome,
    SuggestedEdit,
    SuggestedEditQuerySet,
)
from cocreate.moderation.rules import record_findings
from cocreate.text.forms import LINE_MAX_LENGTH

# So many are closed in one round of the worker.
AT_A_TIME = 200
# A yes can be taken back until its words are shown, also while a place in them waits for a host.
CAN_BE_REGRETTED = frozenset({State.APPROVED, State.PENDING})


def suggest(contribution: Contribution, *, words: Words, message: str, by: User) -> SuggestedEdit:
    """Asks the author about these words. The caller has checked that the host may read it.

    Raises NotFromHere, OwnContribution, ReasonMissing, NothingProposed, WordsTooLong, NotApproved.
    """
    with transaction.atomic():
        locked = _hold(contribution.pk)
        asked = _asked_before(locked, words, message, by)
        if asked is not None:
            return asked
        if locked.state != State.PENDING:
            raise NotFromHere(locked.state)
        if locked.author_id == by.pk:
            raise OwnContribution
        if not message.strip():
            raise ReasonMissing
        about = locked.versions.last_approved()
        if about is None or about.text is None:
            raise NotApproved
        _require_fitting(locked, about, words)
        version = _write(locked, words, MadeBy.HOST)
        decision = operations.hand_over(locked, by=by, message=message)
        return SuggestedEdit.objects.create(
            contribution=locked, decision=decision, about=about, version=version
        )


def accept(edit: SuggestedEdit) -> SuggestedEdit:
    """The author's yes to exactly these words: they are the author's from now on, and shown after
    the hours in which a yes can be regretted, if the author allows it to be shown.

    The caller has checked that it is the author. Raises NotFromHere, NotApproved.
    """
    with transaction.atomic():
        contribution, held = _held(edit)
        if held.stands:
            return held
        if not held.is_open or contribution.state != State.RETURNED:
            raise NotFromHere(contribution.state)
        if held.version.text is None or not held.version.is_as_written:
            raise NotApproved
        # First the answer: the database refuses an approval that no answer stands behind.
        operations.hand_back(contribution, Outcome.ACCEPTED)
        now = timezone.now()
        held.version.approved_by_author_at = now
        held.version.save(update_fields=["approved_by_author_at"])
        _carry_consents(contribution, held.version, now)
        _look_where_nobody_has(held)
        operations.approve_as_agreed(
            contribution,
            by=held.decision.by,
            publish_at=now + timedelta(hours=settings.EDIT_REGRET_HOURS) + _wait(contribution),
        )
        return _fresh(held)


def _wait(contribution: Contribution) -> timedelta:
    return kind_of(contribution).waits()


def regret(edit: SuggestedEdit) -> SuggestedEdit:
    """Takes back a yes before the words are shown: the author's own stand again, as the newest, and
    wait for a host. Raises NotFromHere."""
    with transaction.atomic():
        contribution, held = _held(edit)
        if held.regretted_at is not None:
            return held
        stands = contribution.versions.last_approved()
        waits = contribution.state in CAN_BE_REGRETTED
        if not held.stands or not waits or stands != held.version:
            raise NotFromHere(contribution.state)
        own = held.about
        if own.text is None or not own.is_as_written:
            raise NotApproved
        words = Words(text=own.text, title=own.title or "", proposed=own.proposed or "")
        version = _write(contribution, words, MadeBy.AUTHOR)
        _carry_consents(contribution, version, timezone.now())
        record_findings(version)
        _resolve_as_before(version, own)
        held.regretted_at = timezone.now()
        held.save(update_fields=["regretted_at"])
        operations.stop_showing(contribution)
        return held


def decline(edit: SuggestedEdit) -> SuggestedEdit:
    """The author's own words stand as they are, and wait for a host. Raises NotFromHere."""
    with transaction.atomic():
        contribution, held = _held(edit)
        if held.answer == Answer.DECLINED:
            return held
        if not held.is_open:
            raise NotFromHere(contribution.state)
        operations.hand_back(contribution, Outcome.STOOD_BY)
        return _fresh(held)


def close_unanswered(now: datetime | None = None) -> int:
    """Keeps what its author has not answered about in time, shown in nobody's words; returns how
    many. Safe to run twice."""
    # The whole of the day that the page names is there for an answer.
    first = timezone.localdate(now) - timedelta(days=settings.EDIT_ANSWER_DAYS)
    asked_before = timezone.make_aware(datetime.combine(first, time.min))
    late = SuggestedEdit.objects.open().filter(decision__at__lt=asked_before).order_by("pk")
    return sum(_close(edit) for edit in late.only("pk", "contribution_id")[:AT_A_TIME])


def open_edit(contribution: Contribution) -> SuggestedEdit | None:
    """What the author of a contribution has to answer to, with both wordings."""
    if contribution.state != State.RETURNED:
        return None
    return _with_words().filter(contribution=contribution, answer="").first()


def newest_edit(contribution: Contribution) -> SuggestedEdit | None:
    """What was proposed last, answered or not, with both wordings."""
    return _with_words().filter(contribution=contribution).order_by("-pk").first()


# --- the parts ----------------------------------------------------------------------------------


def _hold(pk: int) -> Contribution:
    """The contribution first, as everywhere: every decision takes this row before any other."""
    return Contribution.objects.select_for_update().get(pk=pk)


def _held(edit: SuggestedEdit) -> tuple[Contribution, SuggestedEdit]:
    contribution = _hold(edit.contribution_id)
    return contribution, _with_words().get(pk=edit.pk)


def _with_words() -> "SuggestedEditQuerySet":
    return SuggestedEdit.objects.select_related(
        "contribution", "decision__by", "about__contribution", "version__contribution"
    )


def _fresh(edit: SuggestedEdit) -> SuggestedEdit:
    return _with_words().get(pk=edit.pk)


def _asked_before(
    contribution: Contribution, words: Words, message: str, by: User
) -> SuggestedEdit | None:
    """The same question by the same host, whose answer was lost on the way."""
    asked = open_edit(contribution)
    if asked is None or asked.decision.by_id != by.pk:
        return None
    same = _says(asked.version, words) and asked.decision.message == message.strip()
    return asked if same else None


def _says(version: TextVersion, words: Words) -> bool:
    stored = (version.title or "", version.text or "", version.proposed or "")
    return stored == (words.title, words.text, words.proposed)


def _require_fitting(contribution: Contribution, about: TextVersion, words: Words) -> None:
    """Other words than the author's, in the room that the author had."""
    if not words.text.strip() or _says(about, words):
        raise NothingProposed
    is_post = contribution.kind == KindName.POST
    limit = settings.POST_MAX_LENGTH if is_post else settings.STORY_MAX_LENGTH
    if max(len(words.text), len(words.proposed)) > limit or len(words.title) > LINE_MAX_LENGTH:
        raise WordsTooLong


def _write(contribution: Contribution, words: Words, made_by: MadeBy) -> TextVersion:
    """Under the next number. A host's has nobody's yes yet."""
    numbers = contribution.versions.order_by("-number").values_list("number", flat=True)
    is_authors = made_by == MadeBy.AUTHOR
    return TextVersion.objects.create(
        contribution=contribution,
        number=(numbers.first() or 0) + 1,
        title=words.title,
        text=words.text,
        proposed=words.proposed or None,
        made_by=made_by,
        approved_by_author_at=timezone.now() if is_authors else None,
    )


def _carry_consents(contribution: Contribution, version: TextVersion, now: datetime) -> None:
    """What the author still says yes to holds for these words, and for no others."""
    given = list(contribution.consents.active())
    contribution.consents.active().update(revoked_at=now)
    Consent.objects.bulk_create(
        Consent(
            contribution=contribution,
            scope=consent.scope,
            text_version=version,
            wording_version=consent.wording_version,
            given_how=GivenHow.WEB,
            given_at=now,
        )
        for consent in given
    )


def _look_where_nobody_has(edit: SuggestedEdit) -> None:
    """The rules read the host's words when they become the author's: of a question that is never
    answered with yes, no finding is left."""
    record_findings(edit.version)
    _resolve_as_before(edit.version, edit.about)


def _resolve_as_before(version: TextVersion, earlier: TextVersion) -> None:
    """A host's "not a problem" holds for the very same words in the new wording."""
    looked_at = {
        _place(finding, earlier): finding
        for finding in earlier.findings.filter(resolved_at__isnull=False)
    }
    for finding in version.findings.open():
        before = looked_at.get(_place(finding, version))
        if before is not None:
            finding.resolved_by, finding.resolved_at = before.resolved_by, before.resolved_at
            finding.save(update_fields=["resolved_by", "resolved_at"])


def _place(finding: Finding, version: TextVersion) -> tuple[str, str, str, str]:
    stored = {
        "text": version.text,
        "title": version.title,
        "alias": version.contribution.alias,
        "proposed": version.proposed,
        "photo": described(version.contribution),
    }
    words = (stored[finding.in_field] or "")[finding.start : finding.end]
    return finding.kind, finding.level, finding.in_field, words


def _close(edit: SuggestedEdit) -> int:
    """Reads no words: one that cannot be read must not hold up the others."""
    with transaction.atomic():
        contribution = _hold(edit.contribution_id)
        is_open = SuggestedEdit.objects.open().filter(pk=edit.pk).exists()
        if not is_open or contribution.state != State.RETURNED:
            return 0
        operations.keep_unanswered(contribution)
        return 1
