"""`make bench` for the boards: notes to every socket, against servers of the same run."""

import base64
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection
from statistics import median

from bench import load
from tests.provide import provide
from tests.run import free_port, postgres

SIZES = [(500, 100), (200, 50)]
SECONDS = 8
ROUNDS = int(os.environ.get("ROUNDS", "3"))
OURS = ("uvicorn", "daphne")
YARDSTICKS = ("asyncio", "y-websocket", "hocuspocus")
PEERS = Path(__file__).parent / "peers"


@dataclass
class Hall:
    """What is measured with and on: the load engine, a database of the run's own, its process."""

    engine: Path
    env: dict[str, str]
    database: int


@dataclass
class Talk:
    """What the clients of one server say: opening requests, the first frame, one for each note."""

    upgrades: list[bytes]
    hello: bytes
    frames: list[bytes]

    @property
    def callers(self) -> list[load.Caller]:
        return [load.Caller(upgrade, self.hello) for upgrade in self.upgrades]


PREPARE = """
import json
from cocreate.boards.models import *
from cocreate.boards.operations import come_in
from cocreate.boards.seats import cookie_name
from cocreate.boards.asking import Asked
from cocreate.boards.commit import commit
from cocreate.boards.intents import read_intent
from cocreate.boards.seats import seat_of
from cocreate.contributions.models import Room
w = Workshop.objects.create(room=Room.objects.create(kind="board"), title="Maaling", purpose="-")
b = Board.objects.create(workshop=w, question="Hvad?", hidden=False)
c = Column.objects.create(board=b, title="En")
tokens = [come_in(w, f"bench-{{i}}") for i in range({n})]
seats = [seat_of(p) for p in Participant.objects.filter(workshop=w)]
for first in range(0, {notes}, 100):
    commit(b.pk, [
        Asked(seats[i % len(seats)], read_intent(f"prepared-{{i:08}}", {{
            "kind": "note.add", "column": c.uid, "text": f"{{i}} Ingen ringer tilbage.",
        }}))
        for i in range(first, min(first + 100, {notes}))
    ])
print("READY" + json.dumps([w.code, cookie_name(w), c.uid, tokens]))
"""


def environment(database: str, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "bench.board_settings",
        "EMBEDDED_WORKER": "false",
    }


def prepare(env: dict[str, str], people: int, notes: int) -> tuple[str, str, str, list[str]]:
    script = PREPARE.format(n=people, notes=notes)
    run = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        env=env, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    line = next(line for line in run.stdout.splitlines() if line.startswith("READY"))
    code, cookie, column, tokens = json.loads(line[5:])
    return code, cookie, column, tokens


@dataclass
class Server:
    """A process that listens on `port`."""

    command: list[str]
    env: dict[str, str]
    port: int

    def start(self) -> None:
        """Returns when it answers."""
        self.process = subprocess.Popen(self.command, env=self.env, stdout=subprocess.DEVNULL)
        for _ in range(400):
            try:
                create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"no answer from {self.command}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pid(self) -> int:
        return self.process.pid


@contextmanager
def serving(server: str, env: dict[str, str], port: int) -> Iterator[Server]:
    peers = {"PORT": str(port), "HOST": "127.0.0.1"}
    here = Server(command(server, port), {**env, **peers}, port)
    try:
        here.start()
        yield here
    finally:
        here.stop()


def command(server: str, port: int) -> list[str]:
    if server == "daphne":
        return [sys.executable, "-m", "cocreate.serving", "-b", "127.0.0.1", "-p", str(port), "-v", "0",
                "--access-log", os.devnull, "cocreate.asgi:application"]  # fmt: skip
    if server == "uvicorn":
        return [sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port),
                "--ws", "cocreate.boards.servers:ReadyFrames", "--log-level", "error",
                "--no-access-log", "--lifespan", "off", "cocreate.asgi:application"]  # fmt: skip
    if server == "asyncio":
        return [sys.executable, "-m", "bench.broadcast", str(port)]
    if server == "y-websocket":
        return ["node", str(PEERS / "node_modules/y-websocket/bin/server.cjs")]
    return ["node", str(PEERS / "hocuspocus.mjs")]


def note(number: int) -> str:
    return f"{load.marker(number)} Ingen ringer tilbage, selv om de sagde, de ville."


