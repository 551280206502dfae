"""What an author answers to a host's words, and their own new wording."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import AUTHORS_READ
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution, Scope, State
from cocreate.contributions.operations import AlreadyDecided
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import editing, operations
from cocreate.moderation.author_door import (
    FORMS_AT_A_TIME,
    authors_only,
    home_of,
    newest_wordings,
    shown_with,
    title_of,
    wait_to_send,
)
from cocreate.moderation.author_forms import Asks, RewordForm
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import NotApproved, NotFromHere
from cocreate.moderation.models import SuggestedEdit
from cocreate.moderation.templatetags.days import day_in_words, moment_in_words
from cocreate.moderation.voice_forms import asked_about
from cocreate.text.plain import clean

# What the author can answer to a host's words. Own words are sent again (reword).
EDIT_ANSWERS = {"yes": editing.accept, "no": editing.decline, "regret": editing.regret}
CAN_BE_REWORDED = (State.PENDING, State.RETURNED)
# The fields of a form that hold a person's words, in the order of the page.
WORDS = ("title", "proposed", "text")


@sensitive_post_parameters("text", "title", "proposed")
@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def reword(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """ "Ret og send igen": the author's own new wording, for a host to read."""
    asks = _asks(viewer, contribution)
    if request.method != "POST" or asks is None or contribution.state not in CAN_BE_REWORDED:
        is_sent = request.method == "POST"
        typed = request.POST.dict() if is_sent else _hosts_words(request, contribution)
        return show_reword(request, viewer, contribution, typed=typed)
    form = RewordForm(request.POST, asks=asks)
    valid = form.is_valid()
    if too_many(request, "reword", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return show_reword(request, viewer, contribution, form, status=429)
    if not valid:
        return show_reword(request, viewer, contribution, form, status=422)
    about = asked_about(form)
    if about:
        return show_reword(request, viewer, contribution, form, status=422, **about)
    if form.asks_for_consent():
        return show_reword(request, viewer, contribution, form, status=422, unused=True)
    return _send_again(request, viewer, contribution, form)


def _hosts_words(request: HttpRequest, contribution: Contribution) -> dict[str, Any] | None:
    """What a host proposes, to begin from when one writes one's own."""
    edit = editing.open_edit(contribution) if "forslag" in request.GET else None
    if edit is None:
        return None
    return {name: getattr(edit.version, name) or "" for name in WORDS}


def _send_again(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, form: RewordForm
) -> HttpResponse:
    home = redirect(home_of(viewer, contribution))
    if contribution.state == State.PENDING and form.says_the_same():
        return home
    try:
        wording = operations.send_again(contribution, form.given(viewer))
    except AlreadyDecided:
        return show_reword(request, viewer, contribution, typed=request.POST.dict())
    contribution.refresh_from_db()
    day = day_in_words(read_by(contribution.state_changed_at))
    said = _("We have your new text. A host reads it on %(day)s at the latest.") % {"day": day}
    kinds = frozenset(wording.findings.values_list("kind", flat=True))
    messages.success(request, said, extra_tags=shown_with(kinds))
    return home


def _asks(viewer: Viewer, contribution: Contribution) -> Asks | None:
    newest = newest_wordings(viewer, [contribution]).get(contribution.pk)
    if newest is None or newest.text is None:
        return None
    scopes = contribution.consents.active().values_list("scope", flat=True)
    named = contribution.author is not None and contribution.author.speaks_in_own_name
    return Asks(contribution, newest, frozenset(scopes), speaks_in_own_name=named)


def show_reword(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    form: RewordForm | None = None,
    *,
    typed: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The form with what was typed; when it is too late to send, the words alone."""
    contribution.refresh_from_db(fields=["state"])
    home = home_of(viewer, contribution)
    asks = _asks(viewer, contribution)
    if asks is None or contribution.state not in CAN_BE_REWORDED:
        words = [clean(str((typed or {}).get(name, ""))) for name in WORDS]
        kept = "\n\n".join(filter(None, words))
        context = {"contribution": contribution, "kept": kept, "home": home}
        return render(request, "author/too_late.html", context, status=409)
    newest = asks.newest
    before = {"text": newest.text, "title": newest.title or "", "proposed": newest.proposed or ""}
    context = {
        "contribution": contribution,
        "form": form or RewordForm(asks=asks, initial={**before, **(typed or {})}),
        "said_yes_to": [label for value, label in Scope.choices if value in asks.scopes],
        "home": home,
        **more,
    }
    return render(request, "author/reword.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def suggested_edit(
    request: HttpRequest, viewer: Viewer, contribution: Contribution
) -> HttpResponse:
    """A host's words: yes, no, or one's own; and a yes that is regretted."""
    edit = editing.newest_edit(contribution)
    if edit is None or contribution.state not in AUTHORS_READ:
        raise Http404
    if request.method != "POST":
        return _show_edit(request, viewer, contribution, edit)
    act = EDIT_ANSWERS.get(request.POST.get("answer", ""))
    # The answer is to the words that stood on the page.
    if act is None or request.POST.get("edit") != str(edit.pk):
        return _show_edit(request, viewer, contribution, edit, status=409)
    try:
        act(edit)
    except (NotFromHere, NotApproved):
        return _show_edit(request, viewer, contribution, edit, status=409)
    contribution.refresh_from_db()
    if contribution.state in {State.APPROVED, State.PENDING}:
        messages.success(request, _answered(contribution))
    return redirect(home_of(viewer, contribution))


def _answered(contribution: Contribution) -> str:
    if contribution.state == State.APPROVED:
        said = _(
            "We have your yes. It is shown on %(moment)s. You can change your mind until then."
        )
        return said % {"moment": moment_in_words(contribution.publish_at)}
    said = _("We have your answer. A host reads it on %(day)s at the latest.")
    return said % {"day": day_in_words(read_by(contribution.state_changed_at))}


def can_be_regretted(edit: SuggestedEdit, contribution: Contribution) -> bool:
    return edit.stands and contribution.state in editing.CAN_BE_REGRETTED


def _show_edit(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    edit: SuggestedEdit,
    *,
    status: int = 200,
) -> HttpResponse:
    contribution.refresh_from_db()
    edit.refresh_from_db(fields=["answer", "answered_at", "regretted_at"])
    scopes = set(contribution.consents.active().values_list("scope", flat=True))
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "edit": edit,
        "can_be_regretted": can_be_regretted(edit, contribution)
        and contribution.versions.last_approved() == edit.version,
        "uses": [label for value, label in Scope.choices if value in scopes],
        "shows": Scope.SHOW in scopes,
        "is_refused": status != 200,
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/edit.html", context, status=status)
