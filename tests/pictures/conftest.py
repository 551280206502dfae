"""An editor at Wagtail's admin, and a folder for files that is empty for each test."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from home.operations import prepare_site
from tests.cast import Cast


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(cast: Cast) -> Client:
    prepare_site()
    return cast.client("editor")


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
