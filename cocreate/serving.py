"""daphne with one more door: `python -m cocreate.serving -p 8000 cocreate.asgi:application`.

A board frames a batch once; here each socket's transport is given the same bytes, where daphne would
frame the text anew for every socket. Everything else, its options included, is daphne's own.
"""

import sys
from functools import partial
from typing import Any

from daphne.cli import CommandLineInterface
from daphne.server import Server

MOST_UNSENT = 1024 * 1024


class BoardServer(Server):
    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket":
            extensions = scope.setdefault("extensions", {})
            extensions["board.write"] = partial(write_ready, protocol)
        return super().create_application(protocol, scope)


def write_ready(protocol: Any, frames: bytes) -> bool:
    """False when more than MOST_UNSENT waits for this reader; nothing more is written then."""
    if protocol.state != protocol.STATE_OPEN:
        return True
    transport = protocol.transport
    # Twisted keeps what it could not send in these two and has no public name for their size.
    if len(transport.dataBuffer) - transport.offset + transport._tempDataLen > MOST_UNSENT:
        return False
    transport.write(frames)
    return True


class CommandLine(CommandLineInterface):
    server_class = BoardServer


if __name__ == "__main__":
    CommandLine().run(sys.argv[1:])
