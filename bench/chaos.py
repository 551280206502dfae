"""`make chaos`: a workshop goes on while its web processes, Redis and PostgreSQL are killed.

Two web processes, and people who write, vote, and come back whenever they are thrown out. After each
blow everybody rests: all boards must be equal within five seconds of everything being up again. In the
end nothing that was acknowledged may be lost or doubled, and the numbers have no gap.
"""

import argparse
import asyncio
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from glob import glob
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests.boards.client import Board, Client
from tests.boards.served import Served
from tests.provide import POSTGRES
from tests.run import free_port

PEOPLE = 12
EACH_SECONDS = 0.3
EQUAL_WITHIN = 5.0
SETTLES_WITHIN = 20.0
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

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [*self.wrap, f"{self.binaries}/{name}", *arguments],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder,
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
            stdout=subprocess.DEVNULL,
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
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cocreate-chaos-"))
        Path(folder).chmod(0o755)
        own = {name: f"{folder}/{name}" for name in ("pg", "redis", "var")}
        for path in own.values():
            Path(path).mkdir()
        cluster, redis = Cluster(own["pg"]), RedisServer(own["redis"])
        cluster.start()
        stack.callback(cluster.stop)
        redis.start()
        stack.callback(redis.kill)
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


@dataclass
class Outcome:
    blows: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    votes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    # Seconds from everything being up again until all boards were equal.
    equal_after: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        longest = max(self.equal_after, default=0.0)
        blows = ", ".join(f"{name} {n}×" for name, n in self.blows.items())
        return (
            f"{blows}: {self.acknowledged} notes and {self.votes} votes acknowledged; all equal "
            f"after at most {longest:.1f} s; "
            + (f"{len(self.problems)} problems" if self.problems else "nothing lost or doubled")
        )


