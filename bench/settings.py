"""The product as it runs, on a database of its own; BENCH_CACHE=none shows pages made anew."""

import os

from cocreate.settings.dev import *  # noqa: F403

DEMONSTRATION_CAST = False
EMBEDDED_WORKER = False
ALLOWED_HOSTS = ["testserver"]
if os.environ.get("BENCH_CACHE") == "none":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
