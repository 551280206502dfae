"""What waits for a host: one queue for every kind, in the order in which it is to be read.

The order is domain §2 P6: concern, what the rules cannot read, what somebody has said to, appeals, overdue, oldest. A row
holds no word of what was written; a person's text is read on its own page, never in passing.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cocreate.contributions.access import hosted
from cocreate.contributions.kinds import kind_of
from cocreate.contributions.models import Attachment, Contribution, State
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.deadlines import is_overdue, read_by, working_days_after
from cocreate.moderation.models import Appeal, Finding, Message, Report, ReportReason
from cocreate.moderation.templatetags.days import age, day_in_words
from cocreate.text.finder import Level

ROWS = 50
# Grave is a concern with a plan or a farewell in it (domain §3.4); both stand under one heading.
GRAVE, CONCERN, UNREAD, SAID_TO, APPEALED, WRITTEN, OVERDUE, WAITING = range(8)
# The rules read this language alone.
READ_BY_RULES = "da"
APPEALABLE = (State.HIDDEN, State.DECLINED)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where in the queue a page begins: after the row with this rank, moment and id."""

    rank: int
    since: datetime
    public_id: str

    def __str__(self) -> str:
        return f"{self.rank}.{(self.since - _EPOCH) // _MICROSECOND}.{self.public_id}"

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """None for whatever is not a place: the queue then begins at its beginning."""
        rank, _dot, rest = written.partition(".")
        moment, _dot, public_id = rest.partition(".")
        try:
            place = cls(int(rank), _EPOCH + int(moment) * _MICROSECOND, public_id)
        except (ValueError, OverflowError):
            return None
        return place if place.rank in range(GRAVE, WAITING + 1) else None


@dataclass(frozen=True)
class Page:
    rows: list[Contribution]
    more: str


def waiting_for(viewer: Viewer) -> QuerySet[Contribution]:
    """All that waits for this host, in order. What the host wrote waits for another.

    Each row has `rank`, `since`, `said_to_times`, `place` and no encrypted column.
    """
    said_to = Report.objects.open().filter(contribution=OuterRef("pk"))
    asked = _appeals_for(viewer).filter(decision__contribution=OuterRef("pk"))
    written = Message.objects.waiting().filter(contribution=OuterRef("pk"))
    return (
        hosted(viewer)
        .filter(pk__in=_ids_that_may_wait(viewer))
        .exclude(author=viewer.user)
        .annotate(
            is_grave=_is_grave(),
            worries=_worries(),
            is_unread=_is_unread(),
            is_written=Exists(written),
            is_grave_word=Exists(written.filter(worry=Level.HIGH)),
            is_worried_word=Exists(written.exclude(worry="")),
            said_to_since=Subquery(said_to.order_by("at").values("at")[:1]),
            asked_since=Subquery(asked.order_by("at").values("at")[:1]),
            written_since=Subquery(written.order_by("at").values("at")[:1]),
        )
        .annotate(
            rank=_rank(),
            since=Case(
                When(state=State.PUBLISHED, said_to_since__isnull=False, then="said_to_since"),
                When(state__in=APPEALABLE, asked_since__isnull=False, then="asked_since"),
                When(state=State.PENDING, then="state_changed_at"),
                default="written_since",
            ),
            said_to_times=Coalesce(_number_of(said_to), 0),
            place=Coalesce("room__forum__title", "theme__title", Value("")),
        )
        .order_by("rank", "since", "public_id")
        .only("public_id", "kind", "role", "state")
    )


def count_waiting(viewer: Viewer) -> int:
    return (
        hosted(viewer).filter(pk__in=_ids_that_may_wait(viewer)).exclude(author=viewer.user).count()
    )


def page_of(viewer: Viewer, after: Place | None = None, size: int = ROWS) -> Page:
    """One page of the queue and the place where the next begins ("" when this is the last)."""
    waiting = waiting_for(viewer)
    if after is not None:
        later = Q(rank__gt=after.rank) | Q(rank=after.rank, since__gt=after.since)
        same = Q(rank=after.rank, since=after.since, public_id__gt=after.public_id)
        waiting = waiting.filter(later | same)
    rows: list[Any] = list(waiting[: size + 1])
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    return Page(rows[:size], str(Place(last.rank, last.since, last.public_id)))


def first_waiting(viewer: Viewer, *, but: Contribution) -> str | None:
    """The public id of what a host reads next."""
    ids = waiting_for(viewer).exclude(pk=but.pk).values_list("public_id", flat=True)
    return ids.first()


def groups(rows: list[Contribution], current: str = "") -> list[dict[str, Any]]:
    """The rows under their headings, as components/queue.html takes them."""
    labels = {
        CONCERN: (_("Read these first"), "alert"),
        UNREAD: (_("Not checked: the rules cannot read it"), "eye"),
        SAID_TO: (_("Somebody has told us about a problem"), "flag"),
        APPEALED: (_("Asked for another look"), "people"),
        WRITTEN: (_("The author has written to us"), "pen"),
        OVERDUE: (_("Overdue"), "clock"),
        WAITING: (_("The others, oldest first"), ""),
    }
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        rank: int = max(row.rank, CONCERN)  # type: ignore[attr-defined]
        found.setdefault(rank, []).append(_row(row, current))
    return [
        {"label": labels[rank][0], "icon": labels[rank][1], "rows": found[rank]}
        for rank in sorted(found)
    ]


