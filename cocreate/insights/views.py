"""The insights as everybody may read them."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cocreate.contributions import kinds
from cocreate.contributions.access import visible_or_404
from cocreate.contributions.viewer import Viewer
from cocreate.insights.access import public_insight_or_404, public_insights
from cocreate.insights.models import Insight
from cocreate.insights.pages import insight_keys
from cocreate.insights.presenting import insight_context
from cocreate.pagecache.public_page import public_page
from cocreate.themes.models import Theme
from cocreate.themes.models.shown import STRATEGY_KEY

INSIGHTS_A_PAGE = 25
COMMON = ["site", STRATEGY_KEY, "insights"]


@require_safe
@public_page(keys=lambda: COMMON)
def insights(request: HttpRequest) -> HttpResponse:
    """Only the address without a question is kept: nobody can fill the cache."""
    themes = {str(theme.number): theme for theme in Theme.objects.all()}
    theme, after = themes.get(request.GET.get("tema", "")), request.GET.get("efter", "")
    found = list(_newest_first(theme, after)[: INSIGHTS_A_PAGE + 1])
    shown, about = found[:INSIGHTS_A_PAGE], {"tema": theme.number} if theme else {}
    context = {
        "insights": shown,
        "themes": themes.values(),
        "theme": theme,
        "newest_url": f"?{urlencode(about)}" if after else "",
        "older_url": _older(about, shown[-1]) if len(found) > len(shown) else "",
    }
    return render(request, "insights/insights.html", context)


def _older(about: dict[str, int], last: Insight) -> str:
    return f"?{urlencode({**about, 'efter': last.number})}"


def _newest_first(theme: Theme | None, after: str) -> QuerySet[Insight]:
    """By their number: an insight keeps it, also when it was taken down for a while."""
    found = public_insights().order_by("-number")
    if theme is not None:
        found = found.filter(theme=theme)
    if after.isdecimal() and len(after) < len(str(2**31)):
        found = found.filter(number__lt=int(after))
    return found


@require_safe
@public_page(keys=lambda number: [*COMMON, *insight_keys(number)])
def insight(request: HttpRequest, number: int) -> HttpResponse:
    context = insight_context(public_insight_or_404(number))
    return render(request, "insights/insight.html", context)


@require_safe
def voice_place(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leads to where a voice stands, so that a page with many kinds of voices need not ask each kind.
    404 for what the reader may not see and for what is not there alike."""
    contribution = visible_or_404(Viewer.of(request), public_id)
    place = kinds.links([contribution]).get(contribution.pk) if contribution.is_public else None
    if place is None:
        raise Http404
    return redirect(place)
