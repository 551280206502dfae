"""`manage.py doctor`: is this installation fit to be trusted with people's words?"""

from typing import Any

from django.core import checks
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cocreate.checks import missing_guards, nobody_calls


class Command(BaseCommand):
    help = "Refuses, with a sentence each, settings that lose data or leak."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = checks.run_checks(include_deployment_checks=True, databases=list(connections))
        for connection in connections.all():
            found += missing_guards(connection)
            found += nobody_calls(connection)
        serious = [message for message in found if message.level >= checks.ERROR]
        for message in found:
            mark = "REFUSED" if message.level >= checks.ERROR else "note"
            self.stdout.write(f"{mark}: {message.msg} ({message.id})")
        if serious:
            raise CommandError(
                f"{len(serious)} thing(s) must be put right before people may write."
            )
        self.stdout.write("The installation is fit to be trusted with people's words.")