def _row(row: Any, current: str) -> dict[str, Any]:
    who = f"{kind_of(row).label} · {row.get_role_display()}"
    is_worrying = row.rank <= CONCERN
    seen = (who if is_worrying else "", row.place, age(row.since))
    return {
        "url": reverse("desk_item", args=[row.public_id]),
        # Nothing about a row matters as much as that somebody may be in danger.
        "title": _worry(row) if is_worrying else who,
        "text": " · ".join(part for part in seen if part),
        "why": "" if row.rank == OVERDUE else _why_now(row),
        "tag": _tag(row),
        "tag_state": "wait" if row.rank == UNREAD else "no",
        "red": is_worrying,
        "current": row.public_id == current,
    }


def _tag(row: Any) -> str:
    if row.rank == UNREAD:
        return _("Not checked")
    return _by_when(row) if row.rank == OVERDUE else ""


def _worry(row: Any) -> str:
    return _("Concern, high") if row.rank == GRAVE else _("Concern")


def _why_now(row: Any) -> str:
    """What a row has besides its heading; a concern needs no more than that."""
    if row.rank == SAID_TO:
        times = row.said_to_times
        told = ngettext("%(times)d has told us", "%(times)d have told us", times)
        return told % {"times": times}
    return "" if row.rank <= CONCERN else _by_when(row)


def _by_when(row: Any) -> str:
    last_day = {"day": day_in_words(read_by(row.since))}
    if row.rank == OVERDUE or is_overdue(row.since):
        return _("Should have been read on %(day)s") % last_day
    return _("At the latest on %(day)s") % last_day


# --- the parts of the query -----------------------------------------------------------------------


def _ids_that_may_wait(viewer: Viewer) -> QuerySet[Any]:
    """Four small sets that their own indexes give, so that what is published is never scanned."""
    pending = Contribution.objects.filter(state=State.PENDING).values("pk")
    said_to = Report.objects.open().filter(contribution__state=State.PUBLISHED)
    asked = _appeals_for(viewer).filter(decision__contribution__state__in=APPEALABLE)
    return pending.union(
        said_to.values("contribution"),
        asked.values("decision__contribution"),
        Message.objects.waiting().order_by().values("contribution"),
        all=True,
    )


def _appeals_for(viewer: Viewer) -> QuerySet[Appeal]:
    """Open appeals of decisions that somebody else made."""
    return Appeal.objects.open().exclude(first_decider=viewer.user)


def _is_grave() -> Exists:
    found = Finding.objects.open().concern().filter(level=Level.HIGH)
    return Exists(found.filter(version__contribution=OuterRef("pk")))


def _worries() -> Exists:
    """Concern in any wording: a line that its author took out again was written all the same."""
    found = Finding.objects.open().concern().filter(version__contribution=OuterRef("pk"))
    told = Report.objects.open().filter(contribution=OuterRef("pk"), reason=ReportReason.WORRIED)
    return Exists(found) | Exists(told)  # type: ignore[return-value]


def _is_unread() -> Case:
    """A voice or a photo that no host has heard or seen yet, or a text in another language."""
    unseen = Attachment.objects.filter(contribution=OuterRef("pk"), look=None)
    other_language = ~Q(language=READ_BY_RULES)
    return Case(When(Exists(unseen) | other_language, then=Value(True)), default=Value(False))


def _rank() -> Case:
    return Case(
        When(Q(is_grave=True, state=State.PENDING) | Q(is_grave_word=True), then=GRAVE),
        When(Q(worries=True, state=State.PENDING) | Q(is_worried_word=True), then=CONCERN),
        When(worries=True, state=State.PUBLISHED, said_to_since__isnull=False, then=CONCERN),
        When(Q(is_unread=True, state=State.PENDING), then=UNREAD),
        When(state=State.PUBLISHED, said_to_since__isnull=False, then=SAID_TO),
        When(state__in=APPEALABLE, asked_since__isnull=False, then=APPEALED),
        When(is_written=True, then=WRITTEN),
        When(state_changed_at__lt=_overdue_before(timezone.localdate()), then=OVERDUE),
        default=WAITING,
    )


def _number_of(reports: QuerySet[Report]) -> Subquery:
    counted = reports.order_by().values("contribution").annotate(times=Count("pk"))
    return Subquery(counted.values("times"))


def _overdue_before(today: date) -> datetime:
    """The moment before which whatever came in should have been read by now (deadlines.read_by)."""
    day = today
    while working_days_after(day - timedelta(days=1), settings.READ_WITHIN_WORKING_DAYS) >= today:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
