"""What became of what people said: the decisions, newest first, and the trail of one voice."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cocreate.contributions import kinds
from cocreate.contributions.access import visible_or_404
from cocreate.contributions.viewer import STRANGER
from cocreate.insights.models import Insight
from cocreate.pagecache.public_page import public_page
from cocreate.revisions.models import CouncilDecision
from cocreate.revisions.trail import trail

A_PAGE = 20
LONGEST_NUMBER = 12
KEYS = ["site", "strategy", "amendments", "insights"]


def outcome_keys() -> list[str]:
    return KEYS


@require_safe
@public_page(keys=outcome_keys, parameters=frozenset({"efter"}))
def outcomes(request: HttpRequest) -> HttpResponse:
    """ "Hvad blev der ud af det?": each decision with what people had said, yes and no alike."""
    rows = CouncilDecision.objects.final().select_related(
        "amendment__proposal",
        "amendment__theme",
        "amendment__process",
        "adopted__edition",
        "adopted__passage__edition",
        "adopted__passage__guideline",
        "adopted__passage__theme",
    )
    public = Prefetch("amendment__insights", Insight.objects.public(), to_attr="public_insights")
    rows = rows.prefetch_related(public).order_by("-on", "-pk")
    place = _place(request.GET.get("efter", ""))
    if place is not None:
        rows = rows.filter(Q(on__lt=place.on) | Q(on=place.on, pk__lt=place.pk))
    found = list(rows[: A_PAGE + 1])
    context: dict[str, Any] = {
        "decisions": found[:A_PAGE],
        "older": found[A_PAGE - 1].pk if len(found) > A_PAGE else 0,
        "is_first": place is None,
    }
    return render(request, "revisions/outcomes.html", context)


def _place(typed: str) -> CouncilDecision | None:
    """The decision that the page begins after; an address that means none begins at the newest."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return CouncilDecision.objects.final().filter(pk=int(typed)).first() if is_number else None


@require_safe
def voice(request: HttpRequest, public_id: str) -> HttpResponse:
    """The trail of one voice that everybody can read."""
    contribution = visible_or_404(STRANGER, public_id)
    context = {
        "contribution": contribution,
        "url": kinds.links([contribution]).get(contribution.pk, ""),
        "trail": trail(contribution),
    }
    return render(request, "revisions/voice.html", context)
