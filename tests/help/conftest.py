"""Help lines as an editor keeps them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from cocreate.help.models import HelpLine

Line = Callable[..., HelpLine]


@pytest.fixture
def line(db: None) -> Line:
    def keep(name: str = "Rådgivningen", number: str = "12 34 56 78", **columns: Any) -> HelpLine:
        columns = {"description": "Du kan ringe om hverdagen.", **columns}
        return HelpLine.objects.create(name=name, number=number, **columns)

    return keep


@pytest.fixture
def today() -> date:
    return timezone.localdate()
