"""Versions of what public pages show, so that a cached page is never older than a decision.

A page names its keys (`topic:7`, `stories`, `theme:2`, `site`) and reads their versions before its
content; whoever changes the content bumps the keys in the same transaction. A cached answer filed
under old versions is simply never asked for again (docs/decisions/0005-page-versions.md).
"""

from secrets import randbits

from django.core.cache import caches
from django.db import models
from django.utils.connection import ConnectionProxy
from django.utils.translation import gettext_lazy as _

# A cache of their own: a flood of pages pushes no limit's counter out.
kept_pages = ConnectionProxy(caches, "pages")


class PageVersion(models.Model):
    """`n` is random, not counted up: a restored backup cannot repeat a version already cached."""

    key = models.CharField(max_length=80, primary_key=True)
    n = models.BigIntegerField()

    class Meta:
        verbose_name = _("page version")

    def __str__(self) -> str:
        return self.key


def bump(*keys: str) -> None:
    """Ages every page that names one of the keys. In sorted order, so two writers never deadlock."""
    rows = [PageVersion(key=key, n=randbits(62)) for key in sorted(set(keys))]
    PageVersion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["n"]
    )
    _forget(*keys)


def _forget(*keys: str) -> None:
    """Old pages would never be served again; they are dropped so that words taken back do not lie
    in the cache either. What another process keeps for itself ends with KEEP_SECONDS."""
    lists = kept_pages.get_many([f"under:{key}" for key in keys])
    pages = {page for kept in lists.values() for page in kept}
    kept_pages.delete_many([*pages, *lists])


def versions(*keys: str) -> tuple[int, ...]:
    """The keys' versions in the order asked for, 0 for one never bumped. One query."""
    found = dict(PageVersion.objects.filter(key__in=keys).values_list("key", "n"))
    return tuple(found.get(key, 0) for key in keys)
