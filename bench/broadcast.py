"""The yardstick: asyncio alone, each text frame written again to everybody. Nothing is stored."""

import asyncio
import base64
import hashlib
import sys
from contextlib import suppress
from typing import cast

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Peer(asyncio.Protocol):
    everybody: "set[Peer]" = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.buffer = b""
        self.is_open = False

    def connection_lost(self, exc: Exception | None) -> None:
        self.everybody.discard(self)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_open:
            self._shake_hands()
        while self.is_open and (frame := self._frame()) is not None:
            for peer in self.everybody:
                peer.transport.write(frame)

    def _shake_hands(self) -> None:
        head, end, rest = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return
        lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        key = {name.lower(): value for name, value in lines.items()}[b"sec-websocket-key"]
        accept = base64.b64encode(hashlib.sha1(key + GUID, usedforsecurity=False).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self.buffer, self.is_open = rest, True
        self.everybody.add(self)

    def _frame(self) -> bytes | None:
        """The next client frame as a server frame; its mask is of zeros."""
        data = self.buffer
        if len(data) < 6:
            return None
        size, start = data[1] & 127, 6
        if size == 126:
            size, start = int.from_bytes(data[2:4], "big"), 8
        if len(data) < start + size:
            return None
        body, self.buffer = data[start : start + size], data[start + size :]
        head = bytes((0x81, size)) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")
        return head + body


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Peer, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()


if __name__ == "__main__":
    with suppress(ImportError):
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(main())
