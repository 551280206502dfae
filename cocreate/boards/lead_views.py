"""Leading a workshop: walking a board through its phases, with the people who are there."""

from typing import Any

from django.contrib import messages
from django.db import Error as DatabaseProblem
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.boards.access import Here
from cocreate.boards.afterwards_views import as_csv, as_json, harvest, printable
from cocreate.boards.asking import Asked
from cocreate.boards.intents import read_intent
from cocreate.boards.lead_acts import Missing, asked_by
from cocreate.boards.lead_page import lead_context
from cocreate.boards.list_views import how, new, outcome, say_to_note, workshops
from cocreate.boards.operations import do as carry_out
from cocreate.boards.operations import fresh_cid, rotate_code
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.staff_door import for_facilitators
from cocreate.boards.wall_views import poster, wall

__all__ = [
    "as_csv",
    "as_json",
    "do",
    "harvest",
    "how",
    "lead",
    "new",
    "outcome",
    "poster",
    "printable",
    "say_to_note",
    "wall",
    "workshops",
]

UNPROCESSABLE, UNAVAILABLE = 422, 503
# Where the page stands again after each kind of button.
BACK_AT = {
    "hide": "notes",
    "show": "hidden",
    "move": "notes",
    "group": "notes",
    "ungroup": "notes",
    "name": "notes",
    "write": "room",
    "dots": "room",
    "out": "people",
    "door": "door",
    "code": "door",
}


@require_safe
@for_facilitators
def lead(request: HttpRequest, here: Here) -> HttpResponse:
    return _page(request, here)


@sensitive_post_parameters("text", "title")
@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def do(request: HttpRequest, here: Here) -> HttpResponse:
    """Every button of the page. What was typed comes back with the reason when it is refused."""
    kind = request.POST.get("do", "").partition(":")[0]
    if request.method != "POST":
        return redirect("board_lead", here.workshop.code)
    if kind == "code":
        return _new_code(request, here)
    try:
        asked = asked_by(request.POST, here.seat)
        answers = carry_out(here.board, asked).answers if asked else []
    except Missing as missing:
        return _refused(request, here, str(missing))
    except Refused as refused:
        return _refused(request, here, refused.sentence)
    except DatabaseProblem:
        return _refused(request, here, Refused(Code.UNAVAILABLE).sentence, status=UNAVAILABLE)
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    if refusals:
        return _refused(request, here, refusals[0].sentence, code=refusals[0].code)
    return _back_to(here, kind)


def _new_code(request: HttpRequest, here: Here) -> HttpResponse:
    """The old code opens no door any more. Everybody's page is told that something happened at it,
    so that the wall comes for the new code."""
    rotate_code(here.workshop)
    here.workshop.refresh_from_db()
    as_it_is = {"kind": "door.set", "locked": here.workshop.locked}
    carry_out(here.board, [Asked(here.seat, read_intent(fresh_cid(), as_it_is))])
    messages.success(request, _("The door has a new code. The old one opens it no more."))
    return _back_to(here, "code")


def _back_to(here: Here, kind: str) -> HttpResponse:
    answer = redirect("board_lead", here.workshop.code)
    place = BACK_AT.get(kind, "")
    if place:
        answer["Location"] += f"#{place}"
    return answer


def _refused(
    request: HttpRequest, here: Here, sentence: str, *, code: str = "", status: int = UNPROCESSABLE
) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("text", "column", "title", "minutes")}
    chosen = set(request.POST.getlist("note"))
    more = {"refusal": sentence, "asks_if_sure": code == Code.SURE}
    return _page(request, here, status=status, typed=typed, chosen=chosen, **more)


def _page(request: HttpRequest, here: Here, *, status: int = 200, **more: Any) -> HttpResponse:
    more.setdefault("said", list(messages.get_messages(request)))
    return render(request, "boards/lead.html", lead_context(here, **more), status=status)
