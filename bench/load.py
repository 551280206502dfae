"""Drives wsload: writes its plan, starts it, samples who used the processors, reads what came."""

import os
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
MAGIC = 0x444C5357
TICK = os.sysconf("SC_CLK_TCK")
BEFORE = 2**64 - 1
NEVER = 0xFFFFFFFF
STALLS, RETURNS = 1, 2


@dataclass(frozen=True)
class Caller:
    """One connection: its opening request and what it says when it is open. It is there before the
    start, or comes `at` so many seconds after it. With `again` it comes back whenever it is thrown
    out, and says that; one that `stalls` reads nothing from the start on."""

    opening: bytes
    hello: bytes
    at: float | None = None
    again: bytes = b""
    stalls: bool = False


@dataclass
class Plan:
    """`ops` are what is said: seconds from the start, connection, bytes; each op's text carries
    `marker(n)`. The first `listeners` connections are those who are to hear it."""

    port: int
    callers: Sequence[Caller]
    ops: Sequence[tuple[float, int, bytes]]
    listeners: int
    settle: float = 1.5
    drain: float = 8.0


@dataclass(frozen=True)
class Visit:
    """When one connection was asked for, welcomed, closed and welcomed again; seconds of
    `time.monotonic`, 0 for never."""

    asked: float
    welcome: float
    closed: float
    back: float
    welcome_bytes: int
    had_board: bool
    back_had_board: bool
    tries: int
    code: int


@dataclass
class Result:
    """Milliseconds and counts of one run; CPU in microseconds per delivery."""

    p50: float
    p95: float
    p99: float
    lost: int
    doubled: int
    closed: int
    cpu: float
    others: float
    visits: list[Visit] = field(default_factory=list)


def marker(number: int) -> str:
    return f"@T{number:08x}."


def masked(text: bytes, opcode: int = 1) -> bytes:
    """A client's frame; a mask of zeros leaves the bytes as they are."""
    size = len(text)
    head = bytes((0x80 | opcode, 0x80 | size)) if size < 126 else bytes((0x80 | opcode, 0xFE))
    if size >= 126:
        head += size.to_bytes(2, "big")
    return head + b"\0\0\0\0" + text


def upgrade(port: int, path: str, *headers: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def build(folder: Path) -> Path:
    """Compiles the load engine once for a run."""
    target = folder / "wsload"
    if not target.exists():
        subprocess.run(["gcc", "-O2", "-o", target, HERE / "wsload.c"], check=True)
    return target


def _nothing() -> None:
    """Nobody does anything."""


def run(
    engine: Path,
    plan: Plan,
    *measured: int,
    during: Callable[[], None] = _nothing,
    at_the_end: Callable[[], None] = _nothing,
) -> Result:
    """The CPU of the processes `measured`, and of theirs, is counted: the server, the database.
    `during` is done when everybody is there and it begins, `at_the_end` before they leave."""
    with tempfile.TemporaryDirectory(prefix="cocreate-load-") as name:
        plan_file, out = Path(name) / "plan", Path(name) / "out"
        plan_file.write_bytes(_packed(plan))
        client = subprocess.Popen(
            [engine, plan_file, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            _wait(client, "CONNECTED")
            used, ours, all_used = _cpu(*measured), _cpu(os.getpid(), *measured), _busy()
            _go_on(client)
            _wait(client, "START")
            during()
            _wait(client, "DONE")
            used, all_used = _cpu(*measured) - used, _busy() - all_used
            ours = _cpu(os.getpid(), *measured) - ours
            at_the_end()
            _go_on(client)
            client.wait(30)
        finally:
            client.kill()
            client.wait()
        return _read(out.read_bytes(), used, max(0.0, all_used - ours))


def _go_on(client: "subprocess.Popen[str]") -> None:
    assert client.stdin
    client.stdin.write("\n")
    client.stdin.flush()


def _wait(client: "subprocess.Popen[str]", word: str) -> None:
    assert client.stdout
    for line in client.stdout:
        if line.startswith(word):
            return
    raise SystemExit(f"the load engine ended before {word}")


def _packed(plan: Plan) -> bytes:
    head = (len(plan.callers), len(plan.ops), plan.listeners)
    times = (int(plan.settle * 1000), int(plan.drain * 1000))
    parts = [struct.pack("<7I", MAGIC, *head, *times, plan.port)]
    for caller in plan.callers:
        at = BEFORE if caller.at is None else max(1, int(caller.at * 1e9))
        manner = (STALLS if caller.stalls else 0) | (RETURNS if caller.again else 0)
        parts.append(struct.pack("<QI", at, manner))
        for said in (caller.opening, caller.hello, caller.again):
            parts += [struct.pack("<I", len(said)), said]
    for seconds, connection, frame in plan.ops:
        parts.append(struct.pack("<QII", int(seconds * 1e9), connection, len(frame)) + frame)
    return b"".join(parts)


def _read(out: bytes, used: float, others: float) -> Result:
    head, one = struct.Struct("<3IQI"), struct.Struct("<4Q4I")
    connections, ops, listeners, doubled, closed = head.unpack_from(out)
    end = head.size + connections * one.size
    visits = [_visit(*numbers) for numbers in one.iter_unpack(out[head.size : end])]
    came = sorted(n for (n,) in struct.iter_unpack("<I", out[end:]) if n != NEVER)
    return Result(
        *(at_part(came, part) / 1000 for part in (0.5, 0.95, 0.99)),
        lost=ops * listeners - len(came),
        doubled=doubled,
        closed=closed,
        cpu=used * 1e6 / len(came) if came else 0,
        others=others,
        visits=visits,
    )


def _visit(
    asked: int, welcome: int, closed: int, back: int, size: int, boards: int, tries: int, code: int
) -> Visit:
    seconds = [at / 1e9 for at in (asked, welcome, closed, back)]
    return Visit(*seconds, size, bool(boards & 1), bool(boards & 2), tries, code)


def at_part(values: Sequence[float], part: float) -> float:
    """Of sorted values, the one that so great a part does not pass."""
    return values[min(len(values) - 1, int(len(values) * part))] if values else 0


def _busy() -> float:
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    numbers = [int(field) for field in fields]
    return (sum(numbers) - numbers[3] - numbers[4]) / TICK


def family(*roots: int) -> dict[int, float]:
    """These processes and those they started, with the CPU that each and its ended children used."""
    parents: dict[int, int] = {}
    times: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.name)] = int(stat[1])
        times[int(entry.name)] = sum(int(stat[n]) for n in (11, 12, 13, 14)) / TICK
    whole = set(roots)
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in whole} - whole
        whole |= more
        grown = bool(more)
    return {pid: times.get(pid, 0.0) for pid in whole}


def _cpu(*roots: int) -> float:
    return sum(family(*roots).values())
