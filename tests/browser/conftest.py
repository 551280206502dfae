"""A served place, and browsers to visit it with."""

import os
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.core import mail
from playwright.sync_api import Browser

from cocreate.accounts.models import User
from cocreate.transfer.demonstration import make_demonstration
from tests.browser.place import Place, furnish
from tests.browser.window import PHONE, Window, chromium
from tests.cast import client_of


class Opens(Protocol):
    def __call__(
        self, *, as_user: User | None = None, second_factor: bool = True, **options: Any
    ) -> Window: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, and Django would take every query of a test
    # for one made inside a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as launched:
        yield launched
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server: Any) -> str:
    """Where the product answers."""
    return str(live_server.url)


@pytest.fixture
def opens(browser: Browser, site: str) -> Iterator[Opens]:
    """Opens windows, and looks afterwards at what they met and which cookies they got."""
    windows: list[Window] = []

    def open_window(
        *, as_user: User | None = None, second_factor: bool = True, **options: Any
    ) -> Window:
        window = Window(browser, site, **options)
        windows.append(window)
        if as_user is not None:
            give_session(window, as_user, second_factor=second_factor)
        return window

    yield open_window
    for window in windows:
        window.close()
    assert [fault for window in windows for fault in window.faults] == []


@pytest.fixture
def phone(opens: Opens) -> Callable[..., Window]:
    """A small phone whose browser runs no script."""
    return lambda **options: opens(size=PHONE, java_script_enabled=False, **options)


@pytest.fixture
def place(live_server: Any, house: None) -> Place:
    """The demonstration, with every state that a page can show."""
    make_demonstration()
    return furnish(lambda: str(mail.outbox[-1].body))


def give_session(window: Window, user: User, *, second_factor: bool) -> None:
    """The session of somebody who has signed in."""
    client = client_of(user, second_factor=second_factor)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    window.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": window.site}])
