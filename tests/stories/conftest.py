"""What the story pages stand on: the strategy, and somebody with a browser and nothing else."""

import pytest
from django.test import Client

from cocreate.themes.models import Guideline, Theme


@pytest.fixture(autouse=True)
def words_to_tell_about(strategy: None) -> None:
    """The demonstration edition."""


@pytest.fixture
def stranger() -> Client:
    """No account, no cookies, and the forgery check on, as in a real browser."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def theme() -> Theme:
    return Theme.objects.get(number=2)


@pytest.fixture
def guideline() -> Guideline:
    return Guideline.objects.get(code="2.3")
