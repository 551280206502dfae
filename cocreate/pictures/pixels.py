"""Fresh pixels: an uploaded picture is decoded and drawn anew before anything of it is stored.

Position, maker, comments, thumbnails and bytes hidden behind the image are gone afterwards: stock
Wagtail keeps a photo's GPS position in the original and in its JPEG renditions (trust §0.2).
The decoding happens once, in a child process with a ceiling on memory and time (darkroom.py).
"""

import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL.JpegImagePlugin import JpegImageFile

from cocreate.pictures import darkroom

MAX_BYTES = 10 * 1024 * 1024
# What people send with a story: a phone's own photo is let in, and drawn for a screen.
PHOTO_MAX_BYTES = 15 * 1024 * 1024
PHOTO_SIDE = 1600
MAX_SECONDS = 60
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# What a file name may say; what the file is, its own first bytes decide.
NAMED = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


class PictureRefused(Exception):
    """The file cannot become a picture here; the message is for the person who chose it."""


class FreshPicture(ContentFile):  # type: ignore[type-arg]
    """Pixels we drew ourselves, under a random name. Nothing else is ever written to storage."""


@dataclass(frozen=True)
class Photo:
    """A JPEG we drew ourselves, which holds nothing but its pixels."""

    content: bytes
    width: int
    height: int


def draw_photo(upload: IO[bytes]) -> Photo:
    """A photo of a person's own, drawn anew as a JPEG no larger than a screen, or PictureRefused.

    Its name is not asked for: what it is, its own first bytes decide.
    """
    upload.seek(0)
    content = upload.read(PHOTO_MAX_BYTES + 1)
    if len(content) > PHOTO_MAX_BYTES:
        raise _refusal("photo_bytes")
    kind = _kind(content)
    if not kind:
        raise _refusal("unknown")
    drawn = _developed(content, kind, "JPEG", str(PHOTO_SIDE))
    # The header alone, of what our own child has just written.
    width, height = JpegImageFile(BytesIO(drawn)).size
    return Photo(drawn, width, height)


def redraw(upload: IO[bytes], *, name: str = "") -> FreshPicture:
    """The picture as a new file with a random name, or PictureRefused.

    Refused are: more than 10 MB, more than 40 megapixels (read from the header, before decoding),
    truncated files, other formats, moving pictures, and a name that says another format.
    """
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _refusal("bytes")
    kind = _kind(content)
    if not kind:
        raise _refusal("unknown")
    if name and NAMED.get(name.rpartition(".")[2].lower()) != kind:
        raise _refusal("named")
    return FreshPicture(_developed(content, kind), name=f"{token_hex(16)}.{EXTENSIONS[kind]}")


def _kind(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return ""


def _developed(content: bytes, kind: str, *more: str) -> bytes:
    command = [sys.executable, "-I", str(Path(darkroom.__file__)), kind, *more]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and a word of our own
            command, input=content, capture_output=True, timeout=MAX_SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise _refusal("damaged") from None
    if done.returncode == 0 and done.stdout:
        return done.stdout
    # A decoder that crashed or met the ceiling leaves no word behind.
    raise _refusal(done.stdout.decode() if done.returncode == darkroom.REFUSED else "damaged")


def _refusal(reason: str) -> PictureRefused:
    sentences = {
        "bytes": _("The picture is too large. It may be 10 MB at most."),
        "damaged": _(
            "The picture is damaged or incomplete. Save it again, and choose the new file."
        ),
        "moving": _("The picture moves. Choose one that stands still."),
        "named": _("The name of the file says another format than what is in it. Save it again."),
        "photo_bytes": _("The picture is too large. It may be 15 MB at most."),
        "pixels": _("The picture has too many pixels. It may have 40 million at most."),
        "unknown": _("We could not read the file as a picture. Choose a JPEG, PNG or WebP file."),
    }
    return PictureRefused(sentences[reason])
