"""Photos and voices as people send them, made here, and how they come through the guide."""

import io
import subprocess
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.models import Attachment
from tests.pictures.files import picture, position, saved
from tests.stories.pages import filled
from tests.stories.test_guide import NAMES, SEND, START, TOPIC, USE, WORDS, press

CANARY = b"HEMMELIG-ADRESSE-9"


def photo(name: str = "foto.jpg", colour: str = "") -> SimpleUploadedFile:
    drawn = picture(60, 40)
    if colour:
        drawn.paste(colour, (0, 0, 30, 40))
    return SimpleUploadedFile(name, saved(drawn, "JPEG", exif=position(), comment=CANARY))


def sound(seconds: float = 2, form: str = "ogg", codec: str = "libopus", *more: str) -> bytes:
    """A tone as a recorder would write it, with a canary where recorders write names and places."""
    named = ["-metadata", f"title={CANARY.decode()}", "-metadata", f"comment={CANARY.decode()}"]
    tone = f"sine=frequency=300:duration={seconds}"
    made = ["-f", "lavfi", "-i", tone, *more, "-ac", "1", "-c:a", codec, *named]
    pipe = ["-movflags", "frag_keyframe+empty_moov"] if form in {"mp4", "3gp"} else []
    command = ["ffmpeg", "-v", "error", "-nostdin", *made, *pipe, "-f", form, "pipe:1"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def voice(seconds: float = 2, name: str = "stemme.ogg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sound(seconds), content_type="audio/ogg")


def begin(client: Client) -> None:
    press(client, START, about="self")


def add(client: Client, kind: str, file: Any, **typed: Any) -> HttpResponse:
    """Presses the button beside the chosen file, with what is typed on the page."""
    page = client.get(WORDS)
    sent = {**filled(page, WORDS, **typed), "go": kind}
    return client.post(WORDS, {**sent, kind: file})


def finish(client: Client, *, known: str | None = "nobody", **use: Any) -> HttpResponse:
    """From the story's page to the receipt."""
    press(client, WORDS)
    press(client, TOPIC)
    photos = Attachment.objects.filter(kind="photo").exclude(held_by="")
    answers = {f"known-{one.public_id}": known for one in photos if known}
    press(client, NAMES, **answers)
    press(client, USE, **{"consents": ["show", "analyse"], **use})
    return press(client, SEND)


def streamed(answer: HttpResponse) -> bytes:
    return io.BytesIO(answer.content).read()
