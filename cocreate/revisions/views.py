"""What is being changed in the strategy, as everybody may read it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.models import Contribution
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation.saying_to import answer_say_to
from cocreate.pagecache.public_page import public_page
from cocreate.revisions import presenting
from cocreate.revisions.models import Amendment, Process
from cocreate.revisions.presenting import AMENDMENTS_A_PAGE
from cocreate.themes.models import Theme

COMMON = ["site", "strategy", "amendments", "insights"]
# Where a number ends that a database still knows.
LONGEST_NUMBER = 9

# --- processes ------------------------------------------------------------------------------------


@require_safe
@public_page(keys=lambda: [*COMMON, "processes"])
def processes(request: HttpRequest) -> HttpResponse:
    rows = list(Process.objects.public().order_by("standing", "-opened_at"))
    context = {
        "open": [row for row in rows if row.is_open],
        "closed": [row for row in rows if not row.is_open],
    }
    return render(request, "revisions/processes.html", context)


@require_safe
@public_page(keys=lambda slug: [*COMMON, "processes", f"process:{slug}"])
def process(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "revisions/process.html", presenting.process_context(slug))


# --- amendments -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for; a value that leads nowhere counts as not asked."""

    theme: Theme | None = None
    process: Process | None = None
    after: Amendment | None = None

    @classmethod
    def in_address(cls, request: HttpRequest, themes: dict[str, Theme]) -> "Wanted":
        slug, after = request.GET.get("proces", ""), request.GET.get("efter", "")
        is_number = after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER
        beside = Amendment.objects.public().filter(number=after) if is_number else None
        return cls(
            theme=themes.get(request.GET.get("tema", "")),
            process=Process.objects.public().filter(slug=slug).first() if slug else None,
            after=beside.first() if beside is not None else None,
        )

    @property
    def query(self) -> str:
        """The one way our own links spell it."""
        asked = {
            "tema": self.theme.number if self.theme else "",
            "proces": self.process.slug if self.process else "",
            "efter": self.after.number if self.after else "",
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def beside(self, after: Amendment | None = None) -> str:
        """The same list, from its beginning or after this one."""
        query = Wanted(self.theme, self.process, after).query
        return f"?{query}" if query else "."


@require_safe
def amendments(request: HttpRequest) -> HttpResponse:
    """Only addresses as our own links spell them are kept: nobody can fill the cache."""
    asked = request.META.get("QUERY_STRING", "")
    themes = _themes() if asked else {}
    if asked and asked != Wanted.in_address(request, themes).query:
        return _amendment_list(request)
    return _kept_amendment_list(request)


def _amendment_list(request: HttpRequest) -> HttpResponse:
    themes = _themes()
    wanted = Wanted.in_address(request, themes)
    found = presenting.newest_public(theme=wanted.theme, process=wanted.process, after=wanted.after)
    shown = found[:AMENDMENTS_A_PAGE]
    context = {
        "amendments": presenting.tell(shown),
        "themes": themes.values(),
        "wanted": wanted,
        "newest_url": wanted.beside() if wanted.after else "",
        "older_url": wanted.beside(shown[-1]) if len(found) > len(shown) else "",
    }
    return render(request, "revisions/amendments.html", context)


_kept_amendment_list = public_page(
    keys=lambda: [*COMMON, "processes"], parameters=frozenset({"tema", "proces", "efter"})
)(_amendment_list)


def _themes() -> dict[str, Theme]:
    return {str(theme.number): theme for theme in Theme.objects.all()}


@require_safe
@public_page(keys=lambda number: [*COMMON, f"amendment:{number}"])
def amendment(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "revisions/amendment.html", presenting.amendment_context(number))


# --- "Sig til" ------------------------------------------------------------------------------------


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def say_to_amendment(request: HttpRequest, number: int) -> HttpResponse:
    """About a proposal that is shown; the same 404 for one that is not, and for our own."""
    found = Amendment.objects.public().filter(number=number).first()
    told = _shown_proposal(found) if found is not None else None
    if found is None or told is None:
        raise Http404
    context = {"amendment": found, "back": found.get_absolute_url()}
    return answer_say_to(
        request, told, context, form="revisions/say_to.html", thanks="revisions/said.html"
    )


def _shown_proposal(amendment: Amendment) -> Contribution | None:
    shown = Contribution.objects.visible_to(STRANGER)
    return shown.filter(proposal__amendment=amendment).first()
