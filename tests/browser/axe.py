"""axe-core, asked from outside the page: the content policy lets no script of others in."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
# All rules that are on by default: WCAG 2.0 to 2.2, A and AA, and best practice.
OPTIONS = {"resultTypes": ["violations"]}


@cache
def source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """One line for each rule that the page breaks, with the first places where it does."""
    page.evaluate(f"() => {{ {source()} }}")
    found: list[dict[str, Any]] = page.evaluate(
        f"async () => (await axe.run(document, {json.dumps(OPTIONS)})).violations"
    )
    return [f"{rule['id']}: {rule['help']} – {places(rule)}" for rule in found]


def places(rule: dict[str, Any]) -> str:
    return " | ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:3])
