"""The suite: fast hashing, mail in memory, no background thread, secrets that are no secrets."""

import os

from cocreate.settings.base import *  # noqa: F403
from cocreate.settings.base import CACHES, DATABASES, REDIS_URL, STORAGES, VAR_DIR

SECRET_KEY = "test-only"
FIELD_KEYS = ["dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktMTI="]
RECEIPT_KEY = "test-only-receipts"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = SITE_URL
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMBEDDED_WORKER = False
TELL_AFTER_SECONDS = 0
BOARD_SESSION_SECONDS = 1
STORY_DELAY_HOURS = 0
MEDIA_ROOT = VAR_DIR / "test-media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if REDIS_URL:
    # A database of its own for each process that runs tests: clearing empties it.
    own = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    for cache in CACHES.values():
        cache["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{own}"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of one test share it as processes would.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
