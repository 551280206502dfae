"""The analysts' pages and the public insight in Chromium: by mouse, by keys, without script."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cocreate.insights.models import Excerpt
from cocreate.insights.operations import make_code, mark
from tests.browser.axe import DESKTOP, SMALL, faults_of, sideways, violations
from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.insights.conftest import Desk
from tests.insights.conftest import desk as desk
from tests.insights.pages.acts import address

pytestmark = pytest.mark.browser

WAYS: dict[str, Any] = {"desktop": (DESKTOP, {}), "320 px": (SMALL, {})}
TEXT = "Æ 🌻 kom først. Så kom regnen og vi ventede. Til sidst sov vi."
RAIN = TEXT.index("regnen")


def place_of(window: Window) -> list[str]:
    form = window.page.locator("form[data-place]").first
    return [form.locator(f"[name={name}]").input_value() for name in ("start", "end", "first")]


def marked() -> list[str]:
    return [TEXT[one.start : one.end] for one in Excerpt.objects.order_by("pk")]


def look(window: Window, name: str) -> None:
    """Pictures to look at, where a folder for them is named."""
    if folder := os.environ.get("LOOK_AT"):
        for width in (360, 1280):
            window.page.set_viewport_size({"width": width, "height": 900})
            window.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_everybody_can_use_the_pages(live_server: Any, desk: Desk, opens: Opens) -> None:
    version = desk.voice(TEXT)
    code = make_code("Ventetid", by=desk.analyst)
    mark(version, 0, 14, code, viewer=desk.viewer)
    mark(version, 6, RAIN, make_code("Vejr", by=desk.analyst, under=code), viewer=desk.viewer)
    insight = desk.insight(*(desk.voice() for _ in range(5)))
    desk.behind(insight, version, quote=(0, 14))
    addresses = {
        "list": "/analyse/",
        "read": address("analysis_read", version),
        "codes": "/analyse/koder/",
        "code": f"/analyse/koder/{code.pk}/",
        "drafts": "/analyse/indsigter/",
        "new": "/analyse/indsigter/ny/",
        "edit": f"/analyse/indsigter/{insight.number}/",
        "public": insight.get_absolute_url(),
        "insights": "/indsigter/",
    }
    faults = []
    for name, where in addresses.items():
        window = opens(as_user=desk.analyst)
        assert window.open(where) == 200
        look(window, name)
        found = [*faults_of(window, WAYS), *sideways(window)]
        window.close()
        without = opens(as_user=desk.analyst)
        without.context.route("**/*.js", lambda route: route.abort())
        without.open(where)
        found += violations(without.page)
        without.close()
        faults += [f"{name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_a_place_is_chosen_with_the_mouse(live_server: Any, desk: Desk, opens: Opens) -> None:
    version = desk.voice(TEXT)
    window = opens(as_user=desk.analyst)
    window.open(address("analysis_read", version))
    box = window.page.evaluate(
        """word => {
            const spans = [...document.querySelectorAll("[data-from]")];
            const span = spans.find(one => one.textContent.includes(word));
            const at = span.textContent.indexOf(word), range = document.createRange();
            range.setStart(span.firstChild, at);
            range.setEnd(span.firstChild, at + word.length);
            return range.getBoundingClientRect().toJSON();
        }""",
        "regnen",
    )
    middle = box["y"] + box["height"] / 2
    window.page.mouse.move(box["x"] + 1, middle)
    window.page.mouse.down()
    window.page.mouse.move(box["x"] + box["width"] - 1, middle, steps=5)
    window.page.mouse.up()
    expect(window.page.locator("[data-status]")).to_contain_text("»regnen«")
    assert place_of(window) == [str(RAIN), str(RAIN + 6), "2"]
    window.write("new_code", "Vejr")
    window.press("form[data-place] button")
    expect(window.page.locator("mark.coded")).to_contain_text("regnen")
    assert marked() == ["regnen"]


def test_a_place_is_chosen_with_the_keys(live_server: Any, desk: Desk, opens: Opens) -> None:
    version = desk.voice(TEXT)
    window = opens(as_user=desk.analyst)
    window.open(address("analysis_read", version))
    window.tab_to("[data-text]")
    status = window.page.locator("[data-status]")
    for keys, chosen in {
        "ArrowDown": "»Æ 🌻 kom først.«",
        "ArrowRight": "»🌻 kom først.«",
        "Shift+ArrowDown": "»🌻 kom først. Så kom regnen og vi ventede.«",
        "Shift+ArrowLeft": "»🌻 kom først. Så kom regnen og vi«",
        "Shift+ArrowUp": "»🌻 kom først.«",
        "ArrowDown ": "»Så kom regnen og vi ventede.«",
        "ArrowRight ": "»kom regnen og vi ventede.«",
    }.items():
        window.page.keyboard.press(keys.strip())
        expect(status).to_contain_text(chosen)
    window.page.keyboard.press("Enter")
    expect(window.page.locator("[name=code]")).to_be_focused()
    window.write("new_code", "Vejr")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("mark.coded")).to_contain_text("kom regnen og vi ventede.")
    assert marked() == ["kom regnen og vi ventede."]


def test_a_sentence_chosen_from_the_list_counts_over_what_was_selected(
    live_server: Any, desk: Desk, opens: Opens
) -> None:
    version = desk.voice(TEXT)
    window = opens(as_user=desk.analyst)
    window.open(address("analysis_read", version))
    window.tab_to("[data-text]")
    window.page.keyboard.press("ArrowDown")
    form = window.page.locator("form[data-place]").first
    form.locator("[name=last]").select_option("3")
    form.locator("[name=first]").select_option("3")
    assert place_of(window) == ["", "", "3"]
    window.write("new_code", "Søvn")
    window.press("form[data-place] button")
    expect(window.page.locator("mark.coded")).to_contain_text("Til sidst sov vi.")
    assert marked() == ["Til sidst sov vi."]


def test_without_script_sentences_are_chosen_from_the_lists(
    live_server: Any, desk: Desk, opens: Opens
) -> None:
    version = desk.voice(TEXT)
    window = opens(as_user=desk.analyst, java_script_enabled=False)
    window.open(address("analysis_read", version))
    form = window.page.locator("form[data-place]").first
    form.locator("[name=first]").select_option("2")
    form.locator("[name=last]").select_option("3")
    window.write("new_code", "Vejr")
    window.press("form[data-place] button")
    expect(window.page.locator("mark.coded")).to_have_count(2)
    assert marked() == [TEXT[TEXT.index("Så") :]]
