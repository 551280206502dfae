"""What the checks and the suite need from the machine: found, installed when root, or asked for."""

import os
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

POSTGRES = "/usr/lib/postgresql/*/bin/initdb"


def have_postgres() -> bool:
    return bool(glob(POSTGRES))


def have_chromium() -> bool:
    return shutil.which("chromium") is not None


def have_redis() -> bool:
    return shutil.which("redis-server") is not None


def have_node() -> bool:
    return shutil.which("npm") is not None


def have_ffmpeg() -> bool:
    return shutil.which("ffmpeg") is not None


def have_compiler() -> bool:
    return shutil.which("gcc") is not None


def have_gettext() -> bool:
    return shutil.which("msgfmt") is not None


NEEDS = {
    "postgres": (have_postgres, ["postgresql"]),
    "chromium": (have_chromium, ["chromium"]),
    "redis": (have_redis, ["redis-server"]),
    "node": (have_node, ["nodejs", "npm"]),
    "gettext": (have_gettext, ["gettext"]),
    "ffmpeg": (have_ffmpeg, ["ffmpeg"]),
    # for the load engine of `make bench`
    "compiler": (have_compiler, ["gcc", "libc6-dev"]),
}


def provide(*names: str) -> None:
    """Exits with one sentence when something is missing and cannot be installed from here."""
    packages = [package for name in names if not NEEDS[name][0]() for package in NEEDS[name][1]]
    if not packages:
        return
    asked = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Please install what is missing first: {asked}")
    print(f"Installing {', '.join(packages)} …", flush=True)
    if "postgresql" in packages:
        # No cluster of the machine's own is made or started: the suite makes a throw-away one.
        conf = Path("/etc/postgresql-common/createcluster.conf")
        conf.parent.mkdir(parents=True, exist_ok=True)
        if not conf.exists():
            conf.write_text("create_main_cluster = false\n")
    quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=True)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"The installation failed; try: {asked}")


if __name__ == "__main__":
    provide(*sys.argv[1:])
