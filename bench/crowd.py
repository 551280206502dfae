"""`make bench` for a crowd at a board: its memory, those who stop reading, all at once, a restart.

The targets are on an idle machine; nothing here fails on a timing. `python -m bench.crowd stalled`
measures one part; ROUNDS and PEOPLE make it smaller.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import load
from bench.boards import (
    OURS,
    ROUNDS,
    YARDSTICKS,
    Hall,
    Server,
    Talk,
    hall_for,
    plan_of_ours,
    serving,
    spread_of,
    talk_with,
)
from tests.run import free_port

PEOPLE = int(os.environ.get("PEOPLE", "500"))
KILO = 1024


@dataclass
class Figures:
    """What the rounds gave, by the name of a column."""

    columns: dict[str, list[float]] = field(default_factory=dict)

    def add(self, **values: float | None) -> None:
        for name, value in values.items():
            self.columns.setdefault(name, []).extend([] if value is None else [value])

    def row(self, first: str, *names: str) -> str:
        return f"{first:12}" + "".join(f"{self._spread(name):>24}" for name in names)

    def lines(self, **names: str) -> str:
        return "\n".join(f"  {words:36}{self._spread(name):>24}" for name, words in names.items())

    def _spread(self, name: str) -> str:
        return spread_of(self.columns[name]) if self.columns[name] else "–"


def heading(title: str, *columns: str) -> None:
    print(f"\n{title}; median of {ROUNDS} (lowest–highest)")
    if columns:
        print(f"{columns[0]:12}", *(f"{column:>24}" for column in columns[1:]), sep="", flush=True)


def evenly(talk: Talk, rate: float, speakers: int) -> list[tuple[float, int, bytes]]:
    return [(n / rate, n % speakers, frame) for n, frame in enumerate(talk.frames)]


# --- memory ---------------------------------------------------------------------------------------

NOTES, NOTES_A_SECOND, FIRST_COMERS = 40, 10, 5


def memory(hall: Hall) -> None:
    """What the sockets of one board take in the server's own memory; the kernel's is not in it."""
    servers = (OURS[0], *YARDSTICKS)
    heading(
        f"Memory of {PEOPLE} sockets (ours: ≤ 50 kB each)", "server", "kB a socket", "MB before"
    )
    figures = {server: Figures() for server in servers}
    for _ in range(ROUNDS):
        for server in servers:
            figures[server].add(**_memory_of(hall, server))
    for server, made in figures.items():
        print(made.row(server, "each", "before"), flush=True)


def _memory_of(hall: Hall, server: str) -> dict[str, float]:
    port = free_port()
    talks = [talk_with(server, hall.env, port, n, NOTES) for n in (FIRST_COMERS, PEOPLE)]
    with serving(server, hall.env, port) as here:
        plans = [
            load.Plan(port, talk.callers, evenly(talk, NOTES_A_SECOND, speakers), speakers)
            for talk in talks
            for speakers in [len(talk.callers)]
        ]
        # Some come and go first, so that what is loaded once is loaded.
        load.run(hall.engine, plans[0])
        before, after = bytes_of(here.pid), 0

        def weigh() -> None:
            nonlocal after
            after = bytes_of(here.pid)

        load.run(hall.engine, plans[1], at_the_end=weigh)
    return {"each": (after - before) / PEOPLE / KILO, "before": before / KILO**2}


def bytes_of(pid: int) -> int:
    """The memory of a process and of those it started, shared pages divided by who shares them."""
    return sum(_proportional(Path(f"/proc/{one}/smaps_rollup")) for one in load.family(pid))


def _proportional(rollup: Path) -> int:
    (line,) = [line for line in rollup.read_text().splitlines() if line.startswith("Pss:")]
    return int(line.split()[1]) * KILO


# --- those who stop reading -----------------------------------------------------------------------

LISTENERS, LOUDLY, LOUD_SECONDS = max(20, PEOPLE * 2 // 5), 50, 36
# So long that a reader is a megabyte behind before the board is full.
LONG = "Ingen ringer tilbage, selv om de sagde, de ville. " * 20


def stalled(hall: Hall) -> None:
    heading(
        f"{LISTENERS} × {LOUDLY} long notes, and some who read nothing more (others ≤ 10 % slower)",
        "stopped", "p95, ms", "than without, %", "closed after, s", "not closed", "CPU of others, s",
    )  # fmt: skip
    figures = {count: Figures() for count in (0, 1, 5)}
    for _ in range(ROUNDS):
        without = 0.0
        for count, made in figures.items():
            result, closed = _with_stalled(hall, count)
            without = without or result.p95
            made.add(
                p95=result.p95,
                slower=(result.p95 / without - 1) * 100,
                closed=max(closed, default=None),
                open=count - len(closed),
                others=result.others,
            )
            if result.lost:
                print(f"notes lost with {count} stopped: {result.lost}", flush=True)
    for count, made in figures.items():
        print(made.row(str(count), "p95", "slower", "closed", "open", "others"), flush=True)


def _with_stalled(hall: Hall, count: int) -> tuple[load.Result, list[float]]:
    """With how many seconds it took until each was closed."""
    port, closed = free_port(), list[float]()

    def say(number: int) -> str:
        return f"{load.marker(number)} {LONG}"[:1000]

    talk = plan_of_ours(hall.env, port, LISTENERS + count, LOUDLY * LOUD_SECONDS, say=say)
    callers = talk.callers
    for number in range(LISTENERS, LISTENERS + count):
        callers[number] = replace(callers[number], stalls=True)

    def count_closed() -> None:
        """Who reads nothing sees no end: the server's side is looked at."""
        start = time.monotonic()
        while (passed := time.monotonic() - start) < LOUD_SECONDS:
            gone = LISTENERS + count - connections_at(port)
            closed.extend([passed] * (gone - len(closed)))
            time.sleep(0.25)

    with serving(OURS[0], hall.env, port) as here:
        plan = load.Plan(port, callers, evenly(talk, LOUDLY, LISTENERS), LISTENERS)
        measured = (here.pid, hall.database)
        return load.run(hall.engine, plan, *measured, during=count_closed), closed


