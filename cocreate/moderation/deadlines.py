"""By when a person reads what came in: working days in Denmark, as the page promises."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cocreate.help.staffed import PUBLIC_HOLIDAYS

__all__ = ["PUBLIC_HOLIDAYS", "is_overdue", "read_by", "working_days_after"]


def working_days_after(start: date, days: int) -> date:
    """The date `days` Danish working days after `start`; weekends and public holidays rest."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in PUBLIC_HOLIDAYS:
            days -= 1
    return day


def read_by(submitted_at: datetime) -> date:
    """The last day on which a host reads it (READ_WITHIN_WORKING_DAYS)."""
    arrived = timezone.localtime(submitted_at).date()
    return working_days_after(arrived, settings.READ_WITHIN_WORKING_DAYS)


def is_overdue(submitted_at: datetime) -> bool:
    return timezone.localdate() > read_by(submitted_at)
