"""Where letters leave: a mail server, or a mail service, which also tells what addresses bounce.

``EMAIL_URL`` chooses: ``smtp+tls://…`` a server, ``anymail://mailgun`` the service of that name
(https://anymail.dev/en/stable/esps/). What a service wants to know are variables ANYMAIL_…, such as
``ANYMAIL_MAILGUN_API_KEY``; with ``ANYMAIL_WEBHOOK_SECRET`` (``somebody:a-long-secret``) it may say
at ``/correo/mailgun/tracking/`` what became of a letter, and nobody else may.
"""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ON_PAPER: Final = ("consolemail", "dummymail", "filemail", "memorymail")
"""Where a letter is written down, or lost, instead of reaching whom it is for."""
SERVICE: Final = "anymail"
SECRET: Final = re.compile(r"[^:\s]+:\S{16,}")
OURS: Final = "ANYMAIL_"
PATIENCE: Final = 30  # seconds
READ: Final = (
    *("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"),
    *("EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_FILE_PATH"),
)


def mail_of(site: SplitResult, value: str) -> str:
    """Where mail leaves. ImproperlyConfigured where SITE is real and no server takes it."""
    if site.scheme == "https" and (not value or value.partition(":")[0] in ON_PAPER):
        raise ImproperlyConfigured(
            "Falta EMAIL_URL, como smtp+tls://usuario:clave@correo.example.pe:587: con https los "
            "correos salen por un servidor. En la consola quedarían los enlaces que abren cuentas."
        )
    return value or "consolemail://"


class Mail(NamedTuple):
    """DJANGO's settings of mail; the SERVICE that takes it, "" for a server; what it is TOLD."""

    django: dict[str, Any]
    service: str
    told: dict[str, Any]


def settings_of(site: SplitResult, variables: Mapping[str, str]) -> Mail:
    """What the VARIABLES of the environment say of mail."""
    url = mail_of(site, variables.get("EMAIL_URL", ""))
    service = _service_of(url)
    if service:
        read = {"EMAIL_BACKEND": f"anymail.backends.{service}.EmailBackend"}
    else:
        read = environ.Env.email_url_config(url)
    known = {name: read[name] for name in READ if read.get(name) is not None}
    sender = variables.get("DEFAULT_FROM_EMAIL") or "Vigía <vigia@localhost>"
    django = {**known, "EMAIL_TIMEOUT": PATIENCE, "DEFAULT_FROM_EMAIL": sender}
    return Mail(django, service, _told(variables) if service else {})


def _service_of(url: str) -> str:
    """The service that URL names, "" for none. ImproperlyConfigured for one that is unknown."""
    parts = urlsplit(url)
    if parts.scheme != SERVICE:
        return ""
    name = parts.netloc
    if not re.fullmatch("[a-z_]+", name) or not find_spec(f"anymail.backends.{name}"):
        raise ImproperlyConfigured(
            f"EMAIL_URL nombra un servicio de correo que no se conoce, «{name}»: escríbalo como "
            "anymail://mailgun."
        )
    return name


def _told(variables: Mapping[str, str]) -> dict[str, Any]:
    """What anymail is told. ImproperlyConfigured for a secret that can be guessed."""
    told: dict[str, Any] = {
        name.removeprefix(OURS): value
        for name, value in variables.items()
        if name.startswith(OURS) and value
    }
    if (secret := told.get("WEBHOOK_SECRET")) and not SECRET.fullmatch(secret):
        raise ImproperlyConfigured(
            "ANYMAIL_WEBHOOK_SECRET es como «alguien:clave», con una clave de 16 signos o más: con "
            "ella dice el servicio de correo qué cartas rebotaron, y nadie más."
        )
    # Whom a service refuses is told by the letter's status, without an error that names them.
    return {"REQUESTS_TIMEOUT": PATIENCE, "IGNORE_RECIPIENT_STATUS": True, **told}
