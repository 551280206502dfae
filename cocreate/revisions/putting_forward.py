"""Amendments and where they come from: a process that is open, the administration, or anybody's
proposal. What is decided about them is in deciding.py, what becomes of them in adoption.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.insights.models import Insight
from cocreate.insights.own_words import refuse_copied_words
from cocreate.pagecache.models import bump
from cocreate.revisions.errors import (
    AlreadyDecided,
    NewerVersion,
    NoOpenProcess,
    NotInForce,
    OthersWords,
    PromiseMissing,
    ReasonMissing,
    RestsOnNothing,
    TextMissing,
    TextUnchanged,
    WrongPassages,
)
from cocreate.revisions.models import (
    Amendment,
    AmendmentTarget,
    AmendmentVersion,
    Change,
    CouncilDecision,
    Process,
    Proposal,
)
from cocreate.themes.models import Passage, Strategy, Theme
from cocreate.themes.models.editions import OF_A_THEME, OF_THE_WHOLE
from cocreate.themes.models.editions import Kind as PassageKind

# --- the process ----------------------------------------------------------------------------------

PROMISED = ("frame", "promise", "responder", "answer_due")


def open_process(process: Process) -> Process:
    """Twice is once. Raises PromiseMissing with the names of the fields that are empty."""
    with transaction.atomic():
        held = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
        missing = [name for name in PROMISED if not getattr(held, name)]
        if missing:
            raise PromiseMissing(missing)
        if held.opened_at is None:
            held.opened_at = timezone.now()
            held.save(update_fields=["opened_at"])
            bump("processes", f"process:{held.slug}")
    return held


def close_process(process: Process) -> None:
    with transaction.atomic():
        Process.objects.filter(pk=process.pk, closed_at=None).exclude(opened_at=None).update(
            closed_at=timezone.now()
        )
        bump("processes", f"process:{process.slug}")


# --- the administration's amendments ---------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What an amendment says. `passages` are those it is about, of the edition in force; the first
    keeps its place when they are put together."""

    change: Change
    rationale: str
    text: str = ""
    administration: str = ""
    passages: Sequence[Passage] = ()
    insights: Sequence[Insight] = ()
    theme: Theme | None = None
    kind: PassageKind = PassageKind.GUIDELINE


def draft_amendment(process: Process, wanted: Wanted, *, by: User) -> Amendment:
    """A draft with the next number, read by the administration alone. Twice is once: what somebody
    wrote last in a process is not written again.

    Raises CopiedWords, and what `_require` does.
    """
    _require_own_words(wanted)
    with transaction.atomic():
        hold_strategy()
        before = Amendment.objects.filter(made_by=by, process=process).order_by("-number").first()
        if before is not None and _says(before, wanted):
            return before
        _require(wanted)
        amendment = Amendment.objects.create(
            number=_next_number(),
            process=process,
            change=wanted.change,
            theme=wanted.theme,
            kind=wanted.kind,
            made_by=by,
        )
        _write(amendment, wanted, by)
    return amendment


def change_amendment(
    amendment: Amendment, wanted: Wanted, *, by: User, base: int
) -> AmendmentVersion:
    """A new version, looked at against the words in force; the earlier ones stay to be read. `base`
    is the number of the version that it was written from. Twice is once.

    Raises OthersWords, AlreadyDecided, NewerVersion, NoOpenProcess, RestsOnNothing, CopiedWords, and
    what `_require` does.
    """
    _require_own_words(wanted)
    with transaction.atomic():
        held = held_amendment(amendment)
        if held.proposal_id is not None:
            raise OthersWords
        if CouncilDecision.objects.final().filter(amendment=held).exists():
            raise AlreadyDecided
        newest = _newest(held)
        if newest is not None and _says(held, wanted):
            return newest
        if newest is not None and newest.number != base:
            raise NewerVersion
        _require(wanted)
        held.change, held.theme, held.kind = wanted.change, wanted.theme, wanted.kind
        held.save(update_fields=["change", "theme", "kind"])
        version = _write(held, wanted, by)
        if held.put_forward_at is not None:
            _require_ground(held, version)
        _tell(held)
    return version


def put_forward(amendment: Amendment) -> Amendment:
    """From now on everybody can read it, and it can be decided on. Twice is once.

    Raises NoOpenProcess, RestsOnNothing, ReasonMissing, NotInForce, CopiedWords.
    """
    newest = _newest(amendment)
    if newest is None:
        raise ReasonMissing
    # What was given since the draft was written has not been compared with it yet.
    refuse_copied_words(newest.text, newest.rationale, newest.administration)
    with transaction.atomic():
        hold_strategy()
        held = held_amendment(amendment)
        if held.put_forward_at is not None:
            return held
        _require_ground(held, newest)
        in_force = set(Passage.objects.in_force().values_list("pk", flat=True))
        if not in_force.issuperset(held.targets.values_list("passage", flat=True)):
            raise NotInForce
        held.put_forward_at = timezone.now()
        held.save(update_fields=["put_forward_at"])
        _tell(held)
    return held


def look_again(amendment: Amendment) -> None:
    """Somebody has read the amendment against the words that are in force now, and it still says what
    it is meant to. Raises AlreadyDecided, NotInForce."""
    with transaction.atomic():
        hold_strategy()
        held = held_amendment(amendment)
        if CouncilDecision.objects.final().filter(amendment=held).exists():
            raise AlreadyDecided
        for target in held.targets.select_related("passage"):
            now = Passage.objects.in_force().filter(uid=target.passage.uid).first()
            if now is None:
                raise NotInForce
            target.passage = now
            target.save(update_fields=["passage"])
        _tell(held)


