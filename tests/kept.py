"""What lies in the page cache, whichever kind it is."""

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from cocreate.pagecache.models import kept_pages


def everything_kept() -> dict[str, bytes]:
    """Every key with its stored bytes."""
    store = kept_pages._connections[kept_pages._alias]
    if isinstance(store, LocMemCache):
        return dict(store._cache)
    assert isinstance(store, RedisCache), settings.CACHES
    client = store._cache.get_client()
    return {key.decode(): client.get(key) or b"" for key in client.scan_iter("pages:*")}
