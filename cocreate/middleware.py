"""What holds for every response, errors, files and refusals included."""

from collections.abc import Callable
from urllib.parse import unquote

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]
# What browsers send; Python knows codecs that are not for text at all.
TEXT_ENCODINGS = {"utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"}


class ContentPolicy(CSPMiddleware):
    """The strict policy everywhere, Wagtail's own under /admin/ (settings say why)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith("/admin/"):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class PrivateHeaders:
    """Headers Django has no setting for, and `no-store` for whatever did not say otherwise.

    A page that names no cache rule may hold somebody's words: on a shared library computer the
    back button must not show it (trust requirement 11).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class BadInput:
    """A NUL byte in an address, query or cookie is answered before a database sees it.

    PostgreSQL refuses NUL in any text, also in a session key, and that would be a server error. So
    would a body said to be in "base64" or another codec that is not for text.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = unquote(request.META.get("QUERY_STRING", "") + request.META.get("HTTP_COOKIE", ""))
        if "\x00" in request.path_info or "\x00" in asked or not _is_text(request):
            return render(request, "400.html", status=400)
        return self.get_response(request)


def _is_text(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8")
    return charset.strip().lower() in TEXT_ENCODINGS


class LanguageFromAddress:
    """The address alone decides the language: no cookie, no negotiation, no Vary (design §5).

    Django's LocaleMiddleware would add `Vary: Accept-Language` to every Danish page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
