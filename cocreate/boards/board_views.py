"""The pages of those who have a seat: the board, one note, one group, the scribe's."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from cocreate.boards.access import Here
from cocreate.boards.board_page import group_seen, note_seen, seen
from cocreate.boards.by_form import undo_in
from cocreate.boards.models import NOTE_LENGTH, TITLE_LENGTH, HideReason
from cocreate.boards.operations import fresh_cid
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.situation import ARRANGE, WRITE
from cocreate.contributions.codes import digest

# Refusals that another wording mends; of the others the moment is to blame.
OF_THE_WORDS = frozenset({Code.EMPTY, Code.TOO_LONG, Code.NUMBER, Code.SURE, Code.BAD})
LATEST_ON_PAPER = 5
ABOUT_A_NOTE = frozenset({"note.edit", "note.take_back"})
ABOUT_A_GROUP = frozenset({"group.name"})


def show_board(request: HttpRequest, here: Here, *, refused: Refused | None = None) -> HttpResponse:
    page = _page(request, here, refused)
    page["undo"] = undo_in(request.GET.get("fortryd", "")) if not refused else None
    page["shows_help"] = "hjaelp" in request.GET
    return render(request, "boards/board.html", page, status=_status(refused))


def show_note(
    request: HttpRequest, here: Here, uid: str, *, refused: Refused | None = None
) -> HttpResponse:
    """One note by itself: to change, move or take back without script."""
    page = _page(request, here, refused)
    note = note_seen(page, uid)
    if note is None:
        return _back(here, page, request, refused)
    may_group = ARRANGE in page["situation"]
    page |= {
        "note": note,
        # A refused wording is sent again from the version it was written from.
        "base": request.POST.get("base") or note["v"],
        "may_group": may_group,
        "may_move": may_group
        or (note["own"] and WRITE in page["situation"] and len(page["columns"]) > 1),
    }
    return render(request, "boards/note.html", page, status=_status(refused))


def show_group(
    request: HttpRequest, here: Here, uid: str, *, refused: Refused | None = None
) -> HttpResponse:
    """One group by itself: to name, or to take apart."""
    page = _page(request, here, refused)
    group = group_seen(page, uid)
    if group is None:
        return _back(here, page, request, refused)
    page |= {"group": group}
    return render(request, "boards/group.html", page, status=_status(refused))


def show_scribe(
    request: HttpRequest, here: Here, *, refused: Refused | None = None
) -> HttpResponse:
    page = _page(request, here, refused)
    on_paper = [note for note in page["mine"] if note.get("paper")]
    page |= {"on_paper": len(on_paper), "latest": on_paper[-LATEST_ON_PAPER:][::-1]}
    return render(request, "boards/scribe.html", page, status=_status(refused))


def show_refusal(request: HttpRequest, here: Here, refused: Refused) -> HttpResponse:
    """The page the form came from, with the sentence and with every word that was written."""
    kind = request.POST.get("kind", "")
    if request.POST.get("from") == "skriver":
        return show_scribe(request, here, refused=refused)
    if kind in ABOUT_A_NOTE:
        return show_note(request, here, request.POST.get("note", ""), refused=refused)
    if kind in ABOUT_A_GROUP:
        return show_group(request, here, request.POST.get("group", ""), refused=refused)
    return show_board(request, here, refused=refused)


def _back(
    here: Here, page: dict[str, Any], request: HttpRequest, refused: Refused | None
) -> HttpResponse:
    """It is no longer on the board. Words that were meant for it stay on the page."""
    if refused is None:
        return redirect("board", here.workshop.code)
    return render(request, "boards/board.html", page, status=_status(refused))


def _page(request: HttpRequest, here: Here, refused: Refused | None) -> dict[str, Any]:
    """What all these pages share. `write` is what stands in the field."""
    page = seen(here.board, here.seat)
    return {
        **page,
        "workshop": here.workshop,
        "seat": here.seat,
        "seat_tag": seat_tag(here),
        "once": fresh_cid(),
        "hide_reasons": HideReason.choices,
        "note_length": NOTE_LENGTH,
        "title_length": TITLE_LENGTH,
        "write": _written(request, page, refused),
        "refused": refused,
        "asks": refused is not None and refused.code == Code.SURE,
        "language": get_language(),
    }


def _written(request: HttpRequest, page: dict[str, Any], refused: Refused | None) -> dict[str, str]:
    """Words of a form that was refused; the column chosen last, otherwise the first."""
    said = request.POST if refused else QueryDict()
    known = [column["id"] for column in page["columns"]]
    asked = said.get("column") or request.GET.get("kolonne", "")
    column = asked if asked in known else next(iter(known), "")
    return {"text": said.get("text") or said.get("title") or "", "column": column}


def _status(refused: Refused | None) -> int:
    if refused is None:
        return HTTPStatus.OK
    is_of_the_words = refused.code in OF_THE_WORDS
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_of_the_words else HTTPStatus.CONFLICT


def seat_tag(here: Here) -> str:
    """Under which the page keeps what is unsent: the next person at this screen has another."""
    return digest("board-seat", str(here.seat.participant))[:12]
