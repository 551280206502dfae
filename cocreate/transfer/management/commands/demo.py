"""`manage.py demo`: the fictional strategy, people and voices of the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cocreate.themes.demonstration import make_demonstration as make_strategy
from cocreate.transfer.demonstration import make_demonstration


class Command(BaseCommand):
    help = "Fills an empty installation with a small, fictional place to try everything in."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION_CAST:
            raise CommandError("Made-up people belong on a developer's machine (settings/dev.py).")
        make_strategy()
        made = make_demonstration()
        if made is None:
            return
        self.stdout.write(
            f"Made {made.people} people, {made.stories} stories and {made.posts} posts. "
            "None of them exist."
        )
