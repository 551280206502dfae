"""Whether a page may offer that somebody calls back."""

from django import template

from cocreate.help import staffed

register = template.Library()


@register.simple_tag
def call_back_is_offered() -> bool:
    """One query; only where help is shown, never in a loop."""
    return staffed.is_offered()
