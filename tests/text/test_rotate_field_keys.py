"""A change of keys moves every stored text and loses none, while people go on writing."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from cocreate.text.fields import encrypt
from tests.text.diary import diary, stored

__all__ = ["diary"]

pytestmark = [pytest.mark.db, pytest.mark.django_db]

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def pages(diary: Any) -> Iterator[Any]:
    with override_settings(FIELD_KEYS=[OLD]):
        diary.objects.bulk_create(
            diary(page=f"Side {n}", secret=None if n % 2 else "") for n in range(25)
        )
    with override_settings(FIELD_KEYS=[NEW, OLD]):
        yield diary.objects.order_by("pk")


def rotate(**options: Any) -> str:
    said = StringIO()
    call_command("rotate_field_keys", stdout=said, stderr=said, **options)
    return said.getvalue()


@pytest.mark.parametrize("batch", [1, 7, 25, 1000])
def test_every_text_is_moved_and_reads_as_before(pages: Any, batch: int) -> None:
    said = rotate(batch=batch)
    assert "text.Diary.page: 25 read, 25 moved" in said
    assert "text.Diary.secret: 13 read, 13 moved" in said
    with override_settings(FIELD_KEYS=[NEW]):
        assert [page.page for page in pages.all()] == [f"Side {n}" for n in range(25)]
        assert [page.secret for page in pages.all()] == [None if n % 2 else "" for n in range(25)]


def test_a_second_time_moves_nothing(pages: Any) -> None:
    rotate()
    before = [stored(pages.model, page.pk) for page in pages.all()]
    assert "text.Diary.page: 25 read, 0 moved" in rotate()
    assert [stored(pages.model, page.pk) for page in pages.all()] == before


def test_what_somebody_writes_meanwhile_is_never_overwritten(pages: Any) -> None:
    page = pages.first()
    with connection.execute_wrapper(writing_first(pages.model, page.pk, "Rettet af forfatteren")):
        assert "text.Diary.page: 25 read, 24 moved" in rotate()
    with override_settings(FIELD_KEYS=[NEW]):
        assert pages.get(pk=page.pk).page == "Rettet af forfatteren"


def writing_first(model: Any, pk: int, words: str) -> Callable[..., Any]:
    """The author's change lands between the command's reading and its first writing."""
    written = False

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        if sql.startswith("UPDATE") and not written:
            written = True
            table = connection.ops.quote_name(model._meta.db_table)
            with connection.cursor() as cursor:
                query = f"UPDATE {table} SET page = %s WHERE id = %s"
                cursor.execute(query, [encrypt(words), pk])
        return execute(sql, params, many, context)

    return wrapper


def test_a_text_that_no_key_opens_is_named_and_the_rest_is_moved(pages: Any) -> None:
    lost = pages[3]
    with override_settings(FIELD_KEYS=[Fernet.generate_key().decode()]):
        pages.model.objects.filter(pk=lost.pk).update(page="Med en glemt nøgle")
    said = StringIO()
    with pytest.raises(CommandError, match="1 texts cannot be opened"):
        call_command("rotate_field_keys", stdout=said, stderr=said)
    assert f"text.Diary {lost.pk}: no key opens page" in said.getvalue()
    assert "text.Diary.page: 25 read, 24 moved" in said.getvalue()


def test_the_command_says_no_word_of_any_text(pages: Any) -> None:
    with transaction.atomic():
        assert "Side" not in rotate()
