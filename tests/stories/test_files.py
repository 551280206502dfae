"""Photos and a voice in the guide: kept locked, seen by their author, sent with the story."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image
from pytest_django import Settings

from cocreate.contributions.attachments import content_of
from cocreate.contributions.models import Attachment, Contribution
from cocreate.stories import drafts, files
from cocreate.stories.models import Draft, Story
from cocreate.text.management.commands.rotate_field_keys import Command as Rotate
from tests.pictures.conftest import stored
from tests.stories.attached import CANARY, add, begin, finish, photo, voice
from tests.stories.pages import code_on, filled
from tests.stories.test_guide import NAMES, SEND, TOPIC, USE, WORDS, delete, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_photo_is_kept_as_fresh_pixels_under_lock(stranger: Client, media: Path) -> None:
    begin(stranger)
    answer = add(stranger, "photo", photo("Peter 010165-1234.jpg"), text="Se her.")
    assert (answer.status_code, answer["Location"]) == (303, f"{WORDS}#filer")
    kept = Attachment.objects.get()
    (path,) = stored(media)
    assert "Peter" not in path.name
    assert not path.read_bytes().startswith(b"\xff\xd8")
    pixels = content_of(kept)
    assert CANARY not in pixels and b"Exif" not in pixels
    with Image.open(BytesIO(pixels)) as shown:
        assert shown.format == "JPEG" and shown.size == (kept.width, kept.height)
    assert drafts.answers_of(Draft.objects.get())["text"] == ["Se her."]


def test_only_its_author_sees_it_before_it_is_sent(stranger: Client, cast: object) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    address = f"/fortael/bilag/{Attachment.objects.get().public_id}/"
    seen = stranger.get(address)
    assert seen.status_code == 200 and seen["Content-Type"] == "image/jpeg"
    assert seen["Cache-Control"] == "private, no-store"
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in seen["Content-Security-Policy"]
    never = Client().get("/fortael/bilag/findes-ikke/")
    for name in cast.names():  # type: ignore[attr-defined]
        refused = cast.client(name).get(address)  # type: ignore[attr-defined]
        assert refused.status_code == 404
    assert Client().get(address).content == never.content
    begun_anew = Client()
    begin(begun_anew)
    assert begun_anew.get(address).status_code == 404


def test_the_stored_file_has_no_address_of_its_own(
    stranger: Client, cast: object, media: Path
) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    name = Attachment.objects.get().stored_as
    assert (media / name).exists()
    for who in ("stranger", "host", "editor"):
        assert cast.client(who).get(f"/medier/{name}").status_code == 404  # type: ignore[attr-defined]


def test_one_photo_is_a_story(stranger: Client) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    assert len(code_on(finish(stranger))) == 7
    story = Story.objects.get()
    kept = story.attachments.get()
    assert (kept.held_by, kept.known, kept.shown) == ("", "nobody", False)
    assert story.versions.get().text == ""
    assert not Draft.objects.exists()


def test_without_words_or_files_one_is_asked_for_words(stranger: Client) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    kept = Attachment.objects.get()
    page = filled(stranger.get(WORDS), WORDS)
    gone = stranger.post(WORDS, {**page, "remove": kept.public_id})
    assert gone.status_code == 303
    assert press(stranger, WORDS).status_code == 422


def test_one_voice_is_a_story_and_asks_for_its_own_yes(stranger: Client) -> None:
    begin(stranger)
    assert add(stranger, "voice", voice()).status_code == 303
    finish(stranger, known=None)
    kept = Story.objects.get().attachments.get()
    assert (kept.seconds, kept.may_publish_sound) == (2, False)


def test_a_yes_to_the_sound_goes_along(stranger: Client) -> None:
    begin(stranger)
    add(stranger, "voice", voice())
    finish(stranger, known=None, sound="on")
    assert Story.objects.get().attachments.get().may_publish_sound


def test_what_is_written_about_a_photo_is_asked_about_like_the_story(stranger: Client) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    named = f"description-{Attachment.objects.get().public_id}"
    press(stranger, WORDS, text="Se her.", **{named: "Min dør på Skovvej 12, ring 40 12 34 56."})
    for where in (TOPIC, NAMES):
        press(stranger, where)
    press(stranger, USE, consents=["show"])
    asked = press(stranger, SEND)
    assert asked.status_code == 422 and "40 12 34 56" in asked.content.decode()
    again = {**filled(asked, SEND), "sent_knowingly": "phone address name"}
    assert len(code_on(stranger.post(SEND, again))) == 7
    story = Story.objects.get()
    assert story.attachments.get().description.startswith("Min dør")
    assert story.versions.get().findings.filter(in_field="photo").exists()


def test_the_same_photo_twice_is_one(stranger: Client, media: Path) -> None:
    begin(stranger)
    for _ in range(2):
        assert add(stranger, "photo", photo()).status_code == 303
    assert Attachment.objects.count() == len(stored(media)) == 1


def test_there_is_room_for_four_photos_and_one_voice(stranger: Client, media: Path) -> None:
    begin(stranger)
    for colour in ("red", "green", "blue", "white"):
        assert add(stranger, "photo", photo(colour=colour)).status_code == 303
    fifth = add(stranger, "photo", photo(colour="black"), text="Se her.")
    assert fifth.status_code == 422
    add(stranger, "voice", voice())
    assert add(stranger, "voice", voice(1)).status_code == 422
    assert Attachment.objects.count() == len(stored(media)) == 5
    assert drafts.answers_of(Draft.objects.get())["text"] == ["Se her."]


def test_a_bad_file_is_refused_with_a_sentence_and_the_words_are_saved(
    stranger: Client, media: Path
) -> None:
    begin(stranger)
    bad = SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script></html>")
    answer = add(stranger, "photo", bad, text="Det her skrev jeg.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Det her skrev jeg." in page and 'id="files-refused"' in page
    assert stored(media) == []
    assert drafts.answers_of(Draft.objects.get())["text"] == ["Det her skrev jeg."]


def test_a_script_gets_the_part_of_the_page_alone(stranger: Client) -> None:
    begin(stranger)
    sent = {**filled(stranger.get(WORDS), WORDS, text="Halvt"), "part": "1", "photo": photo()}
    answer = stranger.post(WORDS, sent)
    assert answer.status_code == 200 and "<html" not in answer.content.decode()
    assert Attachment.objects.get().public_id in answer.content.decode()
    assert drafts.answers_of(Draft.objects.get())["text"] == ["Halvt"]
    bad = {**sent, "photo": SimpleUploadedFile("a.jpg", b"nej")}
    assert stranger.post(WORDS, bad).status_code == 422


def test_a_photo_with_the_button_that_goes_on_is_kept_too(stranger: Client) -> None:
    begin(stranger)
    answer = add(stranger, "photo", photo(), go="next")
    assert answer.status_code == 303
    sent = {**filled(stranger.get(WORDS), WORDS), "go": "next", "photo": photo(colour="green")}
    assert stranger.post(WORDS, sent)["Location"] == TOPIC
    assert Attachment.objects.count() == 2


def test_after_the_session_ended_the_file_and_the_words_are_kept(stranger: Client) -> None:
    begin(stranger)
    sent = {**filled(stranger.get(WORDS), WORDS, text="Sent."), "go": "photo", "photo": photo()}
    stranger.cookies.pop("sessionid")
    assert stranger.post(WORDS, sent).status_code == 303
    assert Attachment.objects.get().held_by == Draft.objects.get().public_id


def test_a_photo_added_elsewhere_is_looked_through_before_it_is_sent(stranger: Client) -> None:
    begin(stranger)
    press(stranger, WORDS, text="Se her.")
    for where in (TOPIC, NAMES):
        press(stranger, where)
    press(stranger, USE, consents=["show"])
    last = filled(stranger.get(SEND), SEND)
    add(stranger, "photo", photo())
    assert stranger.post(SEND, {**last, "go": "next"}).status_code == 422
    assert not Story.objects.exists()


def test_deleting_the_draft_leaves_nothing(
    stranger: Client, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete(stranger)
    assert not Attachment.objects.exists()
    assert stored(media) == []


def test_what_nobody_comes_back_to_goes_with_its_draft(
    stranger: Client, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    Draft.objects.update(saved_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert drafts.forget_old() == 1
    assert stored(media) == []


def test_without_ffmpeg_the_voice_is_not_asked_for(stranger: Client, settings: Settings) -> None:
    begin(stranger)
    with_it = stranger.get(WORDS)
    assert 'name="voice"' in with_it.content.decode()
    assert "microphone=(self)" in with_it["Permissions-Policy"]
    sent = {**filled(with_it, WORDS), "go": "voice", "voice": voice()}
    settings.FFMPEG = "findes-ikke"
    without = stranger.get(WORDS)
    assert 'name="voice"' not in without.content.decode()
    assert "microphone=()" in without["Permissions-Policy"]
    assert stranger.post(WORDS, sent).status_code == 422
    assert not Attachment.objects.exists()


def test_a_change_of_keys_needs_no_file(stranger: Client, settings: Settings, media: Path) -> None:
    begin(stranger)
    add(stranger, "photo", photo())
    (path,) = stored(media)
    before = path.read_bytes()
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTE=", *old]
    Rotate().handle(batch=10, database="default")
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert path.read_bytes() == before
    assert content_of(Attachment.objects.get()).startswith(b"\xff\xd8")


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_at_once_the_same_photo_is_one_and_the_fifth_finds_no_room(
    stranger: Client, strategy: None, media: Path
) -> None:
    begin(stranger)
    draft = Draft.objects.get()
    colours = ["red", "red", "green", "blue", "white", "black"]

    def send(colour: str) -> None:
        try:
            files.add(draft, "photo", BytesIO(photo(colour=colour).read()))
        except files.FileRefused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(send, colours))
    assert Attachment.objects.count() == len(stored(media)) == 4
    assert not Contribution.objects.exists()
