"""A helper with a shared tablet, from the poster's address to the next person, in a real browser."""

import pytest
from django.conf import settings

from cocreate.contributions.models import Contribution, Helper
from tests.browser.axe import SMALL, violations
from tests.browser.conftest import Opens
from tests.browser.guiding import ON, START, go_on
from tests.browser.window import PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]

TEXT = "Hun ringede aldrig tilbage, og så holdt jeg op med at vente."
DONE = 'main form[action="/kode/luk/"] button'
STORED = """async () => {
    const kept = "caches" in window ? await caches.keys() : [];
    return localStorage.length + sessionStorage.length + kept.length;
}"""


def to_the_end(window: Window) -> None:
    """From the poster's address to the page before the receipt."""
    window.open(START)
    window.tick("about", "helping")
    go_on(window)
    window.tick("told_by", "self")
    window.tick("helper", "volunteer")
    go_on(window)
    window.write("text", TEXT)
    for _ in range(3):
        go_on(window)
    window.tick("consents", "show", "analyse")
    window.tick("given_how", "spoken")
    go_on(window)


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_a_helper_writes_reads_aloud_hands_over_and_leaves_nothing(
    opens: Opens, scripts: bool
) -> None:
    window = opens(size=PHONE, java_script_enabled=scripts)
    to_the_end(window)
    assert TEXT in window.page.locator(".read-back").inner_text()
    window.page.locator('main [name="read_back"]').check()
    go_on(window)
    code = window.code
    assert len(code) == 7
    story = Contribution.objects.get()
    assert (story.role, story.helper, story.author) == ("citizen", Helper.VOLUNTEER, None)
    window.press(DONE)
    assert window.address == "/"
    assert window.context.cookies() == []
    for _ in range(5):
        if window.go_back():
            assert not window.holds(TEXT)
            assert not any(window.holds(" ".join(code[at : at + 2])) for at in range(6))
    window.open(START)
    assert not window.page.locator("main input[type=radio]:checked").count()
    window.tick("about", "self")
    go_on(window)
    assert window.control("text").input_value() == ""
    assert {cookie["name"] for cookie in window.context.cookies()} == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
    }
    if scripts:
        assert window.page.evaluate(STORED) == 0


def test_the_pages_are_open_to_everybody(opens: Opens) -> None:
    window = opens(size=SMALL, reduced_motion="reduce")
    window.open(START)
    window.tick("about", "helping")
    go_on(window)
    faults = violations(window.page)
    window.press(ON)
    faults += violations(window.page)
    window.tick("helper", "staff")
    go_on(window)
    window.write("text", TEXT)
    for _ in range(4):
        faults += violations(window.page)
        go_on(window)
    faults += violations(window.page)
    assert window.width() <= SMALL["width"]
    assert faults == []
