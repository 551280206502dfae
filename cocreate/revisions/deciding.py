"""What committee and council decided about an amendment, as minuted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution, State
from cocreate.insights.own_words import refuse_copied_words
from cocreate.insights.pages import insight_keys
from cocreate.pagecache.models import bump
from cocreate.revisions.errors import (
    AlreadyDecided,
    FinalTextMissing,
    FinalTextNotAsked,
    HasChangedSince,
    NewerThanTheMeeting,
    NotPutForward,
    NotYet,
    ReasonMissing,
    TakenBack,
    TakenByAnother,
    WrongPassages,
)
from cocreate.revisions.models import (
    INTO_THE_EDITION,
    Adopted,
    Amendment,
    AmendmentVersion,
    Change,
    CouncilDecision,
    Outcome,
    Step,
)
from cocreate.revisions.putting_forward import held_amendment, hold_strategy
from cocreate.themes.models import Passage
from cocreate.themes.models.editions import Kind


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
    """Writes the decision; nothing is written when it raises. Twice is once.

    What was decided is final. As long as it has not come into an edition the council can take it up
    again, which is minuted as sent back; then it is decided anew.

    Raises NotPutForward, NotYet, TakenBack, AlreadyDecided, ReasonMissing, NewerThanTheMeeting,
    HasChangedSince, TakenByAnother, WrongPassages, FinalTextMissing, FinalTextNotAsked, CopiedWords.
    """
    if not minuted.reason.strip() or not minuted.body.strip():
        raise ReasonMissing
    refuse_copied_words(minuted.reason, minuted.final_text, but=amendment.proposal)
    with transaction.atomic():
        # In the order that everybody takes them: the voice, the strategy, the amendment.
        if amendment.proposal_id is not None:
            Contribution.objects.select_for_update().get(pk=amendment.proposal_id)
        hold_strategy()
        held = held_amendment(amendment)
        before = _same(held, minuted)
        if before is not None:
            return before
        version = held.versions.order_by("-number").first()
        _require_ready(held, minuted, version)
        if minuted.outcome == Outcome.SENT_BACK:
            CouncilDecision.objects.final().filter(amendment=held).update(
                reopened_at=timezone.now()
            )
        decision = CouncilDecision.objects.create(
            amendment=held,
            version=version,
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
        insights = held.insights.public().values_list("number", flat=True)
        bump(
            "amendments",
            "insights",
            f"amendment:{held.number}",
            f"process:{held.process.slug}",
            *(key for number in insights for key in insight_keys(number)),
        )
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


def words_decided(decision: CouncilDecision) -> str:
    """The words as they were decided on, whatever was written since."""
    if decision.final_text or decision.version is None:
        return decision.final_text
    return decision.version.text


def _same(amendment: Amendment, minuted: Minuted) -> CouncilDecision | None:
    """The newest decision when it is this very one: the form was sent a second time."""
    newest = amendment.decisions.order_by("-pk").first()
    names = ("step", "outcome", "body", "on", "reason")
    if newest is None or any(getattr(newest, name) != getattr(minuted, name) for name in names):
        return None
    return newest


def _require_ready(
    amendment: Amendment, minuted: Minuted, version: AmendmentVersion | None
) -> None:
    if amendment.put_forward_at is None:
        raise NotPutForward
    if minuted.on < timezone.localdate(amendment.put_forward_at):
        raise NotPutForward
    if minuted.on > timezone.localdate():
        raise NotYet
    if version is not None and minuted.on < timezone.localdate(version.at):
        raise NewerThanTheMeeting
    _require_undecided(amendment, minuted)
    if amendment.proposal is not None and amendment.proposal.state != State.PUBLISHED:
        raise TakenBack
    if minuted.outcome in INTO_THE_EDITION:
        if changed_since(amendment):
            raise HasChangedSince(amendment.label)
        if minuted.step == Step.DECIDED:
            _require_free(amendment)


def _require_undecided(amendment: Amendment, minuted: Minuted) -> None:
    """To take it up again is minuted as sent back, as long as no edition holds it."""
    final = CouncilDecision.objects.final().filter(amendment=amendment).first()
    takes_up_again = minuted.step == Step.DECIDED and minuted.outcome == Outcome.SENT_BACK
    if final is None:
        return
    if not takes_up_again or Adopted.objects.filter(decision=final).exists():
        raise AlreadyDecided


def _require_free(amendment: Amendment) -> None:
    """What waits for an edition can all be adopted: no two of them want the same place."""
    others = CouncilDecision.objects.waiting_for_an_edition().exclude(amendment=amendment)
    others = others.select_related("amendment").order_by("pk")
    if amendment.change == Change.NEW:
        _require_place(amendment, others)
        return
    uids = amendment.targets.values("passage__uid")
    taken = others.filter(amendment__targets__passage__uid__in=uids).first()
    if taken is not None:
        raise TakenByAnother(taken.amendment.label)


def _require_place(amendment: Amendment, others: QuerySet[CouncilDecision]) -> None:
    """Of guidelines there may be more; of all else one in its theme, or in the whole."""
    if amendment.kind == Kind.GUIDELINE:
        if amendment.theme is None:
            raise WrongPassages
        return
    same = {"kind": amendment.kind, "theme": amendment.theme}
    if Passage.objects.in_force().filter(**same).exists():
        raise WrongPassages
    taken = others.filter(
        amendment__change=Change.NEW,
        amendment__kind=amendment.kind,
        amendment__theme=amendment.theme,
    ).first()
    if taken is not None:
        raise TakenByAnother(taken.amendment.label)


def _final_text(amendment: Amendment, minuted: Minuted) -> str:
    if minuted.outcome not in INTO_THE_EDITION:
        if minuted.final_text.strip():
            raise FinalTextNotAsked
        return ""
    if minuted.outcome == Outcome.ADOPTED_CHANGED:
        if not minuted.final_text.strip():
            raise FinalTextMissing
        return minuted.final_text.strip()
    if minuted.final_text.strip():
        raise FinalTextNotAsked
    if amendment.proposal is None or amendment.change == Change.DELETE:
        return ""
    words = amendment.proposal.published_proposed.strip()
    if not words:
        # Somebody said in words of their own what should be changed, and not to what.
        raise FinalTextMissing
    # A recommendation decides nothing: only what the council takes is kept when it is taken back.
    return words if minuted.step == Step.DECIDED else ""
