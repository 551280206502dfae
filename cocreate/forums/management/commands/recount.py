"""`manage.py recount`: puts the counters of rooms and topics right, and says which were wrong."""

from typing import Any

from django.core.management.base import BaseCommand

from cocreate.forums.models import Forum, Topic
from cocreate.forums.recount import recount_forum, recount_topic
from cocreate.pagecache.models import bump


class Command(BaseCommand):
    help = "Counts topics and posts anew."

    def handle(self, *args: Any, **options: Any) -> None:
        for pk, slug in Topic.objects.values_list("pk", "forum__slug").order_by("pk"):
            if recount_topic(pk):
                bump(f"topic:{pk}", f"forum:{slug}", "forums")
                self.stdout.write(f"Topic {pk} was wrong.")
        for pk, slug in Forum.objects.values_list("pk", "slug").order_by("pk"):
            if recount_forum(pk):
                bump(f"forum:{slug}", "forums")
                self.stdout.write(f"Room {slug} was wrong.")
        self.stdout.write("Counted.")
