"""The product as it runs, with the limits of a person taken away: one client speaks for many."""

from cocreate.settings.dev import *  # noqa: F403

DEMONSTRATION_CAST = False
ALLOWED_HOSTS = ["127.0.0.1"]
