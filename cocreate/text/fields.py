"""The one encrypted column: unpublished words cannot be read in the database or its copies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Transform
from django.db.models.expressions import Col
from django.db.models.functions import Cast
from django.views.decorators.debug import sensitive_variables

_Set = TypeVar("_Set", contravariant=True)
_Get = TypeVar("_Get", covariant=True)

if TYPE_CHECKING:
    _TextField = models.TextField
else:

    class _TextField:
        """Django's fields take type parameters in the stubs only."""

        def __class_getitem__(cls, types: tuple[type, type]) -> type[models.TextField]:
            return models.TextField


class DecryptionFailed(Exception):
    """None of the keys in FIELD_KEYS opens a stored text."""


@lru_cache(maxsize=8)
@sensitive_variables("keys")
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty: no words can be stored.")
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The keys of this moment: the first encrypts, all decrypt."""
    return _cipher(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    return cipher().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    try:
        return cipher().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise DecryptionFailed(
            "A stored text cannot be opened with any key in FIELD_KEYS."
        ) from error


def _yields_tokens(expression: object) -> bool:
    """Another encrypted column, or the CASE of encrypted values that bulk_update writes."""
    if isinstance(expression, models.Case):
        results = [case.result for case in expression.cases]
        return all(map(_yields_tokens, [*results, expression.default]))
    if isinstance(expression, Cast):
        return all(map(_yields_tokens, expression.get_source_expressions()))
    if isinstance(expression, models.Value) and expression.value is None:
        return True
    return isinstance(expression, (models.Value, Col)) and isinstance(
        getattr(expression, "_output_field_or_none", None), EncryptedTextField
    )


class EncryptedTextField(_TextField[_Set, _Get]):
    """A TextField that the database holds as a Fernet token; "" is encrypted, None stays NULL.

    Nothing can be looked up by its content: the same words never give the same token twice.
    """

    def get_prep_value(self, value: object) -> str | None:
        text = super().get_prep_value(value)
        return None if text is None else encrypt(text)

    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        """What an expression yields never passes our keys, so it must yield tokens."""
        if hasattr(value, "as_sql") and not _yields_tokens(value):
            raise FieldError(f"The encrypted field {self.name} cannot be set by this expression.")
        return super().get_db_prep_save(value, connection)

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> str | None:
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup: str) -> type[Lookup[Any]] | None:
        if lookup == "isnull":
            return super().get_lookup(lookup)
        self._refuse(lookup)

    def get_transform(self, name: str) -> type[Transform] | None:
        self._refuse(name)

    def _refuse(self, lookup: str) -> NoReturn:
        raise FieldError(
            f"The field {self.name} is encrypted and cannot be searched by '{lookup}'; "
            "only 'isnull' can be asked."
        )

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [*super().check(**kwargs), *self._check_not_compared()]

    def _check_not_compared(self) -> list[CheckMessage]:
        found: list[CheckMessage] = []
        if getattr(self, "db_index", False) or self.unique or self._named_in_meta():
            found.append(
                Error(
                    "An encrypted field can be neither indexed nor unique.",
                    hint="Tokens of the same words differ; store a keyed hash beside it.",
                    obj=self,
                    id="text.E001",
                )
            )
        if getattr(self, "db_default", models.NOT_PROVIDED) is not models.NOT_PROVIDED:
            found.append(
                Error(
                    "An encrypted field cannot have db_default: it would be plain text.",
                    obj=self,
                    id="text.E002",
                )
            )
        return found

    def _named_in_meta(self) -> bool:
        options = self.model._meta
        named: list[Sequence[str]] = [*options.unique_together]
        named += [index.fields for index in options.indexes]
        named += [
            constraint.fields
            for constraint in options.constraints
            if isinstance(constraint, models.UniqueConstraint)
        ]
        return any(self.name in fields for fields in named)


def encrypted_fields() -> list[tuple[type[models.Model], EncryptedTextField[Any, Any]]]:
    """Every encrypted column of the installed models, with the model whose table has it."""
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]
