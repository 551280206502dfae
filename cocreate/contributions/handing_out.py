"""How the bytes of a photo or a voice go out, once an access function has said that they may."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from cocreate.contributions.attachments import content_of
from cocreate.contributions.models import Attachment, AttachmentKind

CONTENT_TYPES = {AttachmentKind.PHOTO: "image/jpeg", AttachmentKind.VOICE: "audio/ogg"}
# One range, as players ask for it; what asks for several gets the whole.
RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
# Opened by itself, not even sound or pixels of ours may act as a page.
ALONE = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'"


def hand_out(
    request: HttpRequest, attachment: Attachment, *, is_public: bool = False
) -> HttpResponse:
    """Never kept by anybody but the browser of somebody who may read a public page, and by that one
    only to ask us each time whether it still may be seen."""
    tag = f'"{attachment.public_id}"'
    if is_public and request.headers.get("If-None-Match") == tag:
        return _with_headers(HttpResponseNotModified(), tag, is_public=True)
    try:
        content = content_of(attachment)
    except FileNotFoundError:
        raise Http404 from None
    answer = _part_or_whole(request, content)
    answer.headers["Content-Type"] = CONTENT_TYPES[AttachmentKind(attachment.kind)]
    answer.headers["Accept-Ranges"] = "bytes"
    return _with_headers(answer, tag, is_public=is_public)


def _with_headers(answer: HttpResponse, tag: str, *, is_public: bool) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-cache" if is_public else "private, no-store"
    if is_public:
        answer.headers["ETag"] = tag
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
