"""The child process in which a recorded voice is decoded and written anew, by ffmpeg.

It sets the ceilings on memory, time and files for itself and then becomes ffmpeg: no thread of the
web server is forked, and ffmpeg never runs without them. The recording comes as standard input,
which sounds.py makes a file in memory: phones write the index of a recording behind it, so it must
be possible to go back in it. Standard library only.
"""

import os
import resource
import sys

MEMORY_BYTES = 800_000_000
CPU_SECONDS = 30
OPEN_FILES = 32


def fence() -> None:
    """No more memory, time, files or core dumps than a voice needs; nothing can be written to disk,
    and what ffmpeg gives out goes through a pipe."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (value, value))


def main() -> None:
    fence()
    # The path of ffmpeg, and its arguments, from sounds.py alone.
    os.execve(sys.argv[1], sys.argv[1:], {})  # noqa: S606 - no shell, and words of our own


if __name__ == "__main__":
    main()
