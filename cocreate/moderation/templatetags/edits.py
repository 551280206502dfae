"""A host's other wording beside the author's: word by word, readable without colour, and heard."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import TextVersion
from cocreate.moderation.models import SuggestedEdit
from cocreate.themes.templatetags.tracked import tracked

register = template.Library()

PARTS: dict[str, Promise] = {
    "title": _("Heading"),
    "proposed": _("The words you propose"),
    "text": _("Your text"),
}


@dataclass(frozen=True)
class Part:
    """A field of a wording, as it was and as it is proposed."""

    label: str
    was: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.was != self.now


@register.simple_tag
def parts_of(edit: SuggestedEdit) -> list[Part]:
    """The fields that either wording has, in the order of the page; needs both wordings loaded."""
    pairs = ((name, _words(edit.about, name), _words(edit.version, name)) for name in PARTS)
    return [Part(str(PARTS[name]), was, now) for name, was, now in pairs if was or now]


def _words(version: TextVersion, name: str) -> str:
    return getattr(version, name) or ""


@register.inclusion_tag("moderation/_suggested_change.html")
def suggested_change(was: str, now: str, language: str) -> dict[str, Any]:
    """As `tracked`, of a person's own words in their own language."""
    return {**tracked(was, now), "language": language}
