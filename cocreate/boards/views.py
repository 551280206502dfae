"""A seat at the board: coming in, taking part, and leaving again."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cocreate.boards import outcomes
from cocreate.boards.access import Here, board_of, workshop_or_404
from cocreate.boards.board_views import show_board, show_group, show_note, show_refusal, show_scribe
from cocreate.boards.by_form import FormDone, do_by_form
from cocreate.boards.forms import CodeForm, DoorForm
from cocreate.boards.models import Workshop
from cocreate.boards.operations import DoorLocked, WorkshopOver, code_of_seat, come_in
from cocreate.boards.refusals import Refused
from cocreate.boards.seats import (
    give_seat,
    leave_seat,
    may_facilitate,
    seat_at,
    token_in,
    was_shown_out,
)
from cocreate.contributions.codes import code_digest
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Receipt
from cocreate.contributions.viewer import Viewer

# For each network, and only codes that no workshop has: a whole library may come in at once.
WRONG_CODES = {"limit": 60, "seconds": 600}
SCRIBE = "skriver"
View = Callable[[HttpRequest, str], HttpResponse]
WorkshopView = Callable[[HttpRequest, Workshop], HttpResponse]


def at_workshop(view: WorkshopView) -> View:
    """Finds the workshop of the address; wrong codes are counted together with those typed."""

    @wraps(view)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        try:
            workshop = workshop_or_404(code, request)
        except Http404:
            if too_many(request, "board-code", **WRONG_CODES):
                return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
            raise
        return view(request, workshop)

    return found


# --- the door -------------------------------------------------------------------------------------


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The field for the code. A wrong one is counted, a right one never."""
    if "kode" not in request.GET:
        return render(request, "boards/code.html", {"form": CodeForm()})
    form = CodeForm(request.GET)
    if form.is_valid():
        return redirect("board", form.cleaned_data["kode"])
    is_too_many = too_many(request, "board-code", **WRONG_CODES)
    status = HTTPStatus.TOO_MANY_REQUESTS if is_too_many else HTTPStatus.NOT_FOUND
    context = {"form": form, "is_too_many": is_too_many}
    return render(request, "boards/code.html", context, status=status)


@sensitive_post_parameters("name")
@require_http_methods(["GET", "HEAD", "POST"])
@at_workshop
def board(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The board for those who have a seat, the door for the others."""
    seat = seat_at(request, workshop)
    address = reverse("board", args=[workshop.code])
    if seat is None:
        return _door(request, workshop)
    if request.method == "POST" or request.path != address:
        # In already, by the same form sent twice, or under a code that was changed.
        return _see_other(address)
    here = Here(workshop, board_of(workshop), seat)
    if uid := request.GET.get("seddel"):
        return show_note(request, here, uid)
    if uid := request.GET.get("gruppe"):
        return show_group(request, here, uid)
    return show_board(request, here)


def _door(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    if was_shown_out(request, workshop):
        return _show_door(request, workshop, state="removed", status=HTTPStatus.FORBIDDEN)
    form = DoorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, workshop, form)
    state = "over" if workshop.is_closed else "locked" if workshop.locked else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _show_door(request, workshop, form=form, state=state, status=status)


def _come_in(request: HttpRequest, workshop: Workshop, form: DoorForm) -> HttpResponse:
    said = form.cleaned_data
    form_id = f"{said['submission_id']}|{Viewer.of(request).browser}"
    try:
        token = come_in(workshop, form_id, name=said["name"], may_quote=said["may_quote"])
    except DoorLocked:
        return _show_door(request, workshop, state="locked", form=form, status=HTTPStatus.CONFLICT)
    except WorkshopOver:
        return _show_door(request, workshop, state="over", status=HTTPStatus.CONFLICT)
    answer = _see_other(reverse("board", args=[workshop.code]))
    give_seat(answer, workshop, token)
    return answer


def _show_door(
    request: HttpRequest,
    workshop: Workshop,
    *,
    state: str,
    status: int,
    form: DoorForm | None = None,
) -> HttpResponse:
    """`state` is why nobody comes in: locked, over, removed, left; or empty. What was written on a
    page that has no seat any more is shown, so that it can be copied."""
    context = {
        "kept": request.POST.get("text") or request.POST.get("title") or "",
        "workshop": workshop,
        "form": form,
        "state": state,
        "has_outcome": state == "over" and outcomes.has_any(workshop),
        "may_facilitate": may_facilitate(Viewer.of(request), workshop),
    }
    return render(request, "boards/door.html", context, status=status)


# --- taking part ----------------------------------------------------------------------------------


@sensitive_post_parameters("text", "title")
@require_POST
@at_workshop
def do(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """One operation of a form; then back to the note, or to the form with every word in it."""
    here = _here(request, workshop)
    if here is None:
        state = "removed" if was_shown_out(request, workshop) else "left"
        return _show_door(request, workshop, state=state, status=HTTPStatus.FORBIDDEN)
    try:
        made = do_by_form(here.board, here.seat, request.POST)
    except Refused as refused:
        return show_refusal(request, here, refused)
    return _see_other(_back_to(request, here, made))


def _back_to(request: HttpRequest, here: Here, made: FormDone) -> str:
    if request.POST.get("from") == SCRIBE:
        return reverse("board_scribe", args=[here.workshop.code]) + _query(request, made)
    place = f"#n-{made.done.note}" if made.done.note else ""
    if made.done.kind in {"note.add", "note.edit"} or here.board.hides_notes:
        # While people write hidden, one's own notes stand beside the field and nowhere else.
        place = place.replace("#n-", "#m-")
    if made.done.kind == "note.take_back":
        place = "#tavle"
    return reverse("board", args=[here.workshop.code]) + _query(request, made) + place


def _query(request: HttpRequest, made: FormDone) -> str:
    said = {"fortryd": made.undo_mark, "hjaelp": "1" if made.done.shows_help else ""}
    if made.done.kind == "note.add":
        said["kolonne"] = request.POST.get("column", "")
    asked = urlencode({name: value for name, value in said.items() if value})
    return f"?{asked}" if asked else ""


def _here(request: HttpRequest, workshop: Workshop) -> Here | None:
    seat = seat_at(request, workshop)
    return Here(workshop, board_of(workshop), seat) if seat else None


@require_safe
@at_workshop
def scribe(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Notes written on paper, typed by whoever has a keyboard."""
    here = _here(request, workshop)
    if here is None:
        return redirect("board", workshop.code)
    return show_scribe(request, here)


# --- leaving --------------------------------------------------------------------------------------


@require_safe
@at_workshop
def own_code(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The seven words of this seat; also for somebody who was shown out: the notes are theirs."""
    if seat_at(request, workshop) is None and not was_shown_out(request, workshop):
        return redirect("board", workshop.code)
    words = code_of_seat(token_in(workshop, request.COOKIES))
    # A code that was changed at /kode/ is shown nowhere, and the one before opens nothing.
    stands = Receipt.objects.filter(code_digest=code_digest(words)).exists()
    context = {"workshop": workshop, "words": words if stands else ()}
    return render(request, "boards/own_code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_workshop
def leave(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Takes the seat from this device. It asks first: nobody comes back to the same seat."""
    if request.method == "POST":
        answer = _see_other(reverse("board_code"))
        leave_seat(answer, workshop)
        return answer
    return render(request, "boards/leave.html", {"workshop": workshop})


def _see_other(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
