"""Amendments in templates."""

from typing import Any

from django import template
from django.forms.boundfield import BoundWidget

from cocreate.revisions import presenting
from cocreate.themes.models import Passage
from cocreate.themes.templatetags.tracked import tracked

register = template.Library()


@register.filter
def name_in_words(passage: Passage) -> str:
    return presenting.name_of_passage(passage)


@register.filter
def stands_at(passage: Passage) -> str:
    return presenting.place_in_strategy(passage)


@register.inclusion_tag("revisions/_tracked_change.html")
def wanted_change(was: str, now: str) -> dict[str, Any]:
    """As `tracked`, of words that nobody has adopted yet: it does not say that they are so now."""
    return tracked(was, now)


@register.filter
def is_chosen(options: list[BoundWidget]) -> bool:
    """Whether one of these boxes is ticked."""
    return any(option.data["selected"] for option in options)
