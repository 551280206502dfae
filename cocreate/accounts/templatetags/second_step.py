"""What a page that asks for a second step may ask this person for."""

from django import template

from cocreate.accounts.adapters import uses_app
from cocreate.accounts.models import User

register = template.Library()


@register.filter
def has_app(user: User) -> bool:
    """One query."""
    return uses_app(user)
