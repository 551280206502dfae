"""An author's own copy of all that is kept: a file that one can read, or one for machines.

It is the answer to a form, so that no address of it can be sent on or opened again.
"""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cocreate.contributions.limits import too_many
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.own_copy import copy_for
from cocreate.text.fields import DecryptionFailed

COPIES_AT_A_TIME = {"limit": 30, "seconds": 600}
# A name that says nothing to whoever sees it on a shared computer.
FILE = "kopi"
CONFLICT, TOO_MANY = 409, 429


@require_http_methods(["GET", "HEAD", "POST"])
def copy_by_code(request: HttpRequest) -> HttpResponse:
    receipts = Viewer.of(request).receipts
    if not receipts:
        return redirect(f"{reverse('receipt')}?igen=1")
    return _copy(request, Viewer(receipts=receipts), "my_receipt")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy_by_account(request: HttpRequest) -> HttpResponse:
    return _copy(request, Viewer(user=Viewer.of(request).user), "mine")


def _copy(request: HttpRequest, viewer: Viewer, home: str) -> HttpResponse:
    if request.method != "POST":
        return _show(request, home)
    if too_many(request, "copy", **COPIES_AT_A_TIME):
        return _show(request, home, is_refused=True, status=TOO_MANY)
    try:
        found = copy_for(viewer)
    except DecryptionFailed:
        return _show(request, home, is_unreadable=True, status=CONFLICT)
    if request.POST.get("as") == "json":
        words = json.dumps(found, ensure_ascii=False, indent=2)
        return _file(words, "json", "application/json")
    page = render_to_string("author/copy_file.html", {**found, "made": timezone.now()})
    return _file(page, "html", "text/html")


def _file(words: str, ending: str, kind: str) -> HttpResponse:
    answer = HttpResponse(words, content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE}.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _show(
    request: HttpRequest,
    home: str,
    *,
    is_refused: bool = False,
    is_unreadable: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"home": home, "is_refused": is_refused, "is_unreadable": is_unreadable}
    return render(request, "author/copy.html", context, status=status)
