"""Every public page on the smallest screen with the keyboard alone: one always sees where one is."""

from typing import Any

import pytest

from tests.browser.conftest import Opens
from tests.browser.place import Place
from tests.browser.sights import READING
from tests.browser.window import MOST_TABS

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 640}
# Where the focus is, whether it can be seen there, and whether anything lies on top of it.
LOOK = """() => {
    const here = document.activeElement;
    if (here === null || here === document.body) return null;
    const [box] = here.getClientRects();
    const shown = box !== undefined && box.width > 0 && box.height > 0;
    const [x, y] = shown ? [box.x + box.width / 2, box.y + box.height / 2] : [-1, -1];
    const top = document.elementFromPoint(x, y);
    const style = getComputedStyle(here);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return {
        what: here.outerHTML.slice(0, 120),
        faults: [
            ...(ring || style.boxShadow !== "none" ? [] : ["no ring"]),
            ...(top !== null && here.contains(top) ? [] : ["covered or outside the screen"]),
        ],
    };
}"""


def faults_on(opens: Opens, address: str) -> tuple[list[str], int]:
    window = opens(size=SMALL)
    window.open(address)
    faults, stops = [], 0
    while stops < MOST_TABS:
        window.page.keyboard.press("Tab")
        seen: dict[str, Any] | None = window.page.evaluate(LOOK)
        if seen is None:
            break
        stops += 1
        faults += [f"{address} {seen['what']}: {fault}" for fault in seen["faults"]]
    window.close()
    return faults, stops


def test_the_focus_is_always_seen(opens: Opens, place: Place) -> None:
    faults, stops = [], 0
    for sight in READING:
        if sight.more or sight.by:
            continue
        window = opens()
        sight.reach(window, place)
        address = window.address
        window.close()
        found, tabs = faults_on(opens, address)
        faults += found
        stops += tabs
    assert not faults, "\n".join(faults)
    assert stops > 100
