"""Vigía's settings: one file, read from the environment, that runs with nothing configured.

Variables (all optional on one's own machine):
    DATABASE_URL         the application's role; without it, the private cluster of ``bin/db``
    DATABASE_OWNER_URL   the owner's role, for migrations; falls back on DATABASE_URL
    DATABASE_REPLICA_URL  a replica, by the application's role: what the public reads is read there
    DATABASE_ROLE        ``app`` (serving) or ``owner`` (migrating, testing)
    DATABASE_POOLED      a pooler in transaction mode stands before the database: what bounds
                         queries and locks is then set on the role, as README says
    DATABASE_LIMITS      whose limits of ``config/limits.py`` bound queries and locks; each program
                         says its own
    CACHE_URL            a Redis (``redis://…``, ``rediss://…``, ``unix://…``) that all hosts share:
                         stored pages, and how often who asked; each process's own otherwise
    SITE_URL             where citizens reach the portal; ``https://`` turns on the secure settings,
                         and ``http://`` is only for one's own machine
    SECRET_KEY           with https it must be said, and be strong; without it, a key of this
                         installation's own, kept out of the clone
    SECRET_KEY_FALLBACKS  former keys, with commas: they still open what they closed
    OPERATOR             who runs the portal and answers for it, as ``/registro/`` names them
    TRUSTED_PROXIES      how many proxies of one's own stand before it; with https it must be said
    LOG_KEYS             private keys that sign the heads of the log, with commas: for whoever works
                         behind (``config/log_keys.py``); LOG_PUBLIC_KEYS for who serves pages,
                         LOG_FORMER_KEYS those that signed once, LOG_ORIGIN the log's name
    TSA_URL              the authority (RFC 3161) that stamps a head of the log each week; none by
                         default. TSA_ROOTS is the PEM file of the roots that vouch for it
    DEBUG                tracebacks on pages; never in production
    EMAIL_URL            where mail leaves, a server or a service (``config/mail.py``); with https
                         it must be said, the console otherwise
    ANYMAIL_…            what a mail service wants to know, and the secret of what it tells
    DEFAULT_FROM_EMAIL   who mail comes from
    DEMONSTRATION        with https: the demonstration is shown in public, and each page says so
    PORT                 where ``make demo`` serves, for the default of SITE_URL
    DATA_LICENCE         under what the open data may be used; DATA_LICENCE_URL is where it is read
    STATIC_ROOT          where static files are collected
    LOG_FORMAT           ``line`` for people, or ``json``
    METRICS_PORT         requests are counted, and ``python -m config.seen`` serves the figures
                         there, to this machine alone; nothing is counted otherwise
    SENTRY_DSN           where errors are reported to, without who asked or what was sent; nowhere
                         otherwise
    SIGNATURE_ROOTS      a folder of PEM certificates that signatures of editions are checked with;
                         none by default
    CLAMD_URL            where an antivirus listens that is asked about each file before it is kept:
                         unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; none by default
    MEDIA_ROOT           where the files that sustain reports are kept, for the application alone;
                         beside the private database otherwise
    ARCHIVES_ROOT        where `manage.py archive` keeps the archives of terms that are over; beside
                         the private database otherwise. ARCHIVES_URL is where they are served:
                         then the page of a plan's open data links its own
    FILES_URL            a bucket where they are kept instead, ``s3://KEY:SECRET@HOST/BUCKET``
                         (``config/stores.py``): several machines that serve need one
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from whitenoise.compress import Compressor

from config import addresses, api_settings, caches, cluster, content_security, logs, mail
from config.files_url import stores_of
from config.limits import bound
from config.log_keys import log_keys
from config.release import release_of
from config.scanner import scanner_of
from config.secret import secret_key
from config.site import archives_of, debug_of, proxies_of, site_of
from config.time_stamps import time_stamps

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

RELEASE = release_of(BASE_DIR)  # part of the key of every public page
SITE_URL = env("SITE_URL", default="") or f"http://localhost:{env('PORT', default='8000')}"
SITE_URL = SITE_URL.rstrip("/")
site = site_of(SITE_URL)
OPERATOR = env("OPERATOR", default="")
DEBUG = debug_of(site, value=env.bool("DEBUG", default=False))
SECURE = site.scheme == "https"
DEMONSTRATION = SECURE and env.bool("DEMONSTRATION", default=False)
REAL = SECURE and not DEMONSTRATION  # what is published here is meant, and nobody is made up
TRUSTED_PROXIES = proxies_of(site, env("TRUSTED_PROXIES", default=""))
SECRET_KEY = secret_key(BASE_DIR, env("SECRET_KEY", default=""), is_real=SECURE)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
log = log_keys(site, os.environ, BASE_DIR)
LOG_ORIGIN, LOG_KEYS, LOG_PUBLIC_KEYS = log.origin, log.signers, log.verifiers
LOG_FORMER_KEYS = log.former
TSA_URL, TSA_ROOTS = time_stamps(env("TSA_URL", default=""), env("TSA_ROOTS", default=""))
ALLOWED_HOSTS = sorted({str(site.hostname), "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_ENGINE = "accounts.sessions"
CSRF_FAILURE_VIEW = "tracking.errors.csrf_failed"

INSTALLED_APPS = [
    "tracking",
    "plans",
    "accounts",
    "config.apps.InstallationConfig",
    "config.apps.VigiaAdminConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.VigiaStaticFilesConfig",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "corsheaders",
    "csp",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "config.seen.request_id.request_id",
    *(["config.seen.counting.count_requests"] if env("METRICS_PORT", default="") else []),
    "config.middleware.permissions_policy",
    "config.middleware.security_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "tracking.middleware.BodyLimitMiddleware",
    "config.middleware.public_without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.demonstration",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # a widget can have a template of ours

# One database, two roles: the owner migrates; the application has no DDL and no TRUNCATE.
DATABASE_ROLE = env("DATABASE_ROLE", default="app")
if database_url := env("DATABASE_URL", default=""):
    owner_url = env("DATABASE_OWNER_URL", default=database_url)
    DATABASES = {
        "default": env.db_url_config(owner_url if DATABASE_ROLE == "owner" else database_url)
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **cluster.connection("owner" if DATABASE_ROLE == "owner" else "app"),
        }
    }
if (replica_url := env("DATABASE_REPLICA_URL", default="")) and DATABASE_ROLE == "app":
    DATABASES["replica"] = env.db_url_config(replica_url)
    DATABASE_ROUTERS = ["accounts.replica.Router"]
for database in DATABASES.values():
    database.update(ATOMIC_REQUESTS=False, CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    bound(
        database,
        env("DATABASE_LIMITS", default=""),
        pooled=env.bool("DATABASE_POOLED", default=False),
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People sign in with their e-mail; nobody signs up on their own.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.common.CommonSpanishValidator"},
    {"NAME": "accounts.passwords.names.NamesValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes the portal write to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"reset_password": "accounts.forms.password.ResetForm"}
ACCOUNT_RATE_LIMITS = {
    "password_from_address": "10/m/key",
    "password_from_address_for_account": "5/5m/key",
    # Above what one address reaches in an hour: who tries from there keeps nobody else out.
    "password_for_account": "200/h/key",
    "password_from_known_browser": "10/5m/key",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "accounts.forms.second_factor.AuthenticateForm",
    "reauthenticate": "accounts.forms.second_factor.ReauthenticateForm",
    "activate_totp": "accounts.forms.second_factor.ActivateForm",
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "accounts.forms.passkeys.UsePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.ConfirmByPasskeyForm",
}
MFA_TOTP_ISSUER = "Vigía"
MFA_TOTP_TOLERANCE = 1  # steps early or late: a telephone's clock is never quite the server's
MFA_TRUST_ENABLED = True  # of whom: accounts/login_stages.py
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_TRUST_COOKIE_NAME = "__Secure-vigia_equipo" if SECURE else "vigia_equipo"
MFA_TRUST_COOKIE_PATH = "/cuenta/"
MFA_TRUST_COOKIE_SAMESITE = "Lax"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proved by the mail that gives the password
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:start"
ACCOUNT_LOGOUT_REDIRECT_URL = "tracking:home"

CACHES = caches.caches_of(env("CACHE_URL", default=""))

REST_FRAMEWORK = api_settings.REST_FRAMEWORK
SPECTACULAR_SETTINGS = api_settings.described_at(SITE_URL)
CORS_URLS_REGEX = r"^/(api|datos)/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
# No "authorization": a token belongs to a system, and no page of another site may send one.
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match", "x-requested-with"]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After"]

# Under what the data may be used: what the portal adds to the plans' own texts.
DATA_LICENCE = env("DATA_LICENCE", default="") or "Creative Commons Atribución 4.0 (CC BY 4.0)"
DATA_LICENCE_URL = (
    env("DATA_LICENCE_URL", default="") or "https://creativecommons.org/licenses/by/4.0/deed.es"
)

# The pages of what the apps below `tracking` keep: they know of none.
ABSOLUTE_URL_OVERRIDES = addresses.OF_MODELS

# What is called with a plan, in the same transaction, whenever a version of it is published.
AFTER_PUBLISHING_A_PLAN = [
    "tracking.services.standings.recount",
    "tracking.ledger.writing.enter_plan",
]

# Asked how many reports are published on each element of a plan: called with it, gives them by ref.
REPORTS_ON_A_PLAN = "tracking.reading.reported_on.reports_by_ref"

# Spanish of Peru is the source language; Django has no es-PE formats, so the project brings them.
LANGUAGE_CODE = "es-pe"
LANGUAGES = [("es-pe", "Español del Perú")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "America/Lima"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".static"))
# A folder of PEM certificates, against which the signatures of an edition are checked; "" for none.
SIGNATURE_ROOTS = env("SIGNATURE_ROOTS", default="")
CLAMD = scanner_of(env("CLAMD_URL", default=""))
# What officers upload has no address of its own: a view serves each file to whoever may read it.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(cluster.state_directory(BASE_DIR) / "archivos"))
ARCHIVES_ROOT = env.path(
    "ARCHIVES_ROOT", default=str(cluster.state_directory(BASE_DIR) / "periodos")
)
ARCHIVES_URL = archives_of(env("ARCHIVES_URL", default=""))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES: dict[str, Any] = {
    **stores_of(env("FILES_URL", default="")),
    # Whoever installs collects them, another user serves them: unlike what people send, all read.
    "staticfiles": {
        "BACKEND": "config.storage.ReleasedStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
# No page names a file without the digest in its name, and only developers' tools ask for a map.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

letters = mail.settings_of(site, os.environ)
globals().update(letters.django)  # EMAIL_BACKEND and its like
MAIL_SERVICE, ANYMAIL = letters.service, letters.told
INSTALLED_APPS += ["anymail"] if MAIL_SERVICE else []
# What accounts cannot write, because it knows nothing of what is reported; by kind of letter.
LETTER_WRITERS = {
    "remind_now": "tracking.office.asked_reminders.write_reminder",
    "follow": "tracking.following.link_letters.write_letter",
}

CONTENT_SECURITY_POLICY = content_security.POLICY
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True  # no script of ours reads it: each form brings its token
if SECURE:  # by their names browsers take them from this host alone, and by https
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesion", "__Host-csrf"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # who watches asks from inside, without https
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE  # of the portal's own name, below which nothing else is
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and TRUSTED_PROXIES else None
)

# The largest form is a page of the sheet: fifty texts as long as a report takes, and the parts of
# each. It is never refused, because whoever wrote it would lose it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # a constraint holds that e-mails are unique, whatever their case
    "security.W021",  # preloading HSTS is the domain owner's decision
]

LOGGING = logs.PORTAL

if sentry_dsn := env("SENTRY_DSN", default=""):
    from config.seen.faults import report_faults

    report_faults(sentry_dsn, RELEASE)
