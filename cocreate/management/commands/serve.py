"""`manage.py serve`: what `make run` starts. Brings the data up to date, then becomes daphne."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Prepares data in var/ and serves http://localhost:PORT with daphne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        self.stdout.write("3/3 Looking after pages and demonstration data …")
        # The demonstration first: without a strategy there are no themes to make pages for.
        call_command("demo", verbosity=0, stdout=self.stdout)
        call_command("prepare_site", verbosity=0)
        self._greet(options["port"])
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)
        os.environ["SITE_URL"] = f"http://localhost:{options['port']}"
        connection.close()
        server = [sys.executable, "-m", "cocreate.serving", "-b", "127.0.0.1"]
        quiet = ["-v", "0", "--access-log", os.devnull]
        os.execv(  # noqa: S606
            sys.executable,
            [*server, "-p", str(options["port"]), *quiet, "cocreate.asgi:application"],
        )

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"2/3 Making the database: {len(plan)} steps (about 20 seconds) …")
            call_command("migrate", verbosity=0, interactive=False)

    def _greet(self, port: int) -> None:
        here = f"http://localhost:{port}"
        self.stdout.write(f"\n  The place is open:       {here}/")
        self.stdout.write(f"  Be one of the cast:      {here}/konto/demo/")
        for line in _cast_lines():
            self.stdout.write(f"    {line}")
        for address in _open_workshops():
            self.stdout.write(f"  A workshop that is on:   {here}{address}")
        self.stdout.write("  Stop with Ctrl-C.\n")
        self.stdout.flush()


def _cast_lines() -> list[str]:
    from cocreate.accounts.demo import cast

    return [f"{person.get_full_name():20} {person.email}" for person in cast()]


def _open_workshops() -> list[str]:
    from cocreate.boards.models import Workshop

    on = Workshop.objects.filter(demonstration=True, closed_at=None, emptied_at=None)
    return [workshop.get_absolute_url() for workshop in on]
