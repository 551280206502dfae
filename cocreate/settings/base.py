"""What every environment shares. The environment is read here and nowhere else; each variable
stands in docs/operate.md (tests/test_docs.py compares the two)."""

from pathlib import Path
from typing import Any

from environs import Env

from cocreate.settings.databases import sqlite_options

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
RELEASE = env.str("RELEASE", "0.1.0")

# --- Secrets: dev and test make their own, production must be given them -------------------------
SECRET_KEY = env.str("SECRET_KEY", "")
# Fernet keys: the first encrypts, all decrypt. `manage.py rotate_field_keys` moves rows to the first.
FIELD_KEYS: list[str] = env.list("FIELD_KEYS", [])
# Receipt codes are derived with this key; losing it makes every code unusable.
RECEIPT_KEY = env.str("RECEIPT_KEY", "")

# --- Where we are ---------------------------------------------------------------------------------
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
# How many proxies in front add to X-Forwarded-For; 0 ignores the header.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "daphne",
    "cocreate",
    "cocreate.text",
    "cocreate.pictures",
    "cocreate.pagecache",
    "cocreate.accounts",
    "cocreate.help",
    "cocreate.wordings",
    "cocreate.themes",
    "cocreate.contributions",
    "cocreate.moderation",
    "cocreate.forums",
    "cocreate.stories",
    "cocreate.boards",
    "cocreate.insights",
    "cocreate.revisions",
    "cocreate.notifications",
    "cocreate.transfer",
    "home",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cocreate.pagecache.public_page.KeptPages",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cocreate.middleware.ContentPolicy",
    "cocreate.middleware.PrivateHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cocreate.middleware.BadInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cocreate.middleware.LanguageFromAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cocreate.accounts.middleware.SecondFactor",
]

ROOT_URLCONF = "cocreate.urls"
ASGI_APPLICATION = "cocreate.asgi.application"
WSGI_APPLICATION = "cocreate.wsgi.application"
CSRF_FAILURE_VIEW = "cocreate.views.stale_form"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.site",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = sqlite_options()
# Under ASGI each request has a fresh thread, so a kept connection is never used again.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 0)
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")


def _cache(name: str, entries: int) -> dict[str, Any]:
    if REDIS_URL:
        backend = "cocreate.pagecache.redis_away.PatientRedis"
        return {"BACKEND": backend, "LOCATION": REDIS_URL, "KEY_PREFIX": name}
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": entries}}


# Counters of the limits lie in "default", where allauth keeps its own: a flood of pages must not
# push them out.
CACHES: dict[str, dict[str, Any]] = {
    "default": _cache("default", 20_000),
    "pages": _cache("pages", 2_000),
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# Gone with the browser, as the privacy page says; Django's default is a year.
CSRF_COOKIE_AGE = None
# Messages ride in the session: a third cookie would break the promise of design §2.10.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
# No web server may serve this folder; the address leads to home.views.media, which asks who may.
MEDIA_URL = "/medier/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_PERMISSIONS = 0o600
# A photo comes with its position in it: it waits in a file without a name, which is gone when the
# process is, and no more of it is kept than anybody here reads.
FILE_UPLOAD_HANDLERS = ["cocreate.contributions.uploads.UnnamedFiles"]
# Voices are written anew by this program; without it they are not asked for. Empty turns them off.
FFMPEG = env.str("FFMPEG", "ffmpeg")

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True

# --- Sign-in: allauth only, no passwords ------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_front"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cocreate.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "cocreate.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sammen om strategien"
# The areas whose pages demand a session opened with a second factor (design §5).
SECOND_FACTOR_AREAS = ("/vaert/", "/analyse/", "/admin/")
# The demonstration cast signs in at /konto/demo/ in dev only; a system check refuses it elsewhere.
DEMONSTRATION_CAST = False

# --- Mail -----------------------------------------------------------------------------------------
_mail = env.dj_email_url("EMAIL_URL", "console:")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Sammen om strategien <noreply@localhost>")

# --- Background work --------------------------------------------------------------------------------
# A daemon thread in the web process; at scale set it off and run `manage.py worker` (docs/operate.md).
EMBEDDED_WORKER = env.bool("EMBEDDED_WORKER", True)
WORKER_INTERVAL_SECONDS = 5
# Decisions rest this long before the author is written to, so that an undo is never told twice.
TELL_AFTER_SECONDS = 60

# --- What may be said and shown -----------------------------------------------------------------------
STORY_MAX_LENGTH = 20_000
POST_MAX_LENGTH = 5_000
RECEIPT_SESSION_MINUTES = 30
RECEIPT_SAME_FORM_HOURS = 24
# A story that was begun and not sent is deleted when nobody has written in it for so long.
DRAFT_DAYS = 365
READ_WITHIN_WORKING_DAYS = 2
# Who asks to be called is called within so many staffed minutes; the number is deleted so many days
# after somebody has, or should have.
CALL_BACK_WITHIN_MINUTES = 60
CALL_BACK_KEEP_DAYS = 7
# A wording that a host proposes: so long its author has to answer, and to regret a yes.
EDIT_ANSWER_DAYS = 30
EDIT_REGRET_HOURS = 24
# How long the holder of a code may object when somebody says that what it opens is theirs.
LOST_CODE_DAYS = 30
# A story that a host has approved is shown at a random moment within so many hours, so that nobody
# can tell from the day it came when it was sent (trust requirement 5).
STORY_DELAY_HOURS = env.int("STORY_DELAY_HOURS", 48)
# So many days before its story stands in a selection, an author is told.
CURATE_NOTICE_DAYS = env.int("CURATE_NOTICE_DAYS", 3)
# A seat at a workshop lasts for its day; what was not harvested is deleted after so many days.
BOARD_SEAT_HOURS = 16
BOARD_KEEP_DAYS = 30
# So often an open socket of a facilitator, or a wall, asks whether its session still holds.
BOARD_SESSION_SECONDS = 15
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", "https://www.dmi.dk/")
ACCESSIBILITY_STATEMENT_URL = env.str("ACCESSIBILITY_STATEMENT_URL", "")

# --- Headers ----------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
# no-referrer makes browsers send `Origin: null`, and Django then refuses the form (design §7).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'", SITE_URL.replace("http", "ws", 1)],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Wagtail's editor writes inline scripts and styles (wagtail#1288): its own, wider policy, under
# /admin/ only, where no visitor's words are rendered. It previews its own pages in a frame.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, list[str]] = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

# --- Wagtail ----------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Sammen om strategien"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_WORKFLOW_ENABLED = False
# Autosave writes every few seconds for each open editor: too much for SQLite (0 turns it off).
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# --- Logs: events and ids, never a person's words -----------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cocreate.logs.OneLine"}},
    "filters": {"above_debug": {"()": "cocreate.logs.AboveDebug"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "cocreate": {"level": "INFO"},
        # Django's letter to ADMINS about a breakdown has the visitor's address, browser and files.
        "django": {"handlers": []},
        # At DEBUG it writes a page's whole context for each name that is not in it: words and code.
        "django.template": {"filters": ["above_debug"]},
        # django.request puts the address of each 4xx into the log; ours carry ids only.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": False},
        "daphne": {"level": "WARNING"},
    },
}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cocreate.pictures.forms.PictureForm"
