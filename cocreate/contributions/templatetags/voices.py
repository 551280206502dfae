"""What people say, for pages of the layers below: theme, guideline, front page."""

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cocreate.contributions import kinds
from cocreate.contributions.models import (
    Contribution,
    ContributionQuerySet,
    KindName,
)
from cocreate.contributions.viewer import STRANGER
from cocreate.themes.models import Guideline, Theme

register = template.Library()


@register.simple_tag
def receipt_address() -> str:
    """Where a code is typed: all that the square on a receipt holds."""
    return f"{settings.SITE_URL}{reverse('receipt')}"


SHOWN = 6


@register.inclusion_tag("contributions/_voices.html")
def voices_about(
    *, theme: Theme | None = None, guideline: Guideline | None = None
) -> dict[str, Any]:
    """The newest published voices, as everybody sees them. One query and one per kind shown."""
    about = _newest_about(theme=theme, guideline=guideline)
    return {"voices": _with_links(list(about[:SHOWN])), "theme": theme, "guideline": guideline}


def _newest_about(*, theme: Theme | None, guideline: Guideline | None) -> ContributionQuerySet:
    # What a stranger may see is published and public, and nothing else.
    published = Contribution.objects.visible_to(STRANGER)
    if guideline is not None:
        return published.about(guideline=guideline).for_listing().newest_first()
    # The theme's own and its guidelines' each by their index: one OR over both would sort every
    # voice of the theme for each page.
    own = published.filter(theme=theme).newest_first().values("pk")[:SHOWN]
    tags = Contribution.guidelines.through.objects.filter(guideline__theme=theme)
    with_tags = published.filter(pk__in=tags.values("contribution_id"))
    tagged = with_tags.newest_first().values("pk")[:SHOWN]
    newest = Contribution.objects.filter(Q(pk__in=own) | Q(pk__in=tagged))
    return newest.for_listing().newest_first()


@register.filter
def way_in(voice: Contribution) -> str:
    """How it came to us, and whether somebody helped: readers are told that, never who it was."""
    channel = str(voice.get_channel_display()).lower()
    if not voice.helper:
        return channel
    return _("%(channel)s, together with a helper") % {"channel": channel}


@register.inclusion_tag("contributions/_newest_stories.html")
def newest_stories(number: int) -> dict[str, Any]:
    """The newest published stories. Two queries."""
    stories = Contribution.objects.visible_to(STRANGER).of_kind(KindName.STORY)
    return {"voices": _with_links(list(stories.for_listing().newest_first()[:number]))}


def _with_links(found: list[Contribution]) -> list[dict[str, Any]]:
    addresses = kinds.links(found)
    return [{"voice": voice, "url": addresses[voice.pk]} for voice in found]
