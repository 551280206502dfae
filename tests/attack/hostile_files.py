"""Files that people choose by mistake or with intent for a story, each with what must become of it.

A manifest: the kind of upload, "kept" or "refused", and how the file is made. Whatever carries
something besides pixels and sound carries CANARY.
"""

import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.pictures import files as pictures
from tests.pictures.files import CANARY, File, picture, position, saved
from tests.stories.attached import sound

KEPT, REFUSED = "kept", "refused"
Case = tuple[str, str, Callable[[], File]]

# A name says nothing here: what the file is, its first bytes decide.
NAMED_WRONGLY = {
    "a png named jpg",
    "a jpg named webp",
    "two endings",
    "no ending",
    "a name that is too long",
    # of a photo fifteen are let in
    "more than ten megabytes",
}
HTML = b"<!doctype html><script>alert('" + CANARY + b"')</script>"
ELSEWHERE = b"file:" + b"///etc/passwd"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="%s"/></svg>'
    % ELSEWHERE
)


def jpeg_with(segment: bytes, marker: int) -> bytes:
    whole = saved(picture(), "JPEG")
    return (
        whole[:2]
        + bytes((0xFF, marker))
        + struct.pack(">H", len(segment) + 2)
        + segment
        + whole[2:]
    )


def jpeg_of(width: int, height: int) -> bytes:
    """A small photo whose header says another size."""
    whole = bytearray(saved(picture(), "JPEG", progressive=False))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