class Crowd:
    """People who write and vote for as long as they may, and remember what they were promised."""

    def __init__(self, here: Place, outcome: Outcome) -> None:
        self.here, self.outcome = here, outcome
        self.host = here.client(here.host, 0, "tovholder")
        self.people = [here.client(cookie, n) for n, cookie in enumerate(here.seats)]
        self.asked: list[dict[str, dict[str, Any]]] = [{} for _ in self.people]
        # Another crowd's notes may hang here already.
        self.name = secrets.token_hex(3)
        self.resting = False
        self.tasks: list[asyncio.Task[None]] = []
        self.dice = random.Random(7)  # noqa: S311

    async def arrive(self) -> None:
        for client in [self.host, *self.people]:
            self.tasks.append(asyncio.create_task(client.stays(self.here.addresses)))
        for client in [self.host, *self.people]:
            await client.until(lambda client=client: client.board.seq is not None, 20)
        for number in range(len(self.people)):
            self.tasks.append(asyncio.create_task(self._takes_part(number)))

    async def leave(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for client in [self.host, *self.people]:
            await client.close()

    async def _takes_part(self, number: int) -> None:
        client, asked = self.people[number], self.asked[number]
        for turn in count():
            await asyncio.sleep(EACH_SECONDS * self.dice.uniform(0.7, 1.3))
            # Somebody whose words do not get through waits before writing more.
            if self.resting or len(client.sent) > 12:
                continue
            if client.board.settings.get("phase") == "vote" and client.board.notes:
                note = self.dice.choice(list(client.board.notes))
                fields = {"note": note, "dots": self.dice.randrange(3)}
                kind = "vote.set"
            else:
                kind = "note.add"
                fields = {"column": self.here.column, "text": f"{self.name}-{number}-{turn}"}
            cid = await client.send(kind, **fields)
            asked[cid] = {"kind": kind, **fields}

    async def turn_phase(self, phase: str) -> None:
        await self.host.send("phase.set", phase=phase, hidden=False)

    async def rests(self) -> float:
        """Nobody asks for more; returns how long it took until all had the same."""
        self.resting = True
        started = time.monotonic()
        try:
            await self._until(lambda: self._all_equal(), SETTLES_WITHIN)
        except TimeoutError:
            self.outcome.problems.append(f"not equal after {SETTLES_WITHIN} s: {self._where()}")
        took = time.monotonic() - started
        self.outcome.equal_after.append(took)
        if took > EQUAL_WITHIN:
            self.outcome.problems.append(f"equal only after {took:.1f} s")
        return took

    def _where(self) -> str:
        return str([(client.board.seq, len(client.sent)) for client in [self.host, *self.people]])

    async def _until(self, so: Any, seconds: float) -> None:
        async with asyncio.timeout(seconds):
            for _ in count():
                if so():
                    return
                await asyncio.sleep(0.05)

    def _all_equal(self) -> bool:
        if any(client.sent for client in [self.host, *self.people]):
            return False
        if len({client.board.seq for client in [self.host, *self.people]}) > 1:
            return False
        first, *others = [shared(client) for client in self.people]
        return all(other == first for other in others)

    # --- in the end ---------------------------------------------------------------------------------

    async def is_right(self) -> None:
        """What was promised is there, once; read by people who come anew."""
        whole = await self._comes_anew(0)
        texts = Counter(note["text"] for note in whole.notes.values())
        for number, client in enumerate(self.people):
            await self._promises_are_kept(number, client, texts)
        for text, times in texts.items():
            if times > 1:
                self.outcome.problems.append(f"{text} is there {times} times")
        self._numbers_have_no_gap()

    async def _promises_are_kept(self, number: int, client: Client, texts: Counter[str]) -> None:
        votes: dict[str, tuple[int, int]] = {}
        for cid, op in self.asked[number].items():
            answer = client.acked.get(cid)
            if answer is None:
                self.outcome.refused[client.refused.get(cid, "no answer")] += 1
                if client.refused.get(cid) is None:
                    self.outcome.problems.append(f"{op} was never answered")
            elif op["kind"] == "note.add":
                self.outcome.acknowledged += 1
                if not texts[op["text"]]:
                    self.outcome.problems.append(f"note {op['text']} was acknowledged and is lost")
            else:
                self.outcome.votes += 1
                votes[op["note"]] = max(votes.get(op["note"], (0, 0)), (answer[1], op["dots"]))
        anew = await self._comes_anew(number)
        promised = {note: dots for note, (_seq, dots) in votes.items() if dots}
        for name, kept in (("a fresh", anew.votes), ("the open", client.board.votes)):
            if kept != promised:
                self.outcome.problems.append(f"votes of {number}: {promised}, {name} board {kept}")

    async def _comes_anew(self, number: int) -> Board:
        client = self.here.client(self.here.seats[number], number)
        staying = asyncio.create_task(client.stays(self.here.addresses))
        await client.until(lambda: client.board.seq is not None, 20)
        staying.cancel()
        await client.close()
        return client.board

    def _numbers_have_no_gap(self) -> None:
        with psycopg.connect(self.here.cluster.url) as connection:
            rows = connection.execute("SELECT seq FROM boards_operation ORDER BY seq").fetchall()
            newest = connection.execute("SELECT seq FROM boards_board").fetchone()
        numbers = [row[0] for row in rows]
        if numbers != list(range(1, len(numbers) + 1)) or newest != (len(numbers),):
            self.outcome.problems.append("the numbers have a gap")


def shared(client: Client) -> dict[str, Any]:
    board = client.board
    settings = {name: value for name, value in board.settings.items() if name != "left"}
    return {"settings": settings, "notes": board.notes, "groups": board.groups}


async def storm(here: Place, blows: list[str], *, say: Any = None) -> Outcome:
    outcome = Outcome()
    crowd = Crowd(here, outcome)
    await crowd.arrive()
    told = 0
    for number, blow in enumerate(blows):
        crowd.resting = False
        await crowd.turn_phase("vote" if number % 3 == 1 else "cluster")
        await asyncio.sleep(crowd.dice.uniform(0.8, 1.6))
        await asyncio.to_thread(strike, here, blow, crowd.dice)
        outcome.blows[blow] += 1
        took = await crowd.rests()
        if say:
            say(f"{number + 1}/{len(blows)} {blow}: equal after {took:.1f} s")
            while len(outcome.problems) > told:
                say(f" - {outcome.problems[told]}")
                told += 1
    await crowd.is_right()
    await crowd.leave()
    return outcome


def strike(here: Place, blow: str, dice: random.Random) -> None:
    """Returns when it is up again."""
    down = dice.uniform(0.1, 1.0)
    if blow == "web":
        served = dice.choice(here.web)
        served.kill()
        time.sleep(down)
        served.start()
    elif blow == "redis":
        here.redis.kill()
        time.sleep(down)
        here.redis.start()
    else:
        here.cluster.stop()
        time.sleep(down)
        here.cluster.start()


def blows_of(web: int, redis: int, postgres: int) -> list[str]:
    blows = ["web"] * web + ["redis"] * redis + ["postgres"] * postgres
    random.Random(11).shuffle(blows)  # noqa: S311
    return blows


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    for name, rounds in (("web", 50), ("redis", 20), ("postgres", 10)):
        asked.add_argument(f"--{name}", type=int, default=rounds)
    asked.add_argument("--application", default=HEALTHY)
    options = asked.parse_args()
    with place(options.application) as here:
        blows = blows_of(options.web, options.redis, options.postgres)
        outcome = asyncio.run(storm(here, blows, say=print))
    print(outcome)
    for problem in outcome.problems[:20]:
        print(" -", problem)
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
