"""`manage.py seed`: bulk data for measuring, on a developer's machine only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cocreate.transfer.seed import seed_stories, seed_topics


class Command(BaseCommand):
    help = "Fills the database with many meaningless voices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--topics", type=int, default=0)
        parser.add_argument("--posts", type=int, default=0)
        parser.add_argument("--stories", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION_CAST:
            raise CommandError("Meaningless voices belong on a developer's machine.")
        seed_stories(options["stories"])
        seed_topics(options["topics"], options["posts"])
        self.stdout.write("Seeded.")
