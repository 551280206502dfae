"""The background work of a small installation: one daemon thread in the web process.

At scale EMBEDDED_WORKER is off and `manage.py worker` runs it; two at once do no harm, since each
piece claims its rows.
"""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections

from cocreate.boards.operations import empty_due
from cocreate.moderation.call_backs import forget_numbers
from cocreate.moderation.editing import close_unanswered
from cocreate.moderation.lost_codes import withdraw_unclaimed
from cocreate.moderation.operations import publish_due
from cocreate.notifications.operations import (
    note_chosen,
    note_decisions,
    note_messages,
    note_outcomes,
    send_letters,
)
from cocreate.notifications.write_ahead import empty_log
from cocreate.stories.drafts import forget_old

log = logging.getLogger(__name__)

WORK = (
    publish_due,
    close_unanswered,
    withdraw_unclaimed,
    note_decisions,
    note_outcomes,
    note_messages,
    note_chosen,
    send_letters,
    empty_due,
    forget_old,
    forget_numbers,
    # Last: what the others erased goes with it.
    empty_log,
)


def work_once() -> int:
    """One round; what fails is logged by name and tried again in the next."""
    done = 0
    for piece in WORK:
        try:
            done += piece()
        except Exception as error:  # noqa: BLE001 - one broken piece must not stop the others
            log.warning("%s failed: %s", piece.__name__, type(error).__name__)
    return done


def work_until(stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        work_once()
        close_old_connections()
        stop.wait(settings.WORKER_INTERVAL_SECONDS)


def start_in_background() -> threading.Event:
    """Set the event to stop it; as a daemon it never holds the process back either."""
    stop = threading.Event()
    threading.Thread(target=work_until, args=(stop,), name="worker", daemon=True).start()
    return stop
