"""What the layers below may ask of stories."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from random import SystemRandom

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.kinds import Holding, Kind, Sequel
from cocreate.contributions.models import Contribution, KindName
from cocreate.stories.models import Chosen, Draft, Story


def links(pks: Iterable[int]) -> dict[int, str]:
    rows = Story.objects.filter(pk__in=list(pks)).values_list("pk", "public_id")
    return {pk: reverse("story", args=[public_id]) for pk, public_id in rows}


def nothing_to_count(contribution: Contribution, old: str, new: str) -> None:
    """Stories keep no counters: their lists count rows of one partial index."""


def page_keys(contribution: Contribution) -> list[str]:
    return ["stories", f"story:{contribution.public_id}"]


def random_wait() -> timedelta:
    """Between a host's yes and the moment it is shown: what is read here never tells when it came."""
    return timedelta(seconds=SystemRandom().uniform(0, settings.STORY_DELAY_HOURS * 3600))


STORY = Kind(
    name=KindName.STORY,
    label=_("Story"),
    model=Story,
    links=links,
    after_change=nothing_to_count,
    page_keys=page_keys,
    waits=random_wait,
)


def begun(receipts: frozenset[int]) -> Sequence[Draft]:
    """Without a word of them: what was written is read where one goes on writing."""
    rows = Draft.objects.filter(receipt__in=receipts).defer("answers")
    return list(rows.order_by("-saved_at"))


DRAFTS = Holding(held_by=begun, template="stories/guide/_held.html")


def chosen_for(contributions: Sequence[Contribution]) -> Mapping[int, list[Chosen]]:
    """The selections that each of them is chosen for, as its author is told."""
    shown = [row.pk for row in contributions if row.kind == KindName.STORY and row.is_public]
    if not shown:
        return {}
    found: dict[int, list[Chosen]] = {}
    for row in Chosen.objects.told().filter(story__in=shown).select_related("selection"):
        found.setdefault(row.story_id, []).append(row)
    return found


CHOSEN = Sequel(follow=chosen_for, template="stories/_chosen.html")
