"""The screen on the wall and the poster: what a whole room reads from eight metres away."""

from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cocreate.boards.access import Here, board_of, walls_seat, workshop_or_404
from cocreate.boards.entries import WALL
from cocreate.boards.lead_page import people_in
from cocreate.boards.models import Phase, Workshop
from cocreate.boards.picture import Picture, picture
from cocreate.boards.ranking import named_groups, ranked
from cocreate.boards.seats import may_facilitate
from cocreate.boards.staff_door import for_facilitators
from cocreate.contributions.viewer import Viewer

# So many things fit on a wall without scrolling, each in two lines.
THINGS_A_PAGE = 6
GROUPS_A_PAGE = 9
# From so many characters the question is set in smaller letters.
LONG_QUESTION, LONGER_QUESTION = 60, 120
NEWEST_SHOWN = 2


@require_safe
def wall(request: HttpRequest, code: str) -> HttpResponse:
    workshop = workshop_or_404(code, request)
    if walls_seat(request, workshop) is None:
        raise Http404
    if workshop.code != code:
        return redirect("board_wall", workshop.code)
    board = board_of(workshop)
    context = {
        **way_in(workshop),
        **_shown(picture(board, WALL), _page_asked(request)),
        "people": len(people_in(workshop)),
        "is_leading": may_facilitate(Viewer.of(request), workshop),
        "question_size": _size(board.question),
    }
    return render(request, "boards/wall.html", context)


def _shown(shown: Picture, page: int) -> dict[str, Any]:
    things = _things(shown)
    size = GROUPS_A_PAGE if shown.board.phase == Phase.CLUSTER else THINGS_A_PAGE
    pages = max(1, ceil(len(things) / size))
    page = min(page, pages)
    return {
        "board": shown.board,
        "picture": shown,
        "things": things[(page - 1) * size : page * size],
        "page": page,
        "pages": pages,
        "newest": _newest(shown),
    }


def _things(shown: Picture) -> list[Any]:
    """What stands on the wall one by one; in the other phases it only says what to do."""
    phase = shown.board.phase
    if phase == Phase.CLUSTER:
        return named_groups(shown)
    if phase == Phase.DISCUSS:
        return list(ranked(shown, with_dots=shown.board.shows_votes))
    return []


def _newest(shown: Picture) -> dict[str, list[str]]:
    """While people write openly: the last words of each column."""
    if shown.board.phase != Phase.COLLECT or shown.board.hidden:
        return {}
    return {
        pillar.id: [str(note["text"]) for note in reversed(pillar.notes[-NEWEST_SHOWN:])]
        for pillar in shown.pillars
    }


def _size(question: str) -> str:
    if len(question) >= LONGER_QUESTION:
        return "longer"
    return "long" if len(question) >= LONG_QUESTION else ""


def _page_asked(request: HttpRequest) -> int:
    asked = request.GET.get("side", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1


def way_in(workshop: Workshop) -> dict[str, Any]:
    """The address to type, short enough for a poster, and the whole one for a camera."""
    site = urlsplit(settings.SITE_URL)
    return {
        "workshop": workshop,
        "typed_address": f"{site.netloc}{reverse('board_code').rstrip('/')}",
        "camera_address": f"{settings.SITE_URL}{reverse('board', args=[workshop.code])}",
    }


@require_safe
@for_facilitators
def poster(request: HttpRequest, here: Here) -> HttpResponse:
    context = {**way_in(here.workshop), "board": here.board}
    return render(request, "boards/poster.html", context)