def plan_of_ours(
    env: dict[str, str],
    port: int,
    people: int,
    count: int,
    *,
    say: Callable[[int], str] = note,
    there: int = 0,
) -> Talk:
    """On a board of its own, where so many notes are `there` already."""
    code, cookie, column, tokens = prepare(env, people, there)
    origin = f"Origin: http://127.0.0.1:{port}"
    upgrades = [
        load.upgrade(port, f"/ws/v/{code}/", origin, f"Cookie: {cookie}={token}")
        for token in tokens
    ]
    frames = []
    for number in range(count):
        op = {"kind": "note.add", "column": column, "text": say(number)}
        told = {"t": "op", "cid": secrets.token_urlsafe(16), "op": op}
        frames.append(load.masked(json.dumps(told).encode()))
    return Talk(upgrades, load.masked(b'{"t":"hello","v":1,"since":null}'), frames)


def plan_of_asyncio(port: int, people: int, count: int) -> Talk:
    frames = [
        load.masked(json.dumps({"t": "op", "column": "en", "text": note(number)}).encode())
        for number in range(count)
    ]
    return Talk([load.upgrade(port, "/")] * people, load.masked(b"{}"), frames)


def plan_of_yjs(server: str, port: int, people: int, count: int) -> Talk:
    run = subprocess.run(
        ["node", PEERS / "frames.mjs", server, str(people), str(count)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    told = json.loads(run.stdout)
    frames = [load.masked(base64.b64decode(one), opcode=2) for one in told["ops"]]
    hello = load.masked(base64.b64decode(told["hello"]), opcode=2)
    return Talk([load.upgrade(port, "/board")] * people, hello, frames)


def talk_with(server: str, env: dict[str, str], port: int, people: int, count: int) -> Talk:
    if server in OURS:
        return plan_of_ours(env, port, people, count)
    if server == "asyncio":
        return plan_of_asyncio(port, people, count)
    return plan_of_yjs(server, port, people, count)


def measure(hall: Hall, server: str, size: tuple[int, int]) -> load.Result:
    people, rate = size
    port = free_port()
    talk = talk_with(server, hall.env, port, people, rate * SECONDS)
    with serving(server, hall.env, port) as here:
        ops = [(n / rate, n % people, frame) for n, frame in enumerate(talk.frames)]
        plan = load.Plan(port, talk.callers, ops, people)
        measured = (here.pid, hall.database) if server in OURS else (here.pid,)
        return load.run(hall.engine, plan, *measured)


def postmaster(database: str) -> int:
    import psycopg

    with psycopg.connect(database) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()
    assert folder
    return int((Path(folder[0]) / "postmaster.pid").read_text().splitlines()[0])


def spread_of(values: Sequence[float], digits: int = 1) -> str:
    middle, low, high = median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def row(server: str, size: tuple[int, int], results: list[load.Result]) -> str:
    def spread(name: str) -> str:
        return spread_of([getattr(result, name) for result in results])

    lost = sum(result.lost for result in results)
    doubled = sum(result.doubled for result in results)
    return (
        f"{size[0]:>4} × {size[1]:<4} {server:12} {spread('p50'):>22} {spread('p95'):>22} "
        f"{spread('p99'):>24} {spread('cpu'):>20} {lost:>6} {doubled:>6} {spread('others'):>18}"
    )


@contextmanager
def hall_for(*servers: str) -> Iterator[Hall]:
    provide("postgres", "compiler", "node")
    if set(servers) & {"y-websocket", "hocuspocus"}:
        subprocess.run(["npm", "install", "--silent", "--no-save"], cwd=PEERS, check=True)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cocreate-bench-"))
        database = stack.enter_context(postgres(durable=True))
        env = environment(database, folder)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], env=env, check=True)
        yield Hall(load.build(Path(folder)), env, postmaster(database))


def main() -> None:
    servers = sys.argv[1:] or [*OURS, *YARDSTICKS]
    with hall_for(*servers) as hall:
        print(f"{ROUNDS} rounds of {SECONDS} s each: median (lowest–highest); ms, µs a delivery, s")
        print(
            f"{'size':11} {'server':12} {'p50':>22} {'p95':>22} {'p99':>24} {'CPU':>20} "
            f"{'lost':>6} {'twice':>6} {'CPU of others':>18}"
        )
        for size in SIZES:
            # Turn by turn, so that a slow minute of the machine is everybody's.
            results: dict[str, list[load.Result]] = {server: [] for server in servers}
            for _ in range(ROUNDS):
                for server in servers:
                    results[server].append(measure(hall, server, size))
            for server in servers:
                print(row(server, size, results[server]), flush=True)


if __name__ == "__main__":
    main()
