"""One person's browser: a Chromium window that notes everything it should not have met."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

EXECUTABLE = "/usr/bin/chromium"
# Nothing that Chromium does on its own behalf may reach the network.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
OUR_COOKIES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
SLOWEST_MS = 20_000
MOST_TABS = 150
BROWSERS_OWN = "chrome-error://**"
# A form that is refused comes back as a page, also to a script that sent it.
REFUSED = 422
ASKS_FIRST = "ERR_CACHE_MISS"
# Said only where a test has taken the net away.
NO_NET = "ERR_INTERNET_DISCONNECTED"
# For a moment, while Chromium puts a page of its own in the place of ours.
SWAPPING = "Not attached to an active page"
MOST_TRIES = 10
# What is expected is waited for as long as a page is: a busy machine is no fault of ours.
expect.set_options(timeout=SLOWEST_MS)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)


class Window:
    """`faults` holds what no page of ours may do: ask another host, break a rule, set a cookie."""

    def __init__(
        self, browser: Browser, site: str, *, size: dict[str, int] = DESKTOP, **options: Any
    ) -> None:
        self.site = site
        self.faults: list[str] = []
        # Those that a page of ours may set; at a board also that of the seat.
        self.cookies = set(OUR_COOKIES)
        self.is_open = True
        self.context: BrowserContext = browser.new_context(
            base_url=site, viewport=size, locale="da-DK", **options
        )
        self.context.set_default_timeout(SLOWEST_MS)
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        self.page: Page = self.context.new_page()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """May be called twice. A cookie that no page of ours may set counts as a fault."""
        if self.is_open:
            self.is_open = False
            strange = {cookie["name"] for cookie in self.context.cookies()} - self.cookies
            self.faults += [f"cookie: {name}" for name in strange]
            self.context.close()

    # --- what is noted ----------------------------------------------------------------------------

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme in {"http", "https"} and not self._is_ours(request.url):
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        is_refused = response.status == REFUSED
        if response.status >= 400 and not (response.request.is_navigation_request() or is_refused):
            self.faults.append(f"{response.status} for {response.url}")
        if response.status >= 500:
            self.faults.append(f"{response.status} for {response.request.method} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # A refused form is a page with a status; Chromium calls each such page a failed resource.
        is_known = message.text.startswith("Failed to load resource") or NO_NET in message.text
        if message.type in {"error", "warning"} and not is_known:
            self.faults.append(f"console on {self.page.url}: {message.text}")

    def _is_ours(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self.site).netloc

    # --- what a person does -----------------------------------------------------------------------

    def open(self, address: str) -> int:
        """Types an address, and says with which status the page came."""
        answer = self.page.goto(address)
        assert answer is not None
        return answer.status

    def go_back(self) -> bool:
        """False where the browser shows a page of its own: it asks before it sends a form again."""
        for _ in range(MOST_TRIES):
            try:
                self.page.go_back()
            except Error as error:
                if ASKS_FIRST in str(error):
                    self.page.wait_for_url(BROWSERS_OWN)
                    self.page.wait_for_load_state()
                    return False
                if SWAPPING not in str(error):
                    raise
                self.page.wait_for_timeout(200)
            else:
                return True
        raise AssertionError("the browser never went back")

    def write(self, name: str, text: str) -> None:
        self.control(name).fill(text)

    def tick(self, name: str, *values: str) -> None:
        for value in values:
            box = self.page.locator(f'main [name="{name}"][value="{value}"]')
            self.unfold(box)
            box.check()

    def control(self, name: str) -> Locator:
        found = self.page.locator(f'main [name="{name}"]:not([type="hidden"])')
        self.unfold(found)
        return found

    def unfold(self, inside: Locator) -> None:
        """Opens the folds that something lies in, as a finger would."""
        folds = inside.locator("xpath=ancestor::details[not(@open)]")
        for _ in range(folds.count()):
            folds.first.locator("xpath=summary").click()

    def press(self, button: str = "main form:not(.notice) .acts button") -> None:
        self.page.locator(button).first.click()

    def follow(self, link: str) -> None:
        self.page.locator(link).first.click()

    def tab_to(self, selector: str) -> None:
        """Presses Tab until the focus is there; fails when the keyboard never comes by."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.locator(f":focus:is({selector})").count():
                return
        raise AssertionError(f"Tab never reached {selector} on {self.page.url}")

    # --- what a person sees -----------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def code(self) -> list[str]:
        """The words of the receipt that is shown."""
        return self.page.locator("[data-receipt-code]").inner_text().split()

    @property
    def address(self) -> str:
        return urlsplit(self.page.url).path

    def width(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def holds(self, words: str) -> bool:
        """Whether words stand anywhere on the page, in a field or in the source."""
        values: Iterable[str] = self.page.evaluate(
            "[...document.querySelectorAll('input, textarea')].map(field => field.value)"
        )
        return words in self.page.content() or any(words in value for value in values)
