"""Somebody at the board, with a browser of their own."""

from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from cocreate.boards.models import Workshop
from cocreate.boards.seats import cookie_name
from tests.boards.harness import Served
from tests.browser.window import Window

STANDING = """() => {
    const field = document.activeElement;
    const box = field.getBoundingClientRect();
    const chosen = getSelection().toString();
    return [field.id, field.selectionStart, field.selectionEnd, Math.round(box.top), window.scrollY, chosen];
}"""


class Guest(Window):
    """Comes in by the door, writes, and finds notes by their words."""

    def __init__(
        self, browser: Browser, served: Served, workshop: Workshop, **options: Any
    ) -> None:
        super().__init__(browser, served.origin, **options)
        self.board = f"/v/{workshop.code}/"
        self.cookies.add(cookie_name(workshop))
        self.has_script = options.get("java_script_enabled", True)

    def come_in(self, name: str = "") -> None:
        self.open(self.board)
        self.write("name", name)
        self.press()
        if self.has_script:
            self.is_connected()

    def sit_beside(self, other: "Guest") -> None:
        """The same seat in another window."""
        self.context.add_cookies(other.context.cookies())  # type: ignore[arg-type]
        self.open(self.board)
        self.is_connected()

    def is_connected(self) -> None:
        expect(self.page.locator("[data-state=open]")).to_have_count(1)

    def put(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.page.locator("[data-send]").first.click()

    def begin_to_change(self, text: str, into: str) -> None:
        """Opens one's own note and writes; what is written is not sent yet."""
        self.slip(text).locator("[data-open]").click()
        self.page.locator("#edit-text").fill(into)

    def save(self) -> None:
        self.page.locator("[data-edit] [data-send]").click()

    def name_the_group(self, title: str) -> None:
        self.page.locator("#group-title").fill(title)
        self.save()

    def note(self, text: str) -> Locator:
        return self.page.locator("[data-note]", has_text=text)

    def slip(self, text: str) -> Locator:
        """One's own note beside the field."""
        return self.page.locator("[data-slip]", has_text=text)


def settled(page: Page, phase: str) -> None:
    expect(page.locator(f'[data-step="{phase}"]')).to_have_attribute("aria-current", "step")


def standing(page: Page) -> list[object]:
    """Where one is: the field, the caret in it, its place on the screen, what is marked."""
    return list(page.evaluate(STANDING))
