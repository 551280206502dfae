"""What the layers below may ask of stories."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from random import SystemRandom

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cocreate.accounts.access import names_spoken_in
from cocreate.contributions.kinds import Holding, Kind, Names, Sequel
from cocreate.contributions.models import Contribution, KindName
from cocreate.stories.models import Chosen, Draft, NameLevel, Story
from cocreate.text.fields import DecryptionFailed
from cocreate.text.names import SENTENCES, check_alias

# The answers of a draft that are words of one's own.
TYPED = ("title", "text", "alias", "email")


def links(pks: Iterable[int]) -> dict[int, str]:
    rows = Story.objects.filter(pk__in=list(pks)).values_list("pk", "public_id")
    return {pk: reverse("story", args=[public_id]) for pk, public_id in rows}


def nothing_to_count(contribution: Contribution, old: str, new: str) -> None:
    """Stories keep no counters: their lists count rows of one partial index."""


def page_keys(contribution: Contribution) -> list[str]:
    return ["stories", f"story:{contribution.public_id}"]


def level_of(contribution: Contribution) -> str:
    return Story.objects.values_list("name_level", flat=True).get(pk=contribution.pk)


def set_level(contribution: Contribution, level: str) -> None:
    Story.objects.filter(pk=contribution.pk).update(name_level=level)


def why_not(name: str) -> str:
    refusal = check_alias(name, names_spoken_in())
    return str(SENTENCES[refusal]) if refusal else ""


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
    names=Names(
        levels=NameLevel.choices,
        without=NameLevel.NONE,
        level_of=level_of,
        set_level=set_level,
        check=why_not,
    ),
    waits=random_wait,
)


def begun(receipts: frozenset[int]) -> Sequence[Draft]:
    """Without a word of them: what was written is read where one goes on writing."""
    rows = Draft.objects.filter(receipt__in=receipts).defer("answers")
    return list(rows.order_by("-saved_at"))


def words_of(draft: object) -> list[tuple[str, str]]:
    """As they were typed; what cannot be opened is said to be there."""
    assert isinstance(draft, Draft)  # noqa: S101 - for the type checker
    try:
        said = json.loads(draft.answers)
    except DecryptionFailed:
        return [(gettext("A story you have begun"), gettext("It cannot be opened right now."))]
    typed = [words for name in TYPED for words in said.get(name, []) if words]
    return [(gettext("A story you have begun"), words) for words in typed]


DRAFTS = Holding(held_by=begun, template="stories/guide/_held.html", words_of=words_of)


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
