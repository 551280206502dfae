"""Days and ages in words, as one says them aloud (domain §3.2 rule 9)."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def day_in_words(day: date | datetime | None) -> str:
    """ "onsdag den 10. februar", with the year when it is not this one."""
    if day is None:
        return ""
    local = _local(day)
    if local.year == timezone.localdate().year:
        # Translators: Django's date format for a day of this year, with its weekday.
        return date_format(local, _("l j F"))
    # Translators: Django's date format for a day of another year.
    return date_format(local, pgettext("day of another year", "j F Y"))


@register.filter
def date_in_words(day: date | datetime | None) -> str:
    """ "10. februar", with the year when it is not this one."""
    if day is None:
        return ""
    local = _local(day)
    if local.year == timezone.localdate().year:
        # Translators: Django's date format for a date of this year, after a word like "on".
        return date_format(local, pgettext("date of this year", "j F"))
    # Translators: Django's date format for a date of another year, after a word like "on".
    return date_format(local, pgettext("date of another year", "j F Y"))


@register.filter
def day_written(day: date | datetime | None) -> str:
    """As day_in_words, for a page: the year stands in the markup in any case."""
    return _element(day, day_in_words(day))


@register.filter
def date_written(day: date | datetime | None) -> str:
    """As date_in_words, for a page."""
    return _element(day, date_in_words(day))


def _local(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _element(day: date | datetime | None, words: str) -> str:
    if day is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', _local(day).isoformat(), words)


@register.filter
def moment_in_words(moment: datetime | None) -> str:
    """A day and a clock time: for the hosts' own pages, and where an hour decides."""
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
