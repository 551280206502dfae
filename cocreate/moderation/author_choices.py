"""What an author allows, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.kinds import kind_of
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution, KindName, Scope, State
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import allowing, lost_codes, operations
from cocreate.moderation.author_door import (
    FORMS_AT_A_TIME,
    authors_only,
    home_of,
    newest_wordings,
    title_of,
    wait_to_send,
)
from cocreate.moderation.author_forms import ASKS_WITH_BOXES, NameForm
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import NoConsentToShow, NotApproved, NotFromHere, OpenFindings
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import asked_about
from cocreate.text.html import to_html
from cocreate.text.plain import clean
from cocreate.wordings.built_in import CONSENTS
from cocreate.wordings.reading import in_force, read_asked_in

# Quoting and reading aloud are asked of those whose form has the boxes for it.
FOR_ALL = (Scope.SHOW, Scope.ANALYSE)
CANNOT_BE_ALLOWED = (State.DRAFT, State.WITHDRAWN)
# In this session's keys: what was erased from it, so that a second press is answered alike.
ERASED_KEY = "erased"


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def withdraw(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """ "Træk tilbage": no reason is asked for, and it holds from the next request."""
    if request.method == "POST":
        operations.withdraw(contribution)
        return redirect("withdraw", contribution.public_id)
    quoted = contribution.consents.active().filter(scope=Scope.QUOTE).exists()
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "is_done": contribution.state == State.WITHDRAWN,
        "may_be_quoted": quoted,
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def revoke_consent(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, *, scope: str
) -> HttpResponse:
    """Takes back one yes, after a page that says what follows."""
    if scope not in Scope.values or contribution.state == State.WITHDRAWN:
        raise Http404
    home = home_of(viewer, contribution)
    if request.method == "POST":
        operations.revoke_consent(contribution, scope)
        messages.success(request, _("You have taken back your yes."))
        return redirect(home)
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "scope": Scope(scope),
        "is_given": contribution.consents.active().filter(scope=scope).exists(),
        "shows": scope == Scope.SHOW,
        "quotes": scope == Scope.QUOTE,
        "home": home,
    }
    return render(request, "author/revoke.html", context)


def scopes_of(contribution: Contribution) -> tuple[str, ...]:
    """What its author can say yes to."""
    has_boxes = KindName(contribution.kind) in ASKS_WITH_BOXES
    return tuple(Scope) if has_boxes else FOR_ALL


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def give_consent(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, *, scope: str
) -> HttpResponse:
    """A yes that comes later, to the wording that stands on the page."""
    if scope not in scopes_of(contribution) or contribution.state in CANNOT_BE_ALLOWED:
        raise Http404
    if request.method != "POST":
        return _show_give(request, viewer, contribution, scope)
    wording = request.POST.get("wording", "")
    try:
        number = int(wording) if wording.isdecimal() and len(wording) < 6 else 0
        asked = read_asked_in(clean(request.POST.get("asked_in", "")[:40], lines=False))
        now = in_force([CONSENTS[scope]])[CONSENTS[scope]].number
        asked_in = asked.get(scope, now)
        allowing.give_consent(contribution, scope, wording=number, asked_in=asked_in)
    except NotFromHere:
        return _show_give(request, viewer, contribution, scope, status=409)
    contribution.refresh_from_db()
    said = _("You have said yes.")
    if contribution.state == State.PENDING and scope == Scope.SHOW:
        day = day_in_words(read_by(contribution.state_changed_at))
        read = _("A host reads it on %(day)s at the latest.") % {"day": day}
        said = f"{said} {read}"
    messages.success(request, said)
    return redirect(home_of(viewer, contribution))


def _show_give(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    scope: str,
    *,
    status: int = 200,
) -> HttpResponse:
    contribution.refresh_from_db(fields=["state"])
    newest = newest_wordings(viewer, [contribution]).get(contribution.pk)
    context = {
        "contribution": contribution,
        "title": (newest.title if newest else "") or "",
        "html": to_html((newest.text if newest else "") or ""),
        "wording": newest.number if newest else 0,
        "scope": Scope(scope),
        "question": in_force([CONSENTS[scope]])[CONSENTS[scope]],
        "is_given": contribution.consents.active().filter(scope=scope).exists(),
        "waits": scope == Scope.SHOW and contribution.state == State.KEPT,
        "is_refused": status != 200,
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/give.html", context, status=status)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def change_name(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """What stands where a name could stand; none takes effect at the next request."""
    names = kind_of(contribution).names
    author = contribution.author
    speaks = author is not None and author.speaks_in_own_name
    if names is None or speaks or contribution.state in CANNOT_BE_ALLOWED:
        raise Http404
    if request.method != "POST":
        initial = {"level": names.level_of(contribution), "text": contribution.alias or ""}
        return _show_name(request, viewer, contribution, NameForm(initial=initial, names=names))
    form = NameForm(request.POST, names=names)
    valid = form.is_valid()
    if too_many(request, "name", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return _show_name(request, viewer, contribution, form, status=429)
    if not valid:
        return _show_name(request, viewer, contribution, form, status=422)
    if about := asked_about(form):
        return _show_name(request, viewer, contribution, form, status=422, **about)
    said = form.cleaned_data
    try:
        allowing.change_name(contribution, level=said["level"], alias=said["text"])
    except NotFromHere:
        form.add_error(None, _("A host has decided about it. Now you can only take the name off."))
        return _show_name(request, viewer, contribution, form, status=409)
    messages.success(request, _("Your choice of name is saved."))
    return redirect(home_of(viewer, contribution))


def _show_name(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    form: NameForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    shown = {State.PUBLISHED, State.APPROVED}
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "form": form,
        "is_shown": contribution.state in shown,
        "home": home_of(viewer, contribution),
        **more,
    }
    return render(request, "author/name.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def object_to(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """Somebody says that it is theirs and has lost the code; the holder of the code says no."""
    home = home_of(viewer, contribution)
    if request.method == "POST":
        try:
            lost_codes.object_to(contribution)
        except (NotFromHere, NoConsentToShow, NotApproved, OpenFindings):
            return _show_objection(request, viewer, contribution, status=409)
        messages.success(request, _("It is shown on the site again."))
        return redirect(home)
    return _show_objection(request, viewer, contribution)


def _show_objection(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, *, status: int = 200
) -> HttpResponse:
    contribution.refresh_from_db()
    context = {
        "contribution": contribution,
        "title": title_of(viewer, contribution),
        "against": lost_codes.hiding(contribution),
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/object.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """ "Slet for altid": asks once, and leaves neither words nor name; it cannot be undone."""
    if request.method == "POST" and request.session.get(ERASED_KEY) == public_id:
        return redirect("erased")
    answer: HttpResponse = _erase(request, public_id=public_id)
    return answer


@authors_only
def _erase(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    if request.method != "POST":
        quoted = contribution.consents.filter(scope=Scope.QUOTE).exists()
        context = {
            "contribution": contribution,
            "title": title_of(viewer, contribution),
            "may_be_quoted": quoted,
            "home": home_of(viewer, contribution),
        }
        return render(request, "author/erase.html", context)
    operations.erase_now(contribution)
    request.session[ERASED_KEY] = contribution.public_id
    return redirect("erased")


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Says what is gone and what nobody can fetch back; it shows nothing of what it was."""
    viewer = Viewer.of(request)
    context = {"by_code": bool(viewer.receipts), "by_account": viewer.user is not None}
    return render(request, "author/erased.html", context)
