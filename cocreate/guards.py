"""Rules the database itself keeps, as triggers: what is adopted or decided is never rewritten.

They are written idempotently after every migrate, since a later ALTER on SQLite rebuilds the table
and drops its triggers without a word; `doctor` lists those that are missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """One trigger. `refuse_when` is an SQL condition over OLD and NEW that both engines read."""

    name: str
    table: str
    event: str  # INSERT, UPDATE, DELETE, or TRUNCATE (which SQLite does not have)
    refuse_when: str
    message: str

    def statements(self, vendor: str) -> list[str]:
        if vendor == "sqlite" and self.event == "TRUNCATE":
            return []
        if vendor == "sqlite":
            return [
                f'DROP TRIGGER IF EXISTS "{self.name}"',
                f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW '
                f"WHEN {self.refuse_when} BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
            ]
        answer = "NEW" if self.event in {"INSERT", "UPDATE"} else "OLD"
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger AS $$ BEGIN '
            f"IF {self.refuse_when} THEN RAISE EXCEPTION '{self.message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {answer}; END $$ LANGUAGE plpgsql",
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
            f'FOR EACH {each} EXECUTE FUNCTION "{self.name}"()',
        ]

    def drop_statement(self, vendor: str) -> str:
        where = "" if vendor == "sqlite" else f' ON "{self.table}"'
        return f'DROP TRIGGER IF EXISTS "{self.name}"{where}'


_registered: dict[str, Guard] = {}


def register(*guards: Guard) -> None:
    """Called from an app's `ready()`."""
    for guard in guards:
        _registered[guard.name] = guard


def install(connection: BaseDatabaseWrapper) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in _registered.values():
            if guard.table in tables:
                for statement in guard.statements(connection.vendor):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of registered guards that the database does not have."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    needed = {name for name, guard in _registered.items() if guard.statements(connection.vendor)}
    return sorted(needed - present)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without guards, for a test's flush only: no product code may call it (tests/test_house.py)."""
    with connection.cursor() as cursor:
        for guard in _registered.values():
            cursor.execute(guard.drop_statement(connection.vendor))
    try:
        yield
    finally:
        install(connection)


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    if sender.label == "cocreate":
        install(connections[using])
