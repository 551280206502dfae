"""Få hjælp nu: works without script, account or a single row in the database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from cocreate.help.access import FOR_THE_READER, first_lines
from cocreate.help.models import ForWhom, HelpLine


# Not kept by the page cache: what it shows depends on today's date, not only on what was saved.
@require_safe
@cache_control(no_cache=True)
@conditional_page
def help_now(request: HttpRequest) -> HttpResponse:
    lines = list(HelpLine.objects.current())
    reader = [line for line in lines if line.for_whom in FOR_THE_READER]
    context: dict[str, Any] = {
        "first_lines": first_lines(lines),
        "offers": [line for line in reader if not line.crisis],
        "for_someone": [line for line in lines if line.for_whom == ForWhom.SOMEONE],
        "for_relatives": [line for line in lines if line.for_whom == ForWhom.RELATIVE],
        "for_children": [line for line in lines if line.for_whom == ForWhom.CHILD],
        "lines_language": "da" if lines else translation.get_language(),
        "checked_on": oldest_check(lines),
    }
    return render(request, "help/help_now.html", context)


def oldest_check(lines: Sequence[HelpLine]) -> date | None:
    """The day that holds for every line shown; None while one of them is unchecked."""
    days = [line.checked_on for line in lines]
    return min(day for day in days if day) if days and all(days) else None
