"""What the pages of hosts and authors stand on: the strategy, the cast, and their browsers."""

import pytest
from django.test import Client

from cocreate.themes.models import Theme
from tests.cast import Cast


@pytest.fixture
def host(cast: Cast) -> Client:
    return cast.client("host")


@pytest.fixture
def second_host(cast: Cast) -> Client:
    return cast.client("second_host")


@pytest.fixture
def stranger() -> Client:
    """No account, no cookies, and the forgery check on, as in a real browser."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def theme(strategy: None) -> Theme:
    return Theme.objects.get(number=2)
