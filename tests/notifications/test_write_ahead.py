"""Words that are taken back leave SQLite's log too, and nobody waits for that."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from cocreate.moderation import operations
from cocreate.notifications.worker import work_once
from cocreate.notifications.write_ahead import empty_log
from tests.cast import Cast, give_story, show

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a log that only SQLite has"),
]

WORD = "Guldregnens"


@pytest.fixture
def withdrawn() -> None:
    cast = Cast.arrives()
    story = show(give_story(f"{WORD} egne ord. " * 400), by=cast.host)
    operations.withdraw(story)


@pytest.fixture
def reader() -> Iterator[sqlite3.Connection]:
    """Somebody else, in the middle of reading."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    yield other
    other.close()


def on_disk() -> set[str]:
    """The files in which the word stands."""
    name = Path(connection.settings_dict["NAME"])
    kept = name.parent.glob(f"{name.name}*")
    return {path.name for path in kept if WORD.encode() in path.read_bytes()}


def test_a_round_of_the_worker_takes_withdrawn_words_out_of_the_log(withdrawn: None) -> None:
    assert on_disk()
    work_once()
    assert on_disk() == set()


def test_a_reader_holds_neither_us_nor_the_writers_up(
    withdrawn: None, reader: sqlite3.Connection
) -> None:
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM contributions_contribution").fetchall()
    give_story("Skrevet, mens der læses.", submission_id="mens")
    began = time.monotonic()
    assert empty_log() == 0
    # Not the twenty seconds that a writer waits.
    assert time.monotonic() - began < 5
    give_story("Der skrives videre.", submission_id="videre")
    reader.execute("COMMIT")
    assert empty_log() == 1
    assert on_disk() == set()


def test_writers_are_as_patient_afterwards_as_before() -> None:
    def patience() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return int(cursor.fetchone()[0])

    before = patience()
    empty_log()
    assert patience() == before > 1_000


def test_inside_a_transaction_the_log_is_let_be() -> None:
    with transaction.atomic():
        assert empty_log() == 0
