"""`make chaos`: a workshop goes on while its web processes, Redis and PostgreSQL are killed.

Two web processes, and people who write, vote, and come back whenever they are thrown out. After each
blow everybody rests: all boards must be equal within five seconds of everything being up again. In the
end nothing that was acknowledged may be lost or doubled, and the numbers have no gap.
"""

import argparse
import asyncio
import random
import secrets
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg

from bench.chaos_place import HEALTHY, Place, place
from tests.boards.client import Board, Client

EACH_SECONDS = 0.3
EQUAL_WITHIN = 5.0
SETTLES_WITHIN = 20.0


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
