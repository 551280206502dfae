"""Days and ages in words, as one says them aloud (domain §3.2 rule 9)."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def day_in_words(day: date | datetime | None) -> str:
    """ "onsdag den 10. februar", with the year when it is not this one."""
    if day is None:
        return ""
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    if local.year == timezone.localdate().year:
        # Translators: Django's date format for a day of this year, with its weekday.
        return date_format(local, _("l j F"))
    # Translators: Django's date format for a day of another year.
    return date_format(local, pgettext("day of another year", "j F Y"))


@register.filter
def moment_in_words(moment: datetime | None) -> str:
    """A day and a clock time, for the hosts' own pages only."""
    if moment is None:
        return ""
    clock = date_format(timezone.localtime(moment), "TIME_FORMAT")
    return _("%(day)s at %(clock)s") % {"day": day_in_words(moment), "clock": clock}


@register.filter
def age(moment: datetime) -> str:
    """ "for 2 dage siden", only the largest unit."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(age)s ago") % {"age": timesince(moment, depth=1)}
