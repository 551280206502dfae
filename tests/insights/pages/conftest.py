"""The desk as seen through a browser of one of the cast, and small helpers about its pages."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.insights.conftest import Desk


@pytest.fixture
def analyst(desk: Desk) -> Client:
    return desk.cast.client("analyst")


@pytest.fixture
def host(cast: Cast) -> Client:
    return cast.client("host")
