"""The door of the author's side: whose it is, and what its pages share."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cocreate.contributions.access import own
from cocreate.contributions.models import Contribution, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.author_forms import CodeForm, CodeWithWordsForm
from cocreate.text.finder import Kind

FORMS_AT_A_TIME = {"limit": 60, "seconds": 600}
# The tag of a message after which the page shows where one can get help.
HELP, OWN_CASE = "help", "own-case"

AuthorView = Callable[..., HttpResponse]


def authors_only(view: AuthorView) -> AuthorView:
    """Opens a contribution for its author; for everybody else it is not there.

    Words that come when the half hour is over are shown again with a field for the code. What was
    foreign, erased or never there is answered alike.
    """

    @wraps(view)
    def guarded(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        viewer = Viewer.of(request)
        contribution = own(viewer).select_related("theme").filter(public_id=public_id).first()
        if contribution is not None:
            return view(request, viewer, contribution, **kwargs)
        is_nobody = viewer.user is None and not viewer.receipts
        if "text" in request.POST:
            return _keep_words(request, public_id, view.__name__, status=422 if is_nobody else 404)
        if is_nobody:
            return redirect(f"{reverse('receipt')}?igen=1")
        raise Http404

    return guarded


def _keep_words(request: HttpRequest, public_id: str, purpose: str, *, status: int) -> HttpResponse:
    form = CodeWithWordsForm(
        initial={
            "text": request.POST["text"],
            "title": request.POST.get("title", ""),
            "proposed": request.POST.get("proposed", ""),
            "contribution": public_id,
            "purpose": purpose,
        }
    )
    return ask_for_code(request, form, is_over=True, status=status)


def ask_for_code(
    request: HttpRequest, form: CodeForm, *, is_over: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "is_over": is_over,
        "has_words": isinstance(form, CodeWithWordsForm),
        "is_open": bool(Viewer.of(request).receipts),
    }
    return render(request, "author/code.html", context, status=status)


def home_of(viewer: Viewer, contribution: Contribution) -> str:
    """The list on which this contribution stands."""
    return "my_receipt" if contribution.receipt_id in viewer.receipts else "mine"


def newest_wordings(viewer: Viewer, given: Sequence[Contribution]) -> dict[int, TextVersion]:
    readable = TextVersion.objects.readable_by(viewer).filter(contribution__in=given)
    return {row.contribution_id: row for row in readable.newest()}


def title_of(viewer: Viewer, contribution: Contribution) -> str:
    newest = newest_wordings(viewer, [contribution]).get(contribution.pk)
    return (newest.title if newest else "") or ""


def shown_with(kinds: frozenset[str]) -> str:
    """The tags of a message: what the page it stands on shows with it."""
    shown = ((Kind.CONCERN, HELP), (Kind.INDIVIDUAL_CASE, OWN_CASE))
    return " ".join(tag for kind, tag in shown if kind in kinds)


def wait_to_send() -> str:
    return _(
        "We have received very much from here in a short time. Wait ten minutes and press Send "
        "again. Your words are here."
    )
