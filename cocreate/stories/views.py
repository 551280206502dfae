"""Reading what others told, and saying to about it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.models import Contribution
from cocreate.moderation.saying_to import answer_say_to
from cocreate.pagecache.public_page import public_page
from cocreate.stories.curation import Shown, public_stories, shown_selections
from cocreate.themes.models import Theme

STORIES_A_PAGE = 12
# So many selections stand above the newest stories, and so many stories of each.
SELECTIONS_ABOVE = 3
STORIES_ABOVE = 3

# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for; a value that leads nowhere counts as not asked."""

    theme: Theme | None = None
    after: str = ""
    place: tuple[datetime | None, int] | None = None

    @classmethod
    def in_address(cls, request: HttpRequest, themes: dict[str, Theme]) -> "Wanted":
        after = request.GET.get("efter", "")
        stories = public_stories().filter(public_id=after)
        place = stories.values_list("published_at", "pk").first() if after else None
        return cls(
            theme=themes.get(request.GET.get("tema", "")),
            after=after if place else "",
            place=place,
        )

    @property
    def query(self) -> str:
        """The one way our own links spell it."""
        asked = {"tema": self.theme.number if self.theme else "", "efter": self.after}
        return urlencode({name: value for name, value in asked.items() if value})


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Only addresses as our own links spell them are kept: nobody can fill the cache."""
    asked = request.META.get("QUERY_STRING", "")
    themes = _themes() if asked else {}
    if asked and asked != Wanted.in_address(request, themes).query:
        return _story_list(request)
    return _kept_story_list(request)


def _story_list(request: HttpRequest) -> HttpResponse:
    themes = _themes()
    wanted = Wanted.in_address(request, themes)
    found = _page_of_stories(wanted)
    shown = found[:STORIES_A_PAGE]
    # Read once for the whole list: a story's own theme comes without its colour.
    by_key = {theme.pk: theme for theme in themes.values()}
    context = {
        "stories": [{"story": row, "theme": by_key.get(row.theme_id or 0)} for row in shown],
        "selections": [] if wanted.after else _selections_above(wanted),
        "themes": themes.values(),
        "wanted": wanted,
        "tell_url": _about_same(reverse("tell"), wanted),
        "newest_url": _about_same(reverse("stories"), wanted) if wanted.after else "",
        "older_url": _older(wanted, shown[-1]) if len(found) > len(shown) else "",
    }
    return _to_all_but_search_engines(render(request, "stories/story_list.html", context))


def _selections_above(wanted: Wanted) -> list[dict[str, object]]:
    shown = shown_selections(theme=wanted.theme)[:SELECTIONS_ABOVE]
    return [
        {
            "selection": one.selection,
            "stories": one.stories[:STORIES_ABOVE],
            "count": len(one.stories),
            "has_more": len(one.stories) > STORIES_ABOVE,
        }
        for one in shown
    ]


def _to_all_but_search_engines(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


_kept_story_list = public_page(
    keys=lambda: ["site", "stories", "strategy"],
    parameters=frozenset({"tema", "efter"}),
    kept_by_browsers=False,
)(_story_list)


def _themes() -> dict[str, Theme]:
    return {str(theme.number): theme for theme in Theme.objects.all()}


def _page_of_stories(wanted: Wanted) -> list[Contribution]:
    """One more than a page holds, so that we know whether there are older ones."""
    found = public_stories()
    if wanted.theme:
        found = found.about(theme=wanted.theme)
    if wanted.place:
        at, pk = wanted.place
        found = found.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    rows = found.for_listing().newest_first().prefetch_related("guidelines")
    return list(rows[: STORIES_A_PAGE + 1])


def _about_same(address: str, wanted: Wanted) -> str:
    return f"{address}?{Wanted(theme=wanted.theme).query}" if wanted.theme else address


def _older(wanted: Wanted, last: Contribution) -> str:
    return f"?{Wanted(theme=wanted.theme, after=last.public_id).query}"


@require_safe
def story(request: HttpRequest, public_id: str) -> HttpResponse:
    if request.META.get("QUERY_STRING"):
        return _story_page(request, public_id=public_id)
    return _kept_story_page(request, public_id=public_id)


def _story_page(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _story_or_404(public_id)
    # Public columns only: keys and what was written before it was shown are never loaded here.
    shown = told.attachments.filter(shown=True).defer("key", "description")
    context = {"story": told, "files": shown}
    response = render(request, "stories/story.html", context)
    # The parent row of a story has its own columns beside it.
    return response if told.story.listed else _to_all_but_search_engines(response)  # type: ignore[attr-defined]


_kept_story_page = public_page(
    keys=lambda public_id: ["site", f"story:{public_id}", "strategy", "insights", "amendments"],
    kept_by_browsers=False,
)(_story_page)


@require_safe
def selection(request: HttpRequest, public_id: str) -> HttpResponse:
    if request.META.get("QUERY_STRING"):
        return _selection_page(request, public_id=public_id)
    return _kept_selection_page(request, public_id=public_id)


def _selection_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same 404 for one that is over, taken down, without a story and never there."""
    found: list[Shown] = shown_selections(public_id=public_id)
    if not found:
        raise Http404
    response = render(request, "stories/selection.html", {"shown": found[0]})
    return _to_all_but_search_engines(response)


_kept_selection_page = public_page(
    keys=lambda public_id: ["site", "stories", "strategy"],
    kept_by_browsers=False,
)(_selection_page)


def _story_or_404(public_id: str) -> Contribution:
    """The same 404 for what waits, is hidden, was taken back and never was."""
    rows = public_stories().filter(public_id=public_id)
    found = (
        rows.select_related("theme", "story").prefetch_related("guidelines").defer("alias").first()
    )
    if found is None:
        raise Http404
    return found


# --- "Sig til" ------------------------------------------------------------------------------------


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def say_to_story(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _story_or_404(public_id)
    context = {"story": told, "back": reverse("story", args=[public_id])}
    return _to_all_but_search_engines(
        answer_say_to(
            request, told, context, form="stories/say_to.html", thanks="stories/said.html"
        )
    )
