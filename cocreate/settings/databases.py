"""Connection options that decide whether an acknowledged word is really on disk."""

from typing import Any


def sqlite_options() -> dict[str, Any]:
    """WAL with synchronous=FULL: a commit survives loss of power, not only of the process.

    IMMEDIATE takes the write lock at BEGIN; with DEFERRED 218 of a load test's requests died with
    "database is locked" (docs/decisions/0004-databases.md).
    """
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # erased words are overwritten on disk, not only unlinked
            "PRAGMA secure_delete=ON; "
            # INSERT OR REPLACE must not slip past the guards against DELETE
            "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-20000; PRAGMA journal_size_limit=27103364"
        ),
    }
