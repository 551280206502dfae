"""`make chaos`: a workshop goes on while its web processes, Redis and PostgreSQL are killed.

Two web processes, and people who write, vote, and come back whenever they are thrown out. After each
blow everybody rests: all boards must be equal within five seconds of everything being up again. In the
end nothing that was acknowledged may be lost or doubled, and the numbers have no gap.
"""

import argparse
import asyncio
import random
import secrets
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Any

import psycopg

from bench.chaos_place import HEALTHY, Place, place
from tests.boards.client import Board, Client

EACH_SECONDS = 0.3
# Whoever has more takes some back, or the board is full before the storm is over.
OWN_NOTES = 40
EQUAL_WITHIN = 5.0
SETTLES_WITHIN = 20.0


@dataclass
class Outcome:
    acknowledged: int = 0
    taken_back: int = 0
    votes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    # For each kind of blow, seconds from everything being up again until all boards were equal.
    equal_after: dict[str, list[float]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rows = [f"{'blow':10}{'times':>8}{'equal after, s':>18}{'at most':>10}"]
        for blow, took in self.equal_after.items():
            rows.append(f"{blow:10}{len(took):>8}{median(took):>18.1f}{max(took):>10.1f}")
        refused = ", ".join(f"{code} {n}×" for code, n in self.refused.items())
        if self.acknowledged:
            rows.append(
                f"Acknowledged: {self.acknowledged} notes, {self.taken_back} of them taken back; "
                f"{self.votes} votes. Refused: {refused or 'nothing'}."
            )
        rows += [f" - {problem}" for problem in self.problems[:20]]
        rows.append(f"{len(self.problems)} problems." if self.problems else "All of it is there.")
        return "\n".join(rows)


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
            op = self._wish(number, turn)
            asked[await client.send(**op)] = op

    def _wish(self, number: int, turn: int) -> dict[str, Any]:
        board = self.people[number].board
        if board.settings.get("phase") == "vote" and board.notes:
            note = self.dice.choice(list(board.notes))
            return {"kind": "vote.set", "note": note, "dots": self.dice.randrange(3)}
        own = (board.mine & board.notes.keys()) - taken_back(self.asked[number])
        if len(own) > OWN_NOTES:
            return {"kind": "note.take_back", "note": self.dice.choice(sorted(own))}
        text = f"{self.name}-{number}-{turn}"
        return {"kind": "note.add", "column": self.here.column, "text": text}

    async def turn_phase(self, phase: str) -> None:
        await self.host.send("phase.set", phase=phase, hidden=False)

    async def rests(self, blow: str) -> float:
        """Nobody asks for more; returns how long it took until all had the same."""
        self.resting = True
        started = time.monotonic()
        try:
            await self._until(lambda: self._all_equal(), SETTLES_WITHIN)
        except TimeoutError:
            self.outcome.problems.append(f"not equal after {SETTLES_WITHIN} s: {self._where()}")
        took = time.monotonic() - started
        self.outcome.equal_after.setdefault(blow, []).append(took)
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
        gone = {
            note
            for client, asked in zip(self.people, self.asked, strict=True)
            for note in taken_back({cid: op for cid, op in asked.items() if cid in client.acked})
        }
        self.outcome.taken_back = len(gone)
        for note in gone & whole.notes.keys():
            self.outcome.problems.append(f"note {note} was taken back and is there")
        for number, client in enumerate(self.people):
            await self._promises_are_kept(number, client, texts, gone)
        for text, times in texts.items():
            if times > 1:
                self.outcome.problems.append(f"{text} is there {times} times")
        self._numbers_have_no_gap()

    async def _promises_are_kept(
        self, number: int, client: Client, texts: Counter[str], gone: set[str]
    ) -> None:
        votes: dict[str, tuple[int, int]] = {}
        for cid, op in self.asked[number].items():
            answer = client.acked.get(cid)
            if answer is None:
                self.outcome.refused[client.refused.get(cid, "no answer")] += 1
                if client.refused.get(cid) is None:
                    self.outcome.problems.append(f"{op} was never answered")
            elif op["kind"] == "note.add":
                self.outcome.acknowledged += 1
                if not texts[op["text"]] and gone.isdisjoint(answer[2:]):
                    self.outcome.problems.append(f"note {op['text']} was acknowledged and is lost")
            elif op["kind"] == "vote.set":
                self.outcome.votes += 1
                votes[op["note"]] = max(votes.get(op["note"], (0, 0)), (answer[1], op["dots"]))
        anew = await self._comes_anew(number)
        promised = {note: dots for note, (_seq, dots) in votes.items() if dots and note not in gone}
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


def taken_back(asked: dict[str, dict[str, Any]]) -> set[str]:
    return {op["note"] for op in asked.values() if op["kind"] == "note.take_back"}


def shared(client: Client) -> dict[str, Any]:
    board = client.board
    settings = {name: value for name, value in board.settings.items() if name != "left"}
    return {"settings": settings, "notes": board.notes, "groups": board.groups}


def _silent(line: str) -> None:
    """Nobody watches."""


async def storm(
    here: Place,
    blows: list[str],
    *,
    outcome: Outcome | None = None,
    say: Callable[[str], None] = _silent,
) -> Outcome:
    """`outcome` grows as it goes on, so that there is something to show when it is broken off."""
    outcome = outcome or Outcome()
    crowd = Crowd(here, outcome)
    try:
        await crowd.arrive()
        for number, blow in enumerate(blows):
            known = len(outcome.problems)
            took = await one_blow(crowd, number, blow)
            stored = sum(len(client.acked) for client in crowd.people)
            say(f"{number + 1}/{len(blows)} {blow}: equal after {took:.1f} s, {stored} stored")
            for problem in outcome.problems[known:]:
                say(f" - {problem}")
        await crowd.is_right()
    finally:
        await crowd.leave()
    return outcome


async def one_blow(crowd: Crowd, number: int, blow: str) -> float:
    crowd.resting = False
    await crowd.turn_phase("vote" if number % 3 == 1 else "cluster")
    await asyncio.sleep(crowd.dice.uniform(0.8, 1.6))
    await asyncio.to_thread(strike, crowd.here, blow, crowd.dice)
    return await crowd.rests(blow)


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
    # Ended from outside it cleans up as it does at Ctrl-C, also where Ctrl-C itself is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    blows, outcome = blows_of(options.web, options.redis, options.postgres), Outcome()
    say(f"{len(blows)} blows; first a database is made (half a minute) …")
    try:
        with place(options.application) as here:
            asyncio.run(storm(here, blows, outcome=outcome, say=say))
    except KeyboardInterrupt:
        outcome.problems.append("broken off by hand: nothing was counted")
    except Exception as error:
        outcome.problems.append(f"broken off: {error!r}")
        raise
    finally:
        say(f"\n{outcome}")
    return 1 if outcome.problems else 0


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
