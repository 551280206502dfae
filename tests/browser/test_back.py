"""Back from the receipt, and Send once more, as a browser does it: never two posts by accident."""

import pytest

from cocreate.contributions.models import Contribution, State
from tests.browser.conftest import Opens
from tests.browser.window import PHONE
from tests.cast import Cast, begin, open_forum, show, topic_of

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]
FIRST = "Jeg har ventet i ni uger på svar om bostøtte."
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])


@pytest.fixture
def reply_url(cast: Cast) -> str:
    begun = begin(open_forum("ventetid", host=cast.host), title="Hvad gør I?")
    show(begun, by=cast.host)
    return f"{topic_of(begun).get_absolute_url()}svar/"


@SCRIPTS
def test_words_that_the_browser_gives_back_are_asked_about_before_they_are_a_second_post(
    opens: Opens, reply_url: str, scripts: bool
) -> None:
    window = opens(size=PHONE, java_script_enabled=scripts)
    window.open(reply_url)
    window.write("text", FIRST)
    window.press()
    assert len(window.code) == 7
    assert window.go_back()
    assert window.control("text").input_value() == FIRST
    window.press()
    assert window.page.locator('main button[name="another"]').count() == 1
    assert Contribution.objects.filter(state=State.PENDING).count() == 1
    window.go_back()
    window.write("text", f"{FIRST} Og jeg venter endnu.")
    window.press()
    window.press('main button[name="instead"]')
    window.page.locator('main form[action="/kode/luk/"]').wait_for()
    post = Contribution.objects.get(state=State.PENDING)
    assert [wording.number for wording in post.versions.order_by("number")] == [1, 2]


@SCRIPTS
def test_nobody_finds_the_post_with_back_after_done(
    opens: Opens, reply_url: str, scripts: bool
) -> None:
    """The next person at a library's computer presses Back as often as it goes."""
    window = opens(size=PHONE, java_script_enabled=scripts)
    window.open(reply_url)
    window.write("text", FIRST)
    window.press()
    window.press('main form[action="/kode/luk/"] button')
    assert window.address == "/"
    for _ in range(3):
        if window.go_back():
            assert not window.holds(FIRST)
