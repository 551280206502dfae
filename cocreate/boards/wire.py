"""Frames as they go out: text for any server, bytes for one that takes them ready-made."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wire:
    texts: tuple[str, ...]
    raw: bytes

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Wire":
        kept = tuple(texts)
        return cls(kept, b"".join(map(framed, kept)))


def framed(text: str) -> bytes:
    """One unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    body = text.encode()
    size = len(body)
    if size < 126:
        return bytes((0x81, size)) + body
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + body
    return b"\x81\x7f" + size.to_bytes(8, "big") + body
