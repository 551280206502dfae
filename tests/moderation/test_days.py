"""Days as one says them aloud, with the whole date for machines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from cocreate.moderation.templatetags.days import date_in_words, date_written, day_written

FEBRUARY = datetime(2027, 2, 8, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english_in_february() -> Iterator[None]:
    with time_machine.travel(FEBRUARY, tick=False), translation.override("en"):
        yield


def test_the_year_is_said_only_when_it_is_another() -> None:
    assert date_in_words(date(2027, 1, 3)) == "3 January"
    assert date_in_words(date(2026, 11, 23)) == "23 November 2026"


def test_the_markup_has_the_year_in_any_case() -> None:
    assert date_written(date(2027, 1, 3)) == '<time datetime="2027-01-03">3 January</time>'
    assert day_written(date(2027, 1, 3)).startswith('<time datetime="2027-01-03">Sunday ')


def test_a_moment_belongs_to_the_day_it_was_here() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert date_written(late) == '<time datetime="2027-01-01">1 January</time>'


def test_no_day_is_nothing() -> None:
    assert date_written(None) == day_written(None) == date_in_words(None) == ""
