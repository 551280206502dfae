"""SQLite's log of what was written last, which would otherwise keep words that are gone."""

from django.db import connection

# So long may writers wait for us; who reads longer than this is asked again in the next round.
PATIENCE_MS = 100


def empty_log() -> int:
    """Moves SQLite's write-ahead log into the database file, and cuts the log to nothing.

    The file overwrites what is erased (secure_delete), but the log holds whole former pages of it. It goes
    when the last connection closes; while one stays open, as a workshop's does, withdrawn words would lie
    there in the clear until other writing happens to cover them.

    Returns 1 when the log is empty, 0 when somebody was reading or writing for longer than
    PATIENCE_MS, inside a transaction, and on PostgreSQL, which keeps its own house.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_pages) = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return int(not busy)
