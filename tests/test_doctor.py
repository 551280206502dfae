"""`doctor` says what is wrong with a place before people write in it."""

from io import StringIO
from typing import Any

import pytest
from django.core.checks import Error, Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from cocreate import guards
from cocreate.checks import keys_are_keys, ready_for_people


@pytest.mark.parametrize(
    ("name", "bad", "good", "said"),
    [
        ("DEBUG", True, False, "cocreate.E020"),
        ("ACCESSIBILITY_STATEMENT_URL", "", "https://www.was.digst.dk/x", "cocreate.W021"),
        (
            "EMAIL_BACKEND",
            "django.core.mail.backends.console.EmailBackend",
            "django.core.mail.backends.smtp.EmailBackend",
            "cocreate.W022",
        ),
        ("TRUSTED_PROXIES", 0, 1, "cocreate.W023"),
        ("FFMPEG", "findes-ikke", "ffmpeg", "cocreate.W025"),
    ],
)
def test_a_place_that_is_not_ready_is_told_so(
    settings: Settings, name: str, bad: Any, good: Any, said: str
) -> None:
    setattr(settings, name, bad)
    assert said in {message.id for message in ready_for_people(None)}
    setattr(settings, name, good)
    assert said not in {message.id for message in ready_for_people(None)}


@pytest.mark.parametrize("keys", [[], ["not a key"]])
def test_without_a_key_no_word_is_taken_in(settings: Settings, keys: list[str]) -> None:
    settings.FIELD_KEYS = keys
    (message,) = keys_are_keys(None)
    assert isinstance(message, Error)


@pytest.mark.db
@pytest.mark.django_db
def test_a_guard_that_is_missing_is_told_of_and_migrate_writes_it() -> None:
    """An upgrade brings guards that the database does not have yet: it is not held back by that."""
    guard = "insights_evidence_is_its_own_insert"
    on = "" if connection.vendor == "sqlite" else " ON insights_evidence"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{guard}"{on}')
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    assert guard in out.getvalue()
    held_back = run_checks(tags=[Tags.database], databases=["default"])
    assert not [message for message in held_back if guard in message.msg]
    call_command("migrate", verbosity=0, skip_checks=True)
    assert guards.missing(connection) == []
