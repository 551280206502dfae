"""Settings that would lose data or leak: refused with a sentence by `manage.py doctor`."""

from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cocreate import guards
from cocreate.sounds.sounds import can_be_heard

SQLITE_FULL = 2


@register(Tags.security)
def demonstration_only_in_dev(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.DEMONSTRATION_CAST and settings.SETTINGS_MODULE != "cocreate.settings.dev":
        return [
            Error(
                "DEMONSTRATION_CAST lets anybody sign in as staff; it belongs in settings/dev.py.",
                id="cocreate.E001",
            )
        ]
    return []


@register(Tags.security)
def keys_are_keys(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Raised before the first story is accepted, not when the first one cannot be read."""
    messages: list[CheckMessage] = []
    if not settings.FIELD_KEYS:
        messages.append(Error("FIELD_KEYS is empty: no words can be stored.", id="cocreate.E002"))
    for number, key in enumerate(settings.FIELD_KEYS, 1):
        try:
            Fernet(key)
        except ValueError:
            messages.append(
                Error(f"FIELD_KEYS number {number} is not a Fernet key.", id="cocreate.E003")
            )
    if not settings.RECEIPT_KEY:
        messages.append(
            Error("RECEIPT_KEY is empty: no receipt codes can be made.", id="cocreate.E004")
        )
    return messages


@register(Tags.database)
def what_is_acknowledged_is_stored(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            messages += _sqlite(connection)
        else:
            messages += _postgres(connection)
    return messages


def _value(connection: BaseDatabaseWrapper, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None


def _sqlite(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    if _value(connection, "PRAGMA synchronous") < SQLITE_FULL:
        return [
            Error(
                "SQLite runs with synchronous below FULL: a loss of power can take back stories "
                "that were acknowledged.",
                id="cocreate.E010",
            )
        ]
    return []


def _postgres(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    if _value(connection, "SHOW synchronous_commit") == "off":
        # Measured: 86 of 220 acknowledged notes lost at a hard stop (trust §0.2).
        messages.append(
            Error(
                "PostgreSQL runs with synchronous_commit=off: acknowledged words can be lost.",
                id="cocreate.E011",
            )
        )
    if _value(connection, "SHOW fsync") == "off":
        messages.append(
            Error(
                "PostgreSQL runs with fsync=off: the database can be destroyed.", id="cocreate.E012"
            )
        )
    return messages


def missing_guards(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """For `doctor` alone: `migrate` writes them, so it may not be held back for want of them."""
    if "django_migrations" not in connection.introspection.table_names():
        return []
    return [
        Error(f"The database guard {name} is missing; run `manage.py migrate`.", id="cocreate.E013")
        for name in guards.missing(connection)
    ]


def nobody_calls(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """For `doctor` alone: a call back is offered only where staffed hours are recorded."""
    from cocreate.help.models import StaffedHours

    table = StaffedHours._meta.db_table
    if table not in connection.introspection.table_names():
        return []
    if StaffedHours.objects.using(connection.alias).exists():
        return []
    return [
        Warning(
            "No staffed hours are recorded in the admin, so nobody who is in need is offered to be "
            "called.",
            id="cocreate.W024",
        )
    ]


@register(Tags.security, deploy=True)
def ready_for_people(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    messages: list[CheckMessage] = []
    if settings.DEBUG:
        messages.append(Error("DEBUG shows people's words on error pages.", id="cocreate.E020"))
    if not settings.ACCESSIBILITY_STATEMENT_URL:
        messages.append(
            Warning(
                "ACCESSIBILITY_STATEMENT_URL is empty: the law asks for a statement at "
                "was.digst.dk, and /was answers 404.",
                id="cocreate.W021",
            )
        )
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        messages.append(
            Warning(
                "EMAIL_URL is not set: nobody can sign in by e-mail code and no author is told.",
                id="cocreate.W022",
            )
        )
    if not can_be_heard():
        messages.append(
            Warning(
                "FFMPEG leads to no program: nobody is asked to tell with their voice.",
                id="cocreate.W025",
            )
        )
    if not settings.TRUSTED_PROXIES:
        messages.append(
            Warning(
                "TRUSTED_PROXIES is 0: behind a proxy that ends TLS no board opens its socket, and "
                "all visitors share the limits of one network.",
                id="cocreate.W023",
            )
        )
    return messages
