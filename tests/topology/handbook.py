"""What docs/operate.md tells an operator to do, read out of it."""

import re
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "docs/operate.md").read_text()


def commands() -> list[str]:
    """What is done before people may write, without `python manage.py`."""
    block = _found(r"Before people may write:\n(.*?)\n`")
    return re.findall(r"^    python manage\.py (.+)$", block, re.M)


def processes() -> dict[str, str]:
    """The commands of the Procfile, by name."""
    lines = _found(r"```Procfile\n(.*?)\n```").splitlines()
    return {name: command for name, _colon, command in (line.partition(": ") for line in lines)}


def boards_addresses() -> list[str]:
    """What the proxy sends to the boards' processes."""
    return re.findall(r"`([^`]+)`", _found(r"The proxy sends (.*?) to the boards' processes"))


def seconds_to_stop() -> int:
    return int(_found(r"send TERM to each: they end within (\d+) seconds"))


def _found(pattern: str) -> str:
    found = re.search(pattern, TEXT, re.S)
    assert found, f"docs/operate.md no longer says {pattern}"
    return found.group(1)
