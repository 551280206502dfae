"""What an author allows, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cocreate.contributions.models import Contribution, Scope, State
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import operations
from cocreate.moderation.author_door import authors_only, home_of, title_of


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
