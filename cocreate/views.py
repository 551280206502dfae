"""Answers that belong to no app: health, the stale form, the accessibility statement."""

import sys
from http import HTTPStatus
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

LONG_ANSWER = 60
# What is longer than a form may be is still read so far that its words can be given back.
MOST_GIVEN_BACK = 8_000_000
MOST_FIELDS = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
WRITTEN_BY_A_PERSON = {"title", "text", "message", "proposed"}
SENT_BY_MACHINERY = {"csrfmiddlewaretoken"}


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The process can do its work: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """The short address the law asks for leads to the statement at was.digst.dk."""
    if not settings.ACCESSIBILITY_STATEMENT_URL:
        raise Http404
    return HttpResponseRedirect(settings.ACCESSIBILITY_STATEMENT_URL)


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that lay open too long: shown again with all that was written and a fresh token."""
    fields = [
        (name, value, len(value) > LONG_ANSWER or "\n" in value)
        for name, values in request.POST.lists()
        if name not in SENT_BY_MACHINERY
        for value in values
        if isinstance(value, str)
    ]
    context = {"fields": fields, "action": request.get_full_path()}
    return render(request, "csrf_failure.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something damaged; or a text far too long, whose words are given back to be copied.

    No browser may keep a form page (PrivateHeaders), and not all give typed words back on Back.
    """
    if isinstance(exception, RequestDataTooBig):
        context = {
            "words": _words_of_a_large_body(request),
            "story": settings.STORY_MAX_LENGTH,
            "post": settings.POST_MAX_LENGTH,
        }
        return render(request, "413.html", context, status=413)
    return render(request, "400.html", status=400)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke. When it was the database that did not answer, it is a matter of minutes, and
    the page says so; either page names whom one can call without asking the database."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    context = {"words": _words_sent(request)}
    page = get_template("503.html" if is_away else "500.html").render(context)
    headers = {"Cache-Control": "no-store", **({"Retry-After": "120"} if is_away else {})}
    return HttpResponse(page, status=status, headers=headers)


def _words_sent(request: HttpRequest) -> list[str]:
    """What a person wrote in the form that could not be taken in, to be copied."""
    try:
        sent = [request.POST.getlist(name) for name in sorted(WRITTEN_BY_A_PERSON)]
    except (RequestDataTooBig, UnreadablePostError, MultiPartParserError, UnicodeError):
        return []
    return [words for values in sent for words in values if words.strip()]


def _words_of_a_large_body(request: HttpRequest) -> list[str]:
    """What was written, in the order of the form; nothing of a body that is no form of ours."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    is_ours = request.content_type == "application/x-www-form-urlencoded"
    if not is_ours or size > MOST_GIVEN_BACK:
        return []
    sent = request.read(size).decode("ascii", "replace")
    fields = [field.partition("=") for field in sent.split("&", MOST_FIELDS)[:MOST_FIELDS]]
    said = [unquote_plus(value) for name, _is, value in fields if name in WRITTEN_BY_A_PERSON]
    return [words.replace("\0", "") for words in said if words.strip()]


def gone(request: HttpRequest, rest: str) -> HttpResponse:
    """An address of a library that this product does not offer."""
    raise Http404
