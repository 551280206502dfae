"""Every column that can hold text or a file is listed: public, staff or encrypted.

A new column fails here until somebody has said what it may hold.
"""

import pytest
from django.apps import apps
from django.db import models
from wagtail.fields import StreamField

from cocreate.contributions.models.contribution import PUBLIC_COLUMNS, Contribution
from cocreate.text.fields import EncryptedTextField
from tests.fields import FIELDS, OURS

TEXTUAL = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    StreamField,
)


def textual_fields() -> dict[str, models.Field]:
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS
        for field in model._meta.local_fields
        if isinstance(field, TEXTUAL)
    }


def test_every_text_or_file_column_is_listed() -> None:
    assert set(textual_fields()) == set(FIELDS)


@pytest.mark.parametrize("name", [name for name, kind in FIELDS.items() if kind == "encrypted"])
def test_what_is_listed_as_encrypted_is(name: str) -> None:
    assert isinstance(textual_fields()[name], EncryptedTextField)


def test_nothing_encrypted_is_listed_otherwise() -> None:
    encrypted = {n for n, f in textual_fields().items() if isinstance(f, EncryptedTextField)}
    assert encrypted == {name for name, kind in FIELDS.items() if kind == "encrypted"}


def test_the_public_columns_of_a_contribution_are_the_ones_the_check_empties() -> None:
    listed = {
        name.rpartition(".")[2]
        for name, kind in FIELDS.items()
        if kind == "voice" and name.startswith("contributions.Contribution.")
    }
    assert listed == set(PUBLIC_COLUMNS)
    assert {field.name for field in Contribution._meta.fields} >= listed
