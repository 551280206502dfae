"""The product as it runs, on a database of its own; BENCH_CACHE=none shows pages made anew."""

import os

from cocreate.settings.base import CACHES, DATABASES
from cocreate.settings.dev import *  # noqa: F403

DEMONSTRATION_CAST = False
EMBEDDED_WORKER = False
# Kept connections on both sides, as under a WSGI server in production: reading the schema of a
# hundred tables for each request would be most of what is measured.
DATABASES["default"]["CONN_MAX_AGE"] = 600
ALLOWED_HOSTS = ["testserver"]
if os.environ.get("BENCH_CACHE") == "none":
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
