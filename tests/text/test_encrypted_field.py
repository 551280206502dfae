"""Unpublished words cannot be read in the database, and come back as they were written."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models.functions import Upper
from django.forms import CharField, Textarea
from django.test import override_settings
from django.test.utils import isolate_apps
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.text.fields import DecryptionFailed, EncryptedTextField, encrypted_fields
from tests.text.diary import diary, stored

__all__ = ["diary"]

pytestmark = [pytest.mark.db, pytest.mark.django_db]

WORDS = "Jeg bor hos en ven. ÆØÅ 💚"


def test_the_database_holds_no_readable_words(diary: Any) -> None:
    page = diary.objects.create(page=WORDS, secret=WORDS)
    for column in ("page", "secret"):
        token = stored(diary, page.pk, column)
        assert token.startswith("gAAAA")
        assert "bor" not in token
    assert stored(diary, page.pk, "page") != stored(diary, page.pk, "secret")


def test_an_empty_answer_cannot_be_told_from_a_short_one(diary: Any) -> None:
    empty, short = diary.objects.create(page=""), diary.objects.create(page="nej")
    assert len(stored(diary, empty.pk)) == len(stored(diary, short.pk))
    assert diary.objects.get(pk=empty.pk).page == ""
    assert diary.objects.get(pk=empty.pk).secret is None
    assert stored(diary, empty.pk, "secret") is None


def test_words_come_back_by_every_way_of_reading(diary: Any) -> None:
    pk = diary.objects.create(page=WORDS).pk
    assert diary.objects.get(pk=pk).page == WORDS
    assert diary.objects.only("page").get(pk=pk).page == WORDS
    deferred = diary.objects.defer("page").get(pk=pk)
    assert "page" in deferred.get_deferred_fields()
    assert deferred.page == WORDS
    assert list(diary.objects.values_list("page", flat=True)) == [WORDS]
    assert diary.objects.values("page").get() == {"page": WORDS}
    assert [row.page for row in diary.objects.iterator()] == [WORDS]


def test_words_are_encrypted_by_every_way_of_writing(diary: Any) -> None:
    diary.objects.bulk_create([diary(page="et"), diary(page="to")])
    diary.objects.filter(secret__isnull=True).update(secret=WORDS)
    pages = list(diary.objects.order_by("pk"))
    pages[0].page, pages[1].page = "tre", "fire"
    diary.objects.bulk_update(pages, ["page"])
    pages[1].secret = None
    pages[1].save(update_fields=["secret"])
    assert list(diary.objects.order_by("pk").values_list("page", "secret")) == [
        ("tre", WORDS),
        ("fire", None),
    ]
    assert all(stored(diary, page.pk).startswith("gAAAA") for page in pages)


def test_a_copy_of_an_encrypted_column_is_still_readable(diary: Any) -> None:
    pk = diary.objects.create(page=WORDS).pk
    diary.objects.update(secret=models.F("page"))
    assert diary.objects.get(pk=pk).secret == WORDS


@pytest.mark.parametrize(
    "expression",
    [
        models.Value("klartekst"),
        models.F("open"),
        Upper(models.Value("klartekst")),
        models.Case(models.When(pk__gt=0, then=models.Value("x")), default=models.Value("y")),
        models.Case(
            models.When(pk__gt=0, then=models.F("open")), output_field=EncryptedTextField()
        ),
    ],
)
def test_no_expression_slips_readable_words_in(diary: Any, expression: Any) -> None:
    pk = diary.objects.create(page=WORDS, open="åbent").pk
    with pytest.raises(FieldError), transaction.atomic():
        diary.objects.update(page=expression)
    assert diary.objects.get(pk=pk).page == WORDS


@pytest.mark.parametrize(
    "lookup", ["page", "page__icontains", "page__in", "page__gt", "page__regex", "page__startswith"]
)
def test_nothing_is_looked_up_by_its_words(diary: Any, lookup: str) -> None:
    with pytest.raises(FieldError, match="page is encrypted and cannot be searched"):
        list(diary.objects.filter(**{lookup: WORDS}))
    with pytest.raises(FieldError):
        list(diary.objects.exclude(**{lookup: WORDS}))


def test_whether_there_are_words_can_be_asked(diary: Any) -> None:
    diary.objects.create(page=WORDS)
    assert diary.objects.filter(page__isnull=False, secret__isnull=True).count() == 1
    assert diary.objects.exclude(secret__isnull=True).count() == 0


def test_the_second_key_still_opens_and_the_first_encrypts(diary: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with override_settings(FIELD_KEYS=[old]):
        pk = diary.objects.create(page=WORDS).pk
    with override_settings(FIELD_KEYS=[new, old]):
        page = diary.objects.get(pk=pk)
        assert page.page == WORDS
        page.save()
    with override_settings(FIELD_KEYS=[new]):
        assert diary.objects.get(pk=pk).page == WORDS


def test_the_wrong_key_is_said_without_a_word_of_the_text(diary: Any) -> None:
    pk = diary.objects.create(page=WORDS).pk
    with override_settings(FIELD_KEYS=[Fernet.generate_key().decode()]):
        with pytest.raises(DecryptionFailed) as failure:
            diary.objects.get(pk=pk)
        assert str(failure.value) == "A stored text cannot be opened with any key in FIELD_KEYS."
        assert diary.objects.defer("page").get(pk=pk).pk == pk


def test_a_changed_token_is_never_taken_for_words(diary: Any) -> None:
    pk = diary.objects.create(page=WORDS).pk
    table = connection.ops.quote_name(diary._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET page = 'rå tekst' WHERE id = %s", [pk])
    with pytest.raises(DecryptionFailed):
        diary.objects.get(pk=pk)


def test_without_keys_nothing_is_stored(diary: Any) -> None:
    with override_settings(FIELD_KEYS=[]), pytest.raises(ImproperlyConfigured):
        diary.objects.create(page=WORDS)


def test_encrypted_columns_are_listed_with_their_table(diary: Any) -> None:
    names = {(model._meta.label, field.name) for model, field in encrypted_fields()}
    assert {("text.Diary", "page"), ("text.Diary", "secret")} <= names
    assert ("text.Diary", "open") not in names


def test_a_migration_can_name_the_field() -> None:
    written, imports = MigrationWriter.serialize(EncryptedTextField(default="", blank=True))
    assert written == "cocreate.text.fields.EncryptedTextField(blank=True, default='')"
    assert imports == {"import cocreate.text.fields"}


def test_a_form_asks_for_it_in_a_text_area() -> None:
    field = EncryptedTextField(blank=True).formfield()
    assert isinstance(field, CharField)
    assert isinstance(field.widget, Textarea)


@isolate_apps("cocreate.text")
def test_an_index_or_a_default_in_the_database_is_an_error() -> None:
    class Careless(models.Model):
        a = EncryptedTextField(db_index=True)
        b = EncryptedTextField(unique=True)
        c = EncryptedTextField(db_default="")
        d = EncryptedTextField()
        e = EncryptedTextField()
        fine = EncryptedTextField(default="")

        class Meta:
            app_label = "text"
            indexes = (models.Index(fields=["d"], name="careless_d"),)
            constraints = (models.UniqueConstraint(fields=["e"], name="careless_e"),)

    found = {
        (field.name, message.id)
        for field in Careless._meta.local_fields
        for message in field.check()
        if str(message.id).startswith("text.")
    }
    assert found == {
        ("a", "text.E001"),
        ("b", "text.E001"),
        ("c", "text.E002"),
        ("d", "text.E001"),
        ("e", "text.E001"),
    }


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_come_back_as_they_were(words: str) -> None:
    field = EncryptedTextField()
    token = field.get_prep_value(words)
    assert token is not None
    assert token.isascii()
    assert field.from_db_value(token, None, connection) == words
