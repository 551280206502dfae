"""`make test`: everything on SQLite, tests marked db on PostgreSQL too, journeys in Chromium."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from glob import glob
from pathlib import Path
from socket import socket

from tests.provide import POSTGRES, provide

NO_TESTS = 5


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A throw-away cluster on a free port, run as `postgres` when we are root; stopped on exit.
    `durable` keeps a commit as safe as PostgreSQL does by default, for measuring."""
    binaries = Path(sorted(glob(POSTGRES))[-1]).parent
    folder = tempfile.mkdtemp(prefix="cocreate-pg-")
    port = free_port()
    wrap = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        wrap = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = f"{folder}/data"

    def run(*command: str) -> None:
        subprocess.run([*wrap, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(
        f"{binaries}/initdb", "-D", data, "-U", "cocreate", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync",
    )  # fmt: skip
    # fsync may be off here and only here: the cluster is thrown away with the run.
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
    options += "" if durable else " -c fsync=off"
    run(f"{binaries}/pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield f"postgres://cocreate@127.0.0.1:{port}/postgres"
    finally:
        run(f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="cocreate-redis-") as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
             "--dir", folder],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(10)


def pytest(title: str, *arguments: str, **environment: str) -> bool:
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    code = subprocess.run(command, env={**os.environ, **environment}).returncode
    print(f"=== {title}: {time.monotonic() - started:.0f} s", flush=True)
    return code in {0, NO_TESTS}


def main() -> int:
    whole = "--all" in sys.argv
    provide("postgres", "chromium", "gettext", "redis", "ffmpeg")
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="cocreate-test-"))
        own = {"VAR_DIR": scratch}
        good = pytest("On SQLite", "-n", "2", "-m", "not browser", **own)
        database = stack.enter_context(postgres())
        on_postgres = {**own, "DATABASE_URL": database, "REDIS_URL": stack.enter_context(redis())}
        chosen = "not browser" if whole else "db and not browser"
        good &= pytest("On PostgreSQL", "-n", "2", "-m", chosen, **on_postgres)
        # Every accessibility state in the whole run, one state in the short one.
        states = {"AXE": "all"} if whole else {}
        # A file stays with one browser, so that its server and its places are made once.
        browsers = ("-n", "2", "--dist", "loadscope", "-m", "browser")
        good &= pytest("Journeys in Chromium", *browsers, **own, **states)
        if whole:
            good &= pytest("Journeys on PostgreSQL", *browsers, **on_postgres)
    print("\nAll green." if good else "\nSomething failed; see above.", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
