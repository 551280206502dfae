"""What the layers below may ask of stories."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.kinds import Holding, Kind
from cocreate.contributions.models import Contribution, KindName
from cocreate.stories.models import Draft, Story


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


def begun(receipts: frozenset[int]) -> Sequence[Draft]:
    """Without a word of them: what was written is read where one goes on writing."""
    rows = Draft.objects.filter(receipt__in=receipts).defer("answers")
    return list(rows.order_by("-saved_at"))


DRAFTS = Holding(held_by=begun, template="stories/guide/_held.html")
