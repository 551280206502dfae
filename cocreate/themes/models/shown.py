"""Rows that editors change one at a time and that public pages show at once."""

from typing import Any

from django.db import models, transaction

from cocreate.pagecache.models import bump

# Every page that shows anything of the strategy reads this key.
STRATEGY_KEY = "strategy"


class Shown(models.Model):
    """Ages the cached pages in the same transaction. Such a row has no operation of its own that
    could do so: it is written by Wagtail's forms."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            bump(STRATEGY_KEY)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            bump(STRATEGY_KEY)
            return super().delete(*args, **kwargs)
