"""What becomes of the colours, and what a script that bypasses the forms meets."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from cocreate.pictures import darkroom, pixels
from cocreate.pictures.models import Picture
from cocreate.pictures.pixels import FreshPicture, PictureRefused, redraw
from home.operations import prepare_site
from tests.pictures.conftest import stored
from tests.pictures.files import ACCEPTED, CANARY, REFUSED


def drawn(kind: str) -> Image.Image:
    name, content = ACCEPTED[kind]()
    return Image.open(redraw(BytesIO(content), name=name))


@pytest.mark.parametrize("kind", ["a photo for print", "a photo with a colour profile"])
def test_colours_are_the_same_to_the_eye(kind: str) -> None:
    shown = drawn(kind).convert("RGB")
    red, blue = shown.getpixel((5, 10)), shown.getpixel((35, 10))
    assert red[0] > 180 and red[2] < 80
    assert blue[2] > 180 and blue[0] < 80


def test_sixteen_bits_are_not_a_white_sheet() -> None:
    assert abs(drawn("sixteen bits").convert("L").getpixel((5, 5)) - 128) <= 1


def test_what_was_see_through_still_is() -> None:
    shown = drawn("see-through palette").convert("RGBA")
    assert shown.getpixel((5, 10)) == (255, 0, 0, 255)
    assert shown.getpixel((35, 10))[3] == 0


def test_a_huge_picture_is_made_smaller_and_keeps_its_shape() -> None:
    assert drawn("forty million pixels").size == (darkroom.MAX_SIDE, 1875)


def test_too_many_pixels_are_said_to_be_too_many() -> None:
    for kind in ("a png of 88 million pixels", "a header of four billion"):
        name, content = REFUSED[kind]()
        with pytest.raises(PictureRefused, match="40"):
            redraw(BytesIO(content), name=name)


def test_a_decoder_that_dies_refuses_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    crash = Path(__file__).parent / "crash.py"
    monkeypatch.setattr(darkroom, "__file__", str(crash))
    name, content = ACCEPTED["a plain photo"]()
    with pytest.raises(PictureRefused):
        redraw(BytesIO(content), name=name)


def test_a_decoder_that_never_ends_refuses_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "__file__", str(Path(__file__).parent / "endless.py"))
    monkeypatch.setattr(pixels, "MAX_SECONDS", 0.5)
    name, content = ACCEPTED["a plain photo"]()
    with pytest.raises(PictureRefused):
        redraw(BytesIO(content), name=name)


def by_script(file: Any) -> Picture:
    prepare_site()
    return Picture.objects.create(title="x", file=file, collection=Collection.get_first_root_node())


@pytest.mark.django_db
def test_a_script_stores_pixels_too(media: Path) -> None:
    name, content = ACCEPTED["a photo with its position"]()
    by_script(ContentFile(content, name=name))
    assert CANARY not in stored(media)[0].read_bytes()


@pytest.mark.django_db
def test_a_script_that_saves_the_file_by_itself_stores_pixels_too(media: Path) -> None:
    name, content = ACCEPTED["a plain photo"]()
    kept = by_script(ContentFile(content, name=name))
    name, content = ACCEPTED["a photo with its position"]()
    kept.file.save("Peter 010165-1234.jpg", ContentFile(content), save=True)
    assert all(CANARY not in path.read_bytes() for path in stored(media))
    assert "010165" not in kept.file.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["half a jpg", "a page of html", "a png of no size", "a moving png"]
)
def test_a_script_is_refused_like_anybody(media: Path, kind: str) -> None:
    name, content = REFUSED[kind]()
    with pytest.raises(PictureRefused):
        by_script(ContentFile(content, name=name))
    assert stored(media) == []


@pytest.mark.django_db
def test_a_picture_is_drawn_once(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []
    develop = pixels._developed
    monkeypatch.setattr(pixels, "_developed", lambda c, k: runs.append(k) or develop(c, k))
    name, content = ACCEPTED["a plain photo"]()
    fresh = redraw(BytesIO(content), name=name)
    assert isinstance(fresh, FreshPicture)
    kept = by_script(fresh)
    kept.title = "y"
    kept.save()
    assert runs == ["JPEG"]
