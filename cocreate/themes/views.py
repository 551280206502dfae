"""The strategy as everybody may read it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.query import PageQuerySet

from cocreate.pagecache.public_page import public_page
from cocreate.themes import contents
from cocreate.themes.models import EditorialPage, StrategyPage, ThemePage
from cocreate.themes.models.shown import STRATEGY_KEY
from cocreate.themes.models.strategy import MOST_THEMES

# Every page shows the site's texts.
COMMON = ["site", STRATEGY_KEY]


def common_keys() -> list[str]:
    return COMMON


def theme_keys(slug: str) -> list[str]:
    """The voices of every theme: naming only this one's would cost each cached page a query for
    its number. "forums" is for the rooms listed."""
    return [*COMMON, "forums", *(f"voices:theme:{n}" for n in range(1, MOST_THEMES + 1))]


def guideline_keys(code: str) -> list[str]:
    return [*COMMON, f"voices:guideline:{code}"]


@require_safe
@public_page(keys=common_keys)
def strategy(request: HttpRequest) -> HttpResponse:
    page = _in_language(StrategyPage.objects.all())
    if page:
        return _serve(page, request)
    return render(request, "themes/strategy.html", contents.strategy_context())


@require_safe
@public_page(keys=theme_keys)
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    page = _in_language(ThemePage.objects.filter(theme__slug=slug).select_related("theme"))
    if page:
        return _serve(page, request)
    return render(request, "themes/theme.html", contents.theme_context(slug))


@require_safe
@public_page(keys=guideline_keys)
def guideline(request: HttpRequest, code: str) -> HttpResponse:
    try:
        context = contents.guideline_context(code)
    except Http404:
        left_out = contents.last_words(code)
        if left_out is None:
            raise
        # An old code in old minutes leads to its words and to why they were left out.
        return redirect(left_out)
    return render(request, "themes/guideline.html", context)


@require_safe
@public_page(keys=common_keys)
def facts(request: HttpRequest) -> HttpResponse:
    return render(request, "themes/facts.html", contents.facts_context())


def _serve(page: EditorialPage, request: HttpRequest) -> HttpResponse:
    response: HttpResponse = page.serve(request)
    return response


def _in_language(pages: PageQuerySet) -> EditorialPage | None:
    """The editorial page in the language of the address, else the Danish one, else none."""
    spoken = (get_language(), settings.LANGUAGE_CODE)
    live = pages.live().filter(locale__language_code__in=spoken).select_related("locale", "picture")
    found: dict[str, EditorialPage] = {page.locale.language_code: page for page in live}
    return found.get(spoken[0]) or found.get(spoken[1])
