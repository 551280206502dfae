"""The child process in which an uploaded picture is decoded and drawn anew.

Decoders are where hostile files strike: they run here, in a process of their own that knows no
settings, no database and no environment, with a ceiling on memory and time and no way to write a
file. It needs the standard library and Pillow only; pixels.py starts it and reads its answer:
the fresh picture on standard output, or one word that says why there is none.
"""

import resource
import sys
import warnings
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

MAX_PIXELS = 40_000_000
# Enough for a full A4 page in print; larger, and each size made of it later costs 100 MB and more.
MAX_SIDE = 3000
MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 30
REFUSED = 3

# One class per kind, not Image.open, which would let thirty more decoders look at the bytes.
READERS: dict[str, Callable[[BytesIO], Image.Image]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
}
OPTIONS: dict[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 88, "progressive": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 88},
}
# EXIF 2.32, tag 0x0112: how the camera was held.
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """Its text is one of the words that pixels.py turns into a sentence."""


def fence() -> None:
    """No more memory, time, files or core dumps than a picture needs; a core would hold it."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def draw(content: bytes, kind: str, *, to: str = "", side: int = MAX_SIDE) -> bytes:
    """The bytes of a new picture with the same look and nothing else of the old one.

    `to` is the format of the new one, the same as before when empty.
    """
    picture = READERS[kind](BytesIO(content))
    _check_header(picture)
    if kind == "JPEG":
        # Decodes at a half or a quarter when that is still large enough: time and memory saved.
        picture.draft(None, (side, side))
    picture.load()
    turn = UPRIGHT.get(_orientation(picture))
    upright = _in_plain_colours(picture, kind, side)
    if turn is not None:
        upright = upright.transpose(turn)
    see_through = upright.mode == "RGBA" and to == "JPEG"
    # On a sheet of white paper where the new format cannot be looked through.
    fresh = Image.new("RGB", upright.size, "white") if see_through else _empty_like(upright)
    fresh.paste(upright, mask=upright.getchannel("A") if see_through else None)
    out = BytesIO()
    fresh.save(out, format=to or kind, **OPTIONS[to or kind])
    return out.getvalue()


def _empty_like(picture: Image.Image) -> Image.Image:
    return Image.new(picture.mode, picture.size)


def _check_header(picture: Image.Image) -> None:
    width, height = picture.size
    if width < 1 or height < 1:
        raise Refused("damaged")
    if width * height > MAX_PIXELS:
        raise Refused("pixels")
    # A JPEG may carry more pictures behind the first (many phones do): the first is the photo.
    if picture.format != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise Refused("moving")


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    # Metadata is thrown away, so a broken one must not cost the person the picture.
    except Exception:  # noqa: BLE001 - Pillow answers broken EXIF with many types of error
        return 1


def _in_plain_colours(picture: Image.Image, kind: str, side: int) -> Image.Image:
    """At most `side` long, eight bits a channel, in sRGB; transparency is kept where it can be."""
    mode = "RGBA" if kind != "JPEG" and picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        # Pillow cuts 16 bits off at 255 instead of dividing, which leaves a white sheet.
        pixels = picture.point(lambda value: value / 256).convert("L")
    elif picture.mode in {"L", "RGB", "RGBA", "CMYK"} and "transparency" not in picture.info:
        pixels = picture
    else:
        pixels = picture.convert(mode)
    pixels.thumbnail((side, side), Image.Resampling.LANCZOS)
    if profile:
        pixels = _to_srgb(pixels, profile)
    return pixels if pixels.mode == mode else pixels.convert(mode)


def _to_srgb(pixels: Image.Image, profile: bytes) -> Image.Image:
    """The profile goes with the rest of the metadata, so its colours are worked in before."""
    out_mode = "RGBA" if pixels.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            pixels, source, ImageCms.createProfile("sRGB"), outputMode=out_mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return pixels
    return converted or pixels


def main() -> int:
    """Called with the kind of what comes on standard input and, for another kind or size of what
    goes out, with both of them."""
    fence()
    warnings.simplefilter("ignore")
    kind, to, side = (*sys.argv[1:], "", str(MAX_SIDE))[:3]
    try:
        drawn = draw(sys.stdin.buffer.read(), kind, to=to, side=int(side))
    except Refused as refused:
        answer = str(refused).encode()
    # A broken file makes Pillow raise almost anything, MemoryError at the ceiling included.
    except Exception:  # noqa: BLE001
        answer = b"damaged"
    else:
        sys.stdout.buffer.write(drawn)
        return 0
    sys.stdout.buffer.write(answer)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