# --- anybody's proposals ----------------------------------------------------------------------------


def amendment_of(proposal: Proposal) -> Amendment:
    """The amendment of a proposal that is shown, made the first time; in the caller's transaction.

    Raises NoOpenProcess for what is left of a demonstration.
    """
    made = Amendment.objects.filter(proposal=proposal).first()
    if made is not None:
        return made
    process = proposal.process
    if process is None or not process.is_open:
        # It was closed while the proposal waited for a host: whatever is open takes it.
        process = Process.objects.takes_proposals() or process
    if process is None:
        raise NoOpenProcess
    passage = proposal.passage
    amendment = Amendment.objects.create(
        number=_next_number(),
        process=process,
        change=proposal.change,
        theme=proposal.theme,
        kind=passage.kind if passage is not None else PassageKind.GUIDELINE,
        proposal=proposal,
        put_forward_at=timezone.now(),
    )
    if passage is not None:
        AmendmentTarget.objects.create(amendment=amendment, passage=passage, order=1)
    _tell(amendment)
    return amendment


# --- the parts ------------------------------------------------------------------------------------


def _require(wanted: Wanted) -> None:
    """Raises ReasonMissing, TextMissing, TextUnchanged, WrongPassages, NotInForce."""
    if not wanted.rationale.strip():
        raise ReasonMissing
    needs_words = wanted.change != Change.DELETE
    if needs_words and not wanted.text.strip():
        raise TextMissing
    _require_passages(wanted)
    if wanted.change == Change.CHANGE and wanted.passages[0].text == wanted.text.strip():
        raise TextUnchanged


def _require_own_words(wanted: Wanted) -> None:
    """Before anything is locked: it looks through all that was ever given. Raises CopiedWords."""
    refuse_copied_words(wanted.text, wanted.rationale, wanted.administration)


def _require_ground(amendment: Amendment, version: AmendmentVersion) -> None:
    """What everybody can read belongs to an open process and rests on something. Raises
    NoOpenProcess, RestsOnNothing."""
    if not amendment.process.is_open:
        raise NoOpenProcess
    if not version.administration.strip() and not amendment.insights.public().exists():
        raise RestsOnNothing


def _require_passages(wanted: Wanted) -> None:
    fewest, most = {Change.NEW: (0, 0), Change.MERGE: (2, 9)}.get(wanted.change, (1, 1))
    if not fewest <= len(wanted.passages) <= most:
        raise WrongPassages
    if any(passage.kind != wanted.kind for passage in wanted.passages):
        raise WrongPassages
    if wanted.change == Change.MERGE and wanted.kind != PassageKind.GUIDELINE:
        raise WrongPassages
    in_force = Passage.objects.in_force()
    if in_force.filter(pk__in=[row.pk for row in wanted.passages]).count() != len(wanted.passages):
        raise NotInForce
    if wanted.change == Change.NEW:
        _require_place(wanted)


def _require_place(wanted: Wanted) -> None:
    """Of guidelines there may be more; of all else one, where there is none yet."""
    if (wanted.theme is None) != (wanted.kind in OF_THE_WHOLE):
        raise WrongPassages
    alone = Passage.objects.in_force().filter(kind=wanted.kind, theme=wanted.theme)
    if wanted.kind in (*OF_THE_WHOLE, *OF_A_THEME) and alone.exists():
        raise WrongPassages


def _newest(amendment: Amendment) -> AmendmentVersion | None:
    return amendment.versions.order_by("-number").first()


def _says(amendment: Amendment, wanted: Wanted) -> bool:
    """Whether its newest version is this very one."""
    newest = _newest(amendment)
    if newest is None or amendment.change != wanted.change:
        return False
    passages = list(amendment.targets.order_by("order").values_list("passage", flat=True))
    insights = set(amendment.insights.values_list("pk", flat=True))
    said = (newest.text, newest.rationale, newest.administration)
    return (
        said == (_text_of(wanted), wanted.rationale, wanted.administration)
        and passages == [passage.pk for passage in wanted.passages]
        and insights == {insight.pk for insight in wanted.insights}
        and (amendment.theme, amendment.kind) == (wanted.theme, wanted.kind)
    )


def _text_of(wanted: Wanted) -> str:
    return wanted.text if wanted.change != Change.DELETE else ""


def _write(amendment: Amendment, wanted: Wanted, by: User) -> AmendmentVersion:
    amendment.targets.all().delete()
    AmendmentTarget.objects.bulk_create(
        AmendmentTarget(amendment=amendment, passage=passage, order=order)
        for order, passage in enumerate(wanted.passages, 1)
    )
    amendment.insights.set(wanted.insights)
    last = amendment.versions.aggregate(last=Max("number"))["last"] or 0
    return AmendmentVersion.objects.create(
        amendment=amendment,
        number=last + 1,
        text=_text_of(wanted),
        rationale=wanted.rationale,
        administration=wanted.administration,
        by=by,
        at=timezone.now(),
    )


def held_amendment(amendment: Amendment) -> Amendment:
    """Its own row alone: what joins it is locked by others in another order."""
    rows = Amendment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("process").get(pk=amendment.pk)


def hold_strategy() -> None:
    """Held by whoever numbers, decides, puts forward or adopts, after a contribution's own row and
    before everything else."""
    Strategy.objects.select_for_update(no_key=True).first()


def _next_number() -> int:
    """Two made at the same moment get two numbers."""
    hold_strategy()
    return (Amendment.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _tell(amendment: Amendment) -> None:
    bump(
        "amendments",
        "insights",
        f"amendment:{amendment.number}",
        f"process:{amendment.process.slug}",
    )
