"""The code itself: another one in its place, and the account that what it opens can lie under."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import own
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import State
from cocreate.contributions.new_code import NotOpen, change_code, new_code_of
from cocreate.contributions.operations import new_submission_id
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import adopting
from cocreate.moderation.author_door import title_of
from cocreate.text.plain import clean

NEW_CODES_AT_A_TIME = {"limit": 20, "seconds": 600}
LONGEST_ID = 200
CONFLICT, TOO_MANY = 409, 429


@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest) -> HttpResponse:
    """ "Lav en ny kode": shown until "Færdig", and nowhere else."""
    viewer = Viewer.of(request)
    if request.method == "POST":
        return _make_new_code(request, viewer)
    if not viewer.receipts:
        return redirect(f"{reverse('receipt')}?igen=1")
    words = None if "ny" in request.GET else new_code_of(request, viewer)
    return _show_new_code(request, words=words)


def _make_new_code(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form_id = clean(request.POST.get("submission_id", "")[:LONGEST_ID], lines=False)
    if too_many(request, "new-code", **NEW_CODES_AT_A_TIME):
        return _show_new_code(request, is_refused=True, status=TOO_MANY)
    if not form_id:
        return redirect("new_code")
    try:
        change_code(request, form_id, viewer)
    except NotOpen:
        return render(request, "author/code_changed.html", status=CONFLICT)
    return redirect("new_code")


def _show_new_code(
    request: HttpRequest,
    *,
    words: tuple[str, ...] | None = None,
    is_refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"words": words, "submission_id": new_submission_id(), "is_refused": is_refused}
    return render(request, "author/new_code.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """ "Læg den under min konto": asks first, since nothing else ties a person to a story."""
    viewer = Viewer.of(request)
    if not viewer.receipts:
        return redirect(f"{reverse('receipt')}?igen=1")
    if viewer.user is None or viewer.user.speaks_in_own_name:
        return render(request, "author/adopt.html", {"is_staff": True})
    count = adopting.adoptable(viewer).count()
    if request.method != "POST":
        return render(request, "author/adopt.html", {"count": count, "email": viewer.user.email})
    adopting.adopt(viewer)
    messages.success(request, _("It lies under your account now."))
    return redirect("mine")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: HttpRequest, public_id: str) -> HttpResponse:
    """ "Fjern fra min konto": afterwards only its code opens it, so that has to be open here."""
    viewer = Viewer.of(request)
    mine = own(Viewer(user=viewer.user)).exclude(state=State.WITHDRAWN)
    contribution = mine.filter(public_id=public_id, receipt__isnull=False).first()
    if contribution is None or (viewer.user is not None and viewer.user.speaks_in_own_name):
        raise Http404
    is_open = contribution.receipt_id in viewer.receipts
    if request.method == "POST" and is_open:
        adopting.let_go(contribution, viewer)
        messages.success(request, _("It lies under its code alone now."))
        return redirect("my_receipt")
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "is_open": is_open,
        "home": "mine",
    }
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "author/let_go.html", context, status=status)
