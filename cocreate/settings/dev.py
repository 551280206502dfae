"""`make run`: this machine only. Secrets are made on the first start and kept in var/."""

import json
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from cocreate.settings.base import *  # noqa: F403
from cocreate.settings.base import LOGGING, STORAGES, VAR_DIR, env


def _own_secrets(path: Path) -> dict[str, str]:
    """Secrets that outlive a restart: stories encrypted yesterday must open today."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = {
            "secret": secrets.token_urlsafe(50),
            "field": Fernet.generate_key().decode(),
            "receipt": secrets.token_urlsafe(50),
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(made))
    loaded: dict[str, str] = json.loads(path.read_text())
    return loaded


_secrets = _own_secrets(VAR_DIR / "dev-secrets.json")
SECRET_KEY = _secrets["secret"]
FIELD_KEYS = [_secrets["field"]]
RECEIPT_KEY = _secrets["receipt"]

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMONSTRATION_CAST = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["loggers"]["cocreate"] = {"level": "INFO"}
