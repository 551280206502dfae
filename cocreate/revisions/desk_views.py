"""The analysts' desk: amendments, and what was decided about them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.insights.desk_views import Analyst
from cocreate.insights.refusals import Refusal
from cocreate.revisions import presenting
from cocreate.revisions.deciding import changed_since, record
from cocreate.revisions.desk_forms import AmendmentForm, DecisionForm
from cocreate.revisions.errors import NewerVersion
from cocreate.revisions.models import Amendment
from cocreate.revisions.presenting import AMENDMENTS_A_PAGE, NEVER_LOADED, outcome_in_words
from cocreate.revisions.putting_forward import (
    change_amendment,
    draft_amendment,
    look_again,
    put_forward,
)
from cocreate.revisions.refusals import Refused, refusal_of

UNPROCESSABLE, CONFLICT = 422, 409
LONGEST_NUMBER = 9


@require_safe
def amendments(request: HttpRequest) -> HttpResponse:
    """All of them, drafts too, the newest number first."""
    analyst = Analyst.of(request)
    after = request.GET.get("efter", "")
    rows = presenting.listed(Amendment.objects.order_by("-number"))
    if after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER:
        rows = rows.filter(number__lt=int(after))
    found = list(rows[: AMENDMENTS_A_PAGE + 1])
    shown = found[:AMENDMENTS_A_PAGE]
    context = {
        "here": "amendments",
        "analyst": analyst.user,
        "amendments": presenting.tell(shown),
        "newest_url": "?" if after else "",
        "older_url": f"?efter={shown[-1].number}" if len(found) > len(shown) else "",
    }
    return render(request, "revisions/desk/amendments.html", context)


# --- a new one ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    analyst = Analyst.of(request)
    if request.method != "POST":
        return _new_page(request, analyst, AmendmentForm())
    form = AmendmentForm(request.POST)
    if not form.is_valid():
        return _new_page(request, analyst, form, status=_status_of(form))
    try:
        made = draft_amendment(form.cleaned_data["process"], form.wanted, by=analyst.user)
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer, *_typed(form))
        return _new_page(request, analyst, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("%(label)s is a draft. Only analysts see it.") % {"label": made})
    return redirect("amendment_draft", made.number)


def _new_page(
    request: HttpRequest, analyst: Analyst, form: AmendmentForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"here": "amendments", "analyst": analyst.user, "form": form, **more}
    return render(request, "revisions/desk/new.html", context, status=status)


def _status_of(form: AmendmentForm) -> int:
    return CONFLICT if form.has_met_another_edition else UNPROCESSABLE


def _typed(form: AmendmentForm) -> list[str]:
    return [form.cleaned_data[name] for name in ("text", "rationale", "administration")]


# --- one of them ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, number: int) -> HttpResponse:
    analyst = Analyst.of(request)
    found = _amendment_or_404(number)
    if request.method != "POST":
        return _page(request, analyst, found)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, analyst, found, status=UNPROCESSABLE)
    return act(request, analyst, found)


def _amendment_or_404(number: int) -> Amendment:
    rows = Amendment.objects.select_related("process", "theme", "proposal").defer(*NEVER_LOADED)
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _new_version(request: HttpRequest, analyst: Analyst, found: Amendment) -> HttpResponse:
    if found.proposal is not None:
        return _page(request, analyst, found, status=CONFLICT)
    form = AmendmentForm(request.POST, amendment=found)
    if not form.is_valid():
        return _page(request, analyst, found, form=form, status=_status_of(form))
    try:
        change_amendment(found, form.wanted, by=analyst.user, base=form.base)
    except Refused as refused:
        refusal = refusal_of(refused, analyst.viewer, *_typed(form))
        if isinstance(refused, NewerVersion):
            form.has_seen(found.versions.order_by("-number").first())
        return _page(request, analyst, found, form=form, refusal=refusal)
    messages.success(request, _("The new version is saved."))
    return redirect("amendment_draft", found.number)


def _put_forward(request: HttpRequest, analyst: Analyst, found: Amendment) -> HttpResponse:
    try:
        put_forward(found)
    except Refused as refused:
        return _refused(request, analyst, found, refused)
    messages.success(request, _("Everybody can read it now."))
    return redirect("amendment_draft", found.number)


def _look_again(request: HttpRequest, analyst: Analyst, found: Amendment) -> HttpResponse:
    """Only against the words that the page showed: others may have come into force meanwhile."""
    now = presenting.words_now(presenting.tell([found])[0].passages)
    if request.POST.get("now", "") != presenting.seal_of(now):
        return _page(request, analyst, found, status=CONFLICT)
    try:
        look_again(found)
    except Refused as refused:
        return _refused(request, analyst, found, refused)
    messages.success(request, _("It is looked at against the words that are in force now."))
    return redirect("amendment_draft", found.number)


def _decide(request: HttpRequest, analyst: Analyst, found: Amendment) -> HttpResponse:
    form = DecisionForm(request.POST, prefix="decision")
    if not form.is_valid():
        return _page(request, analyst, found, decision_form=form, status=UNPROCESSABLE)
    try:
        record(found, form.minuted, by=analyst.user)
    except Refused as refused:
        texts = (form.cleaned_data["reason"], form.cleaned_data["final_text"])
        refusal = refusal_of(refused, analyst.viewer, *texts)
        return _page(request, analyst, found, decision_form=form, refusal=refusal)
    messages.success(request, _("The decision is saved. Everybody can read it."))
    return redirect("amendment_draft", found.number)


ACTS: dict[str, Callable[[HttpRequest, Analyst, Amendment], HttpResponse]] = {
    "version": _new_version,
    "put_forward": _put_forward,
    "look_again": _look_again,
    "decide": _decide,
}


def _refused(
    request: HttpRequest, analyst: Analyst, found: Amendment, refused: Exception
) -> HttpResponse:
    newest = found.versions.order_by("-number").first()
    texts = (newest.text, newest.rationale, newest.administration) if newest else ()
    return _page(request, analyst, found, refusal=refusal_of(refused, analyst.viewer, *texts))


def _page(
    request: HttpRequest,
    analyst: Analyst,
    found: Amendment,
    *,
    form: AmendmentForm | None = None,
    decision_form: DecisionForm | None = None,
    refusal: Refusal | None = None,
    status: int = 0,
) -> HttpResponse:
    told = presenting.tell([found])[0]
    versions = list(found.versions.order_by("-number"))
    newest = versions[0] if versions else None
    is_open = not told.is_decided
    writes = is_open and told.proposal is None
    now = presenting.words_now(told.passages)
    context = {
        "here": "amendments",
        "analyst": analyst.user,
        "told": told,
        "amendment": found,
        "version": newest,
        "earlier": versions[1:],
        "was": presenting.words_in_force(told.passages),
        "words": presenting.wanted_words(told, versions),
        "tracked": presenting.tracked_words(told, presenting.wanted_words(told, versions)),
        "decisions": [(row, outcome_in_words(row)) for row in found.decisions.order_by("pk")],
        "form": (form or AmendmentForm(amendment=found, newest=newest)) if writes else None,
        "decision_form": (decision_form or DecisionForm(prefix="decision"))
        if found.is_public and told.is_shown and told.link.adopted is None
        else None,
        "is_open": is_open,
        "then_and_now": presenting.then_and_now(told.passages, now)
        if is_open and changed_since(found)
        else [],
        "now_seal": presenting.seal_of(now),
        "refusal": refusal,
    }
    shown_status = status or (refusal.status if refusal else 200)
    return render(request, "revisions/desk/amendment.html", context, status=shown_status)
