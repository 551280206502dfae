"""The list of workshops, making one, and the public page of what came out of one."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.accounts.models import User
from cocreate.boards import outcomes
from cocreate.boards.access import may_open_workshops, workshops_of
from cocreate.boards.lead_forms import WorkshopForm, with_suggestion
from cocreate.boards.operations import open_workshop
from cocreate.boards.staff_door import for_staff
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.saying_to import answer_say_to
from cocreate.pagecache.public_page import public_page

UNPROCESSABLE = 422


# --- the list -------------------------------------------------------------------------------------


@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    return _kept_list(request)


def _list(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    leads = may_open_workshops(viewer)
    found, older = outcomes.page_of(request.GET.get("efter", ""))
    context = {
        "outcomes": found,
        "older": older,
        "may_open": leads,
        "own": workshops_of(viewer.user) if leads and viewer.user else [],
        "said": list(messages.get_messages(request)) if viewer.user else [],
    }
    return render(request, "boards/workshops.html", context)


_kept_list = public_page(keys=lambda: ["site", "workshops"], parameters=frozenset({"efter"}))(_list)


@require_safe
@public_page(keys=lambda: ["site"])
def how(request: HttpRequest) -> HttpResponse:
    """How to hold a workshop; everybody may know."""
    return render(request, "boards/how.html")


# --- making one -----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new(request: HttpRequest, user: User) -> HttpResponse:
    if request.method != "POST":
        return _form(request, WorkshopForm(by=user))
    form = WorkshopForm(request.POST, by=user)
    if "suggest" in request.POST:
        typed = {name: form[name].value() for name in form.fields}
        filled = with_suggestion(typed, request.POST["suggest"])
        return _form(request, WorkshopForm(initial=filled, by=user))
    if not form.is_valid():
        return _form(request, form, status=UNPROCESSABLE)
    workshop = open_workshop(user, form.plan())
    return redirect("board_lead", workshop.code)


def _form(request: HttpRequest, form: WorkshopForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "days": settings.BOARD_KEEP_DAYS}
    return render(request, "boards/new.html", context, status=status)


# --- what came out of one -------------------------------------------------------------------------


@require_safe
def outcome(request: HttpRequest, public_id: str) -> HttpResponse:
    return _kept_outcome(request, public_id=public_id)


def _outcome(request: HttpRequest, public_id: str) -> HttpResponse:
    notes = outcomes.shown_of(public_id)
    if not notes:
        raise Http404
    context = {
        "workshop": notes[0].workshop,
        "question": notes[0].question,
        "held": outcomes.held(notes),
        "notes": notes,
        "columns": list(outcomes.columns(notes)),
        "count": len(notes),
        "has_votes": any(note.votes for note in notes),
        "guidelines": outcomes.guidelines_of(notes),
    }
    return render(request, "boards/outcome.html", context)


_kept_outcome = public_page(
    keys=lambda public_id: ["site", "strategy", f"workshop:{public_id}", "insights"]
)(_outcome)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def say_to_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """ "Sig til" about one note that is shown."""
    note = outcomes.shown_note(public_id)
    if note is None:
        raise Http404
    page = reverse("workshop_outcome", args=[note.workshop.room.public_id])
    context = {"note": note, "workshop": note.workshop, "back": f"{page}#i{note.public_id}"}
    return answer_say_to(
        request, note, context, form="boards/say_to.html", thanks="boards/said.html"
    )
