"""What a host decides about where a note is from; the note itself is decided on at the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cocreate.boards import operations
from cocreate.boards.models import HarvestedNote
from cocreate.contributions.access import hosted_or_404
from cocreate.moderation.views import Host


@require_http_methods(["GET", "HEAD", "POST"])
def leave_out_group_name(request: HttpRequest, public_id: str) -> HttpResponse:
    """The note can be shown, and the name of its group cannot."""
    contribution = hosted_or_404(Host.of(request).viewer, public_id)
    note = get_object_or_404(
        HarvestedNote.objects.select_related("workshop__room"), pk=contribution.pk
    )
    if request.method == "POST":
        operations.leave_out_group_name(note)
        messages.success(
            request, _("The group's name is left out, here and at the notes beside it.")
        )
    return redirect("desk_item", public_id)
