"""Må vi ringe til dig?: the page that asks, the hosts' pages, and taking it back by one's code."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import hosted
from cocreate.contributions.limits import too_many
from cocreate.contributions.viewer import Viewer
from cocreate.help import staffed
from cocreate.help.access import crisis_lines
from cocreate.moderation import call_backs
from cocreate.moderation.author_door import wait_to_send
from cocreate.moderation.call_back_forms import CallBackForm, OutcomeForm
from cocreate.moderation.errors import NotFromHere
from cocreate.moderation.models import CallBack
from cocreate.moderation.templatetags.days import day_in_words, moment_in_words
from cocreate.moderation.views import Host
from cocreate.moderation.voice_forms import asked_about

ASKED_AT_A_TIME = {"limit": 10, "seconds": 600}
DONE_SHOWN = 20
LONGEST_ID = 10


@sensitive_post_parameters("number", "name")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Saved first; then the page says by when somebody calls."""
    viewer = Viewer.of(request)
    if not staffed.is_offered():
        return render(request, "call_back/ask.html", {"help_lines": crisis_lines()})
    sent = request.POST if request.method == "POST" else None
    form = CallBackForm(sent, code_is_open=bool(viewer.receipts))
    if sent is None:
        return _form(request, form)
    valid = form.is_valid()
    if too_many(request, "call-back", **ASKED_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return _form(request, form, status=429)
    if not valid:
        return _form(request, form, status=422)
    if about := asked_about(form):
        return _form(request, form, status=422, **about)
    return _take_in(request, viewer, form)


def _take_in(request: HttpRequest, viewer: Viewer, form: CallBackForm) -> HttpResponse:
    said = form.cleaned_data
    (receipt,) = viewer.receipts if said.get("under_open_code") else (None,)
    try:
        row = call_backs.ask(
            submission_id=said["submission_id"],
            viewer=viewer,
            number=said["number"],
            name=said["name"],
            suits=said["suits"],
            receipt=receipt,
        )
    except call_backs.NobodyCalls:
        form.add_error("suits", _("Nobody sits here at that time of day. Choose another."))
        return _form(request, form, status=422)
    context = {
        "when": when_called(row.due_at),
        "keep_days": settings.CALL_BACK_KEEP_DAYS,
        "under_code": row.receipt_id is not None,
        "help_lines": crisis_lines(),
    }
    return render(request, "call_back/asked.html", context)


def _form(
    request: HttpRequest, form: CallBackForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    due = staffed.call_by()
    context = {
        "form": form,
        "when": when_called(due) if due else "",
        "is_staffed": staffed.is_staffed(),
        "keep_days": settings.CALL_BACK_KEEP_DAYS,
        "help_lines": crisis_lines(),
        **more,
    }
    return render(request, "call_back/ask.html", context, status=status)


def when_called(due: datetime) -> str:
    """By when somebody calls, in one sentence that the records bear out."""
    local = timezone.localtime(due)
    clock = date_format(local, "TIME_FORMAT")
    if local.date() == timezone.localdate():
        return _("A person calls you today, at %(clock)s at the latest.") % {"clock": clock}
    said = _("A person calls you on %(day)s, at %(clock)s at the latest.")
    return said % {"day": day_in_words(local), "clock": clock}


# --- the hosts' desk ------------------------------------------------------------------------------


@sensitive_variables("shown", "context")
@require_http_methods(["GET", "HEAD", "POST"])
def on_the_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it, see the number, say what came of it. Opening the page shows no number."""
    host = Host.of(request)
    row = get_object_or_404(CallBack.objects.for_listing(), pk=pk)
    if request.method != "POST":
        return _desk_page(request, host, row)
    act = request.POST.get("act", "")
    form = OutcomeForm(request.POST) if act == "done" else None
    if form is not None and not form.is_valid():
        return _desk_page(request, host, row, form=form, status=422)
    try:
        if act == "show":
            shown = call_backs.show_number(row, to=host.user)
            return _desk_page(request, host, row, shown=shown)
        if act == "take":
            call_backs.take(row, by=host.user, owner=_owner(request))
        elif form is not None:
            call_backs.conclude(row, form.cleaned_data["outcome"], by=host.user)
            messages.success(request, _("It is written down."))
            return redirect("desk")
    except NotFromHere:
        fresh = get_object_or_404(CallBack.objects.for_listing(), pk=pk)
        return _desk_page(request, host, fresh, refusal=_meanwhile(fresh), status=409)
    return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)


def _owner(request: HttpRequest) -> int | None:
    """Whose it was on the page that was sent."""
    said = request.POST.get("owner", "")
    return int(said) if said.isdecimal() and len(said) <= LONGEST_ID else None


def _meanwhile(row: CallBack) -> str:
    if not row.is_open:
        said = _("It is over already: %(outcome)s.")
        return said % {"outcome": row.get_outcome_display()}
    return _("Another host has taken it in the meantime.")


def _desk_page(
    request: HttpRequest,
    host: Host,
    row: CallBack,
    *,
    form: OutcomeForm | None = None,
    shown: CallBack | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    voices = hosted(host.viewer).filter(receipt=row.receipt_id, receipt__isnull=False)
    context = {
        "host": host.user,
        "row": row,
        "is_mine": row.owner_id == host.user.pk,
        "shown": shown,
        "seen_by": list(row.shown_to.select_related("to").order_by("-at")[:DONE_SHOWN]),
        "voices": list(voices[:DONE_SHOWN]),
        "form": form or OutcomeForm(),
        "refusal": refusal,
    }
    return render(request, "call_back/desk.html", context, status=status)


# --- by one's code --------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It asks first. What is under no open code is not there; a second press changes nothing."""
    receipts = Viewer.of(request).receipts
    if not receipts:
        return redirect(f"{reverse('receipt')}?igen=1")
    row = CallBack.objects.for_listing().filter(pk=pk, receipt__in=receipts).first()
    if request.method == "POST":
        if row is not None:
            call_backs.cancel(row)
            messages.success(request, _("We do not call you. Your number is deleted."))
        return redirect("my_receipt")
    if row is None:
        raise Http404
    context = {"row": row, "due": moment_in_words(row.due_at)}
    return render(request, "call_back/cancel.html", context)


def held_by(receipts: frozenset[int]) -> list[CallBack]:
    """What a code holds of call backs; one query."""
    rows = CallBack.objects.for_listing().filter(receipt__in=receipts)
    return list(rows[:DONE_SHOWN])
