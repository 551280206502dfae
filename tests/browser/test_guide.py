"""The guide in a real browser: a small phone, the keyboard alone, a bad line, another day."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from cocreate.contributions.models import Contribution, Receipt
from cocreate.stories import drafts
from cocreate.stories.models import Draft, Story
from tests.browser.axe import SMALL, sideways, violations
from tests.browser.conftest import Opens
from tests.browser.guiding import ON, START, STOP, begin, go_on, tell
from tests.browser.window import PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]

TEXT = "Jeg vil bo et sted, hvor nogen siger godmorgen."
DONE = 'main form[action="/kode/luk/"] button'
# A bad line (domain §2): 400 kbit/s, and so many milliseconds to the first byte.
BYTES_A_SECOND, LATENCY = 50_000, 400
MOST_BYTES = 250_000
Phone = Callable[..., Window]


def words_kept() -> list[str]:
    return drafts.answers_of(Draft.objects.get()).get("text", [""])


def enter(window: Window) -> None:
    window.tab_to(ON)
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")


def test_a_story_is_told_with_the_keyboard_alone(phone: Phone) -> None:
    window = phone()
    window.open(START)
    window.tab_to("[name=about]")
    window.page.keyboard.press("Space")
    for text in (None, TEXT, None, None):
        if text:
            window.tab_to("[name=text]")
            window.page.keyboard.type(text)
        enter(window)
    window.tab_to('[name=consents][value="show"]')
    window.page.keyboard.press("Space")
    for _ in range(2):
        enter(window)
    assert len(window.code) == 7
    assert Contribution.objects.get().versions.get().text == TEXT


def test_from_the_poster_to_the_receipt_over_a_bad_line(opens: Opens) -> None:
    window = opens(size=PHONE)
    line = window.context.new_cdp_session(window.page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    moved: list[float] = []
    line.on("Network.loadingFinished", lambda one: moved.append(one["encodedDataLength"]))
    window.open(START)
    tell(window, TEXT)
    assert Story.objects.count() == 1
    assert 0 < sum(moved) <= MOST_BYTES, sum(moved)


def test_what_is_typed_is_kept_before_anything_is_pressed(opens: Opens) -> None:
    window = opens(size=PHONE)
    window.open(START)
    begin(window)
    window.write("text", TEXT)
    expect(window.page.locator("[data-guide-status]")).to_contain_text("Gemt klokken")
    assert words_kept() == [TEXT]
    window.page.reload()
    assert window.control("text").input_value() == TEXT


def test_without_a_line_one_is_told_and_nothing_is_lost(opens: Opens) -> None:
    window = opens(size=PHONE)
    window.open(START)
    begin(window)
    status = window.page.locator("[data-guide-status]")
    window.context.set_offline(True)
    window.write("text", TEXT)
    expect(status).to_contain_text("Ikke gemt endnu")
    window.context.set_offline(False)
    expect(status).to_contain_text("Gemt klokken")
    assert words_kept() == [TEXT]
    stored = window.page.evaluate("localStorage.length + sessionStorage.length")
    assert stored == 0


def test_one_stops_and_another_day_goes_on_by_the_code(phone: Phone) -> None:
    first = phone()
    first.open(START)
    code = begin(first)
    first.write("text", TEXT)
    first.press(STOP)
    assert first.code == code
    first.press(DONE)
    for _ in range(4):
        if first.go_back():
            assert not first.holds(TEXT)
    later = phone()
    later.open("/kode/")
    later.write("code", " ".join(code))
    later.press()
    later.follow('main a[href^="/fortael/?kladde="]')
    for _ in range(2):
        go_on(later)
    later.tick("consents", "show")
    go_on(later)
    assert TEXT in later.text
    go_on(later)
    assert Story.objects.get().versions.get().text == TEXT
    assert Receipt.objects.count() == 1


def test_back_and_forth_in_the_browser_keeps_every_answer(phone: Phone) -> None:
    window = phone()
    window.open(START)
    begin(window)
    window.write("text", TEXT)
    go_on(window)
    window.tick("theme", "2")
    go_on(window)
    window.go_back()
    assert window.page.locator('[name=theme][value="2"]').is_checked()
    window.go_back()
    assert window.control("text").input_value() == TEXT
    window.press('main button[value="back"]')
    assert window.page.locator('[name=about][value="self"]').is_checked()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_every_page_is_open_to_everybody(opens: Opens, script: bool) -> None:
    """As it comes, and as it comes back when something is missing."""
    window = opens(size=SMALL, reduced_motion="reduce")
    if not script:
        window.context.route("**/*.js", lambda route: route.abort())
    window.open(START)
    faults = looked_at(window)
    begin(window)
    faults += looked_at(window)
    go_on(window)
    faults += looked_at(window)
    window.write("text", "Ring på 40 12 34 56.")
    go_on(window)
    faults += looked_at(window)
    go_on(window)
    window.tick("name_level", "nickname")
    go_on(window)
    faults += looked_at(window)
    window.tick("name_level", "none")
    go_on(window)
    faults += looked_at(window)
    go_on(window)
    faults += looked_at(window)
    go_on(window)
    faults += looked_at(window)
    window.press(STOP)
    faults += looked_at(window)
    for where in ("/fortael/", "/fortael/slet/"):
        window.open(where)
        faults += looked_at(window)
    assert faults == []


def looked_at(window: Window) -> list[str]:
    closed = window.page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    found = [*violations(window.page), *sideways(window)]
    return [f"{window.address}: {fault}" for fault in found]
