"""The author's side of the thread with the hosts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import AUTHORS_READ
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import thread
from cocreate.moderation.author_door import (
    FORMS_AT_A_TIME,
    HELP,
    authors_only,
    home_of,
    title_of,
    wait_to_send,
)
from cocreate.moderation.author_forms import MessageForm
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import NotFromHere
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import asked_about
from cocreate.text.plain import clean


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def talk(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """ "Skriv til værterne": a private word, and what they have answered."""
    if contribution.state not in AUTHORS_READ:
        return _too_late(request, viewer, contribution)
    if request.method != "POST":
        return show_thread(request, viewer, contribution)
    form = MessageForm(request.POST)
    valid = form.is_valid()
    if too_many(request, "message", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return show_thread(request, viewer, contribution, form, status=429)
    if not valid:
        return show_thread(request, viewer, contribution, form, status=422)
    if about := asked_about(form):
        return show_thread(request, viewer, contribution, form, status=422, **about)
    said = form.cleaned_data
    try:
        written = thread.write(contribution, text=said["text"], submission_id=said["submission_id"])
    except NotFromHere:
        return _too_late(request, viewer, contribution)
    sentence = _("We have your message. You get an answer on %(day)s at the latest.")
    told = sentence % {"day": day_in_words(read_by(written.at))}
    messages.success(request, told, extra_tags=HELP if written.worry else "")
    return redirect(home_of(viewer, contribution))


def show_thread(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    form: MessageForm | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    said = thread.messages_of(contribution)
    if request.method != "HEAD" and any(row.from_host and row.read_at is None for row in said):
        thread.mark_read(contribution)
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "said": said,
        "form": form or MessageForm(),
        "home": home_of(viewer, contribution),
        **more,
    }
    return render(request, "author/thread.html", context, status=status)


def _too_late(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """It was taken back: nothing more is written about it, and what was typed is given back."""
    if "text" not in request.POST:
        raise Http404
    context = {
        "contribution": contribution,
        "kept": clean(request.POST["text"]),
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/too_late.html", context, status=409)
