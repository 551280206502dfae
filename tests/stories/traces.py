"""Everything that a server keeps, as somebody would find it who took it, and a search through it.

Rows are read as raw text past every model; sessions and what the cache holds are opened; files, logs,
letters and what was printed are read as they are. The search knows the usual clothes of a word: other
letters' size, hexadecimal, base64, two bytes a letter; and of a code any three words in a row, whatever
stands between them, or its plain hash.
"""

import hashlib
import logging
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection

Traces = dict[str, list[bytes]]
_TAG = re.compile(r"<[^>]*>")
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")
HASHES = ("md5", "sha1", "sha256")

# --- what is looked for ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Canary:
    """A word, an address or a number that nothing but the right column may know."""

    name: str
    said: str

    def lies_in(self, hidden: "Pile") -> bool:
        return any(form in hidden.small for form in self._forms()) or any(
            form in hidden.raw for form in _in_base64(self.said.encode())
        )

    def _forms(self) -> Iterator[bytes]:
        plain = self.said.casefold().encode()
        yield plain
        yield from {plain.hex().encode(), self.said.encode().hex().encode()}
        yield self.said.casefold().encode("utf-16-le")
        # Addresses are few enough to be guessed from a hash that has no key.
        yield from (hashlib.new(name, self.said.encode()).hexdigest().encode() for name in HASHES)


@dataclass(frozen=True)
class Code:
    """The seven words of a receipt. Two in a row may be chance, three are not."""

    name: str
    words: tuple[str, ...]

    def lies_in(self, hidden: "Pile") -> bool:
        rows = [self.words[at : at + 3] for at in range(len(self.words) - 2)]
        joined = ("".join(row).encode() for row in rows)
        return (
            any(f" {' '.join(row)} " in hidden.words for row in rows)
            or any(form in hidden.small for form in (*joined, *self._hashes()))
            or any(
                form in hidden.raw
                for between in (" ", "-")
                for form in _in_base64(between.join(self.words).encode())
            )
        )

    def _hashes(self) -> Iterator[bytes]:
        for between in (" ", "-", ""):
            typed = between.join(self.words).encode()
            yield from (hashlib.new(name, typed).hexdigest().encode() for name in HASHES)


Needle = Canary | Code


def _in_base64(said: bytes) -> Iterator[bytes]:
    """As it looks in the middle of something longer, wherever it begins there."""
    for before in range(3):
        whole = b64encode(b"\0" * before + said)
        # The first and the last signs also hold bits of the neighbours.
        cut = whole[-(-before * 8 // 6) : -4]
        if len(cut) >= 6:
            yield from {cut, cut.translate(bytes.maketrans(b"+/", b"-_"))}


@dataclass
class Pile:
    """The traces of one place, in the forms they are looked through in."""

    raw: bytes
    small: bytes = field(init=False)
    words: str = field(init=False)

    def __post_init__(self) -> None:
        text = self.raw.decode("utf-8", "replace")
        self.small = text.casefold().encode()
        plain = _TAG.sub(" ", unescape(text)).casefold()
        self.words = f" {_BETWEEN_WORDS.sub(' ', plain)} "


def found(needles: Iterable[Needle], traces: Traces) -> list[str]:
    """Which of them lie where."""
    piles = {place: Pile(b"\n".join(pieces)) for place, pieces in traces.items()}
    return [
        f"{needle.name} in {place}"
        for needle in needles
        for place, pile in piles.items()
        if needle.lies_in(pile)
    ]


# --- where it is looked for -----------------------------------------------------------------------


def rows() -> list[bytes]:
    """Every row of every table, past every model, as in a dump."""
    tables = connection.introspection.table_names()
    said: list[bytes] = []
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                said += [str(row[0]).encode() for row in cursor.fetchall()]
            else:
                cursor.execute(f'SELECT * FROM "{table}"')
                said += [_cells(row) for row in cursor.fetchall()]
    return said


def _cells(row: Iterable[Any]) -> bytes:
    return b" | ".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row
    )


def database_files() -> list[bytes]:
    """The file itself with what was deleted from it, and the log of what was written last."""
    if connection.vendor != "sqlite":
        return []
    name = Path(connection.settings_dict["NAME"])
    return [path.read_bytes() for path in name.parent.glob(f"{name.name}*")]


def sessions() -> list[bytes]:
    """Signed and packed, but not encrypted: whoever has the rows can read them."""
    return [repr(session.get_decoded()).encode() for session in Session.objects.all()]


def cached() -> list[bytes]:
    """What stands in Redis under whatever key, and what Redis remembers of slow commands; without
    one, what the process holds."""
    if settings.REDIS_URL:
        return _in_redis(caches["default"]._cache.get_client())  # type: ignore[attr-defined]
    kept: list[bytes] = []
    for cache in caches.all():
        for key, value in cache._cache.items():
            kept += [str(key).encode(), value]
    return kept


def _in_redis(redis: Any) -> list[bytes]:
    read = {
        b"string": redis.get,
        b"hash": redis.hgetall,
        b"set": redis.smembers,
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"zset": lambda key: redis.zrange(key, 0, -1),
        b"stream": redis.xrange,
    }
    kept = [repr(slow).encode() for slow in redis.slowlog_get(128)]
    for key in redis.scan_iter():
        value = read[redis.type(key)](key)
        kept += [key, value if isinstance(value, bytes) else repr(value).encode()]
    return kept


def files(*folders: Path) -> list[bytes]:
    """Their names and what they hold."""
    every = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [part for path in every for part in (path.name.encode(), path.read_bytes())]


def letters() -> list[bytes]:
    """To whom a letter goes is no trace: it can go nowhere else."""
    return [
        f"{letter.subject}\n{letter.body}\n{letter.extra_headers}\n{letter.attachments}"
        f"{getattr(letter, 'alternatives', '')}".encode()
        for letter in mail.outbox
    ]


class Journal(logging.Handler):
    """Whatever any logger says, as it stands in a log with every field of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[bytes] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = logging.Formatter().format(record)
        self.lines.append(f"{line}\n{vars(record)!r}".encode("utf-8", "replace"))


@contextmanager
def journal() -> Iterator[Journal]:
    """All loggers at DEBUG, also those that usually keep quiet or to themselves."""
    listening = Journal()
    named = [
        one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)
    ]
    every = [logging.root, *named]
    before = [(one, one.level, one.disabled) for one in every]
    alone = [one for one in every if one is logging.root or not one.propagate]
    for one in every:
        one.setLevel(logging.DEBUG)
        one.disabled = False
    for one in alone:
        one.addHandler(listening)
    try:
        yield listening
    finally:
        for one in alone:
            with suppress(ValueError):
                one.removeHandler(listening)
        for one, level, disabled in before:
            one.setLevel(level)
            one.disabled = disabled
