"""After a workshop: choosing what goes on, taking it out as a file or on paper, and deleting it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.accounts.access import may_enter_desk
from cocreate.accounts.models import User
from cocreate.boards import export, operations
from cocreate.boards.access import Here
from cocreate.boards.asking import Asked
from cocreate.boards.entries import HOST
from cocreate.boards.headings import are_as_seen, headings_of, taken_along
from cocreate.boards.intents import read_intent
from cocreate.boards.lead_forms import GuidelinesForm
from cocreate.boards.models import Phase
from cocreate.boards.picture import Picture, picture
from cocreate.boards.reading import harvested, notes_by_uid
from cocreate.boards.staff_door import for_facilitators
from cocreate.moderation.templatetags.days import day_in_words

UNPROCESSABLE, CONFLICT = 422, 409

# --- harvest --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def harvest(request: HttpRequest, here: Here) -> HttpResponse:
    """Choose, look at what was chosen, take it home. Nothing is harvested before the last press."""
    if request.method != "POST":
        return _page(request, here)
    match request.POST.get("do", ""):
        case "close":
            return _close(here)
        case "empty":
            return _empty(request, here)
        case "harvest":
            return _take_home(request, here)
        case "choose":
            return _page(request, here, form=GuidelinesForm(request.POST))
        case _:
            return _look(request, here)


def _look(request: HttpRequest, here: Here) -> HttpResponse:
    chosen = _chosen(request, here)
    form = GuidelinesForm(request.POST)
    if not chosen:
        return _page(request, here, refusal=_("Choose one note or more first."), status=422)
    if not form.is_valid():
        return _page(request, here, form=form, status=UNPROCESSABLE)
    return _page(request, here, form=form, chosen=chosen)


def _take_home(request: HttpRequest, here: Here) -> HttpResponse:
    form = GuidelinesForm(request.POST)
    chosen = _chosen(request, here)
    if not form.is_valid() or not chosen:
        return _look(request, here)
    headings = headings_of(picture(here.board, HOST), chosen)
    if not are_as_seen(headings, request.POST):
        return _page(request, here, form=form, chosen=chosen, refusal=_renamed(), status=CONFLICT)
    in_order = notes_by_uid(here.board, [note["id"] for note in chosen])
    titles = taken_along(headings, request.POST)
    made = operations.harvest(here.board, in_order, form.chosen(), titles)
    messages.success(request, _waiting(made))
    return redirect("board_harvest", here.workshop.code)


def _renamed() -> str:
    return _("Somebody gave a group another name in the meantime. Look once more.")


def _waiting(made: int) -> str:
    return ngettext(
        "%(n)d note waits for a host now.", "%(n)d notes wait for a host now.", made
    ) % {"n": made}


def _chosen(request: HttpRequest, here: Here) -> list[dict[str, Any]]:
    """The notes ticked and those of the groups ticked, in the order of the page."""
    notes, groups = set(request.POST.getlist("note")), set(request.POST.getlist("group"))
    shown = picture(here.board, HOST)
    if not can_harvest(shown):
        return []
    taken = harvested(here.board)
    return [
        note
        for note in shown.notes
        if note["id"] not in taken and (note["id"] in notes or note["group"] in groups)
    ]


def can_harvest(shown: Picture) -> bool:
    """Not while notes are hidden, and not before the vote is over."""
    return not shown.board.hides_notes and shown.board.phase != Phase.VOTE


def _page(
    request: HttpRequest,
    here: Here,
    *,
    form: GuidelinesForm | None = None,
    chosen: Sequence[dict[str, Any]] = (),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = picture(here.board, HOST)
    about = list(here.workshop.guidelines.values_list("code", flat=True))
    context = {
        "workshop": here.workshop,
        "board": shown.board,
        "picture": shown,
        "can_harvest": can_harvest(shown),
        "taken": harvested(here.board),
        "chosen": chosen,
        "headings": headings_of(shown, chosen),
        "ticked": set(request.POST.getlist("note")),
        "ticked_groups": set(request.POST.getlist("group")),
        "form": form or GuidelinesForm(initial={"guidelines": about}),
        "refusal": refusal,
        "said": list(messages.get_messages(request)),
        "may_enter_desk": isinstance(request.user, User) and may_enter_desk(request.user),
        "is_closed": shown.board.phase == Phase.CLOSED,
        "delete_on": day_in_words(here.workshop.delete_on),
    }
    return render(request, "boards/harvest.html", context, status=status)


def _close(here: Here) -> HttpResponse:
    """The board stands as it is from now on, and nobody new comes in."""
    closed = {"kind": "phase.set", "phase": Phase.CLOSED}
    operations.do(here.board, [Asked(here.seat, read_intent(operations.fresh_cid(), closed))])
    operations.close_workshop(here.workshop)
    return redirect("board_harvest", here.workshop.code)


def _empty(request: HttpRequest, here: Here) -> HttpResponse:
    _close(here)
    deleted = operations.empty(here.workshop)
    said = ngettext(
        "%(n)d note was deleted. What was harvested is kept.",
        "%(n)d notes were deleted. What was harvested is kept.",
        deleted,
    )
    messages.success(request, said % {"n": deleted})
    return redirect("workshops")


# --- taking it out --------------------------------------------------------------------------------


@require_safe
@for_facilitators
def as_csv(request: HttpRequest, here: Here) -> HttpResponse:
    answer = HttpResponse(
        export.csv_of(export.shown_on(here.board)), content_type="text/csv; charset=utf-8"
    )
    return _as_file(answer, here, "csv")


@require_safe
@for_facilitators
def as_json(request: HttpRequest, here: Here) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 2}
    answer = JsonResponse(export.json_of(export.shown_on(here.board)), json_dumps_params=options)
    return _as_file(answer, here, "json")


def _as_file(answer: HttpResponse, here: Here, ending: str) -> HttpResponse:
    """Named after the workshop; the code at the door is in no file."""
    name = slugify(here.workshop.title) or "workshop"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@require_safe
@for_facilitators
def printable(request: HttpRequest, here: Here) -> HttpResponse:
    shown = export.shown_on(here.board)
    context = {"workshop": here.workshop, "board": shown.board, "picture": shown}
    return render(request, "boards/print.html", context)
