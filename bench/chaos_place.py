"""The place that is struck: two web processes, a Redis and a PostgreSQL of our own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

from tests.boards.client import Client
from tests.boards.served import Served
from tests.provide import POSTGRES
from tests.run import free_port

PEOPLE = 12
HEALTHY = "cocreate.asgi:application"
PREPARE = """
import json
from cocreate.boards.models import Board, Column, Workshop
from cocreate.boards.operations import come_in
from cocreate.boards.seats import cookie_name
from cocreate.contributions.models import Membership, Room
from tests.cast import Cast
from tests.boards.harness import leads
cast = Cast.arrives()
room = Room.objects.create(kind="board", audience="public")
Membership.objects.create(room=room, user=cast.host, role="host")
w = Workshop.objects.create(room=room, title="Uvejr", purpose="-")
b = Board.objects.create(workshop=w, question="Hvad holder?", hidden=False)
c = Column.objects.create(board=b, title="En")
seats = [f"{cookie_name(w)}={come_in(w, f'chaos-{n}')}" for n in range(%d)]
print("READY" + json.dumps([w.code, c.uid, leads(cast), seats]))
"""


class Cluster:
    """A PostgreSQL of our own with its default durability, that can be stopped the hard way."""

    def __init__(self, folder: str) -> None:
        self.binaries = Path(sorted(glob(POSTGRES))[-1]).parent
        self.folder, self.port = folder, free_port()
        self.wrap: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            self.wrap = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._run(
            "initdb", "-D", self.data, "-U", "cocreate", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip

    @property
    def data(self) -> str:
        return f"{self.folder}/data"

    @property
    def url(self) -> str:
        return f"postgres://cocreate@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "-o", options, "start"
        )

    def stop(self) -> None:
        """As when the power goes: no checkpoint, no goodbye."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def end(self) -> None:
        """Whether it runs or lies there struck."""
        with suppress(subprocess.CalledProcessError):
            self.stop()

    def _run(self, name: str, *arguments: str) -> None:
        """In a session of its own: Ctrl-C is for the storm, which then ends everything itself."""
        subprocess.run(
            [*self.wrap, f"{self.binaries}/{name}", *arguments],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder, start_new_session=True,
        )  # fmt: skip


class RedisServer:
    def __init__(self, folder: str) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--dir", self.folder],
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(5)
            self.process = None


@dataclass
class Place:
    """Everything that runs, and the address of the workshop in it."""

    cluster: Cluster
    redis: RedisServer
    web: list[Served]
    code: str
    column: str
    host: str
    seats: list[str]

    @property
    def addresses(self) -> list[str]:
        return [f"ws://127.0.0.1:{served.port}" for served in self.web]

    def serve_instead(self, application: str) -> None:
        for served in self.web:
            served.kill()
            served.application = application
            served.spawn()
        for served in self.web:
            served.waits_until_it_answers()

    def client(self, cookie: str, number: int, as_: str = "") -> Client:
        base = self.addresses[number % len(self.web)]
        client = Client(f"{base}/ws/v/{self.code}/", cookie, base.replace("ws", "http", 1), as_=as_)
        client.raw = deque(maxlen=20)  # type: ignore[assignment]
        return client


@contextmanager
def place(application: str = HEALTHY, processes: int = 2) -> Iterator[Place]:
    with ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="cocreate-chaos-", ignore_cleanup_errors=True)
        )
        Path(folder).chmod(0o755)
        own = {name: f"{folder}/{name}" for name in ("pg", "redis", "var")}
        for path in own.values():
            Path(path).mkdir()
        cluster, redis = Cluster(own["pg"]), RedisServer(own["redis"])
        stack.callback(cluster.end)
        cluster.start()
        stack.callback(redis.kill)
        redis.start()
        environment = {
            "DATABASE_URL": cluster.url,
            "REDIS_URL": redis.url,
            "VAR_DIR": own["var"],
            "DJANGO_SETTINGS_MODULE": "cocreate.settings.test",
        }
        told = _prepare(environment)
        web = [Served("uvicorn", application, environment) for _ in range(processes)]
        for served in web:
            stack.callback(served.kill)
            served.spawn()
        for served in web:
            served.waits_until_it_answers()
        yield Place(cluster, redis, web, *told)


def _prepare(environment: dict[str, str]) -> list[Any]:
    whole = {**os.environ, **environment}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v", "0"], env=whole, check=True)
    made = subprocess.run(
        [*manage, "shell", "-v", "0", "-c", PREPARE % PEOPLE],
        env=whole, check=True, capture_output=True, text=True,
    )  # fmt: skip
    told: list[Any] = json.loads(made.stdout.rpartition("READY")[2])
    return told
