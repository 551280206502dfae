"""Who may read which stored file. "Not yours" and "not there" are the same answer."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cocreate.pictures.models import Picture, PictureRendition
from cocreate.pictures.pixels import redraw
from tests.cast import Cast
from tests.pictures.files import picture, saved

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def kept() -> Picture:
    fresh = redraw(BytesIO(saved(picture(), "PNG")), name="a.png")
    root = Collection.get_first_root_node()
    return Picture.objects.create(title="Et hus", file=fresh, collection=root)


@pytest.fixture
def shown(kept: Picture) -> PictureRendition:
    return kept.get_rendition("width-20")


def get(client: Client, address: str, method: str = "get") -> HttpResponse:
    """The answer with its file closed again, as a server leaves it."""
    answer = getattr(client, method)(address)
    if answer.streaming:
        answer.read = b"".join(answer)
    return answer


def everything(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    content = answer.read if answer.streaming else answer.content
    return answer.status_code, content, dict(answer.items())


def close_off(collection: Collection) -> None:
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )


def test_a_size_on_a_page_is_everybodys(client: Client, shown: PictureRendition) -> None:
    answer = get(client, shown.url)
    assert everything(answer)[1].startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"].startswith("private, max-age=")
    assert "attachment" not in answer["Content-Disposition"]


def test_the_whole_picture_is_the_editors_alone(cast: Cast, kept: Picture) -> None:
    for name in cast.names():
        status, content, _headers = everything(get(cast.client(name), kept.file.url))
        assert (status, content[:4] == b"\x89PNG") == (
            (200, True) if name == "editor" else (404, False)
        )


def test_an_editor_without_a_second_factor_is_a_stranger(cast: Cast, kept: Picture) -> None:
    from tests.cast import client_of

    assert get(client_of(cast.editor, second_factor=False), kept.file.url).status_code == 404


@pytest.mark.db
def test_not_yours_and_not_there_are_the_same(client: Client, kept: Picture) -> None:
    missing = kept.file.url.replace(Path(kept.file.name).stem, "0" * 32)
    assert everything(get(client, kept.file.url)) == everything(get(client, missing))


def test_a_folder_kept_for_some_is_closed_and_so_is_one_inside_it(
    client: Client, cast: Cast, shown: PictureRendition
) -> None:
    outer = Collection.get_first_root_node().add_child(name="Udkast")
    inner = outer.add_child(name="Plakater")
    Picture.objects.update(collection=inner)
    assert get(client, shown.url).status_code == 200
    close_off(outer)
    assert get(client, shown.url).status_code == 404
    assert get(cast.client("editor"), shown.url).status_code == 200


def test_an_editors_answer_is_never_kept_by_the_browser(cast: Cast, kept: Picture) -> None:
    assert get(cast.client("editor"), kept.file.url)["Cache-Control"] == "private, no-store"


def test_a_file_no_row_knows_is_nobodys(cast: Cast) -> None:
    name = default_storage.save("avatar_images/raw.jpg", ContentFile(b"\xff\xd8\xff"))
    for person in cast.names():
        assert get(cast.client(person), f"/medier/{name}").status_code == 404


def test_what_is_not_a_picture_is_only_ever_saved_to_disk(cast: Cast, kept: Picture) -> None:
    """No upload can make such a row; if one ever did, no browser may run it."""
    name = default_storage.save("original_images/side.html", ContentFile(b"<script>"))
    Picture.objects.filter(pk=kept.pk).update(file=name)
    answer = get(cast.client("editor"), f"/medier/{name}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_a_file_that_is_gone_from_the_disk_is_missing(
    client: Client, shown: PictureRendition
) -> None:
    default_storage.delete(shown.file.name)
    assert get(client, shown.url).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "",
        "%00",
        "a%00.png",
        "../manage.py",
        "..%2f..%2fmanage.py",
        "images/../../db.sqlite3",
        "/etc/passwd",
        "C:%5cboot.ini",
        "images/",
        "x" * 3000,
        "%ff%fe",
        "images/%E2%80%AE.png",
    ],
)
def test_no_odd_name_leads_out_of_the_folder(cast: Cast, path: str) -> None:
    for person in ("stranger", "editor"):
        assert get(cast.client(person), f"/medier/{path}").status_code in {400, 404}


def test_a_file_can_only_be_read(client: Client, shown: PictureRendition) -> None:
    assert get(client, shown.url, "post").status_code == 405
    assert get(client, shown.url, "head").status_code == 200
