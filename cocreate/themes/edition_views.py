"""Any edition of the strategy as everybody may read it, and what two of them have and have not."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cocreate.pagecache.public_page import public_page
from cocreate.themes import edition_contents as contents
from cocreate.themes.models.shown import STRATEGY_KEY
from cocreate.themes.models.strategy import MOST_THEMES

# Every page shows the site's texts.
KEYS = ["site", STRATEGY_KEY]


def edition_keys(edition: int) -> list[str]:
    return KEYS


def passage_keys(edition: int, ref: str) -> list[str]:
    return KEYS


def comparison_keys(newer: int, older: int) -> list[str]:
    return KEYS


@require_safe
@public_page(keys=edition_keys)
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    return render(request, "themes/edition.html", contents.edition_context(edition))


@require_safe
@public_page(keys=passage_keys)
def passage(request: HttpRequest, edition: int, ref: str) -> HttpResponse:
    return render(request, "themes/passage.html", contents.passage_context(edition, ref))


@require_safe
@public_page(keys=comparison_keys, parameters=frozenset({"tema", "stykke"}))
def compare(request: HttpRequest, newer: int, older: int) -> HttpResponse:
    chosen = contents.Chosen(_theme(request.GET), _passage(request.GET))
    context = contents.comparison_context(newer, older, chosen)
    return render(request, "themes/compare.html", context)


def _theme(asked: QueryDict) -> int | None:
    """0 is what stands outside all themes."""
    if "tema" not in asked:
        return None
    number = {str(number): number for number in range(MOST_THEMES + 1)}.get(str(asked["tema"]))
    if number is None:
        raise Http404
    return number


def _passage(asked: QueryDict) -> UUID | None:
    if "stykke" not in asked:
        return None
    try:
        return UUID(str(asked["stykke"]))
    except ValueError as error:
        raise Http404 from error
