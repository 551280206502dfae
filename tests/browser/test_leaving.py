""" "Leave this page" in a real browser: afterwards Back leads nowhere that can be read."""

import pytest

from cocreate.contributions.models import Contribution
from tests.browser.conftest import Opens
from tests.browser.window import PHONE, Window
from tests.cast import Cast, give_story, show

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]
WORDS = "Jeg sov i en trappeopgang den vinter."


@pytest.fixture
def story(cast: Cast, settings: object, site: str) -> Contribution:
    settings.QUICK_EXIT_URL = f"{site}/om/"  # type: ignore[attr-defined]
    return show(give_story(WORDS, title="Trappen"), by=cast.host)


def read(window: Window, story: Contribution) -> None:
    """From the list to the story and into the guide: three pages that lie behind."""
    window.open("/fortaellinger/")
    window.open(f"/fortaellinger/{story.public_id}/")
    assert window.holds(WORDS)
    window.open("/fortael/")


@pytest.mark.parametrize("how", ["link", "key"])
def test_back_three_times_shows_no_word(opens: Opens, story: Contribution, how: str) -> None:
    window = opens(size=PHONE)
    read(window, story)
    if how == "link":
        window.page.locator("[data-leave]").click()
    else:
        for _press in range(3):
            window.page.keyboard.press("Escape")
    window.page.wait_for_url("**/om/")
    for _back in range(3):
        window.page.evaluate("setTimeout(() => history.back(), 0)")
        window.page.wait_for_timeout(1200)
        assert not window.holds(WORDS)
        assert "/fortael" not in window.page.url


def test_two_presses_are_no_leaving(opens: Opens, story: Contribution) -> None:
    window = opens(size=PHONE)
    window.open(f"/fortaellinger/{story.public_id}/")
    for _press in range(2):
        window.page.keyboard.press("Escape")
    window.page.wait_for_timeout(300)
    assert window.holds(WORDS)


def test_who_comes_back_by_the_address_reads_as_before(opens: Opens, story: Contribution) -> None:
    window = opens(size=PHONE)
    read(window, story)
    window.page.locator("[data-leave]").click()
    window.page.wait_for_url("**/om/")
    window.open(f"/fortaellinger/{story.public_id}/")
    assert window.holds(WORDS)
    assert "Trappen" not in window.page.title()


def test_without_script_it_is_a_link_and_the_page_says_what_stays(
    opens: Opens, story: Contribution
) -> None:
    window = opens(size=PHONE, java_script_enabled=False)
    window.open(f"/fortaellinger/{story.public_id}/")
    assert window.page.locator(".leave-note").is_visible()
    window.page.locator("[data-leave]").click()
    assert window.address == "/om/"
