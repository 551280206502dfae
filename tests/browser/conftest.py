"""A served place, and browsers to visit it with."""

import os
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from cocreate.accounts.models import User
from tests.browser.window import PHONE, Window, chromium
from tests.cast import client_of


class Opens(Protocol):
    def __call__(self, *, as_user: User | None = None, **options: Any) -> Window: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, and Django would take every query of a test
    # for one made inside a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as launched:
        yield launched
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def opens(browser: Browser, live_server: Any) -> Iterator[Opens]:
    """Opens windows, and looks afterwards at what they met and which cookies they got."""
    windows: list[Window] = []

    def open_window(*, as_user: User | None = None, **options: Any) -> Window:
        window = Window(browser, live_server.url, **options)
        windows.append(window)
        if as_user is not None:
            give_session(window, as_user)
        return window

    yield open_window
    for window in windows:
        window.close()
    assert [fault for window in windows for fault in window.faults] == []


@pytest.fixture
def phone(opens: Opens) -> Callable[..., Window]:
    """A small phone whose browser runs no script."""
    return lambda **options: opens(size=PHONE, java_script_enabled=False, **options)


def give_session(window: Window, user: User) -> None:
    """The session somebody has who signed in with a second step."""
    cookie = client_of(user, second_factor=True).cookies[settings.SESSION_COOKIE_NAME]
    window.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": window.site}])
