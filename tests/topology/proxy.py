"""The proxy of docs/operate.md as small as it can be: it looks at the first lines of a connection,
chooses a process, and from then on carries bytes. No TLS: it says that it was there."""

import socket
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatch
from itertools import cycle
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

# Where the visitors are, as if they came from outside: an address kept for examples (RFC 5737).
VISITORS_ADDRESS = "203.0.113.7"
FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded"}


class Proxy(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, to_boards: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.to_boards = to_boards
        # Which process each address was sent to, in the order asked.
        self.sent: list[tuple[str, int]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def stand_before(self, pages: int, boards: list[int]) -> None:
        self.pages, self.boards = pages, cycle(boards)
        Thread(target=self.serve_forever, daemon=True).start()

    def process_for(self, path: str) -> int:
        to_boards = any(fnmatch(path, f"{pattern}*") for pattern in self.to_boards)
        port = next(self.boards) if to_boards else self.pages
        self.sent.append((path, port))
        return port

    def went_to(self, path: str) -> list[int]:
        return [port for asked, port in self.sent if asked == path]


class Visit(StreamRequestHandler):
    server: Proxy

    def handle(self) -> None:
        first, lines = self._head()
        if not first:
            return
        path = first.split()[1].partition("?")[0]
        with socket.create_connection(("127.0.0.1", self.server.process_for(path))) as there:
            there.sendall("\r\n".join([first, *lines, "", ""]).encode("latin-1"))
            answering = Thread(target=carry, args=(there.recv, self.connection), daemon=True)
            answering.start()
            carry(self.rfile.read1, there)
            answering.join()

    def _head(self) -> tuple[str, list[str]]:
        lines = []
        while (line := self.rfile.readline().decode("latin-1").rstrip("\r\n")) != "":
            lines.append(line)
        if not lines:
            return "", []
        named = {line.partition(":")[0].lower(): line for line in lines[1:]}
        kept = [line for name, line in named.items() if name not in FORWARDED]
        if "upgrade" not in named:
            # One request for a connection: each is looked at.
            kept = [line for line in kept if not line.lower().startswith("connection:")]
            kept.append("Connection: close")
        kept.append(f"X-Forwarded-For: {VISITORS_ADDRESS}")
        return lines[0], [*kept, "X-Forwarded-Proto: https"]


def carry(read: Callable[[int], bytes], to: socket.socket) -> None:
    """Until one end has no more to say; the other is told."""
    with suppress(OSError):
        while data := read(65536):
            to.sendall(data)
    with suppress(OSError):
        to.shutdown(socket.SHUT_WR)
