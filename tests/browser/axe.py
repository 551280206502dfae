"""axe-core, asked from outside the page: the content policy lets no script of others in."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

from tests.browser.whole import WHOLE
from tests.browser.window import DESKTOP, Window

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
# All rules that are on by default: WCAG 2.0 to 2.2, A and AA, and best practice.
OPTIONS = {"resultTypes": ["violations"]}
SMALL = {"width": 320, "height": 640}
Way = tuple[dict[str, int], dict[str, str]]
WAYS: dict[str, Way] = {
    "desktop": (DESKTOP, {}),
    "320 px": (SMALL, {}),
    "dark": (DESKTOP, {"color_scheme": "dark"}),
    "dark 320 px": (SMALL, {"color_scheme": "dark"}),
    "forced colours": (DESKTOP, {"forced_colors": "active"}),
}
# One way in the short run, each page in five in the whole one.
WAYS_NOW = WAYS if WHOLE else {"desktop": WAYS["desktop"]}
# Without motion: a colour on its way from light to dark is not a colour of the page.
AS_USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}


@cache
def source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """One line for each rule that the page breaks, with the first places where it does."""
    # A link just followed may have brought no more than the first lines of its page.
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        # Half a megabyte: by the browser's own door it is there twice as soon.
        door = page.context.new_cdp_session(page)
        door.send("Runtime.evaluate", {"expression": source()})
        door.detach()
    found: list[dict[str, Any]] = page.evaluate(
        f"async () => (await axe.run(document, {json.dumps(OPTIONS)})).violations"
    )
    return [f"{rule['id']}: {rule['help']} – {places(rule)}" for rule in found]


def places(rule: dict[str, Any]) -> str:
    return " | ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:3])


def faults_of(window: Window, ways: dict[str, Way] = WAYS_NOW) -> list[str]:
    found = []
    for name, (size, media) in ways.items():
        window.page.set_viewport_size(size)
        window.page.emulate_media(**{**AS_USUAL, **media})  # type: ignore[arg-type]
        found += [f"{name}: {violation}" for violation in violations(window.page)]
    return found


def sideways(window: Window) -> list[str]:
    """Whether the page is wider than a small screen, which is also a large one at 400 %."""
    window.page.set_viewport_size(SMALL)
    return [f"{window.width()} px wide at 320 px"] if window.width() > SMALL["width"] else []
