"""A photo or a voice of a story that was sent: for its host, and for its author."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.access import AUTHORS_READ, hosted_or_404
from cocreate.contributions.handing_out import hand_out
from cocreate.contributions.models import Attachment, Contribution
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import showing
from cocreate.moderation.author_door import authors_only, home_of
from cocreate.moderation.errors import NotFromHere, NothingToShow, Refused
from cocreate.moderation.forms import LookForm
from cocreate.moderation.views import Host, page_of_item, refused_item


def _attached_or_404(contribution: Contribution, file_id: str) -> Attachment:
    found = contribution.attachments.filter(public_id=file_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
def for_host(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    contribution = hosted_or_404(Host.of(request).viewer, public_id)
    return hand_out(request, _attached_or_404(contribution, file_id))


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A host says what can be seen in a photo, or that a voice has been heard."""
    host = Host.of(request)
    contribution = hosted_or_404(host.viewer, public_id)
    if request.method != "POST":
        return redirect("desk_item", public_id)
    attachment = _attached_or_404(contribution, file_id)
    form = LookForm(request.POST, attachment=attachment)
    if not form.is_valid():
        return page_of_item(request, host, contribution, look_form=form, status=422)
    said = form.cleaned_data
    try:
        showing.look_at(
            attachment, by=host.user, known=said.get("known", ""), refused=said["refused"]
        )
    except Refused as refusal:
        return refused_item(request, host, contribution, refusal)
    messages.success(request, _("Your answer is saved."), extra_tags=contribution.public_id)
    return redirect("desk_item", public_id)


@require_safe
@authors_only
def for_author(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, *, file_id: str
) -> HttpResponse:
    if contribution.state not in AUTHORS_READ:
        raise Http404
    return hand_out(request, _attached_or_404(contribution, file_id))


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def take_out(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, *, file_id: str
) -> HttpResponse:
    """ "Fjern": asked once. A second press finds that it is gone, which is what was wanted."""
    home = home_of(viewer, contribution)
    found = contribution.attachments.filter(public_id=file_id).first()
    if request.method != "POST":
        if found is None:
            raise Http404
        context = {"contribution": contribution, "attachment": found, "home": home}
        return render(request, "author/take_out.html", context)
    try:
        if found is not None:
            showing.take_out(found)
    except NothingToShow:
        context = {"contribution": contribution, "attachment": found, "home": home}
        return render(request, "author/take_out.html", {**context, "is_last": True}, status=409)
    except NotFromHere:
        pass
    messages.success(request, _("It is gone."))
    return redirect(home)