def connections_at(port: int) -> int:
    """How many a server on this machine has open."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


# --- all at once ----------------------------------------------------------------------------------

SITTING, THERE, WITHIN, QUIETLY = max(10, PEOPLE // 10), 500, 10.0, 20


def joining(hall: Hall) -> None:
    heading(
        f"{PEOPLE} come within {WITHIN:.0f} s to {THERE} notes, {QUIETLY} more a second "
        "(welcome ≤ 2 s, notes' p95 ≤ 100 ms)",
    )
    made = Figures()
    for _ in range(ROUNDS):
        result, newcomers = _with_newcomers(hall)
        took = sorted((v.welcome - v.asked) * 1000 for v in newcomers if v.had_board)
        made.add(
            p50=load.at_part(took, 0.5),
            p95=load.at_part(took, 0.95),
            slowest=took[-1] if took else None,
            size=max(v.welcome_bytes for v in newcomers) / KILO,
            notes=result.p95,
            others=result.others,
        )
        if len(took) < PEOPLE or result.lost:
            print(f"not welcomed: {PEOPLE - len(took)}; notes lost: {result.lost}", flush=True)
    print(
        made.lines(
            p50="from asking to the board, p50, ms",
            p95="p95, ms",
            slowest="the slowest, ms",
            size="size of the largest welcome, kB",
            notes="notes to those who sit there, p95, ms",
            others="CPU of others, s",
        ),
        flush=True,
    )


def _with_newcomers(hall: Hall) -> tuple[load.Result, list[load.Visit]]:
    port, dice = free_port(), random.Random(5)  # noqa: S311
    count = int((WITHIN + 2) * QUIETLY)
    talk = plan_of_ours(hall.env, port, SITTING + PEOPLE, count, there=THERE)
    callers = talk.callers[:SITTING]
    for caller in talk.callers[SITTING:]:
        callers.append(replace(caller, at=1 + dice.random() * WITHIN))
    with serving(OURS[0], hall.env, port) as here:
        plan = load.Plan(port, callers, evenly(talk, QUIETLY, SITTING), SITTING)
        result = load.run(hall.engine, plan, here.pid, hall.database)
    return result, result.visits[SITTING:]


# --- a restart ------------------------------------------------------------------------------------

BEHIND = 20


def restart(hall: Hall) -> None:
    heading(
        f"The server of {PEOPLE} gets TERM and is started again; each comes back {BEHIND} notes "
        "behind (last ≤ 10 s, no snapshot)",
    )
    made = Figures()
    for _ in range(ROUNDS):
        made.add(**_over_a_restart(hall))
    print(
        made.lines(
            closed="all are thrown out after, s",
            answers="the server answers again after, s",
            half="half are back after, s",
            last="the last is back after, s",
            snapshots="given a snapshot, people",
            never="never back, people",
            tries="most tries of one, the first included",
            others="CPU of others, s",
        ),
        flush=True,
    )


def _over_a_restart(hall: Hall) -> dict[str, float | None]:
    """Seconds since TERM. What they lack is as if it had come by form in the meantime."""
    port = free_port()
    talk = plan_of_ours(hall.env, port, PEOPLE, 0, there=THERE)
    since = json.dumps({"t": "hello", "v": 1, "since": THERE - BEHIND})
    callers = [replace(one, again=load.masked(since.encode())) for one in talk.callers]
    told = answers = 0.0

    def restarts(here: Server) -> None:
        nonlocal told, answers
        told = time.monotonic()
        here.stop()
        here.start()
        answers = time.monotonic()

    with serving(OURS[0], hall.env, port) as here:
        plan = load.Plan(port, callers, [], PEOPLE, drain=60)
        pids = (here.pid, hall.database)
        result = load.run(hall.engine, plan, *pids, during=lambda: restarts(here))
    back = sorted(visit.back - told for visit in result.visits if visit.back)
    return {
        "closed": max(visit.closed for visit in result.visits) - told,
        "answers": answers - told,
        "half": load.at_part(back, 0.5),
        "last": back[-1] if back else None,
        "snapshots": sum(visit.back_had_board for visit in result.visits),
        "never": PEOPLE - len(back),
        "tries": max(visit.tries for visit in result.visits),
        "others": result.others,
    }


PARTS: dict[str, Callable[[Hall], None]] = {
    "memory": memory,
    "stalled": stalled,
    "joining": joining,
    "restart": restart,
}


def main() -> None:
    asked = sys.argv[1:] or list(PARTS)
    peers = YARDSTICKS if "memory" in asked else ()
    with hall_for(*peers) as hall:
        for part in asked:
            PARTS[part](hall)


if __name__ == "__main__":
    main()
