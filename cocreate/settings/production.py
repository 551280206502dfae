"""Behind a proxy with TLS. A missing secret is an error here, never a default."""

from environs import Env

from cocreate.settings.base import *  # noqa: F403
from cocreate.settings.base import SITE_URL

env = Env()

SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEYS = env.list("FIELD_KEYS")
RECEIPT_KEY = env.str("RECEIPT_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL_GIVEN = env.str("SITE_URL")
EMAIL_URL_GIVEN = bool(env.str("EMAIL_URL"))

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# __Host-: bound to this host and to https, so a neighbour on the domain cannot plant them.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
