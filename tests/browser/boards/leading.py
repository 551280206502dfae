"""The facilitator's two screens: the desk and the wall."""

from playwright.sync_api import Locator, Page, expect

from tests.boards.people import Party
from tests.browser.boards.conftest import Windows

FULL_HD, SMALL_WALL = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}


def page_of(party: Party, name: str = "tovholder/") -> str:
    return f"/v/{party.workshop.code}/{name}"


def at_the_desk(leader: Windows, party: Party, **options: object) -> Page:
    window = leader(**options)
    window.open(page_of(party))
    if options.get("java_script_enabled", True):
        expect(window.page.locator("[data-link=open]")).to_have_count(1)
    return window.page


def on_the_wall(leader: Windows, party: Party, size: dict[str, int] = FULL_HD) -> Page:
    window = leader(size=size)
    window.open(page_of(party, "laerred/"))
    expect(window.page.locator("[data-link=open]")).to_have_count(1)
    return window.page


def button(page: Page, do: str) -> Locator:
    return page.locator(f'button[value="{do}"]')
