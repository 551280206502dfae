"""Files people choose by mistake or with intent, made here: each a name and its bytes.

Every one that carries something besides pixels carries CANARY, so a test can look for it.
"""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

CANARY = b"HEMMELIG-ADRESSE-9"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + CANARY + b"</x:xmpmeta>"
File = tuple[str, bytes]


def picture(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: one can see when it is turned."""
    drawn = Image.new("RGB", (width, height), "red")
    drawn.paste("blue", (width // 2, 0, width, height))
    return drawn.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def position(orientation: int = 1) -> Image.Exif:
    """What a phone writes: where, who, with what, and how it was held."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = exif[0x9286] = CANARY.decode()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 30.12), 3: "E", 4: (12.0, 10.0, 5.0)})
    return exif


def chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


def png_with(*chunks: bytes, header: bytes = b"") -> bytes:
    """A PNG with chunks of our own behind its header, or with a header of our own."""
    whole = saved(picture(), "PNG")
    return whole[:8] + (header or whole[8:33]) + b"".join(chunks) + whole[33:]


def png_header(width: int, height: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def png_texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY.decode())
    info.add_text("Artist", CANARY.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(picture(), "PNG", pnginfo=info, exif=position())


def phone_with_two_pictures() -> bytes:
    """Many phones keep a second picture behind the first (Multi-Picture Format)."""
    return saved(picture(), "MPO", save_all=True, append_images=[picture()], exif=position())


def wide_gamut() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(picture(), "JPEG", icc_profile=profile, comment=CANARY)


def grey_in_sixteen_bits() -> bytes:
    return saved(Image.new("I;16", (40, 20), 0x8000), "PNG")


def see_through_palette() -> bytes:
    flat = Image.new("P", (40, 20), 0)
    flat.putpalette([255, 0, 0, 0, 0, 255])
    flat.paste(1, (20, 0, 40, 20))
    return saved(flat, "PNG", transparency=1)


ACCEPTED: dict[str, Callable[[], File]] = {
    "a plain photo": lambda: ("foto.jpg", saved(picture(), "JPEG")),
    "a photo with its position": lambda: ("a.jpg", saved(picture(), "JPEG", exif=position())),
    "a photo with a comment": lambda: ("a.jpg", saved(picture(), "JPEG", comment=CANARY)),
    "a photo with xmp": lambda: ("a.jpeg", saved(picture(), "JPEG", xmp=XMP)),
    "a photo in capitals": lambda: ("IMG.JPG", saved(picture(), "JPEG")),
    "a photo with a page behind it": lambda: (
        "a.jpg",
        saved(picture(), "JPEG") + b"<script>" + CANARY + b"</script>",
    ),
    "a photo with a zip behind it": lambda: (
        "a.jpg",
        saved(picture(), "JPEG") + b"PK\x03\x04" + CANARY,
    ),
    "a photo with broken exif": lambda: (
        "a.jpg",
        saved(picture(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff" + CANARY),
    ),
    "two pictures in one": lambda: ("a.jpg", phone_with_two_pictures()),
    "a photo with a colour profile": lambda: ("a.jpg", wide_gamut()),
    "a broken colour profile": lambda: (
        "a.jpg",
        saved(picture(), "JPEG", icc_profile=CANARY * 20),
    ),
    "a photo for print": lambda: ("a.jpg", saved(picture(mode="CMYK"), "JPEG")),
    "a grey photo": lambda: ("a.jpg", saved(picture(mode="L"), "JPEG")),
    "a progressive photo": lambda: ("a.jpg", saved(picture(), "JPEG", progressive=True)),
    "texts in a png": lambda: ("a.png", png_texts()),
    "an unknown chunk": lambda: ("a.png", png_with(chunk(b"heMm", CANARY))),
    "bytes behind a png": lambda: ("a.png", saved(picture(), "PNG") + CANARY),
    "sixteen bits": lambda: ("a.png", grey_in_sixteen_bits()),
    "black and white": lambda: ("a.png", saved(picture(mode="1"), "PNG")),
    "see-through palette": lambda: ("a.png", see_through_palette()),
    "see-through": lambda: ("a.png", saved(picture(mode="RGBA"), "PNG")),
    "a webp with exif and xmp": lambda: (
        "a.webp",
        saved(picture(), "WEBP", exif=position().tobytes(), xmp=XMP),
    ),
    "a see-through webp": lambda: ("a.webp", saved(picture(mode="RGBA"), "WEBP", lossless=True)),
    "a long name": lambda: ("x" * 150 + ".png", saved(picture(), "PNG")),
    "a name with a path": lambda: ("../../etc/passwd.png", saved(picture(), "PNG")),
    "a name in arabic": lambda: ("صورة.png", saved(picture(), "PNG")),
    "forty million pixels": lambda: ("a.png", saved(Image.new("L", (8000, 5000)), "PNG")),
}

REFUSED: dict[str, Callable[[], File]] = {
    "nothing": lambda: ("a.jpg", b""),
    "a page of html": lambda: ("a.jpg", b"<html><script>alert(1)</script></html>"),
    "an svg": lambda: ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "an svg named png": lambda: ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a gif": lambda: ("a.gif", saved(picture(mode="P"), "GIF")),
    "a gif named jpg": lambda: ("a.jpg", saved(picture(mode="P"), "GIF")),
    "a png named jpg": lambda: ("a.jpg", saved(picture(), "PNG")),
    "a jpg named webp": lambda: ("a.webp", saved(picture(), "JPEG")),
    "a bmp named png": lambda: ("a.png", saved(picture(), "BMP")),
    "a tiff named jpg": lambda: ("a.jpg", saved(picture(), "TIFF")),
    "an ico named png": lambda: ("a.png", saved(picture(32, 32), "ICO")),
    "a pdf named jpg": lambda: ("a.jpg", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
    "two endings": lambda: ("a.jpg.exe", saved(picture(), "JPEG")),
    "no ending": lambda: ("billede", saved(picture(), "JPEG")),
    "a moving webp": lambda: (
        "a.webp",
        saved(picture(), "WEBP", save_all=True, append_images=[picture(mode="L")]),
    ),
    "a moving png": lambda: (
        "a.png",
        saved(picture(), "PNG", save_all=True, append_images=[picture(mode="L").convert("RGB")]),
    ),
    "half a jpg": lambda: ("a.jpg", saved(picture(400, 400), "JPEG")[:900]),
    "half a png": lambda: ("a.png", saved(Image.effect_noise((200, 200), 90), "PNG")[:9000]),
    "half a webp": lambda: ("a.webp", saved(Image.effect_noise((200, 200), 90), "WEBP")[:900]),
    "the first bytes alone": lambda: ("a.jpg", b"\xff\xd8\xff\xe0"),
    "a png of no size": lambda: ("a.png", png_with(header=png_header(0, 0))),
    "a png of 88 million pixels": lambda: ("a.png", saved(Image.new("1", (11000, 8000)), "PNG")),
    "a header of four billion": lambda: ("a.png", png_with(header=png_header(65000, 65000))),
    "a header beyond its bytes": lambda: ("a.png", png_with(header=png_header(6000, 6000))),
    "a text that unpacks to a gigabyte": lambda: (
        "a.png",
        png_with(chunk(b"zTXt", b"x\x00\x00" + zlib.compress(b"a" * 100_000_000))),
    ),
    "a name that is too long": lambda: ("x" * 300 + ".exe", saved(picture(), "PNG")),
    "more than ten megabytes": lambda: ("a.jpg", saved(picture(), "JPEG") + b"\x00" * 10_500_000),
}
