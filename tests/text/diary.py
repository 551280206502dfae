"""A table with an encrypted column, made for a test module and gone afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from cocreate.text.fields import EncryptedTextField


def _model() -> type[models.Model]:
    with isolate_apps("cocreate.text"):

        class Diary(models.Model):
            page = EncryptedTextField(default="", blank=True)
            secret = EncryptedTextField(null=True)
            open = models.TextField(default="")

            class Meta:
                app_label = "text"

        return Diary


@pytest.fixture(scope="module")
def diary(django_db_setup: None, django_db_blocker: Any) -> Iterator[type[models.Model]]:
    model = _model()
    apps.register_model("text", model)
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(model)
    yield model
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(model)
    del apps.all_models["text"]["diary"]
    apps.clear_cache()


def stored(model: type[models.Model], pk: int, column: str = "page") -> Any:
    """What the database itself holds."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        return cursor.fetchone()[0]
