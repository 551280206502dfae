"""Drives wsload: writes its plan, starts it, samples who used the processors, reads what came."""

import os
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MAGIC = 0x444C5357
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Plan:
    """`upgrades` are the opening requests, `hellos` the frames after them, `ops` what is said:
    seconds from the start, connection, bytes. Each op's text carries `marker(n)`."""

    port: int
    upgrades: Sequence[bytes]
    hellos: Sequence[bytes]
    ops: Sequence[tuple[float, int, bytes]]
    listeners: int
    settle: float = 1.5
    drain: float = 8.0


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


def run(engine: Path, plan: Plan, cpu_of: Callable[[], float]) -> Result:
    """`cpu_of` gives the seconds of CPU that the measured server has used so far, database and all."""
    with tempfile.TemporaryDirectory(prefix="cocreate-load-") as name:
        plan_file, out = Path(name) / "plan", Path(name) / "out"
        plan_file.write_bytes(_packed(plan))
        client = subprocess.Popen(
            [engine, plan_file, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert client.stdin and client.stdout
            _wait(client, "CONNECTED")
            used, all_used, own = cpu_of(), _busy(), _of(client.pid)
            client.stdin.write("\n")
            client.stdin.flush()
            _wait(client, "DONE")
            used, all_used = cpu_of() - used, _busy() - all_used
            own = _of(client.pid) - own
            client.wait(30)
        finally:
            client.kill()
        return _read(out.read_bytes(), plan, used, max(0.0, all_used - used - own))


def _wait(client: "subprocess.Popen[str]", word: str) -> None:
    assert client.stdout
    for line in client.stdout:
        if line.startswith(word):
            return
    raise SystemExit(f"the load engine ended before {word}")


def _packed(plan: Plan) -> bytes:
    expected = len(plan.ops) * plan.listeners
    head = (len(plan.upgrades), len(plan.ops), 1, 0, int(plan.settle * 1000))
    parts = [struct.pack("<9I", MAGIC, *head, int(plan.drain * 1000), plan.port, expected)]
    for opening, hello in zip(plan.upgrades, plan.hellos, strict=True):
        parts += [struct.pack("<I", len(opening)), opening, struct.pack("<I", len(hello)), hello]
    for at, connection, frame in plan.ops:
        parts.append(struct.pack("<QII", int(at * 1e9), connection, len(frame)) + frame)
    return b"".join(parts)


def _read(out: bytes, plan: Plan, used: float, others: float) -> Result:
    _conns, _ops, doubled, _bytes, _calls, _cpu, _window, _lag, closed = struct.unpack_from(
        "<IIQQQQQII", out
    )
    times = sorted(n for (n,) in struct.iter_unpack("<I", out[struct.calcsize("<IIQQQQQII") :]))
    expected = len(plan.ops) * plan.listeners
    came = [n for n in times if n != 0xFFFFFFFF]
    if not came:
        return Result(0, 0, 0, expected, doubled, closed, 0, others)
    return Result(
        *(came[min(len(came) - 1, int(len(came) * q))] / 1000 for q in (0.5, 0.95, 0.99)),
        lost=expected - len(came),
        doubled=doubled,
        closed=closed,
        cpu=used * 1e6 / len(came),
        others=others,
    )


def _busy() -> float:
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    numbers = [int(field) for field in fields]
    return (sum(numbers) - numbers[3] - numbers[4]) / TICK


def _of(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(stat[11]) + int(stat[12])) / TICK


def cpu_of_tree(*roots: int) -> Callable[[], float]:
    """The CPU of these processes, their children, and the children that have ended."""

    def used() -> float:
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
        return sum(times.get(pid, 0.0) for pid in whole)

    return used
