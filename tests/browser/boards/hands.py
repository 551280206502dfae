"""The same evening by different hands: a finger, a keyboard alone, a browser without script."""

from playwright.sync_api import Locator, expect

from tests.browser.boards.guest import Guest
from tests.browser.window import MOST_TABS

MOST_NOTES = 20


class Hand(Guest):
    """Takes part with a mouse. How a thing is pressed and written in is each hand's own."""

    def use(self, what: Locator) -> None:
        what.click()

    def fill(self, field: Locator, text: str) -> None:
        field.fill(text)

    def look(self) -> None:
        """Sees how it stands now: a page with script shows it by itself."""

    def come_by_code(self, code: str, name: str = "") -> None:
        self.open("/vaerksteder/")
        self.fill(self.page.locator("#kode"), code)
        self.use(self.page.locator(".code-form button"))
        self.fill(self.page.locator("main [name=name]"), name)
        self.use(self.page.locator("main .acts button"))
        if self.has_script:
            self.is_connected()

    def put(self, text: str) -> None:
        self.fill(self.page.locator("#text"), text)
        self.use(self.page.locator("[data-write] [data-send]"))
        expect(self.slip(text).locator("[data-saved]")).to_be_visible()

    def put_in_a_new_group(self, text: str) -> None:
        self.use(self.note(text).locator("[data-open]"))
        self.use(self.page.locator(".place-new"))

    def put_in_group(self, text: str, group: str) -> None:
        self.use(self.note(text).locator("[data-open]"))
        self.use(self.page.locator(".place", has_text=group))

    def name_group(self, title: str) -> None:
        self.use(self.page.locator(".group-head [data-open]"))
        self.fill(self.page.locator("#group-title"), title)
        self.use(self.page.locator("[data-edit] [data-send]"))

    def vote(self, text: str) -> None:
        self.use(self.note(text).locator("[data-more]"))

    def look_at_the_board(self) -> None:
        self.open(self.board)
        self.is_connected()


class Finger(Hand):
    def use(self, what: Locator) -> None:
        what.tap()


class Keys(Hand):
    """No mouse at all: Tab, arrows, letters, Enter."""

    def use(self, what: Locator) -> None:
        self._tab_to(what)
        self.page.keyboard.press("Enter")

    def fill(self, field: Locator, text: str) -> None:
        self._tab_to(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def put_in_a_new_group(self, text: str) -> None:
        self._walk_to(text)
        self.page.keyboard.press("m")
        self.use(self.page.locator('.place[value="new"]'))

    def put_in_group(self, text: str, group: str) -> None:
        self._walk_to(text)
        self.page.keyboard.press("m")
        self.use(self.page.locator(".place", has_text=group))

    def vote(self, text: str) -> None:
        self._walk_to(text)
        self.page.keyboard.press("+")

    def _tab_to(self, what: Locator) -> None:
        for _ in range(MOST_TABS):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {what}")

    def _walk_to(self, text: str) -> None:
        """To the first column by Tab, and down by the arrow from note to note."""
        self._tab_to(self.page.locator('[data-note][tabindex="0"]').first)
        self.page.keyboard.press("Home")
        for _ in range(MOST_NOTES):
            if self.note(text).evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reached {text}")


class WithoutScript(Hand):
    def look(self) -> None:
        self.open(self.board)
