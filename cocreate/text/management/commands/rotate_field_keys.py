"""Moves every encrypted column to the first key of FIELD_KEYS, while people read and write.

Order of a change of keys: put the new key first and keep the old one, restart every process,
run this command until it says that nothing is left, then take the old key out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cocreate.text.fields import EncryptedTextField, cipher, encrypted_fields

Row = tuple[Any, str]


class Command(BaseCommand):
    help = "Encrypts every stored text again with the first key of FIELD_KEYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="Rows in one transaction.")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *args: Any, batch: int, database: str, **options: Any) -> None:
        unreadable = 0
        for model, field in encrypted_fields():
            name = f"{model._meta.label}.{field.name}"
            read = moved = 0
            for rows, swapped, lost in Column(connections[database], model, field).rotate(batch):
                read, moved, unreadable = read + rows, moved + swapped, unreadable + len(lost)
                self.stdout.write(f"{name}: {read} read, {moved} moved")
                for pk in lost:
                    self.stderr.write(f"{model._meta.label} {pk}: no key opens {field.name}")
            if not read:
                self.stdout.write(f"{name}: empty")
        if unreadable:
            raise CommandError(f"{unreadable} texts cannot be opened with any key in FIELD_KEYS.")
        self.stdout.write("Every stored text is under the first key.")


class Column:
    """One encrypted column, read and written as tokens: the ORM would hand us the words."""

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        model: type[models.Model],
        field: EncryptedTextField[Any, Any],
    ) -> None:
        self.connection = connection
        quote = connection.ops.quote_name
        self.names = {
            "table": quote(model._meta.db_table),
            "pk": quote(model._meta.pk.column),
            "column": quote(field.column),
        }
        self.first = Fernet(settings.FIELD_KEYS[0])

    def rotate(self, batch: int) -> Iterator[tuple[int, int, list[Any]]]:
        """For each batch: rows read, tokens moved, primary keys of those no key opens."""
        for rows in self._batches(max(1, batch)):
            swaps, lost = [], []
            for pk, token in rows:
                try:
                    if not self._is_first(token):
                        swaps.append((cipher().rotate(token.encode()).decode("ascii"), pk, token))
                except InvalidToken:
                    lost.append(pk)
            yield len(rows), self._swap(swaps), lost

    def _batches(self, size: int) -> Iterator[list[Row]]:
        rows = self._rows("", [size])
        while rows:
            yield rows
            rows = self._rows(" AND {pk} > %s", [rows[-1][0], size])

    def _rows(self, after: str, parameters: list[Any]) -> list[Row]:
        # The names are Django's own, quoted by the database's rules; values are parameters.
        query = "SELECT {pk}, {column} FROM {table} WHERE {column} IS NOT NULL" + after  # noqa: S608
        with self.connection.cursor() as cursor:
            cursor.execute((query + " ORDER BY {pk} LIMIT %s").format(**self.names), parameters)
            return [(pk, token) for pk, token in cursor.fetchall()]

    def _swap(self, swaps: list[tuple[str, Any, str]]) -> int:
        """Compare and swap: what somebody wrote meanwhile is newer than what we read."""
        query = "UPDATE {table} SET {column} = %s WHERE {pk} = %s AND {column} = %s"
        moved = 0
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            for swap in swaps:
                cursor.execute(query.format(**self.names), swap)
                moved += cursor.rowcount
        return moved

    def _is_first(self, token: str) -> bool:
        try:
            self.first.decrypt(token.encode())
        except InvalidToken:
            return False
        return True
