"""The story form on one page at the edges of a real browser: keyboard, Back, reload, a lost answer."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Error, Route

from cocreate.contributions.models import Contribution, Receipt
from cocreate.stories.models import Story
from tests.browser.conftest import Opens
from tests.browser.window import BROWSERS_OWN, PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]

STORY = "Jeg vil bo et sted, hvor nogen siger godmorgen."
TELL = "/fortael/paa-en-side/"
DONE = 'main form[action="/kode/luk/"] button'
Phone = Callable[..., Window]


def fill_in(window: Window) -> None:
    window.open(TELL)
    window.write("text", STORY)
    window.tick("consents", "show", "analyse")


def send_story(window: Window) -> list[str]:
    fill_in(window)
    window.press()
    return window.code


def test_a_story_is_told_with_the_keyboard_alone(phone: Phone) -> None:
    window = phone()
    window.open(TELL)
    window.tab_to("[name=text]")
    window.page.keyboard.type(STORY)
    window.tab_to("[name=consents][value=show]")
    window.page.keyboard.press("Space")
    window.tab_to("main form .acts button")
    window.page.keyboard.press("Enter")
    assert len(window.code) == 7
    assert list(Contribution.objects.get().consents.values_list("scope", flat=True)) == ["show"]


def test_help_is_among_the_first_stops_of_the_keyboard(phone: Phone) -> None:
    """Within three stops after the one that skips to the content (domain §2)."""
    window = phone()
    window.open(TELL)
    stops = []
    for _ in range(4):
        window.page.keyboard.press("Tab")
        stops.append(window.page.locator(":focus").get_attribute("href"))
    assert stops[0] == "#indhold"
    assert "/hjaelp-nu/" in stops


def test_a_double_click_makes_one_story(opens: Opens) -> None:
    window = opens()
    fill_in(window)
    window.page.locator("main form .acts button").first.dblclick(no_wait_after=True)
    window.page.locator("[data-receipt-code]").wait_for()
    assert (Story.objects.count(), Receipt.objects.count()) == (1, 1)


def test_reloading_the_receipt_shows_the_same_code(phone: Phone) -> None:
    window = phone()
    code = send_story(window)
    window.page.reload()
    assert window.code == code
    assert (Story.objects.count(), Receipt.objects.count()) == (1, 1)


def test_going_back_and_sending_again_makes_no_second_story(phone: Phone) -> None:
    window = phone()
    send_story(window)
    window.go_back()
    window.write("text", STORY)
    window.press()
    assert (Story.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_an_answer_lost_on_the_way_is_asked_for_again(opens: Opens, scripts: bool) -> None:
    window = opens(size=PHONE, java_script_enabled=scripts)
    fill_in(window)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort("connectionreset")
        else:
            route.continue_()

    window.context.route(f"**{TELL}", lose)
    with pytest.raises(Error), window.page.expect_navigation():
        window.press()
    window.page.wait_for_url(BROWSERS_OWN)
    assert Story.objects.count() == 1
    window.page.reload()
    assert all(f"<span>{word}</span>" in lost[0] for word in window.code)
    assert (Story.objects.count(), Receipt.objects.count()) == (1, 1)


def test_a_page_that_lay_open_too_long_keeps_the_text_and_sends_it_on(phone: Phone) -> None:
    window = phone()
    fill_in(window)
    window.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    window.press()
    assert window.holds(STORY)
    assert Story.objects.count() == 0
    window.press()
    assert len(window.code) == 7
    story = Contribution.objects.get()
    assert set(story.consents.values_list("scope", flat=True)) == {"show", "analyse"}
    assert story.versions.get().text == STORY


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_nobody_finds_the_story_with_back_after_done(opens: Opens, scripts: bool) -> None:
    """The next person at a library's computer presses Back as often as it goes."""
    window = opens(size=PHONE, java_script_enabled=scripts)
    code = send_story(window)
    window.follow('main a.btn[href="/kode/"]')
    assert STORY in window.text
    window.press(DONE)
    assert window.address == "/"
    for _ in range(3):
        if window.go_back():
            assert not window.holds(STORY)
            assert not all(window.holds(word) for word in code)


def test_nobody_opens_the_receipt_by_sending_the_form_again_after_done(opens: Opens) -> None:
    """Back, and yes to the browser's own question whether to send the form once more."""
    window = opens(size=PHONE)
    code = send_story(window)
    window.press(DONE)
    if not window.go_back():
        window.page.reload()
    assert not all(window.holds(word) for word in code)
    window.open("/kode/mine/")
    assert not window.holds(STORY)
