"""The hosts' pages for selections: which stories stand together, in which order and when."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.access import hosted
from cocreate.contributions.models import Contribution
from cocreate.moderation.views import Host
from cocreate.moderation.voice_forms import asked_about
from cocreate.stories import curation
from cocreate.stories.curation import (
    MOST_STORIES,
    CopiedFrom,
    NothingChosen,
    NotToBeChosen,
    Refused,
    Shown,
    TooMany,
)
from cocreate.stories.models import Chosen, Selection
from cocreate.stories.selection_forms import SelectionForm
from cocreate.themes.models import Theme

A_PAGE = 12
UP, DOWN = -1, 1
MOVES = {"up": UP, "down": DOWN}


@dataclass(frozen=True)
class Refusal:
    """Why nothing was changed; `copied` are words somebody gave to us, `sources` the public ids of
    those of them that this host may read."""

    sentence: str
    copied: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, refused: Refused, host: Host) -> "Refusal":
        if not isinstance(refused, CopiedFrom):
            return cls(_sentence(refused))
        sources = hosted(host.viewer).filter(public_id__in=refused.copied.public_ids)
        return cls(
            _("Write it in your own words. This is what somebody has written to us:"),
            tuple(refused.copied.passages),
            tuple(sources.order_by("pk").values_list("public_id", flat=True)),
        )


def _sentence(refused: Refused) -> str:
    match refused:
        case NothingChosen():
            return _("There is no story in it that can be shown. Choose one first.")
        case TooMany():
            text = _("A selection holds at most %(number)s stories. Leave one out first.")
            return text % {"number": MOST_STORIES}
        case NotToBeChosen():
            return _("The story is not shown any more, or its author does not want to be chosen.")
        case _:
            return _("Nothing has been changed.")


@dataclass(frozen=True)
class Row:
    """One place in a selection. `story` is none where it is not shown any more."""

    chosen: Chosen
    story: Contribution | None

    @property
    def has_other_words(self) -> bool:
        """It was sent and shown anew since a host chose it."""
        now = self.story.published_version_id if self.story else self.chosen.version_id
        return now != self.chosen.version_id

    @property
    def waits(self) -> bool:
        opens = self.chosen.open_from
        return opens is not None and opens > timezone.localdate()


@require_safe
def selections(request: HttpRequest) -> HttpResponse:
    """Those not over yet first, and among them what begins last."""
    host = Host.of(request)
    pages = Paginator(Selection.objects.order_by("-shown_from", "-pk"), A_PAGE)
    page = pages.get_page(request.GET.get("side"))
    context = {"host": host.user, "page": page, **_around(page)}
    return render(request, "stories/desk/selections.html", context)


def _around(page: Any, **asked: str) -> dict[str, str]:
    def address(number: int) -> str:
        return f"?{urlencode({**asked, 'side': number})}"

    return {
        "newer_url": address(page.number - 1) if page.has_previous() else "",
        "older_url": address(page.number + 1) if page.has_next() else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new_selection(request: HttpRequest) -> HttpResponse:
    host = Host.of(request)
    form = SelectionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _new_page(request, host, form)
    if not form.is_valid():
        return _new_page(request, host, form, status=422)
    if asked := asked_about(form):
        return _new_page(request, host, form, status=422, **asked)
    sent_as = form.cleaned_data["submission_id"]
    try:
        made = curation.make_selection(form.said, submission_id=sent_as, by=host.user)
    except Refused as refused:
        return _new_page(request, host, form, status=422, refusal=Refusal.of(refused, host))
    messages.success(request, _("It is saved. Only hosts see it. Now choose the stories."))
    return redirect("desk_selection", made.public_id)


def _new_page(
    request: HttpRequest, host: Host, form: SelectionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"host": host.user, "form": form, **more}
    return render(request, "stories/desk/new_selection.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def selection(request: HttpRequest, public_id: str) -> HttpResponse:
    host, found = _open(request, public_id)
    if request.method != "POST":
        return _page(request, host, found)
    form = SelectionForm(request.POST, selection=found)
    if not form.is_valid():
        return _page(request, host, found, form=form, status=422)
    if asked := asked_about(form):
        return _page(request, host, found, form=form, status=422, **asked)
    try:
        curation.change_selection(found, form.said)
    except Refused as refused:
        refusal = Refusal.of(refused, host)
        return _page(request, host, found, form=form, status=422, refusal=refusal)
    messages.success(request, _("It is saved."))
    return redirect("desk_selection", public_id)


def _open(request: HttpRequest, public_id: str) -> tuple[Host, Selection]:
    host = Host.of(request)
    return host, get_object_or_404(Selection.objects.select_related("theme"), public_id=public_id)


def _page(
    request: HttpRequest,
    host: Host,
    found: Selection,
    *,
    form: SelectionForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    stories = curation.stories_of(found)
    rows = [
        Row(chosen, stories.get(chosen.story_id)) for chosen in found.chosen.order_by("order", "pk")
    ]
    standing = [row.story for row in rows if row.story and not row.chosen.refused_at]
    context = {
        "host": host.user,
        "selection": found,
        "form": form or SelectionForm(selection=found),
        "rows": rows,
        "fills": curation.what_fills(standing),
        "may_delete": found.shown_at is None and not any(row.chosen.told_at for row in rows),
        "notice_days": curation.notice_days(),
        **more,
    }
    return render(request, "stories/desk/selection.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """The stories that can be chosen, newest first, by theme if one likes."""
    host, found = _open(request, public_id)
    if request.method != "POST":
        return _stories_to_choose(request, host, found)
    try:
        curation.choose(found, request.POST.get("story", ""))
    except Refused as refused:
        refusal = Refusal.of(refused, host)
        return _stories_to_choose(request, host, found, refusal=refusal, status=409)
    messages.success(request, _("The story is in the selection."))
    return redirect("desk_selection", public_id)


def _stories_to_choose(
    request: HttpRequest, host: Host, found: Selection, *, status: int = 200, **more: Any
) -> HttpResponse:
    themes = {str(theme.number): theme for theme in Theme.objects.order_by("number")}
    theme = themes.get(request.GET.get("tema", ""))
    rows = curation.can_be_chosen().exclude(pk__in=found.chosen.values("story_id"))
    rows = rows.about(theme=theme) if theme else rows
    pages = Paginator(rows.for_listing().order_by("-published_at", "-pk"), A_PAGE)
    page = pages.get_page(request.GET.get("side"))
    asked = {"tema": str(theme.number)} if theme else {}
    context = {
        "host": host.user,
        "selection": found,
        "themes": themes.values(),
        "theme": theme,
        "page": page,
        **_around(page, **asked),
        **more,
    }
    return render(request, "stories/desk/choose.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def chosen(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Up, down or out: one button each, so that it works by keyboard and without script."""
    _host, found = _open(request, public_id)
    act = request.POST.get("act", "")
    if request.method == "POST" and act in MOVES:
        curation.move(found, pk, by=MOVES[act])
        # The focus stays with what was moved.
        return redirect(f"{request.path.partition('/fortaelling/')[0]}/#f{pk}")
    if request.method == "POST" and act == "out":
        curation.leave_out(found, pk)
        messages.success(request, _("The story is not in the selection any more."))
    return redirect("desk_selection", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    host, found = _open(request, public_id)
    if request.method != "POST":
        return redirect("desk_selection", public_id)
    try:
        curation.show(found)
    except Refused as refused:
        return _page(request, host, found, status=409, refusal=Refusal.of(refused, host))
    messages.success(request, _("The authors are told now. Who says no is left out."))
    return redirect("desk_selection", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, public_id: str) -> HttpResponse:
    """Also a draft that nobody has been told of: then nothing is left of it."""
    _host, found = _open(request, public_id)
    if request.method != "POST":
        return redirect("desk_selection", public_id)
    if request.POST.get("act") == "delete":
        curation.delete_draft(found)
        return redirect("desk_selections")
    curation.take_down(found)
    messages.success(request, _("Only hosts see it now."))
    return redirect("desk_selection", public_id)


@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """As everybody will see it if no author says no; hosts may choose only what all may read."""
    _host, found = _open(request, public_id)
    by_key = curation.stories_of(found)
    kept = found.chosen.filter(refused_at=None).order_by("order", "pk")
    stories = [by_key[pk] for pk in kept.values_list("story_id", flat=True) if pk in by_key]
    context = {"shown": Shown(found, stories), "is_preview": True}
    return render(request, "stories/selection.html", context)
