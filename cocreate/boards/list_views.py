"""The list of workshops, making one, and the public page of what came out of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Min, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.accounts.models import User
from cocreate.boards.access import may_open_workshops
from cocreate.boards.lead_forms import WorkshopForm, with_suggestion
from cocreate.boards.models import Board, HarvestedNote, Workshop
from cocreate.boards.operations import open_workshop
from cocreate.boards.staff_door import for_staff
from cocreate.contributions.models import (
    Contribution,
    ContributionQuerySet,
    KindName,
    Membership,
)
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.pagecache.public_page import public_page
from cocreate.themes.models import Guideline

OUTCOMES_A_PAGE = 20
UNPROCESSABLE = 422


# --- the list -------------------------------------------------------------------------------------


@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    return _kept_list(request)


def _list(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    leads = may_open_workshops(viewer)
    outcomes, older = _page_of_outcomes(request.GET.get("efter", ""))
    context = {
        "outcomes": outcomes,
        "older": older,
        "may_open": leads,
        "own": _led_by(viewer.user) if leads and viewer.user else [],
        "said": list(messages.get_messages(request)) if viewer.user else [],
    }
    return render(request, "boards/workshops.html", context)


_kept_list = public_page(keys=lambda: ["site", "workshops"], parameters=frozenset({"efter"}))(_list)


def _published_notes() -> ContributionQuerySet:
    """What everybody may read, whoever asks."""
    return Contribution.objects.visible_to(STRANGER).of_kind(KindName.NOTE).only("pk")


def _page_of_outcomes(after: str) -> tuple[list[dict[str, Any]], str]:
    """Workshops with notes that are shown, newest first. Two queries, three on a later page."""
    shown = HarvestedNote.objects.filter(pk__in=_published_notes()).order_by()
    rows = shown.values("workshop").annotate(notes=Count("pk"), held=Min("submitted_at"))
    start = Workshop.objects.filter(room__public_id=after).values_list("pk", flat=True).first()
    if start is not None:
        rows = rows.filter(workshop__lt=start)
    found = list(rows.order_by("-workshop")[: OUTCOMES_A_PAGE + 1])
    by_pk = Workshop.objects.select_related("room", "theme").in_bulk(
        [row["workshop"] for row in found]
    )
    outcomes = [
        {"workshop": by_pk[row["workshop"]], "notes": row["notes"], "held": row["held"]}
        for row in found[:OUTCOMES_A_PAGE]
    ]
    more = len(found) > OUTCOMES_A_PAGE
    return outcomes, outcomes[-1]["workshop"].room.public_id if more else ""


def _led_by(user: User) -> list[Workshop]:
    """Those that are not emptied yet, each with its board, newest first. Two queries."""
    led = Membership.objects.filter(user=user, role=Membership.Role.HOST).values("room")
    found = Workshop.objects.filter(room__in=led, emptied_at=None).select_related("room", "theme")
    boards = Prefetch("boards", Board.objects.order_by("pk"))
    return list(found.prefetch_related(boards).order_by("-pk"))


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


@dataclass(frozen=True)
class Said:
    """The notes of one group, or those of a column that stood alone (no title)."""

    title: str
    votes: int
    notes: list[HarvestedNote]


@require_safe
def outcome(request: HttpRequest, public_id: str) -> HttpResponse:
    return _kept_outcome(request, public_id=public_id)


def _outcome(request: HttpRequest, public_id: str) -> HttpResponse:
    found = Workshop.objects.select_related("room", "theme").filter(room__public_id=public_id)
    workshop = found.prefetch_related("guidelines").first()
    notes = _shown_of(workshop) if workshop else []
    if workshop is None or not notes:
        raise Http404
    context = {
        "workshop": workshop,
        "question": notes[0].question,
        "held": _held(notes),
        "columns": list(_columns(notes)),
        "count": len(notes),
        "has_votes": any(note.votes for note in notes),
        "guidelines": _guidelines_of(notes),
    }
    return render(request, "boards/outcome.html", context)


_kept_outcome = public_page(keys=lambda public_id: ["site", "strategy", f"workshop:{public_id}"])(
    _outcome
)


def _shown_of(workshop: Workshop) -> list[HarvestedNote]:
    """Public columns and the origin only: no encrypted word is loaded."""
    rows = HarvestedNote.objects.filter(workshop=workshop, pk__in=_published_notes())
    return list(rows.defer("alias").order_by("pk"))


def _held(notes: list[HarvestedNote]) -> datetime | None:
    """Notes are harvested when the workshop ends; of that only month and year are told."""
    return min((note.submitted_at for note in notes if note.submitted_at), default=None)


def _columns(notes: list[HarvestedNote]) -> Iterator[tuple[str, list[Said]]]:
    """In the order they were harvested in; groups with most votes first, lone notes last."""
    titles = list(dict.fromkeys(note.column_title for note in notes))
    for title in titles:
        here = [note for note in notes if note.column_title == title]
        yield title, sorted(_groups(here), key=lambda said: (not said.title, -said.votes))


def _groups(notes: list[HarvestedNote]) -> Iterator[Said]:
    by_title = sorted(notes, key=lambda note: note.group_title)
    for title, rows in groupby(by_title, key=lambda note: note.group_title):
        said = sorted(rows, key=lambda note: -note.votes)
        yield Said(title, sum(note.votes for note in said), said)


def _guidelines_of(notes: list[HarvestedNote]) -> list[Guideline]:
    about = Guideline.objects.filter(contributions__in=[note.pk for note in notes]).distinct()
    return list(about.select_related("theme").in_order())
