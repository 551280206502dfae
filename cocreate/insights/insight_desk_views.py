"""The analysts' desk: making insights, and the voices behind them."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.insights import access, operations
from cocreate.insights.desk_views import ROWS, Analyst
from cocreate.insights.errors import Refused
from cocreate.insights.forms import InsightForm
from cocreate.insights.models import Evidence, Insight
from cocreate.insights.refusals import Refusal, refusal_of


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Newest first, shown and not shown, each with the number of voices that count today."""
    analyst = Analyst.of(request)
    after = request.GET.get("efter", "")
    rows = access.insights_with_voices(analyst.viewer)
    if _is_number(after):
        rows = rows.filter(number__lt=int(after))
    found = list(rows[: ROWS + 1])
    shown = found[:ROWS]
    context = {
        "here": "insights",
        "analyst": analyst.user,
        "insights": shown,
        "newest_url": "?" if after else "",
        "older_url": f"?efter={shown[-1].number}" if len(found) > ROWS else "",
    }
    return render(request, "insights/drafts.html", context)


def _is_number(written: str) -> bool:
    return written.isdecimal() and len(written) < 10


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    analyst = Analyst.of(request)
    form = InsightForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _new_page(request, analyst, form)
    if not form.is_valid():
        return _new_page(request, analyst, form, status=422)
    try:
        made = operations.make_insight(form.said, by=analyst.user)
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer, *_typed(form))
        return _new_page(request, analyst, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("%(insight)s is made. Only analysts see it.") % {"insight": made})
    return redirect("insight_edit", made.number)


def _new_page(
    request: HttpRequest, analyst: Analyst, form: InsightForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"here": "insights", "analyst": analyst.user, "form": form, **more}
    return render(request, "insights/new.html", context, status=status)


def _typed(form: InsightForm) -> tuple[str, str]:
    return form.cleaned_data["statement"], form.cleaned_data["missing_voices"]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    analyst = Analyst.of(request)
    insight = access.insight_or_404(analyst.viewer, number)
    if request.method != "POST":
        return _edit_page(request, analyst, insight)
    form = InsightForm(request.POST, insight=insight)
    if not form.is_valid():
        return _edit_page(request, analyst, insight, form=form, status=422)
    try:
        operations.change_insight(insight, form.said)
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer, *_typed(form))
        return _edit_page(request, analyst, insight, form=form, refusal=refusal)
    messages.success(request, _("It is saved."))
    return redirect("insight_edit", number)


@require_http_methods(["GET", "HEAD", "POST"])
def drop_voice(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """A second press finds nothing more to drop."""
    analyst = Analyst.of(request)
    insight = access.insight_or_404(analyst.viewer, number)
    found = insight.evidence.filter(pk=pk).first() if request.method == "POST" else None
    if found is None:
        return redirect("insight_edit", number)
    try:
        operations.drop_voice(found)
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer)
        return _edit_page(request, analyst, insight, refusal=refusal)
    messages.success(request, _("The contribution does not stand behind it any more."))
    return redirect("insight_edit", number)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, number: int) -> HttpResponse:
    analyst = Analyst.of(request)
    insight = access.insight_or_404(analyst.viewer, number)
    if request.method != "POST":
        return redirect("insight_edit", number)
    try:
        operations.publish_insight(insight)
    except Refused as refused:
        typed = (insight.statement, insight.missing_voices)
        refusal = refusal_of(refused, analyst.viewer, *typed)
        return _edit_page(request, analyst, insight, refusal=refusal)
    messages.success(request, _("Everybody can read it now."))
    return redirect("insight_edit", number)


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, number: int) -> HttpResponse:
    analyst = Analyst.of(request)
    insight = access.insight_or_404(analyst.viewer, number)
    if request.method != "POST":
        return redirect("insight_edit", number)
    try:
        operations.take_down_insight(insight, is_rested_on=_is_rested_on(insight))
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer)
        return _edit_page(request, analyst, insight, refusal=refusal)
    messages.success(request, _("Only analysts see it now."))
    return redirect("insight_edit", number)


def _is_rested_on(insight: Insight) -> bool:
    return insight.amendments.exclude(put_forward_at=None).exists()


def _edit_page(
    request: HttpRequest,
    analyst: Analyst,
    insight: Insight,
    *,
    form: InsightForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    after = request.GET.get("efter", "")
    rows = _voices(analyst, insight, int(after) if _is_number(after) else None)
    shown = rows[:ROWS]
    context = {
        "here": "insights",
        "analyst": analyst.user,
        "insight": insight,
        "form": form or InsightForm(insight=insight),
        "voices": shown,
        "refusal": refusal,
        "newest_url": "?" if after else "",
        "older_url": f"?efter={shown[-1].pk}" if len(rows) > ROWS else "",
    }
    status = refusal.status if refusal else status
    return render(request, "insights/edit.html", context, status=status)


def _voices(analyst: Analyst, insight: Insight, below: int | None) -> list[Evidence]:
    """One more than a page holds. `open_version` is the wording, where this analyst may read it."""
    rows = access.with_standing(insight.evidence.all()).order_by("-pk")
    if below is not None:
        rows = rows.filter(pk__lt=below)
    readable = Prefetch(
        "contribution__versions",
        access.analysable_versions(analyst.viewer).defer("proposed", "seal"),
        to_attr="analysable",
    )
    rows = rows.select_related("contribution").defer("contribution__alias")
    return list(rows.prefetch_related(readable)[: ROWS + 1])
