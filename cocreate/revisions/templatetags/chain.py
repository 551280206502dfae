"""The chain in words, for pages of every layer: what a voice became, and where words come from."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cocreate.contributions.models import Contribution
from cocreate.insights.access import in_public
from cocreate.insights.models import Evidence, Insight
from cocreate.moderation.templatetags.days import date_in_words
from cocreate.revisions.models import (
    Amendment,
    Change,
    CouncilDecision,
    Outcome,
    Process,
    Step,
)
from cocreate.revisions.trail import left_out_by, links_of, sources, sources_of_edition, trail
from cocreate.themes.models import Passage

register = template.Library()

DECIDED = {
    Outcome.ADOPTED: gettext_lazy("adopted on %(day)s"),
    Outcome.ADOPTED_CHANGED: gettext_lazy("adopted with a change on %(day)s"),
    Outcome.REJECTED: gettext_lazy("not adopted, decided on %(day)s"),
    Outcome.SENT_BACK: gettext_lazy("sent back on %(day)s"),
    Outcome.POSTPONED: gettext_lazy("postponed on %(day)s"),
}
RECOMMENDED = {
    Outcome.ADOPTED: gettext_lazy("recommended on %(day)s, not decided yet"),
    Outcome.ADOPTED_CHANGED: gettext_lazy("recommended with a change on %(day)s, not decided yet"),
    Outcome.REJECTED: gettext_lazy("not recommended on %(day)s, not decided yet"),
    Outcome.SENT_BACK: gettext_lazy("sent back on %(day)s"),
    Outcome.POSTPONED: gettext_lazy("postponed on %(day)s"),
}
DOES = {
    Change.CHANGE: gettext_lazy("changes the words"),
    Change.NEW: gettext_lazy("adds something new"),
    Change.MERGE: gettext_lazy("puts passages together"),
    Change.DELETE: gettext_lazy("leaves something out"),
}
SHAPES = {
    Outcome.ADOPTED: "ok",
    Outcome.ADOPTED_CHANGED: "ok",
    Outcome.REJECTED: "no",
    Outcome.SENT_BACK: "wait",
    Outcome.POSTPONED: "wait",
}


@register.filter
def decided(decision: CouncilDecision | None) -> str:
    """How it stands, as the end of a sentence: "vedtaget med en ændring den 30. juni"."""
    if decision is None:
        return _("not decided yet")
    words = (DECIDED if decision.step == Step.DECIDED else RECOMMENDED)[Outcome(decision.outcome)]
    return str(words) % {"day": date_in_words(decision.on)}


@register.filter
def does(amendment: Amendment) -> str:
    """ "ændrer ordene"."""
    return str(DOES[Change(amendment.change)])


@register.filter
def outcome_shape(decision: CouncilDecision | None) -> str:
    """Which look the tag of a decision has."""
    if decision is None or decision.step != Step.DECIDED:
        return "wait"
    return SHAPES[Outcome(decision.outcome)]


@register.inclusion_tag("revisions/_became.html")
def became(contribution: Contribution) -> dict[str, Any]:
    """What became of a voice that everybody can read; nothing is shown while it is nothing."""
    return {"trail": trail(contribution), "contribution": contribution}


@register.simple_tag
def in_the_chain(contributions: Iterable[Contribution]) -> frozenset[int]:
    """Those of a page's voices that stand behind a public insight and that everybody can read, by
    id. One query."""
    pks = [contribution.pk for contribution in contributions]
    rows = Evidence.objects.filter(contribution__in=pks, insight__published_at__isnull=False)
    return frozenset(in_public(rows).values_list("contribution", flat=True))


@register.inclusion_tag("revisions/_where_from.html")
def where_from(passage: Passage) -> dict[str, Any]:
    """The changes that made a passage what it is, with what they rest on, and what took it out of a
    later edition. Three queries, five where passages were put together."""
    return {"sources": sources(passage), "gone": left_out_by(passage), "passage": passage}


@register.simple_tag
def changed_by(passages: list[Passage]) -> dict[int, Amendment]:
    """For each passage of one edition the newest amendment that made its words. One query."""
    return {pk: row.decision.amendment for pk, row in sources_of_edition(list(passages)).items()}


@register.filter
def of(found: dict[int, Any], passage: Passage) -> Any:
    """What was found for a passage, or None."""
    return found.get(passage.pk)


@register.inclusion_tag("revisions/_changed_in.html")
def changed_in(passage: Passage) -> dict[str, Any]:
    """What changed these words, and the way to change them. One query."""
    return {"passage": passage, "made": sources_of_edition([passage]).get(passage.pk)}


@register.inclusion_tag("revisions/_about_passage.html")
def amendments_about(passage: Passage) -> dict[str, Any]:
    """What wants to change these words now. One query."""
    wanting = (
        Amendment.objects.public()
        .filter(targets__passage__uid=passage.uid)
        .exclude(decisions__in=CouncilDecision.objects.final())
        .order_by("-number")[:5]
    )
    return {"passage": passage, "wanting": list(wanting)}


@register.inclusion_tag("revisions/_resting_on.html")
def resting_on(insight: Insight) -> dict[str, Any]:
    """The amendments that rest on an insight, with how they stand. Three queries."""
    amendments = list(Amendment.objects.public().filter(insights=insight).order_by("number"))
    links = links_of(amendments)
    return {"links": [links[amendment.pk] for amendment in amendments]}


@register.simple_tag
def process_in_force() -> Process | None:
    """Whose promise holds for whoever speaks now: the revision that is open, else the standing
    process. One query."""
    return Process.objects.takes_proposals()
