"""Answers that belong to no app: health, the stale form, the accessibility statement."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

LONG_ANSWER = 60
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
    except DatabaseError:
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


def gone(request: HttpRequest, rest: str) -> HttpResponse:
    """An address of a library that this product does not offer."""
    raise Http404
