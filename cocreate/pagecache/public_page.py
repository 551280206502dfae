"""Whole-page cache and ETag for pages that everybody may read."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from cocreate.pagecache.models import versions

View = Callable[..., HttpResponse]
KEEP_SECONDS = 24 * 60 * 60
# With these the page may look different to this reader, and a shared copy must not be used.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME,)


def public_page(
    *, keys: Callable[..., list[str]], parameters: frozenset[str] = frozenset()
) -> Callable[[View], View]:
    """For a GET view whose anonymous answer depends on its address and on `keys(**kwargs)` alone.

    `parameters` are the query parameters the view reads; an address with any other is answered
    uncached, so that made-up addresses cannot push real pages out of the cache. A reader with a
    session cookie always gets a page made now.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def cached_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_shared(request, parameters):
                return view(request, *args, **kwargs)
            return _answer(request, keys(**kwargs), lambda: view(request, *args, **kwargs))

        return cached_view

    return decorate


def _is_shared(request: HttpRequest, parameters: frozenset[str]) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and parameters.issuperset(request.GET)
        and not any(name in request.COOKIES for name in PERSONAL_COOKIES)
    )


def _answer(
    request: HttpRequest, keys: list[str], make: Callable[[], HttpResponse]
) -> HttpResponse:
    # The versions are read before the content: at worst new content is filed under an old version.
    tag = _tag(request, versions(*keys))
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return _finish(HttpResponseNotModified(), tag)
    kept: tuple[bytes, str] | None = cache.get(f"page:{tag}")
    if kept is not None:
        return _finish(HttpResponse(kept[0], content_type=kept[1]), tag)
    response = make()
    if response.status_code != 200 or response.cookies:
        return response
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    cache.set(f"page:{tag}", (response.content, response["Content-Type"]), KEEP_SECONDS)
    return _finish(response, tag)


def _finish(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = f'"{tag}"'
    # Kept by the browser, asked about each time: a hidden post is gone at the next request.
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _tag(request: HttpRequest, read: tuple[int, ...]) -> str:
    named = f"{settings.RELEASE}\n{request.get_host()}\n{request.get_full_path()}\n{read}"
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
