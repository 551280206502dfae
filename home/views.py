"""The pages that staff write, and the only way to a stored file."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.query import PageQuerySet
from wagtail.views import serve

from cocreate.pagecache.public_page import public_page
from home import access
from home.models import FIXED_SLUGS, SITE_KEY, HomePage, StandardPage

# Our own table: a guess from the system's would make a browser run what it should only save.
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_DAY = 24 * 60 * 60


def _front_keys() -> list[str]:
    return [SITE_KEY, "strategy", "stories"]


def _site_keys(**_kwargs: str) -> list[str]:
    return [SITE_KEY]


@require_safe
@public_page(keys=_front_keys)
def front(request: HttpRequest) -> HttpResponse:
    return _show(request, HomePage.objects.live())


@require_safe
@public_page(keys=_site_keys)
def standard(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages that other pages link to by name."""
    return _show(request, StandardPage.objects.live().filter(slug=FIXED_SLUGS[name]))


@require_safe
@public_page(keys=_site_keys)
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Every other page, by its place in Wagtail's tree: in this language, else in Danish."""
    try:
        answer: HttpResponse = serve(request, path)
    except Http404:
        answer = _danish(request, path)
    return answer


def _danish(request: HttpRequest, path: str) -> HttpResponse:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    root = site.root_page.specific
    found, args, kwargs = root.route(request, [part for part in path.split("/") if part])
    answer: HttpResponse = found.serve(request, *args, **kwargs)
    return answer


def _show(request: HttpRequest, pages: PageQuerySet) -> HttpResponse:
    """The page in the language of the address; the Danish one where that is not written yet."""
    spoken = [translation.get_language(), settings.LANGUAGE_CODE]
    found = {
        page.locale.language_code: page
        for page in pages.filter(locale__language_code__in=spoken).select_related("locale")
    }
    page = found.get(spoken[0]) or found.get(spoken[1])
    if page is None:
        raise Http404
    answer: HttpResponse = page.serve(request)
    return answer


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """The access function of every stored file. "Not yours" and "not there" are the same 404."""
    if "\x00" in name:
        raise Http404
    if access.public_file(name):
        return _file(name, f"private, max-age={A_DAY}")
    if access.sees_all_files(request) and access.known_file(name):
        return _file(name, "private, no-store")
    raise Http404


def _file(name: str, cache_control: str) -> FileResponse:
    try:
        stored = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    kind = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    headers = {
        "Cache-Control": cache_control,
        "X-Content-Type-Options": "nosniff",
        # Opened by itself, not even a file that passed every check may act as a page of ours.
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return FileResponse(
        stored,
        as_attachment=kind is None,
        content_type=kind or "application/octet-stream",
        headers=headers,
    )
