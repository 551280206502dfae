"""Servers that take a ready frame: the hub frames a batch once and each socket gets the same bytes.

Offered to the application as scope["extensions"]["board.write"]: a call with whole, unfragmented,
unmasked frames that answers whether the reader keeps up. Control frames stay with the server.

Production: `uvicorn --ws cocreate.boards.servers:ReadyFrames`, or the worker class below under
gunicorn. `manage.py serve` uses the daphne server.
"""

from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

MOST_UNSENT = 1024 * 1024
# So long a slow reader has to read why it is closed.
LAST_SECONDS = 5.0


class ReadyFrames(WebSocketsSansIOProtocol):
    """uvicorn's own protocol with one more door."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions = cast("dict[str, Any]", self.scope["extensions"])
            extensions["board.write"] = self.write_ready

    def send_receive_event_to_app(self) -> None:
        """Text that is none closes the socket; uvicorn would log a traceback for each."""
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self.frames = []
            self.conn.send_close(1007)
            self.handle_parser_exception()
        else:
            super().send_receive_event_to_app()

    def write_ready(self, frames: bytes) -> bool:
        """False when more than MOST_UNSENT waits for this reader; nothing more is written then.

        Who reads nothing at all reads no goodbye either, and a closing transport waits for what is
        unsent: after a moment it is let go with it.
        """
        if self.close_sent or self.transport.is_closing():
            return True
        if self.transport.get_write_buffer_size() > MOST_UNSENT:
            self.loop.call_later(LAST_SECONDS, self.transport.abort)
            return False
        self.transport.write(frames)
        return True


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
