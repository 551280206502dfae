"""A photo or a voice of one's own draft, and of a story that is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cocreate.contributions.handing_out import hand_out
from cocreate.contributions.models import Attachment
from cocreate.contributions.viewer import Viewer
from cocreate.stories import files
from cocreate.stories.curation import public_stories


@require_safe
def of_draft(request: HttpRequest, file_id: str) -> HttpResponse:
    found = files.own_or_none(Viewer.of(request), file_id)
    if found is None:
        raise Http404
    return hand_out(request, found)


@require_safe
def of_story(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """The same 404 for what waits, is hidden, was taken back and never was."""
    told = public_stories().filter(public_id=public_id)
    found = Attachment.objects.filter(shown=True, contribution__in=told, public_id=file_id).first()
    if found is None:
        raise Http404
    return hand_out(request, found)
