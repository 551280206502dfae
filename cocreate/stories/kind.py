"""What the layers below may ask of stories."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.kinds import Kind
from cocreate.contributions.models import Contribution, KindName
from cocreate.stories.models import Story


def links(pks: Iterable[int]) -> dict[int, str]:
    rows = Story.objects.filter(pk__in=list(pks)).values_list("pk", "public_id")
    return {pk: reverse("story", args=[public_id]) for pk, public_id in rows}


def nothing_to_count(contribution: Contribution, old: str, new: str) -> None:
    """Stories keep no counters: their lists count rows of one partial index."""


def page_keys(contribution: Contribution) -> list[str]:
    return ["stories", f"story:{contribution.public_id}"]


STORY = Kind(
    name=KindName.STORY,
    label=_("Story"),
    model=Story,
    links=links,
    after_change=nothing_to_count,
    page_keys=page_keys,
)
