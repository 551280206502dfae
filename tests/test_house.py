"""Rules of the house that a reader of the code should be able to trust."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent
SOURCE = [
    path
    for folder in ("cocreate", "home")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
MAY_MOVE_STATES = {
    "cocreate/moderation/operations.py",
    # a contribution is born here, as pending
    "cocreate/contributions/operations.py",
    # editions of the strategy have states of their own
    "cocreate/themes/operations.py",
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCE:
        yield named(path), ast.parse(path.read_text())


def test_every_app_stands_in_the_layer_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = " ".join(contract["contracts"][0]["layers"])
    named_there = set(re.findall(r"[\w.]+", layers))
    ours = {c.name for c in apps.get_app_configs() if c.name.split(".")[0] in {"cocreate", "home"}}
    assert ours - {"cocreate"} <= named_there


def test_states_change_in_moderation_operations_only() -> None:
    found = []
    for name, tree in trees():
        if name in MAY_MOVE_STATES:
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            found += [name for t in targets if isinstance(t, ast.Attribute) and t.attr == "state"]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                keywords = {keyword.arg for keyword in node.keywords}
                if node.func.attr in {"update", "create"} and "state" in keywords:
                    found.append(name)
    assert found == []


def test_views_never_use_a_raw_manager_of_a_voice() -> None:
    voices = {"Contribution", "Story", "Post", "TextVersion", "Decision", "Report", "Appeal"}
    allowed = {"visible_to", "readable_by", "about", "open"}
    found = []
    for name, tree in trees():
        if not name.endswith(("views.py", "consumers.py", "feeds.py")):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "objects"
                and isinstance(node.value.value, ast.Name)
                and node.value.value.id in voices
                and node.attr not in allowed
            ):
                found.append(f"{name}:{node.lineno} {node.value.value.id}.objects.{node.attr}")
    assert found == []


def test_only_tests_lift_the_guards() -> None:
    users = [named(path) for path in SOURCE if "lifted(" in path.read_text()]
    assert users == ["cocreate/guards.py"]


def test_bleach_is_called_in_one_place() -> None:
    users = [
        named(p) for p in SOURCE if re.search(r"^\s*(import|from) bleach", p.read_text(), re.M)
    ]
    assert users == ["cocreate/text/html.py"]


def test_html_is_called_safe_in_few_places() -> None:
    users = {named(p) for p in SOURCE if re.search(r"\b(mark_safe|SafeString)\(", p.read_text())}
    templates = [
        named(path)
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if re.search(r"\|\s*safe\b", path.read_text())
    ]
    assert users | set(templates) <= MAY_SAY_SAFE, users | set(templates)


# the sanitizer itself, and markup of our own that holds nobody's words
MAY_SAY_SAFE = {
    "cocreate/text/html.py",
    "home/templatetags/look.py",
    "home/wagtail_hooks.py",
    "cocreate/help/wagtail_hooks.py",
    # escapes every piece of a text before it marks what the rules noticed
    "cocreate/moderation/templatetags/desk.py",
    # what publish() rendered through the sanitizer
    "cocreate/forums/templatetags/posts.py",
    "templates/stories/_words.html",
}


def test_no_file_names_a_machine_or_an_index() -> None:
    bad = re.compile(r"/(root|farm|work)/[\w.]|https?://[\w.]*pypi|file:///")
    tracked = [p for p in ROOT.rglob("*") if p.is_file() and not ignored(p)]
    assert [named(path) for path in tracked if bad.search(text_of(path))] == []


def ignored(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    skip = {".git", ".venv", "node_modules", "var", "__pycache__", "screenshots", ".hypothesis"}
    return bool(skip & set(parts)) or any(part.endswith("_cache") for part in parts)


def text_of(path: Path) -> str:
    if path == Path(__file__) or path.suffix in {".png", ".mo", ".sqlite3"}:
        return ""
    return path.read_text(errors="replace")
