"""A voice written anew: what a phone or a browser recorded becomes Opus in Ogg, and nothing else of
it is kept. Names, places and pictures that recorders put into a file are gone afterwards.

ffmpeg does the decoding, in a child process with ceilings (booth.py). It is told which of its
readers to use by the first bytes of the file, and may use no other: a list of addresses that names
itself a recording must not make it open one of them.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from cocreate.sounds import booth

MAX_BYTES = 20 * 1024 * 1024
MAX_SECONDS = 120
# A recorder that stops at two minutes writes a little more.
GRACE_SECONDS = 2
SHORTEST_SECONDS = 0.5
WALL_SECONDS = 45
MOST_OUT = 2_000_000
SAMPLES_A_SECOND = 48_000
DECODERS = (
    "opus,libopus,vorbis,aac,mp3float,mp3,alac,flac,"
    "pcm_s16le,pcm_s24le,pcm_s32le,pcm_u8,pcm_f32le,pcm_alaw,pcm_mulaw,"
    "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb"
)


class SoundRefused(Exception):
    """The file cannot become a voice here; the message is for the person who recorded it."""


@dataclass(frozen=True)
class Voice:
    """Sound we wrote ourselves, without a word about where it came from."""

    content: bytes
    seconds: int


def can_be_heard() -> bool:
    """Whether voices are taken in here at all."""
    return _ffmpeg() is not None


def _ffmpeg() -> str | None:
    return shutil.which(settings.FFMPEG) if settings.FFMPEG else None


def record(upload: IO[bytes]) -> Voice:
    """The voice as new sound, or SoundRefused.

    Refused are: more than 20 MB, more than two minutes (measured in what was decoded, not read from
    a header), files without sound, and every kind of file that a recorder does not write.
    """
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _refusal("bytes")
    reader = reader_of(content)
    if not reader:
        raise _refusal("unknown")
    written = _written(content, reader)
    seconds = seconds_of(written)
    if seconds < SHORTEST_SECONDS:
        raise _refusal("damaged")
    if seconds > MAX_SECONDS + GRACE_SECONDS:
        raise _refusal("long")
    return Voice(written, min(MAX_SECONDS, max(1, round(seconds))))


def reader_of(content: bytes) -> str:
    """The one of ffmpeg's readers for this kind of file, by its first bytes; "" for no recording."""
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if content.startswith(b"OggS"):
        return "ogg"
    if content[4:8] == b"ftyp":
        return "mov"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav"
    if content.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "amr"
    if content.startswith(b"ID3"):
        return "mp3"
    return _by_frame(content)


def _by_frame(content: bytes) -> str:
    """Recordings without a header begin with a frame: eleven bits that are set, then the layer."""
    if len(content) < 2 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return ""
    if content[1] & 0xF6 == 0xF0:
        return "aac"
    return "mp3" if content[1] & 0x06 == 0x02 else ""


def _command(reader: str) -> list[str]:
    found = _ffmpeg()
    if found is None:
        raise _refusal("closed")
    safe = ["-hide_banner", "-loglevel", "error", "-nostdin", "-threads", "1"]
    only = [
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        reader,
        "-codec_whitelist",
        DECODERS,
    ]
    # Standard input by its name among open files: as a pipe ffmpeg could not go back in it.
    # An mp4 may say that its sound lies in another file; that it may never fetch.
    only += ["-enable_drefs", "0", "-use_absolute_path", "0"] if reader == "mov" else []
    read = ["-probesize", "5000000", "-f", reader, "-i", "file:/dev/stdin"]
    bare = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"]
    exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
    sound = ["-ac", "1", "-ar", str(SAMPLES_A_SECOND), "-c:a", "libopus", "-b:a", "24k"]
    ends = ["-t", str(MAX_SECONDS + 2 * GRACE_SECONDS), "-fs", str(MOST_OUT)]
    out = ["-application", "voip", *exact, *ends, "-f", "ogg", "pipe:1"]
    return [found, *safe, *only, *read, *bare, *sound, *out]


def _written(content: bytes, reader: str) -> bytes:
    command = [sys.executable, "-I", str(Path(booth.__file__)), *_command(reader)]
    with os.fdopen(os.memfd_create("voice"), "w+b") as heard:
        heard.write(content)
        heard.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own file, and words of our own
                command,
                stdin=heard,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _refusal("damaged") from None
    # A decoder that crashed or met a ceiling leaves half a file, or none.
    if done.returncode or not done.stdout.startswith(b"OggS"):
        raise _refusal("damaged")
    return done.stdout


def seconds_of(ogg: bytes) -> float:
    """How long it plays: the number of the last sample, which stands in the last page (RFC 3533)."""
    page = ogg.rfind(b"OggS")
    position = int.from_bytes(ogg[page + 6 : page + 14], "little", signed=True)
    return position / SAMPLES_A_SECOND if page >= 0 else 0.0


def _refusal(reason: str) -> SoundRefused:
    sentences = {
        "bytes": _("The recording is too large. It may be 20 MB at most."),
        "closed": _("We cannot take in sound right now. Write it, or try again another day."),
        "damaged": _("We could not hear anything in the recording. Record it once more."),
        "long": _("The recording is too long. It may last two minutes."),
        "unknown": _("We could not read the file as a recording. Record it once more."),
    }
    return SoundRefused(sentences[reason])
