"""What analysts may read, what counts today, and what may be quoted. Consent and visibility decide,
at every request anew: nothing is copied, so nothing has to be called back (design §4)."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from cocreate.contributions.audience import Audience
from cocreate.contributions.models import (
    Consent,
    Contribution,
    Membership,
    Scope,
    State,
    TextVersion,
)
from cocreate.insights.models import Evidence, Insight

if TYPE_CHECKING:
    from cocreate.contributions.viewer import Viewer

# Shown, or read by a host and kept for what the author allowed.
READ_BY_A_HOST = (State.PUBLISHED, State.KEPT)
IN_THE_OPEN = Q(room=None) | Q(room__audience=Audience.PUBLIC)


def analysable(viewer: "Viewer") -> "QuerySet[Contribution]":
    """What this analyst may read and code: a host has read it, its author has said yes to analysis,
    and it does not lie in a closed room that the analyst has no part in."""
    if not viewer.is_analyst:
        return Contribution.objects.none()
    rooms = Membership.objects.filter(user=viewer.user).values("room")
    circle = [Audience.PUBLIC, Audience.COUNCIL]
    reachable = Q(audience__in=circle) & (IN_THE_OPEN | Q(room__audience=Audience.COUNCIL))
    own_rooms = Q(audience__in=[*circle, Audience.ROOM]) & Q(room__in=rooms)
    return Contribution.objects.filter(
        reachable | own_rooms, Exists(_yes_to(Scope.ANALYSE)), state__in=READ_BY_A_HOST
    )


def analysable_versions(viewer: "Viewer") -> "QuerySet[TextVersion]":
    """The wordings that the yes was given for; of each contribution one."""
    yes = Consent.objects.active().filter(scope=Scope.ANALYSE, text_version=OuterRef("pk"))
    return TextVersion.objects.filter(
        Exists(yes), contribution__in=analysable(viewer), approved_by_author_at__isnull=False
    )


def analysable_or_404(viewer: "Viewer", public_id: str) -> TextVersion:
    """The wording to read. 404 for "not there", "not yours" and "no yes to it" alike."""
    rows = analysable_versions(viewer).select_related("contribution__theme")
    found = rows.filter(contribution__public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def insight_or_404(viewer: "Viewer", number: int) -> Insight:
    """An analyst's; others read insights when they are public."""
    found = Insight.objects.select_related("theme").filter(number=number).first()
    if found is None or not viewer.is_analyst:
        raise Http404
    return found


# --- what counts ----------------------------------------------------------------------------------


def counted(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """The voices that count today: their author's yes to analysis of this wording stands, and no
    host has taken them down."""
    yes = Consent.objects.active().filter(scope=Scope.ANALYSE, text_version=OuterRef("version_id"))
    return evidence.filter(Exists(yes), contribution__state__in=READ_BY_A_HOST)


def gone(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """The gaps: their author has taken them back, or the yes to analysis. What a host has hidden or
    what its author is rewording is no gap and counts nowhere meanwhile."""
    yes = Consent.objects.active().filter(
        scope=Scope.ANALYSE, contribution=OuterRef("contribution_id")
    )
    return evidence.filter(~Exists(yes))


def in_public(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """Of those that count, the voices that everybody can read where they stand."""
    return counted(evidence).filter(
        Q(contribution__room=None) | Q(contribution__room__audience=Audience.PUBLIC),
        contribution__state=State.PUBLISHED,
        contribution__audience=Audience.PUBLIC,
    )


def quotes(evidence: "QuerySet[Evidence]") -> "QuerySet[Evidence]":
    """What may be quoted today, with the words as `quote`: from the public column of the very wording
    its author allowed to be quoted, cut by the database so that no other word leaves it."""
    yes = Consent.objects.active().filter(scope=Scope.QUOTE, text_version=OuterRef("version_id"))
    return (
        in_public(evidence)
        .filter(
            Exists(yes),
            quote_start__isnull=False,
            contribution__published_version=F("version"),
        )
        .annotate(
            quote=Substr(
                "contribution__published_text",
                F("quote_start") + 1,
                F("quote_end") - F("quote_start"),
            )
        )
    )


def _yes_to(scope: str) -> "QuerySet[Consent]":
    return Consent.objects.active().filter(scope=scope, contribution=OuterRef("pk"))
