"""Settings, from the environment. Every variable starts with ``BEKWAAM_``, except ``DATABASE_URL``.

What each does: ``docs/operators.md``. Without any, this is a safe installation on this machine alone.
"""

from __future__ import annotations

import os
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("BEKWAAM_DATA", default=str(Path.cwd() / "var"))).resolve()

DEBUG = env.bool("BEKWAAM_DEBUG", default=False)
DEMO = env.bool("BEKWAAM_DEMO", default=False)
# Whether people may get an account by themselves, for a portfolio of their own.
OPEN_REGISTRATION = env.bool("BEKWAAM_OPEN_REGISTRATION", default=DEMO)
ALLOWED_HOSTS = env.list("BEKWAAM_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
BASE_URL = env.str("BEKWAAM_URL", default="http://127.0.0.1:8000")
HTTPS = BASE_URL.startswith("https://")


def _secret_key() -> str:
    """Take the key from the environment or keep one of our own beside the data, readable by us alone."""
    given: str = env.str("BEKWAAM_SECRET_KEY", default="")
    if given:
        return given
    kept = VAR / "secret-key"
    if kept.exists():
        return kept.read_text(encoding="ascii")
    VAR.mkdir(parents=True, exist_ok=True)
    made = os.urandom(40).hex()
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return kept.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(made)
    return made


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "bekwaam.store",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "bekwaam.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bekwaam.web.shared.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bekwaam.web.shared.nul.NulMiddleware",
    "bekwaam.web.shared.kept.KeptMiddleware",
    "bekwaam.web.shared.errors.ServiceErrorMiddleware",
]

ROOT_URLCONF = "bekwaam.config.urls"
WSGI_APPLICATION = "bekwaam.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(str(path) for path in (PACKAGE / "web").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "bekwaam.web.shared.context.frame",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'bekwaam.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Write-ahead logging lets people read while one writes; IMMEDIATE makes writers queue at the start
    # of a transaction instead of failing in the middle of it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is erased is overwritten in the file as well, and does not linger in its free pages.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

# Work for later stands in the database until a worker does it ("bekwaam worker").
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "store.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "bekwaam.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
MFA_TOTP_ISSUER = "Bekwaam"
MFA_ADAPTER = "bekwaam.web.accounts.mfa_adapter.MFAAdapter"
# An address is given by a provider or by its owner, and proved by the link that goes to it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ACCOUNT_FORMS = {
    "login": "bekwaam.web.accounts.forms.LoginForm",
    "change_password": "bekwaam.web.accounts.forms.ChangePasswordForm",
    "set_password": "bekwaam.web.accounts.forms.SetPasswordForm",
    "reset_password": "bekwaam.web.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "bekwaam.web.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "bekwaam.web.accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "bekwaam.web.accounts.forms.AuthenticateForm",
    "reauthenticate": "bekwaam.web.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "bekwaam.web.accounts.forms.ActivateTOTPForm",
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "bekwaam.web.shared.uploads.InMemoryUploadHandler",
    "bekwaam.web.shared.uploads.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 4

EMAIL_CONFIG = env.email_url("BEKWAAM_MAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("BEKWAAM_MAIL_FROM", default="Bekwaam <bekwaam@localhost>")

# Adapters that fulfil the ports of bekwaam.services.ports
BEKWAAM_PORTS = {
    "files": "bekwaam.adapters.files.disk.DiskFiles",
    "scanner": "bekwaam.adapters.scan.clamd.Clamd",
    "paper_key": "bekwaam.adapters.pdf.identity.vouched_key",
    "certificate_paper": "bekwaam.adapters.pdf.making.make_paper",
    "team_paper": "bekwaam.adapters.pdf.team.render_team",
    "calendar_file": "bekwaam.adapters.calendar.render",
    "mail_paper": "bekwaam.adapters.mail.render",
    "paper_reader": "bekwaam.adapters.papers.waiting.WaitingReader",
    "paper_vouching": "bekwaam.adapters.papers.vouching.vouched_for",
    "issuers_elsewhere": "bekwaam.adapters.web.sources.Sources",
    "paper_stamper": "bekwaam.adapters.pdf.stamps.HttpStamper",
    "key_store": "bekwaam.adapters.keys.SealedFiles",
    "key_passphrase": "bekwaam.adapters.keys.passphrase_of",
    "person_finder": "bekwaam.adapters.names.deduce.DeduceFinder",
    "file_texts": "bekwaam.adapters.texts.FileTexts",
    "parquet_tables": "bekwaam.adapters.tables.parquet.ParquetTables",
}
# Whether texts that are handed in are compared with all that others handed in here.
COMPARE_TEXTS = env.bool("BEKWAAM_COMPARE_TEXTS", default=True)
# A folder with texts (.txt) that people were given as an example; these do not count as copied.
EXAMPLES = env("BEKWAAM_EXAMPLES", default="")
BEKWAAM_FILES = VAR / "files"
# Where what finds names keeps the lists that it makes for itself.
BEKWAAM_NAMES = VAR / "names"
# The keys that certificates are signed with, each sealed with the passphrase (docs/sleutels.md).
BEKWAAM_KEYS = VAR / "keys"
KEY_PASSPHRASE = env.str("BEKWAAM_KEY_PASSPHRASE", default="")
KEY_PASSPHRASE_FILE = env.str("BEKWAAM_KEY_PASSPHRASE_FILE", default="")
OWN_KEY_PASSPHRASE = VAR / "key-passphrase"
# What a guess at the passphrase costs: scrypt's n, r and p.
KEY_COSTS = (2**17, 8, 1)
# The host that certificates name their issuer by, for as long as they live. Empty: that of BEKWAAM_URL.
BEKWAAM_ISSUER_HOST = env.str("BEKWAAM_ISSUER_HOST", default="")
# Issuers elsewhere whose certificates the check page knows too: identifiers (did:web:…), with commas. Their
# documents and lists are fetched; of any other issuer nothing ever is.
KNOWN_ISSUERS = env.list("BEKWAAM_KNOWN_ISSUERS", default=[])
# How often one address may do something without an account: how many times, in how many seconds.
VISITOR_LIMITS = {
    "check_file": (20, 60),
    "check_number": (60, 60),
    "check_name": (5, 60),  # of one certificate: it is no way to find out whose it is
    "check_names": (20, 60),  # of all together
    "check_bundle": (30, 60),
    "check_list": (6, 60),
    "check_zip": (3, 600),
    "api_number": (120, 60),
    "api_list": (12, 60),
    "api_file": (60, 60),
}
# Counting and remembering for a while, in the memory of each process that answers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # So many that nobody easily pushes out what was counted of them.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# A service for time stamps (RFC 3161) for the papers. Empty: papers carry none.
TIMESTAMP_URL = env.str("BEKWAAM_TIMESTAMP_URL", default="")
# Where ClamAV listens: the path of its socket, or host:port. Empty: files are not looked at for viruses.
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
CSRF_FAILURE_VIEW = "bekwaam.web.shared.errors.stale"
# We speak no TLS ourselves, so with https one web server stands before us and names who is visiting. The
# limits on logging in count by that address: without it, one person's mistakes would lock everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("BEKWAAM_PROXIES", default=1 if HTTPS else 0)
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "bekwaam.config.secrets_filter.SecretsFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("BEKWAAM_LOG_LEVEL", default="WARNING")},
    # A worker that is told to stop is no news; work that fails is.
    "loggers": {"django_tasks_db": {"level": "ERROR"}},
}
