"""A web process of its own: started, waited for, killed, and its log read."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from tempfile import mkdtemp

from tests.run import free_port

APPLICATION = "cocreate.asgi:application"

# What no log may hold after a hostile visit.
TROUBLE = ("Traceback", "ERROR", "Exception", "never retrieved")


def command(server: str, port: int, application: str = APPLICATION) -> list[str]:
    if server in {"daphne", "plain daphne"}:
        # As `make run` does it, or as one that takes no ready frames.
        module = "cocreate.serving" if server == "daphne" else "daphne"
        # A reader who answers no ping is given up after four seconds, not after fifty.
        slow = ["--ping-interval", "2", "--ping-timeout", "2"]
        where = ["-b", "127.0.0.1", "-p", str(port), "-v", "0", "--no-server-name"]
        return [sys.executable, "-m", module, *where, *slow, application]
    ready = ["--ws", "cocreate.boards.servers:ReadyFrames", "--lifespan", "off"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    return [sys.executable, "-m", "uvicorn", *where, *ready, application]


@dataclass
class Served:
    """One web process, its address and its log."""

    server: str
    application: str = APPLICATION
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    log: Path = field(default_factory=lambda: Path(mkdtemp(prefix="cocreate-log-")) / "log")
    process: "subprocess.Popen[bytes] | None" = None
    read: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        self.spawn()
        self.waits_until_it_answers()

    def spawn(self) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cocreate.settings.test",
            **self.environment,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command(self.server, self.port, self.application),
                env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    def waits_until_it_answers(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process is not None and self.process.poll() is None, self.log.read_text()
            with suppress(OSError):
                asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
                asked.request("GET", "/robots.txt")
                asked.getresponse().read()
                asked.close()
                return
            time.sleep(0.05)
        raise TimeoutError(self.log.read_text())

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        self.process = None

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def said(self) -> str:
        """What it has logged since it was asked last."""
        text = self.log.read_text(errors="replace")
        new, self.read = text[self.read :], len(text)
        return new

    def trouble(self) -> list[str]:
        """What it has logged since, from the first line on that should not be there."""
        lines = self.said().splitlines()
        bad = [n for n, line in enumerate(lines) if any(one in line for one in TROUBLE)]
        return lines[bad[0] :] if bad else []

    def memory(self) -> int:
        """Bytes of memory of its own."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = [one for one in status.splitlines() if one.startswith("VmRSS")]
        return int(line.split()[1]) * 1024

    def ask(
        self, method: str, path: str, cookie: str = "", body: str = "", **headers: str
    ) -> "tuple[int, dict[str, str], str]":
        """An ordinary request."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked.request(method, path, body or None, {"Cookie": cookie, **named})
        answer = asked.getresponse()
        told = answer.read().decode()
        asked.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, told
