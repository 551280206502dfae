"""How the bytes of a photo or a voice go out, once an access function has said that they may."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from cocreate.contributions.attachments import content_of
from cocreate.contributions.models import Attachment, AttachmentKind

CONTENT_TYPES = {AttachmentKind.PHOTO: "image/jpeg", AttachmentKind.VOICE: "audio/ogg"}
# One range, as players ask for it; what asks for several gets the whole.
RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
# Opened by itself, not even sound or pixels of ours may act as a page.
ALONE = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'"


def hand_out(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """Kept by no browser, as the page it stands on: at a shared computer the next person finds it
    no more than the words."""
    try:
        content = content_of(attachment)
    except FileNotFoundError:
        raise Http404 from None
    answer = _part_or_whole(request, content)
    answer.headers["Content-Type"] = CONTENT_TYPES[AttachmentKind(attachment.kind)]
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = "inline"
    return answer


def _part_or_whole(request: HttpRequest, content: bytes) -> HttpResponse:
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return HttpResponse(content)
    first, last = asked.groups()
    size = len(content)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {start}-{end}/{size}"}
    return HttpResponse(content[start : end + 1], status=206, headers=headers)
