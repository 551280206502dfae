"""When a person sits here, and by when one who asks is called: nothing that no record says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import holidays
from django.conf import settings
from django.utils import timezone

from cocreate.help.models import ClosedDay, StaffedHours

# Made once: building the calendar costs more than asking it (1.3 ms a time, measured).
PUBLIC_HOLIDAYS = holidays.country_holidays("DK")
# Further ahead nobody plans, and a promise that far is none.
DAYS_AHEAD = 60
NOON = time(12)
# What part of the day suits the one who asks: from and to.
PARTS: dict[str, tuple[time, time]] = {
    "any": (time.min, time.max),
    "before_noon": (time.min, NOON),
    "after_noon": (NOON, time.max),
}
Span = tuple[datetime, datetime]


def is_offered() -> bool:
    """Whether a call back can be promised at all. One query."""
    return StaffedHours.objects.exists()


def call_by(now: datetime | None = None, part: str = "any") -> datetime | None:
    """The moment by which somebody calls: so many staffed minutes from now, whenever they come.

    None when no hours are recorded, or none that suit. Two queries.
    """
    moment = now or timezone.now()
    left = timedelta(minutes=settings.CALL_BACK_WITHIN_MINUTES)
    for opens, closes in _spans(moment, PARTS[part]):
        begins = max(opens, moment)
        if closes - begins >= left:
            return begins + left
        left -= max(closes - begins, timedelta())
    return None


def is_staffed(now: datetime | None = None) -> bool:
    """Whether somebody sits here at this moment. Two queries."""
    moment = now or timezone.now()
    opens, closes = next(_spans(moment, PARTS["any"]), (None, None))
    return opens is not None and closes is not None and opens <= moment < closes


def _spans(moment: datetime, part: tuple[time, time]) -> Iterator[Span]:
    """Staffed time that has not ended, in order, within a part of the day; in UTC, so that a night
    in which the clock is turned is as long as it is."""
    hours: dict[int, list[tuple[time, time]]] = {}
    for row in StaffedHours.objects.order_by("weekday", "opens"):
        begins, ends = max(row.opens, part[0]), min(row.closes, part[1])
        if begins < ends:
            hours.setdefault(row.weekday, []).append((begins, ends))
    if not hours:
        return
    today = timezone.localtime(moment).date()
    closed = set(ClosedDay.objects.filter(day__gte=today).values_list("day", flat=True))
    for ahead in range(DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        if day in closed or day in PUBLIC_HOLIDAYS:
            continue
        for begins, ends in hours.get(day.weekday(), ()):
            opens, closes = _moment(day, begins), _moment(day, ends)
            if closes > moment:
                yield opens, closes


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock)).astimezone(UTC)
