"""`make check`: everything that can be said without running the product."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.provide import provide

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
NODE = ROOT / "node_modules" / ".bin"
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "cocreate.settings.test"}


def templates() -> list[str]:
    return [str(path) for path in sorted(ROOT.glob("templates/**/*.html"))]


def locks() -> list[str]:
    """Each package pinned with a hash, and no index named: the same files on every machine."""
    faults = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        if re.search(r"--(index-url|extra-index-url|find-links)|https?://|file:", text):
            faults.append(f"{name} names a package index or address")
        pins = re.findall(r"^([A-Za-z0-9][^\s]*==[^\n]*(?:\n +[^\n]*)*)", text, re.M)
        faults += [f"{name}: {pin.split()[0]} has no hash" for pin in pins if "--hash" not in pin]
        faults += [
            f"{name}: not pinned: {line}"
            for line in re.findall(r"^[A-Za-z0-9][^\n]*", text, re.M)
            if "==" not in line
        ]
    return faults


def messages() -> list[str]:
    """Danish is complete, nothing is fuzzy, and the committed .mo is what the .po says."""
    faults = []
    for po in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        with tempfile.NamedTemporaryFile(suffix=".mo") as made:
            run = subprocess.run(
                ["msgfmt", "--check", "--statistics", "-o", made.name, str(po)],
                capture_output=True,
                text=True,
                env={**os.environ, "LC_ALL": "C"},
            )
            if run.returncode:
                faults.append(run.stderr.strip())
            elif "untranslated" in run.stderr or "fuzzy" in run.stderr:
                faults.append(f"{po.relative_to(ROOT)}: {run.stderr.strip()}")
            if po.with_suffix(".mo").read_bytes() != Path(made.name).read_bytes():
                faults.append(
                    f"{po.with_suffix('.mo').relative_to(ROOT)} is old: run make messages"
                )
    return faults


COMMANDS: list[tuple[str, list[str]]] = [
    ("format", [f"{BIN}/ruff", "format", "--check", "--quiet", "."]),
    ("lint", [f"{BIN}/ruff", "check", "--quiet", "."]),
    ("layers", [f"{BIN}/lint-imports", "--no-logo"]),
    ("types", [f"{BIN}/mypy", "--no-error-summary", "cocreate", "home", "manage.py"]),
    ("templates", [f"{BIN}/djhtml", "--check", *templates()]),
    ("css and js", [f"{NODE}/biome", "check", "--error-on-warnings", "static"]),
    ("js types", [f"{NODE}/tsc", "-p", "tsconfig.json"]),
    ("django", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
]


def main() -> int:
    provide("node", "gettext")
    failed = []
    for name, command in COMMANDS:
        started = time.monotonic()
        run = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
        print(
            f"{'ok  ' if run.returncode == 0 else 'FAIL'} {name} {time.monotonic() - started:.1f} s"
        )
        if run.returncode:
            failed.append(name)
            print(run.stdout[-6000:] + run.stderr[-3000:])
    for name, faults in (("locks", locks()), ("messages", messages())):
        print(f"{'FAIL' if faults else 'ok  '} {name}")
        if faults:
            failed.append(name)
            print("\n".join(faults))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
