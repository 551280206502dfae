"""Production as docs/operate.md describes it: its commands are run, its processes started, in front
of them a proxy. Only the ports are our own, and everything lies in a folder that is thrown away."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe

from cryptography.fernet import Fernet

from tests.run import free_port, postgres, redis
from tests.topology import handbook
from tests.topology.proxy import Proxy

ROOT = Path(__file__).parents[2]
STRATEGY = ROOT / "tests/themes/data/solbaek.md"

# The commands of the handbook one after another, without starting Python for each; then a workshop
# that is on, and a story that a host approved for a time that has come.
PREPARE = """
import json, shlex, sys
from datetime import timedelta
from django.core.management import execute_from_command_line
for line in sys.stdin:
    execute_from_command_line(["manage.py", *shlex.split(line)])
from django.utils import timezone
from cocreate.moderation.operations import approve
from tests.boards.people import hold
from tests.cast import Cast, give_story
cast = Cast.arrives()
party = hold(cast, hidden=False)
for number in range(20):
    party.write(party.facilitator, f"{number} " + "Der er langt til lægen. " * 40)
story = give_story("Der kom en og fulgte mig til lægen.", title="En at følges med")
approve(story.contribution, by=cast.host, publish_at=timezone.now() - timedelta(minutes=1))
print("READY" + json.dumps([party.workshop.code, party.columns[0].uid]))
"""


@dataclass
class Process:
    """One line of the Procfile that runs, in a process group of its own."""

    popen: "subprocess.Popen[bytes]"
    log: Path

    def is_gone(self) -> bool:
        """And everything that it started."""
        self.popen.poll()
        try:
            os.killpg(self.popen.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def ask_to_end(self) -> None:
        self.popen.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()


@dataclass
class Place:
    """What runs, and what is there to be found."""

    folder: Path
    proxy: Proxy
    environment: dict[str, str]
    processes: dict[str, Process] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    said: str = ""
    code: str = ""
    column: str = ""

    def prepare(self) -> None:
        (self.folder / "strategy.txt").write_text(STRATEGY.read_text())
        done = subprocess.run(
            [sys.executable, "-c", PREPARE],
            input="\n".join(handbook.commands()), cwd=self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        self.said, _ready, made = done.stdout.rpartition("READY")
        self.code, self.column = json.loads(made)

    def start(self, name: str, command: str) -> None:
        """On a port of our own, if it listens at all."""
        port = free_port()
        own = re.sub(r"(127\.0\.0\.1:|--port )\d+", rf"\g<1>{port}", command)
        if own != command:
            self.ports[name] = port
        log = self.folder / f"{name}.log"
        with log.open("ab") as out:
            popen = subprocess.Popen(
                own.split(), cwd=ROOT, env=self.environment, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
        self.processes[name] = Process(popen, log)

    def waits_until_all_answer(self, seconds: float = 40) -> None:
        until = time.monotonic() + seconds
        for name, port in self.ports.items():
            while not _answers(port):
                process = self.processes[name]
                assert process.popen.poll() is None, process.log.read_text()
                assert time.monotonic() < until, process.log.read_text()
                time.sleep(0.05)

    def ends(self, seconds: float) -> dict[str, float]:
        """Asks all to end; how long each took, if it did."""
        started = time.monotonic()
        for process in self.processes.values():
            process.ask_to_end()
        took: dict[str, float] = {}
        while time.monotonic() - started < seconds and len(took) < len(self.processes):
            for name, process in self.processes.items():
                if name not in took and process.is_gone():
                    took[name] = time.monotonic() - started
            time.sleep(0.02)
        return took

    def logs(self) -> str:
        return "".join(process.log.read_text() for process in self.processes.values())


def _answers(port: int) -> bool:
    with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=5)) as asked:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == 200
    return False


@contextmanager
def in_production() -> Iterator[Place]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cocreate-live-")))
        # `doctor` accepts no database that forgets, so this one is as durable as any.
        database = stack.enter_context(postgres(durable=True))
        cache = stack.enter_context(redis())
        proxy = stack.enter_context(Proxy(handbook.boards_addresses()))
        place = Place(folder, proxy, _environment(folder, proxy.port, database, cache))
        place.prepare()
        for name, command in handbook.processes().items():
            place.start(name, command)
            stack.callback(place.processes[name].kill)
        place.waits_until_all_answer()
        boards = [port for name, port in place.ports.items() if name.startswith("boards")]
        proxy.stand_before(place.ports["pages"], boards)
        stack.callback(proxy.shutdown)
        yield place


def _environment(folder: Path, port: int, database: str, cache: str) -> dict[str, str]:
    """Nothing of the suite's own but where Python is."""
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "cocreate.settings.production",
        "SECRET_KEY": token_urlsafe(64),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "RECEIPT_KEY": token_urlsafe(32),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"https://127.0.0.1:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
        "DATABASE_URL": database,
        "REDIS_URL": cache,
        "VAR_DIR": str(folder / "var"),
        "TRUSTED_PROXIES": "1",
        "EMBEDDED_WORKER": "false",
    }
