"""Whole-page cache and ETag for pages that everybody may read.

The view says what its page depends on; the middleware keeps the finished answer, headers and all,
and gives it again without waking the rest of the chain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from cocreate.pagecache.models import kept_pages, versions

View = Callable[..., HttpResponse]
KEEP_SECONDS = 15 * 60
# Pages remembered under one key, to be dropped when it is bumped.
MOST_PAGES_A_KEY = 300
KEPT_ATTRIBUTE = "_kept_under"
LONGEST_QUERY = 60


@dataclass(frozen=True)
class Kept:
    """A finished answer, as it went out the first time."""

    content: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Under:
    """What an answer is filed under, and whether a browser may keep it too."""

    names: list[str]
    read: tuple[int, ...]
    kept_by_browsers: bool


def public_page(
    *,
    keys: Callable[..., list[str]],
    parameters: frozenset[str] = frozenset(),
    kept_by_browsers: bool = True,
) -> Callable[[View], View]:
    """For a GET view whose anonymous answer depends on its address and on `keys(**kwargs)` alone.

    `parameters` are the query parameters the view reads; an address with any other is answered
    uncached, so that made-up addresses cannot push real pages out of the cache. A reader with a
    session cookie always gets a page made now. With `kept_by_browsers` off the page is kept here
    alone: a shared computer holds nothing of it (trust requirement 11).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def kept_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not is_shared(request) or not parameters.issuperset(request.GET):
                return view(request, *args, **kwargs)
            names = keys(**kwargs)
            # Read before the content: at worst new content is filed under an old version.
            read = versions(*names)
            response = view(request, *args, **kwargs)
            setattr(response, KEPT_ATTRIBUTE, Under(names, read, kept_by_browsers))
            return response

        return kept_view

    return decorate


class KeptPages:
    """Stands first in the chain. A hit costs one query (the versions) and two look-ups."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_shared(request) or (settings.SECURE_SSL_REDIRECT and not request.is_secure()):
            return self.get_response(request)
        address = _address(request)
        if address is None:
            return self.get_response(request)
        names: list[str] | None = kept_pages.get(f"names:{address}")
        if names is not None:
            found = _found(request, _tag(address, versions(*names)))
            if found is not None:
                return found
        return _keep(self.get_response(request), address)


def is_shared(request: HttpRequest) -> bool:
    """True when the answer may be the same for everybody: no session cookie came along."""
    return request.method in {"GET", "HEAD"} and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _found(request: HttpRequest, tag: str) -> HttpResponse | None:
    kept: Kept | None = kept_pages.get(f"page:{tag}")
    if kept is None:
        return None
    if request.headers.get("If-None-Match") == f'"{tag}"':
        length = {"Content-Length"}
        return HttpResponseNotModified(
            headers={name: value for name, value in kept.headers.items() if name not in length}
        )
    return HttpResponse(kept.content, headers=kept.headers)


def _keep(response: HttpResponse, address: str) -> HttpResponse:
    under: Under | None = getattr(response, KEPT_ATTRIBUTE, None)
    if under is None or response.status_code != 200 or response.cookies:
        return response
    names = under.names
    tag = _tag(address, under.read)
    if under.kept_by_browsers:
        response.headers["ETag"] = f'"{tag}"'
        # Kept by the browser, asked about each time: a hidden post is gone at the next request.
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Cookie"])
    kept_pages.set(f"page:{tag}", Kept(response.content, dict(response.headers)), KEEP_SECONDS)
    kept_pages.set(f"names:{address}", names, KEEP_SECONDS)
    _remember(names, f"page:{tag}")
    return response


def _remember(names: list[str], page: str) -> None:
    lists = kept_pages.get_many([f"under:{name}" for name in names])
    grown = {
        f"under:{name}": [*lists.get(f"under:{name}", []), page][-MOST_PAGES_A_KEY:]
        for name in names
    }
    kept_pages.set_many(grown, KEEP_SECONDS)


def _address(request: HttpRequest) -> str | None:
    """Path and query under this release; None for a query that is not in its one plain spelling.

    The host is checked but left out, and `?&&side=2` is no page of its own: otherwise made-up
    addresses could fill the cache with copies of one page.
    """
    request.get_host()
    query = request.META.get("QUERY_STRING", "")
    if query and (len(query) > LONGEST_QUERY or query != request.GET.urlencode()):
        return None
    # Dates leave out this year, and what is shown from one day to another changes at midnight:
    # every day each page is another.
    named = f"{settings.RELEASE}\n{timezone.localdate()}\n{request.path}?{query}"
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _tag(address: str, read: tuple[int, ...]) -> str:
    return blake2b(f"{address}\n{read}".encode(), digest_size=16).hexdigest()
