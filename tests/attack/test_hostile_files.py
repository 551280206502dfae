"""Every hostile file through the guide's own door: answered as its manifest says."""

import gc
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from cocreate.contributions.attachments import content_of
from cocreate.contributions.models import Attachment
from cocreate.stories import drafts, files
from cocreate.stories.models import Draft
from tests.attack.hostile_files import CANARY, KEPT, MANIFEST
from tests.pictures.conftest import stored
from tests.sounds.test_sounds import words_beside
from tests.stories.attached import begin
from tests.stories.pages import filled
from tests.stories.test_guide import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strategy")]
MOST_RISE = 150_000_000
# What a JPEG needs to be drawn, and the mark that says it is one.
PLAIN = {0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDD}


def segments(jpeg: bytes) -> set[int]:
    """The markers up to the pixels."""
    at, found = 2, set()
    while 0xDA not in found:
        assert jpeg[at] == 0xFF
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def besides(kept: Attachment) -> str:
    """What a stored file holds that is neither pixels nor sound; "" for nothing."""
    content = content_of(kept)
    if CANARY in content:
        return "the canary"
    if not kept.is_photo:
        return "" if words_beside(content) == [b"encoder=Lavc libopus"] else "words"
    more = segments(content) - PLAIN
    behind = content.index(b"\xff\xd9") + 2 != len(content)
    return f"segments {more}" if more or behind else ""


def memory(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    assert found
    return int(found[1]) * 1024


def test_there_are_enough_of_them_and_of_both_kinds() -> None:
    outcomes = [outcome for _kind, outcome, _made in MANIFEST.values()]
    assert len(outcomes) >= 40
    assert min(outcomes.count(KEPT), len(outcomes) - outcomes.count(KEPT)) >= 15


def test_each_is_answered_as_the_manifest_says(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(files, "UPLOADS_AT_A_TIME", {"limit": 10_000, "seconds": 600})
    made = {}
    for number, (name, (_kind, _outcome, make)) in enumerate(MANIFEST.items()):
        called, content = make()
        made[name] = (called, tmp_path / str(number))
        made[name][1].write_bytes(content)
    del content
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    begin(client)
    form = filled(client.get(WORDS), WORDS, text="Det her skrev jeg.")
    gc.collect()
    # From here on the kernel counts the highest anew.
    Path("/proc/self/clear_refs").write_text("5")
    before, wrong = memory("VmRSS"), []
    for name, (kind, outcome, _make) in MANIFEST.items():
        called, path = made[name]
        upload = SimpleUploadedFile(called, path.read_bytes())
        answer = client.post(WORDS, {**form, "go": kind, kind: upload})
        kept = Attachment.objects.first()
        expected = 303 if outcome == KEPT else 422
        if answer.status_code != expected or (kept is not None) != (outcome == KEPT):
            wrong.append(f"{name}: {answer.status_code}, kept: {kept is not None}")
        if kept is not None and (found := besides(kept)):
            wrong.append(f"{name}: {found}")
        if kept is not None:
            files.remove(Draft.objects.get(), kept.public_id)
    rise = memory("VmHWM") - before
    assert wrong == []
    assert rise <= MOST_RISE, rise
    assert drafts.answers_of(Draft.objects.get())["text"] == ["Det her skrev jeg."]


def test_nothing_of_a_refused_file_lies_anywhere(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    begin(client)
    form = filled(client.get(WORDS), WORDS)
    for name in ("photo: half a jpg", "photo: a phone's heic", "voice: half a header"):
        kind, _outcome, make = MANIFEST[name]
        called, content = make()
        client.post(WORDS, {**form, "go": kind, kind: SimpleUploadedFile(called, content)})
    assert stored(tmp_path) == []


def test_a_body_without_an_end_or_a_form_is_no_server_error() -> None:
    client = Client(raise_request_exception=False)
    begin(client)
    kind = "multipart/form-data; boundary=x"
    for body in (
        b"",
        b"--x",
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n\xff',
    ):
        answer = client.post(WORDS, BytesIO(body).read(), content_type=kind)
        assert answer.status_code < 500
