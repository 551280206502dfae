"""What committee and council decided about an amendment, as minuted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.models import State
from cocreate.insights.own_words import refuse_copied_words
from cocreate.pagecache.models import bump
from cocreate.revisions.errors import (
    AlreadyDecided,
    FinalTextMissing,
    FinalTextNotAsked,
    HasChangedSince,
    NotPutForward,
    NotYet,
    ReasonMissing,
    TakenBack,
)
from cocreate.revisions.models import (
    INTO_THE_EDITION,
    Amendment,
    Change,
    CouncilDecision,
    Outcome,
    Step,
)
from cocreate.themes.models import Passage


@dataclass(frozen=True)
class Minuted:
    """A decision as it stands in the minutes. `final_text` where the words were changed."""

    step: Step
    outcome: Outcome
    body: str
    on: date
    reason: str
    final_text: str = ""
    minutes_url: str = ""


def record(amendment: Amendment, minuted: Minuted, *, by: User) -> CouncilDecision:
    """Writes the decision; nothing is written when it raises.

    Raises NotPutForward, NotYet, TakenBack, AlreadyDecided, ReasonMissing, HasChangedSince,
    FinalTextMissing, FinalTextNotAsked, CopiedWords.
    """
    if not minuted.reason.strip() or not minuted.body.strip():
        raise ReasonMissing
    refuse_copied_words(minuted.reason, minuted.final_text)
    with transaction.atomic():
        held = Amendment.objects.select_for_update().get(pk=amendment.pk)
        _require_ready(held, minuted)
        decision = CouncilDecision.objects.create(
            amendment=held,
            step=minuted.step,
            outcome=minuted.outcome,
            body=minuted.body,
            on=minuted.on,
            reason=minuted.reason,
            final_text=_final_text(held, minuted),
            minutes_url=minuted.minutes_url,
            recorded_by=by,
            recorded_at=timezone.now(),
        )
        bump("amendments", f"amendment:{held.number}", f"process:{held.process.slug}", "insights")
    return decision


def changed_since(amendment: Amendment) -> bool:
    """Whether a passage it is about reads otherwise now, or stands there no more."""
    looked_at = {t.passage.uid: t.passage.text for t in amendment.targets.select_related("passage")}
    now = Passage.objects.in_force().filter(uid__in=looked_at).values_list("uid", "text")
    return dict(now) != looked_at


def words_of(amendment: Amendment) -> str:
    """The words it wants, as they are now: of the newest version, or of the proposal."""
    if amendment.proposal is not None:
        return amendment.proposal.published_proposed
    newest = amendment.versions.order_by("-number").first()
    return newest.text if newest is not None else ""


def _require_ready(amendment: Amendment, minuted: Minuted) -> None:
    today = timezone.localdate()
    if amendment.put_forward_at is None:
        raise NotPutForward
    if minuted.on < timezone.localdate(amendment.put_forward_at):
        raise NotPutForward
    if minuted.on > today:
        raise NotYet
    if CouncilDecision.objects.final().filter(amendment=amendment).exists():
        raise AlreadyDecided
    if amendment.proposal is not None and amendment.proposal.state != State.PUBLISHED:
        raise TakenBack
    if minuted.outcome in INTO_THE_EDITION and changed_since(amendment):
        raise HasChangedSince(amendment.label)


def _final_text(amendment: Amendment, minuted: Minuted) -> str:
    if minuted.outcome not in INTO_THE_EDITION:
        if minuted.final_text.strip():
            raise FinalTextNotAsked
        return ""
    if minuted.outcome == Outcome.ADOPTED_CHANGED:
        if not minuted.final_text.strip():
            raise FinalTextMissing
        return minuted.final_text
    if minuted.final_text.strip():
        raise FinalTextNotAsked
    if amendment.proposal is None or amendment.change == Change.DELETE:
        return ""
    if not amendment.proposal.published_proposed:
        # Somebody said in words of their own what should be changed, and not to what.
        raise FinalTextMissing
    return amendment.proposal.published_proposed
