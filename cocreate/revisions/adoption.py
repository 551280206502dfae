"""The next edition, in one transaction: killed halfway the old one stands whole, and it can be run
again; two at once make one (design §4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from cocreate.contributions.models import State
from cocreate.pagecache.models import bump
from cocreate.revisions.deciding import changed_since, words_decided
from cocreate.revisions.errors import (
    DecidedMeanwhile,
    EditionUnnamed,
    HasChangedSince,
    NotForReal,
    NothingLeft,
    NothingToAdopt,
    NotInForce,
    SamePassageTwice,
    Undecided,
    WrongDate,
)
from cocreate.revisions.models import Adopted, Amendment, Change, CouncilDecision, Process, Step
from cocreate.revisions.putting_forward import hold_strategy
from cocreate.themes.models import Edition, Guideline, Passage, Strategy, Theme
from cocreate.themes.models.editions import Kind, PlainStatus, Status


@dataclass(frozen=True)
class NextEdition:
    """What the next edition is called, and when and by whom it was adopted."""

    title: str
    on: date
    by: str


def adopt(process: Process, called: NextEdition, *, seen: str | None = None) -> Edition:
    """Writes what was decided in this process into the next edition and puts it in force. `seen`
    names the decisions that somebody looked at (named), and nothing else is adopted then.

    Raises EditionUnnamed, NothingToAdopt, DecidedMeanwhile, NotForReal, WrongDate, Undecided, NotInForce,
    HasChangedSince, SamePassageTwice, NothingLeft; nothing is written then.
    """
    if not called.title.strip() or not called.by.strip():
        raise EditionUnnamed
    with transaction.atomic():
        # Everything that numbers or adopts holds this row; the second of two finds nothing to do.
        hold_strategy()
        strategy = Strategy.objects.get()
        decisions = waiting_for_edition(process)
        current = strategy.editions.current()
        if current is None or not decisions:
            raise NothingToAdopt
        if seen is not None and seen != named(decisions):
            raise DecidedMeanwhile
        if process.demonstration != current.demonstration:
            raise NotForReal
        if not max(row.on for row in decisions) <= called.on <= timezone.localdate():
            raise WrongDate
        _require_answers(process)
        draft = _Draft(current)
        for decision in decisions:
            draft.take(decision)
        edition = draft.write(called)
        bump(
            "site",
            "strategy",
            "amendments",
            "insights",
            f"process:{process.slug}",
            *(f"amendment:{decision.amendment.number}" for decision in decisions),
        )
    return edition


def waiting_for_edition(process: Process) -> list[CouncilDecision]:
    """What was adopted in this process and stands in no edition yet."""
    rows = CouncilDecision.objects.waiting_for_an_edition().filter(amendment__process=process)
    joined = rows.select_related(
        "amendment__process", "amendment__proposal", "amendment__theme", "version"
    )
    return list(joined.defer("amendment__proposal__alias").order_by("amendment__number"))


def named(decisions: Iterable[CouncilDecision]) -> str:
    """What a page showed, so that nothing else is adopted from it."""
    return "-".join(str(decision.pk) for decision in decisions)


def unanswered(process: Process) -> QuerySet[Amendment]:
    """Those that have no answer yet. Sent back or postponed is an answer with a reason too; a
    proposal that was taken back needs none."""
    decided = CouncilDecision.objects.filter(step=Step.DECIDED, reopened_at=None)
    waiting = process.amendments.public().exclude(pk__in=decided.values("amendment"))
    return waiting.filter(Q(proposal=None) | Q(proposal__state=State.PUBLISHED))


def _require_answers(process: Process) -> None:
    labels = [amendment.label for amendment in unanswered(process)]
    if labels:
        raise Undecided(labels)


@dataclass
class _Place:
    """A passage on its way into the next edition."""

    uid: UUID
    kind: str
    text: str
    theme: Theme | None
    guideline: Guideline | None
    plain_summary: str = ""
    plain_status: str = PlainStatus.PROPOSED
    source: CouncilDecision | None = None


@dataclass
class _Draft:
    current: Edition
    places: list[_Place] = field(default_factory=list)
    # Which amendment has a passage in hand, by its uid.
    taken: dict[UUID, Amendment] = field(default_factory=dict)
    left_out: list[Guideline] = field(default_factory=list)
    without_passage: list[CouncilDecision] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = self.current.passages.select_related("theme", "guideline").order_by("order")
        self.places = [
            _Place(
                row.uid,
                row.kind,
                row.text,
                row.theme,
                row.guideline,
                row.plain_summary,
                row.plain_summary_status,
            )
            for row in rows
        ]

    def take(self, decision: CouncilDecision) -> None:
        amendment = decision.amendment
        text = words_decided(decision)
        if changed_since(amendment):
            raise HasChangedSince(amendment.label)
        if amendment.change == Change.NEW:
            self._add(decision, text)
            return
        uids = list(amendment.targets.order_by("order").values_list("passage__uid", flat=True))
        if not uids:
            raise NotInForce
        for uid in uids:
            if uid in self.taken:
                raise SamePassageTwice(self.taken[uid].label, amendment.label)
            self.taken[uid] = amendment
        first, *others = (self._at(uid) for uid in uids)
        if amendment.change == Change.DELETE and not decision.final_text:
            self._leave_out([first])
            self.without_passage.append(decision)
            return
        self._leave_out(others)
        first.text, first.source = text, decision
        # The short text was written about other words.
        first.plain_status = PlainStatus.PROPOSED

    def write(self, called: NextEdition) -> Edition:
        if not any(place.kind == Kind.GUIDELINE for place in self.places):
            raise NothingLeft
        edition = Edition.objects.create(
            strategy=self.current.strategy,
            number=_last_number(self.current.strategy) + 1,
            title=called.title,
            adopted_on=called.on,
            adopted_by=called.by,
            demonstration=self.current.demonstration,
        )
        passages = Passage.objects.bulk_create(
            Passage(
                edition=edition,
                uid=place.uid,
                kind=place.kind,
                text=place.text,
                theme=place.theme,
                guideline=_numbered(place),
                plain_summary=place.plain_summary,
                plain_summary_status=place.plain_status,
                order=order,
            )
            for order, place in enumerate(self.places, 1)
        )
        self._say_where_from(edition, passages)
        Guideline.objects.filter(pk__in=[row.pk for row in self.left_out]).update(
            retired_in=edition
        )
        self.current.status = Status.SUPERSEDED
        self.current.save(update_fields=["status"])
        # Last of all: from here on the edition and its passages are fixed.
        edition.status = Status.ADOPTED
        edition.save(update_fields=["status"])
        return edition

    def _say_where_from(self, edition: Edition, passages: Iterable[Passage]) -> None:
        rows = [
            Adopted(decision=place.source, edition=edition, passage=passage)
            for place, passage in zip(self.places, passages, strict=True)
            if place.source is not None
        ]
        rows += [Adopted(decision=decision, edition=edition) for decision in self.without_passage]
        Adopted.objects.bulk_create(rows)

    def _at(self, uid: UUID) -> _Place:
        for place in self.places:
            if place.uid == uid:
                return place
        raise NotInForce

    def _leave_out(self, places: list[_Place]) -> None:
        for place in places:
            self.places.remove(place)
            if place.guideline is not None:
                self.left_out.append(place.guideline)

    def _add(self, decision: CouncilDecision, text: str) -> None:
        """After all that is printed before it: the preface first, then theme by theme, in each the
        challenge, the vision, the lead-in and the guidelines."""
        amendment = decision.amendment
        new = _Place(uuid4(), amendment.kind, text, amendment.theme, None, source=decision)
        before = [n for n, place in enumerate(self.places) if _rank(place) <= _rank(new)]
        self.places.insert(before[-1] + 1 if before else 0, new)


PRINTED = (Kind.CHALLENGE, Kind.VISION, Kind.LEAD_IN, Kind.GUIDELINE)


def _rank(place: _Place) -> tuple[int, int]:
    if place.theme is None:
        return (0, (Kind.PREFACE, Kind.SIGNATURE).index(Kind(place.kind)))
    return (place.theme.number, PRINTED.index(Kind(place.kind)))


def _numbered(place: _Place) -> Guideline | None:
    """A new guideline takes the number after the highest its theme ever had: none is used again."""
    if place.kind != Kind.GUIDELINE or place.guideline is not None or place.theme is None:
        return place.guideline
    last = Guideline.objects.filter(theme=place.theme).aggregate(last=Max("number"))["last"] or 0
    return Guideline.objects.create(theme=place.theme, number=last + 1)


def _last_number(strategy: Strategy) -> int:
    return strategy.editions.aggregate(last=Max("number"))["last"] or 0
