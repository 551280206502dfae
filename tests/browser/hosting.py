"""What a host does at the desk."""

from tests.browser.window import Window

MOST_WAITING = 20


def publish_all(host: Window) -> int:
    """Reads what waits, the oldest first, and shows it; says how much there was."""
    for done in range(MOST_WAITING):
        host.open("/vaert/")
        if not host.page.locator(".queue li a").count():
            return done
        host.follow(".queue li a")
        host.tick("outcome", "published")
        host.press(".decide form button:not([name])")
        assert host.page.locator("[data-errors]").count() == 0
    raise AssertionError("the queue never empties")
