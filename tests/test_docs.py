"""Documents that stay true: settings, commands, addresses."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
READ = re.compile(r'\benv\.\w+\(\s*"([A-Z_]+)"')


def test_every_environment_variable_is_in_the_operators_handbook() -> None:
    settings = "".join(p.read_text() for p in (ROOT / "cocreate/settings").glob("*.py"))
    handbook = (ROOT / "docs/operate.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", handbook, re.M))
    assert set(READ.findall(settings)) == documented


def test_the_environment_is_read_in_settings_only() -> None:
    allowed = {"manage.py", "asgi.py", "wsgi.py", "serve.py"}
    readers = [
        path.name
        for folder in ("cocreate", "home")
        for path in (ROOT / folder).rglob("*.py")
        if "settings" not in path.parts
        and re.search(r"os\.environ|getenv|Env\(\)", path.read_text())
    ]
    assert set(readers) <= allowed


def test_every_command_a_document_names_exists() -> None:
    texts = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        name for path in texts for name in re.findall(r"manage\.py ([a-z_]+)", path.read_text())
    }
    assert named <= set(get_commands())


def test_every_make_target_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    texts = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        name for path in texts for name in re.findall(r"(?:`|    )make ([a-z-]+)", path.read_text())
    }
    assert named <= targets
