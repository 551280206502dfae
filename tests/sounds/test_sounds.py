"""A voice is written anew, and ffmpeg opens nothing but what it was given."""

import contextlib
import socket
import subprocess
import threading
from io import BytesIO
from pathlib import Path

import pytest

from cocreate.sounds import booth, sounds
from cocreate.sounds.sounds import SoundRefused, record, seconds_of
from tests import pictures
from tests.stories.attached import CANARY, sound

# As phones and browsers write them. Debian's ffmpeg writes no AMR; a hundred silent frames of it.
RECORDED = {
    "webm": lambda: sound(2, "webm"),
    "ogg": lambda: sound(2, "ogg"),
    "mp4": lambda: sound(2, "mp4", "aac"),
    "3gp": lambda: sound(2, "3gp", "aac"),
    "mp3": lambda: sound(2, "mp3", "libmp3lame"),
    "wav": lambda: sound(2, "wav", "pcm_s16le"),
    "adts": lambda: sound(2, "adts", "aac"),
    "amr": lambda: b"#!AMR\n" + (b"\x04" + b"\x00" * 12) * 100,
}


@pytest.mark.parametrize("kind", RECORDED)
def test_what_people_record_becomes_opus_without_a_word_beside_it(kind: str) -> None:
    came = RECORDED[kind]()
    voice = record(BytesIO(came))
    assert voice.seconds == 2
    assert voice.content.startswith(b"OggS") and b"OpusHead" in voice.content[:60]
    assert CANARY not in voice.content
    assert words_beside(voice.content) == [b"encoder=Lavc libopus"]


def words_beside(ogg: bytes) -> list[bytes]:
    """The comments of an Opus file (RFC 7845 §5.2): behind the writer's name their number, each with
    its length. Ours has one, which names the program."""
    rest = ogg.partition(b"OpusTags")[2]
    at = 4 + int.from_bytes(rest[:4], "little")
    found, number = [], int.from_bytes(rest[at : at + 4], "little")
    at += 4
    for _ in range(number):
        length = int.from_bytes(rest[at : at + 4], "little")
        found.append(rest[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def test_two_minutes_are_room_enough_and_more_is_refused() -> None:
    assert record(BytesIO(sound(120))).seconds == 120
    with pytest.raises(SoundRefused, match="two minutes|to minutter"):
        record(BytesIO(sound(124)))


def test_a_header_that_lies_about_the_time_helps_nobody() -> None:
    long = bytearray(sound(300, "wav", "pcm_s16le", "-ar", "8000"))
    long[40:44] = (16_000).to_bytes(4, "little")
    with contextlib.suppress(SoundRefused):
        assert record(BytesIO(bytes(long))).seconds <= 120


def listener() -> tuple[int, list[bytes], socket.socket]:
    """A server that notes whoever comes by."""
    server, came = socket.socket(), []
    server.bind(("127.0.0.1", 0))
    server.listen()

    def wait() -> None:
        try:
            while True:
                visitor, _address = server.accept()
                came.append(visitor.recv(100))
                visitor.close()
        except OSError:
            return

    threading.Thread(target=wait, daemon=True).start()
    return server.getsockname()[1], came, server


@pytest.mark.parametrize("reader", ["", "mov", "matroska", "ogg", "mp3", "wav", "aac", "amr"])
def test_no_list_of_addresses_makes_it_open_one(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each list once as it comes, and once forced upon each reader that we ever choose."""
    port, came, server = listener()
    secret = tmp_path / "secret.wav"
    secret.write_bytes(sound(2, "wav", "pcm_s16le"))
    if reader:
        monkeypatch.setattr(sounds, "reader_of", lambda content: reader)
    for text in lists(f"http://127.0.0.1:{port}/a.wav", secret):
        with pytest.raises(SoundRefused):
            record(BytesIO(text))
    server.close()
    assert came == []


def lists(url: str, secret: Path) -> list[bytes]:
    hls = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n{}\n#EXT-X-ENDLIST\n"
    dash = '<?xml version="1.0"?><MPD><Period><BaseURL>{}</BaseURL></Period></MPD>'
    both = (url, f"file:{secret}", str(secret), f"concat:{secret}|{secret}", "data:audio/wav,x")
    forms = [
        hls,
        dash,
        "ffconcat version 1.0\nfile '{}'\n",
        "file '{}'\n",
        "[playlist]\nFile1={}\n",
    ]
    forms += ["<asx><entry><ref href='{}'/></entry></asx>", "v=0\nc=IN IP4 127.0.0.1\na={}\n", "{}"]
    return [form.format(to).encode() for form in forms for to in both]


def test_a_list_inside_a_recording_is_refused_by_the_whitelist(tmp_path: Path) -> None:
    """The rule holds in ffmpeg itself: with our options it will not use another reader."""
    listed = tmp_path / "list"
    secret = tmp_path / "a.wav"
    secret.write_bytes(sound(2, "wav", "pcm_s16le"))
    listed.write_text(f"ffconcat version 1.0\nfile '{secret}'\n")
    command = sounds._command("wav")
    assert command[command.index("-protocol_whitelist") + 1] == "file"
    assert command[command.index("-format_whitelist") + 1] == "wav"
    forced = [*command]
    forced[forced.index("-f") + 1] = "concat"
    with listed.open("rb") as heard:
        done = subprocess.run(forced, stdin=heard, capture_output=True, check=False)
    assert done.returncode != 0 and not done.stdout
    assert b"whitelist" in done.stderr.lower()


def test_an_mp4_that_says_its_sound_lies_elsewhere_is_not_followed() -> None:
    command = sounds._command("mov")
    for switch in ("-enable_drefs", "-use_absolute_path"):
        assert command[command.index(switch) + 1] == "0"
        assert command.index(switch) < command.index("-i")


def test_a_decoder_that_never_ends_or_dies_refuses_the_voice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = Path(pictures.__file__).parent
    monkeypatch.setattr(sounds, "WALL_SECONDS", 0.5)
    for stand_in in ("crash.py", "endless.py"):
        monkeypatch.setattr(booth, "__file__", str(folder / stand_in))
        with pytest.raises(SoundRefused):
            record(BytesIO(sound(1)))


def test_the_ceilings_are_real(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With next to no memory ffmpeg cannot even begin: it runs under the ceiling and not beside it."""
    low = tmp_path / "low.py"
    low.write_text(Path(booth.__file__).read_text().replace("800_000_000", "40_000_000"))
    monkeypatch.setattr(booth, "__file__", str(low))
    with pytest.raises(SoundRefused):
        record(BytesIO(sound(1)))


def test_the_last_page_says_how_long_it_plays() -> None:
    assert 1.9 < seconds_of(record(BytesIO(sound(2))).content) < 2.2
    assert seconds_of(b"") == 0
