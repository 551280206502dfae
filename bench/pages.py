"""`make bench`: pages against yardsticks of the same run, as ratios with spread.

It fails on no timing: a shared machine has slow minutes. Targets are printed beside the figures.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.words import bounded_work

ROUNDS = 9
EACH = 25
SIZES = {"topics": 40, "posts": 4000, "stories": 400}


@dataclass
class Process:
    name: str
    running: subprocess.Popen[str]

    def ask(self, address: str, count: int = EACH) -> dict[str, Any]:
        assert self.running.stdin and self.running.stdout
        self.running.stdin.write(f"{address} {count}\n")
        self.running.stdin.flush()
        line = self.running.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended at {address}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def start(stack: ExitStack, name: str, **environment: str) -> Process:
    running = subprocess.Popen(
        [sys.executable, "-m", "bench.worker"],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stack.callback(running.kill)
    return Process(name, running)


def fill(environment: dict[str, str]) -> tuple[str, str]:
    """A place of measurable size; returns the addresses of a long topic and of what became of a
    voice in it."""
    manage = [sys.executable, "manage.py"]
    env = {**os.environ, **environment}
    for command in (
        ["migrate", "-v", "0"],
        ["prepare_site"],
        ["demo"],
        ["seed", *[part for k, v in SIZES.items() for part in (f"--{k}", str(v))]],
    ):
        subprocess.run([*manage, *command], env=env, check=True, stdout=subprocess.DEVNULL)
    code = (
        "from django.urls import reverse;"
        "from cocreate.forums.models import Topic;"
        "from cocreate.insights.models import Evidence;"
        "t = Topic.objects.select_related('forum','opening').order_by('-post_count').first();"
        "e = Evidence.objects.select_related('contribution').filter(insight__number=1);"
        "v = e.filter(contribution__state='published').first().contribution;"
        "print(t.get_absolute_url(), reverse('voice', args=[v.public_id]))"
    )
    run = subprocess.run(
        [*manage, "shell", "-v", "0", "-c", code],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    topic, trail = run.stdout.strip().splitlines()[-1].split()
    return topic, trail


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cocreate-bench-"))
        ours = {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        topic, trail = fill({**ours, "DJANGO_SETTINGS_MODULE": "cocreate.settings.dev"})
        bare = start(stack, "bare", VAR_DIR=folder, DJANGO_SETTINGS_MODULE="bench.bare")
        fresh = start(stack, "uncached", **ours, BENCH_CACHE="none")
        kept = start(stack, "cached", **ours)
        pages = {
            "front": "/",
            "theme": "/temaer/borgeren-i-centrum/",
            "guideline": "/retningslinjer/2.3/",
            "topic": topic,
            "stories": "/fortaellinger/",
            "edition": "/strategien/2/",
            "comparison": "/strategien/2/mod/1/",
            "insight": "/indsigter/1/",
            "amendment": "/forslag/1/",
            "outcomes": "/hvad-blev-der-ud-af-det/",
            "trail": trail,
        }
        print(
            f"{ROUNDS} rounds of {EACH} requests each; ratio of median CPU times: median (lowest–highest)"
        )
        print(
            f"{'page':11} {'uncached ≤ 2.0':>22} {'queries ≤ 8':>12} {'cached ≤ 1.5':>22} {'CPU ms':>14}"
        )
        for name, address in pages.items():
            print(row(name, address, bare, fresh, kept))
        print(own_words(ours))
    bounded_work()


def own_words(environment: dict[str, str]) -> str:
    """What it costs to look for eight words in a row in all that anybody gave."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.own_words"],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout.rstrip()


def row(name: str, address: str, bare: Process, fresh: Process, kept: Process) -> str:
    uncached, cached, ms, queries, is_kept = [], [], [], 0, False
    for _ in range(ROUNDS):
        made, twenty = fresh.ask(address), bare.ask("/twenty/")
        stored, shelf = kept.ask(address), bare.ask("/kept/")
        uncached.append(median(made["ms"]) / median(twenty["ms"]))
        cached.append(median(stored["ms"]) / median(shelf["ms"]))
        # A page that is kept asks for the versions it was made from, and for nothing else.
        is_kept = stored["queries"] == 1
        ms.append((median(made["ms"]), median(stored["ms"])))
        queries = made["queries"]
    times = f"{median(m for m, _ in ms):.1f} / {median(m for _, m in ms):.2f}"
    return f"{name:11} {spread(uncached):>22} {queries:>12} {spread(cached) if is_kept else 'never kept':>22} {times:>14}"


def spread(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


if __name__ == "__main__":
    main()