def webp_of(width: int, height: int) -> bytes:
    """An extended header that promises a sheet of that size."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x00" * 4 + size
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def ftyp(brand: bytes, rest: bytes = b"") -> bytes:
    return struct.pack(">I", 20) + b"ftyp" + brand + b"\x00" * 4 + brand + rest


def compressed_png_bomb() -> bytes:
    """Few bytes that unpack to a gigabyte of rows."""
    rows = zlib.compress(b"\x00" * 60_000_000, 9)
    header = pictures.chunk(b"IHDR", pictures.png_header(60_000, 60_000))
    return b"\x89PNG\r\n\x1a\n" + header + pictures.chunk(b"IDAT", rows)


PHOTOS: dict[str, tuple[str, Callable[[], File]]] = {
    **{name: (KEPT, made) for name, made in pictures.ACCEPTED.items()},
    **{
        name: (KEPT if name in NAMED_WRONGLY else REFUSED, made)
        for name, made in pictures.REFUSED.items()
    },
    "more than fifteen megabytes": (
        REFUSED,
        lambda: ("a.jpg", saved(picture(), "JPEG") + b"\x00" * 15_900_000),
    ),
    "more than we even read": (
        REFUSED,
        lambda: ("a.jpg", saved(picture(), "JPEG") + b"\x00" * 24_000_000),
    ),
    "a page of html in the comment": (KEPT, lambda: ("a.html", jpeg_with(HTML, 0xFE))),
    "a page of html before the pixels": (
        REFUSED,
        lambda: ("a.jpg", HTML + saved(picture(), "JPEG")),
    ),
    "a script that is a gif too": (REFUSED, lambda: ("a.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;")),
    "a php file in a photo": (KEPT, lambda: ("a.php", jpeg_with(b"<?php " + CANARY, 0xE3))),
    "an svg that opens a file": (REFUSED, lambda: ("a.svg", SVG)),
    "an svg said to be a photo": (REFUSED, lambda: ("a.jpeg", b"\xef\xbb\xbf" + SVG)),
    "iptc words": (KEPT, lambda: ("a.jpg", jpeg_with(b"Photoshop 3.0\x008BIM" + CANARY, 0xED))),
    "flashpix": (KEPT, lambda: ("a.jpg", jpeg_with(b"FPXR\x00" + CANARY, 0xE2))),
    "an avi in the clothes of webp": (
        REFUSED,
        lambda: ("a.webp", b"RIFF\x20\0\0\0AVI LIST" + CANARY),
    ),
    "a webp of 268 million pixels": (REFUSED, lambda: ("a.webp", webp_of(16_383, 16_383))),
    "a jpeg that says it is the largest": (REFUSED, lambda: ("a.jpg", jpeg_of(65_500, 65_500))),
    "a jpeg of no height": (REFUSED, lambda: ("a.jpg", jpeg_of(40, 0))),
    "rows that unpack to a gigabyte": (REFUSED, lambda: ("a.png", compressed_png_bomb())),
    "a phone's heic": (REFUSED, lambda: ("a.heic", ftyp(b"heic", CANARY))),
    "an avif": (REFUSED, lambda: ("a.avif", ftyp(b"avif", CANARY))),
    "a postscript": (REFUSED, lambda: ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run")),
    "commands for imagemagick": (
        REFUSED,
        lambda: ("a.jpg", b"push graphic-context\nfill 'url(x)'"),
    ),
    "a zip": (REFUSED, lambda: ("a.jpg", b"PK\x03\x04" + CANARY)),
    "a program": (REFUSED, lambda: ("a.jpg", b"\x7fELF" + CANARY)),
    "a sound said to be a photo": (REFUSED, lambda: ("a.jpg", sound(1))),
    "a photo turned and placed": (
        KEPT,
        lambda: ("a.jpg", saved(picture(), "JPEG", exif=position(orientation=8))),
    ),
    "a large photo": (
        KEPT,
        lambda: ("a.jpg", saved(Image.effect_noise((4000, 3000), 60), "JPEG", exif=position())),
    ),
}

VOICES: dict[str, tuple[str, Callable[[], File]]] = {
    "a browser's webm": (KEPT, lambda: ("v.webm", sound(2, "webm"))),
    "a phone's mp4": (KEPT, lambda: ("v.m4a", sound(2, "mp4", "aac"))),
    "an mp3 with words": (KEPT, lambda: ("v.mp3", sound(2, "mp3", "libmp3lame"))),
    "a sound named as a page": (KEPT, lambda: ("v.html", sound(2))),
    "a page behind a sound": (KEPT, lambda: ("v.wav", sound(2, "wav", "pcm_s16le") + HTML)),
    "a sound of three minutes": (REFUSED, lambda: ("v.ogg", sound(180))),
    "no sound": (REFUSED, lambda: ("v.ogg", b"")),
    "half a header": (REFUSED, lambda: ("v.ogg", b"OggS" + CANARY)),
    "a webm of nothing": (REFUSED, lambda: ("v.webm", b"\x1a\x45\xdf\xa3" + b"\xff" * 4000)),
    "a phone's sound cut short": (REFUSED, lambda: ("v.m4a", sound(2, "mp4", "aac")[:400])),
    "a list of addresses": (
        REFUSED,
        lambda: ("v.m3u8", b"#EXTM3U\n#EXTINF:1,\n" + ELSEWHERE),
    ),
    "joined files": (REFUSED, lambda: ("v.ogg", b"ffconcat version 1.0\nfile '/etc/passwd'\n")),
    "a list in the clothes of an mp3": (
        REFUSED,
        lambda: ("v.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\nhttp://127.0.0.1/a\n"),
    ),
    "a page of html as sound": (REFUSED, lambda: ("v.mp3", HTML)),
    "a photo said to be a sound": (REFUSED, lambda: ("v.mp3", saved(picture(), "JPEG"))),
    "noise": (REFUSED, lambda: ("v.mp3", bytes(range(256)) * 400)),
    "a wav that promises four gigabytes": (
        REFUSED,
        lambda: ("v.wav", b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\xff\xff" + b"\xff" * 12),
    ),
    "more sound than we read": (
        REFUSED,
        lambda: ("v.wav", sound(1, "wav", "pcm_s16le") + b"\0" * 22_000_000),
    ),
}

MANIFEST: dict[str, Case] = {
    **{f"photo: {name}": ("photo", *case) for name, case in PHOTOS.items()},
    **{f"voice: {name}": ("voice", *case) for name, case in VOICES.items()},
}
