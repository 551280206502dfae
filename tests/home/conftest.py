"""A prepared site, the editor who keeps it, and a folder for files that is empty for each test."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(house: None, cast: Cast) -> Client:
    return cast.client("editor")
