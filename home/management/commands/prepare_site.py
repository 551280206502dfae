from typing import Any

from django.core.management.base import BaseCommand

from home.operations import prepare_site


class Command(BaseCommand):
    help = "Makes what the site needs before anybody visits it: pages, help lines, permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in prepare_site():
            self.stdout.write(line)
