"""`manage.py worker`: the background work as a process of its own."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from cocreate.notifications.worker import work_until


class Command(BaseCommand):
    help = "Shows what was approved for a time, and tells authors of decisions."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        work_until(stop)
