"""Whom one can call, for any page: also for one that must come out when the database does not."""

from django import template
from django.db import DatabaseError, InterfaceError

from cocreate.help import staffed
from cocreate.help.access import Line, crisis_lines
from cocreate.help.last_resort import DANGER, LAST_RESORT, LIFELINE, BuiltInLine

register = template.Library()


@register.simple_tag
def call_back_is_offered() -> bool:
    """One query; only where help is shown, never in a loop."""
    return staffed.is_offered()


@register.simple_tag
def line_to_talk_to() -> Line:
    """The first number beside 112; our own when the database cannot say. One query."""
    try:
        lines = crisis_lines()
    except (DatabaseError, InterfaceError):
        return LIFELINE
    others = (line for line in lines if line.number and line.dialled != DANGER.dialled)
    return next(others, LIFELINE)


@register.simple_tag
def last_resort_lines() -> tuple[BuiltInLine, ...]:
    """Those in the code, without asking the database."""
    return LAST_RESORT
