"""Whether letters can leave."""

from collections.abc import Iterator
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, watch, wrong

PATIENCE: Final = 5  # seconds: somebody waits for the answer


def check() -> Iterator[Finding]:
    """Reach the server of EMAIL_URL, and sign in to it."""
    mailer = get_connection(timeout=PATIENCE)
    if not isinstance(mailer, EmailBackend):
        yield watch(_("Los correos no salen de esta máquina: ponga un servidor en EMAIL_URL."))
        return
    try:
        mailer.open()
        mailer.close()
    except (SMTPException, OSError) as error:
        yield wrong(_refused(error))
        return
    yield fine(_("El servidor de correo %s acepta la conexión.") % settings.EMAIL_HOST)
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield wrong(_("DEFAULT_FROM_EMAIL no tiene dirección propia: póngale la del portal."))


def send_to(address: str) -> Finding:
    """Send a letter to ADDRESS, and say whether it left."""
    letter = EmailMessage(
        subject=_("Prueba de correo de Vigía"),
        body=_("Si lee esto, los correos de %s llegan.") % settings.SITE_URL,
        to=[address],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
    )
    try:
        letter.send()
    except (SMTPException, OSError) as error:
        return wrong(_refused(error))
    return fine(
        _("Salió un correo para %s: mire si llegó, también entre los no deseados.") % address
    )


def _refused(error: Exception) -> str:
    return _(
        "El servidor de correo %(host)s:%(port)s no acepta la conexión (%(reason)s): revise "
        "EMAIL_URL. Mientras tanto nadie recibe invitaciones ni recordatorios."
    ) % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "reason": error}
