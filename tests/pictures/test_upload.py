"""Every file through the doors that Wagtail's admin has for pictures."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from cocreate.pictures.models import Picture
from tests.pictures.conftest import stored
from tests.pictures.files import ACCEPTED, CANARY, REFUSED, File, picture, position, saved

RANDOM_NAME = re.compile(r"^[0-9a-f]{32}\.(jpg|png|webp)$")
METADATA = (
    CANARY,
    b"Exif",
    b"GPS",
    b"iTXt",
    b"tEXt",
    b"zTXt",
    b"eXIf",
    b"XMP",
    b"xmp",
    b"ICC_PROFILE",
)


def collection() -> int:
    return int(Collection.get_first_root_node().pk)


def add(editor: Client, file: File, title: str = "Et billede") -> object:
    name, content = file
    upload = SimpleUploadedFile(name, content)
    return editor.post(
        reverse("wagtailimages:add"),
        {"title": title, "file": upload, "collection": collection(), "tags": ""},
    )


def assert_clean(folder: Path) -> None:
    files = stored(folder)
    assert files
    for path in files:
        content = path.read_bytes()
        assert not [mark for mark in METADATA if mark in content], path.name


@pytest.mark.parametrize("kind", ACCEPTED)
def test_a_good_picture_is_stored_as_pixels_and_nothing_else(
    editor: Client, media: Path, kind: str
) -> None:
    answer = add(editor, ACCEPTED[kind]())
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Picture.objects.get()
    assert RANDOM_NAME.match(Path(kept.file.name).name)
    assert_clean(media)
    kept.get_rendition("max-165x165")
    kept.get_rendition("width-20")
    kept.get_rendition("original")
    assert_clean(media)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_stored(
    editor: Client, media: Path, kind: str
) -> None:
    answer = add(editor, REFUSED[kind]())
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert stored(media) == []
    assert not Picture.objects.exists()


def test_a_bad_file_among_many_is_refused_too(editor: Client, media: Path) -> None:
    for kind, file in REFUSED.items():
        answer = add_as_one_of_many(editor, file())
        assert answer.status_code == 200, kind
        assert answer.json()["success"] is False, kind
        assert answer.json()["error_message"], kind
    assert stored(media) == []


def add_as_one_of_many(editor: Client, file: File, **more: object) -> object:
    name, content = file
    data = {"files[]": SimpleUploadedFile(name, content), "collection": collection(), **more}
    return editor.post(reverse("wagtailimages:add_multiple"), data)


@pytest.mark.parametrize("kind", ["a photo with its position", "texts in a png"])
def test_one_of_many_is_stored_as_pixels_too(editor: Client, media: Path, kind: str) -> None:
    answer = add_as_one_of_many(editor, ACCEPTED[kind]())
    assert answer.json()["success"] is True
    assert RANDOM_NAME.match(Path(Picture.objects.get().file.name).name)
    assert_clean(media)


@pytest.mark.parametrize(
    "wrong", [{"title": "x" * 300}, {"collection": 999_999}, {"title": "Peter 010165-1234"}]
)
def test_a_wrong_answer_beside_the_picture_keeps_no_raw_file(
    editor: Client, media: Path, wrong: dict[str, object]
) -> None:
    """Stock Wagtail keeps the raw upload, GPS position and all, until the title is mended."""
    Collection.get_first_root_node().add_child(name="Plakater")
    answer = add_as_one_of_many(editor, ACCEPTED["a photo with its position"](), **wrong)
    assert answer.json()["success"] is False
    assert str(answer.json()["error_message"])
    assert stored(media) == []
    assert not UploadedFile.objects.exists()


def test_a_name_with_a_cpr_number_is_not_kept_anywhere(editor: Client, media: Path) -> None:
    answer = add_as_one_of_many(editor, ("Peter Hansen 010165-1234.jpg", saved(picture(), "JPEG")))
    assert answer.json()["success"] is False
    assert "010165" not in " ".join(path.name for path in stored(media))
    assert not Picture.objects.exists()


def test_a_picture_chosen_for_a_page_goes_through_the_same_door(
    editor: Client, media: Path
) -> None:
    name, content = ACCEPTED["a photo with its position"]()
    answer = editor.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Et billede",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
            "image-chooser-upload-collection": collection(),
            "image-chooser-upload-tags": "",
        },
    )
    assert answer.json()["step"] in {"chosen", "choice"}
    assert RANDOM_NAME.match(Path(Picture.objects.get().file.name).name)
    assert_clean(media)


def test_a_bad_file_chosen_for_a_page_is_refused(editor: Client, media: Path) -> None:
    name, content = REFUSED["half a jpg"]()
    answer = editor.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Et billede",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
            "image-chooser-upload-collection": collection(),
        },
    )
    assert answer.status_code == 200
    assert answer.json()["step"] == "reshow_creation_form"
    assert stored(media) == []


def test_a_picture_that_is_exchanged_takes_the_old_file_along(editor: Client, media: Path) -> None:
    add(editor, ACCEPTED["a plain photo"]())
    kept = Picture.objects.get()
    old = kept.file.name
    name, content = ACCEPTED["a photo with its position"]()
    editor.post(
        reverse("wagtailimages:edit", args=[kept.pk]),
        {"title": "Nyt", "file": SimpleUploadedFile(name, content), "collection": collection()},
    )
    kept.refresh_from_db()
    assert kept.file.name != old
    assert not (media / old).exists()
    assert_clean(media)


def test_a_title_can_be_changed_without_touching_the_picture(editor: Client, media: Path) -> None:
    add(editor, ACCEPTED["a plain photo"]())
    kept = Picture.objects.get()
    before = (media / kept.file.name).read_bytes()
    editor.post(
        reverse("wagtailimages:edit", args=[kept.pk]), {"title": "Nyt", "collection": collection()}
    )
    kept.refresh_from_db()
    assert kept.title == "Nyt"
    assert (media / kept.file.name).read_bytes() == before


def test_a_photo_held_sideways_stands_upright(editor: Client, media: Path) -> None:
    add(editor, ("a.jpg", saved(picture(), "JPEG", exif=position(orientation=6))))
    kept = Picture.objects.get()
    assert (kept.width, kept.height) == (20, 40)
    with Image.open(BytesIO((media / kept.file.name).read_bytes())) as shown:
        red, _green, blue = shown.convert("RGB").getpixel((10, 5))
        assert red > blue
