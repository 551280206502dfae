""" "Bed en anden se på det": an author asks another host than the first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution
from cocreate.contributions.viewer import Viewer
from cocreate.help.words import kinds_in
from cocreate.moderation import appeals
from cocreate.moderation.author_door import (
    FORMS_AT_A_TIME,
    authors_only,
    home_of,
    shown_with,
    title_of,
    wait_to_send,
)
from cocreate.moderation.author_forms import AppealForm
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import NotFromHere
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import asked_about


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def ask_for_another_look(
    request: HttpRequest, viewer: Viewer, contribution: Contribution
) -> HttpResponse:
    """ "Bed en anden se på det": another host than the first decides. Asking twice is asking once."""
    if request.method != "POST":
        return show_appeal(request, viewer, contribution, AppealForm())
    form = AppealForm(request.POST)
    valid = form.is_valid()
    if too_many(request, "appeal", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return show_appeal(request, viewer, contribution, form, status=429)
    if not valid:
        return show_appeal(request, viewer, contribution, form, status=422)
    decision = appeals.decision_to_appeal(contribution)
    if decision is None:
        return show_appeal(request, viewer, contribution, form, status=409)
    about = asked_about(form)
    if about:
        return show_appeal(request, viewer, contribution, form, status=422, **about)
    try:
        asked = appeals.appeal(decision, text=form.cleaned_data["text"])
    except NotFromHere:
        # A host changed it in the meantime: the page says that there is nothing to ask about.
        return show_appeal(request, viewer, contribution, form, status=409)
    day = day_in_words(read_by(asked.at))
    said = _("Another host looks at it. You get an answer on %(day)s at the latest.")
    kinds = kinds_in(form.cleaned_data["text"])
    messages.success(request, said % {"day": day}, extra_tags=shown_with(kinds))
    return redirect(home_of(viewer, contribution))


def show_appeal(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    form: AppealForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "form": form,
        "can_be_asked": appeals.decision_to_appeal(contribution) is not None,
        "home": home_of(viewer, contribution),
        **more,
    }
    return render(request, "author/appeal.html", context, status=status)
