"""`{% wording "promise" as promise %}`: the text in force, with the number it has."""

from django import template

from cocreate.wordings.reading import Said, in_force

register = template.Library()


@register.simple_tag
def wording(key: str) -> Said:
    return in_force([key])[key]
