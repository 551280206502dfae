"""The chain read both ways: from a voice to what became of it, and from a passage back to the voices.

Built from foreign keys at every request, in a number of queries that does not grow: what was taken
back is gone from it at once, and no link can be out of date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef

from cocreate.contributions.models import Contribution, KindName
from cocreate.insights.access import counted
from cocreate.insights.models import Evidence, Insight, SetAside
from cocreate.revisions.models import (
    Adopted,
    Amendment,
    AmendmentTarget,
    Change,
    CouncilDecision,
    Step,
)
from cocreate.themes.models import Passage


@dataclass(frozen=True)
class Link:
    """An amendment with the newest word about it: a decision or none, and where it stands now."""

    amendment: Amendment
    decision: CouncilDecision | None = None
    adopted: Adopted | None = None


@dataclass(frozen=True)
class Used:
    """An insight that a voice stands behind, and the amendments that rest on it. One that `counts` no
    more is told of to its author alone."""

    insight: Insight
    stance: str
    counts: bool
    links: tuple[Link, ...] = ()


@dataclass
class Trail:
    """What became of one contribution. `own` is the amendment it is itself, when it proposed one."""

    used: list[Used] = field(default_factory=list)
    own: Link | None = None
    not_used: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.used or self.own or self.not_used)


def trails(contributions: Iterable[Contribution]) -> dict[int, Trail]:
    """What became of each, by its id, in five queries, as its author may know it. Only what is public
    counts as having become."""
    given = list(contributions)
    pks = [contribution.pk for contribution in given]
    proposed = [row.pk for row in given if row.kind == KindName.PROPOSAL]
    found = {pk: Trail() for pk in pks}
    behind = Evidence.objects.filter(contribution__in=pks, insight__published_at__isnull=False)
    evidence = list(
        behind.annotate(counts=Exists(counted(Evidence.objects.filter(pk=OuterRef("pk")))))
        .select_related("insight")
        .order_by("insight__number")
    )
    rests = _resting_on({row.insight_id for row in evidence})
    own = {
        amendment.proposal_id: amendment
        for amendment in (
            Amendment.objects.public().filter(proposal__in=proposed) if proposed else ()
        )
    }
    amendments = {row.pk: row for rows in rests.values() for row in rows}
    amendments |= {row.pk: row for row in own.values()}
    links = links_of(amendments.values())
    for row in evidence:
        here = tuple(links[amendment.pk] for amendment in rests.get(row.insight_id, []))
        found[row.contribution_id].used.append(Used(row.insight, row.stance, row.counts, here))
    for pk, amendment in own.items():
        if pk is not None:
            found[pk].own = links[amendment.pk]
    for pk, reason in SetAside.objects.filter(contribution__in=pks).values_list(
        "contribution", "reason"
    ):
        found[pk].not_used = reason
    return found


def trail(contribution: Contribution) -> Trail:
    """As everybody may know it: whose yes to analysis is gone stands behind nothing any more, and
    nobody can tell whose gap it is."""
    found = trails([contribution])[contribution.pk]
    found.used = [used for used in found.used if used.counts]
    return found


def links_of(amendments: Iterable[Amendment]) -> dict[int, Link]:
    """The newest decision about each and the passage it became, in one query."""
    by_pk = {amendment.pk: amendment for amendment in amendments}
    standing = CouncilDecision.objects.filter(amendment__in=by_pk, reopened_at=None)
    became = ("edition", "passage__guideline", "passage__theme", "passage__edition")
    decisions: dict[int, CouncilDecision] = {}
    for decision in standing.select_related(*(f"adopted__{row}" for row in became)).order_by("pk"):
        # What was decided stands over what was recommended, also when that was minuted later.
        before = decisions.get(decision.amendment_id)
        if before is None or before.step != Step.DECIDED or decision.step == Step.DECIDED:
            decisions[decision.amendment_id] = decision
    links = {}
    for pk, amendment in by_pk.items():
        last = decisions.get(pk)
        links[pk] = Link(amendment, last, getattr(last, "adopted", None))
    return links


@dataclass(frozen=True)
class Source:
    """One change that made a passage what it is: its decision, amendment and insights."""

    adopted: Adopted
    insights: tuple[Insight, ...]

    @property
    def decision(self) -> CouncilDecision:
        return self.adopted.decision

    @property
    def amendment(self) -> Amendment:
        return self.adopted.decision.amendment


def sources(passage: Passage) -> list[Source]:
    """Where these words come from, newest change first, in at most four queries; with what had made
    the passages that were put together into it. Words that nobody has changed since the first
    edition have no source."""
    rows = _made(passage, [passage.uid])
    merged = [row.decision.amendment_id for row in rows if _is_merge(row)]
    if merged:
        targets = AmendmentTarget.objects.filter(amendment__in=merged)
        others = set(targets.values_list("passage__uid", flat=True)) - {passage.uid}
        rows += _made(passage, others)
        rows.sort(key=lambda row: row.edition.number, reverse=True)
    insights = _insights_under([row.decision.amendment_id for row in rows])
    return [Source(row, tuple(insights.get(row.decision.amendment_id, []))) for row in rows]


def _made(passage: Passage, uids: Iterable[UUID]) -> list[Adopted]:
    rows = Adopted.objects.filter(
        passage__uid__in=list(uids), edition__number__lte=passage.edition.number
    ).select_related("edition", "decision__amendment__process", "decision__amendment__proposal")
    return list(rows.order_by("-edition__number"))


def _is_merge(row: Adopted) -> bool:
    return row.decision.amendment.change == Change.MERGE


def left_out_by(passage: Passage) -> Adopted | None:
    """What took these words out of a later edition, or put them together with others there."""
    rows = Adopted.objects.filter(
        decision__amendment__targets__passage__uid=passage.uid,
        edition__number__gt=passage.edition.number,
    ).exclude(passage__uid=passage.uid)
    joined = rows.select_related(
        "edition", "decision__amendment", "passage__edition", "passage__theme", "passage__guideline"
    )
    return joined.order_by("edition__number").first()


def sources_of_edition(passages: Sequence[Passage]) -> dict[int, Adopted]:
    """For each passage of one edition the newest change that made it, in one query."""
    if not passages:
        return {}
    uids = {passage.uid: passage.pk for passage in passages}
    rows = Adopted.objects.filter(
        passage__uid__in=uids, edition__number__lte=passages[0].edition.number
    ).select_related("passage", "edition", "decision__amendment")
    return {
        uids[row.passage.uid]: row
        for row in rows.order_by("edition__number")
        if row.passage is not None
    }


def _resting_on(insights: Iterable[int]) -> dict[int, list[Amendment]]:
    through = Amendment.insights.through.objects.filter(
        insight__in=insights, amendment__put_forward_at__isnull=False
    ).select_related("amendment")
    found: dict[int, list[Amendment]] = {}
    for row in through.order_by("amendment__number"):
        found.setdefault(row.insight_id, []).append(row.amendment)
    return found


def _insights_under(amendments: Iterable[int]) -> dict[int, list[Insight]]:
    through = Amendment.insights.through.objects.filter(
        amendment__in=amendments, insight__published_at__isnull=False
    ).select_related("insight")
    found: dict[int, list[Insight]] = {}
    for row in through.order_by("insight__number"):
        found.setdefault(row.amendment_id, []).append(row.insight)
    return found
