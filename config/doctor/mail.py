"""Whether letters can leave."""

from collections.abc import Iterator
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.doctor.findings import Finding, fine, watch, wrong
from tracking.models import Follower

PATIENCE: Final = 5  # seconds: somebody waits for the answer


def check() -> Iterator[Finding]:
    """Reach the server of EMAIL_URL, and sign in to it."""
    if settings.MAIL_SERVICE:
        yield from _service(settings.MAIL_SERVICE)
        return
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
    yield from _sender()


def _service(name: str) -> Iterator[Finding]:
    """What is known of a mail service without writing to it."""
    yield fine(_("Los correos salen por el servicio «%s»: pruébelo con --mail.") % name)
    if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        yield watch(
            _(
                "Nadie oye qué direcciones rebotan: ponga ANYMAIL_WEBHOOK_SECRET, y en el servicio "
                "la dirección %s/correo/%s/tracking/."
            )
            % (settings.SITE_URL, name)
        )
    yield from _sender()


def _sender() -> Iterator[Finding]:
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield wrong(_("DEFAULT_FROM_EMAIL no tiene dirección propia: póngale la del portal."))


def check_followers() -> Iterator[Finding]:
    """How many addresses follow something, and whether their letters can leave. One query."""
    count = Follower.objects.filter(kept_until__isnull=False).count()
    shown = ngettext(
        "%s dirección sigue algo por correo", "%s direcciones siguen algo por correo", count
    )
    said = shown % count
    leaves = settings.MAIL_SERVICE or isinstance(get_connection(), EmailBackend)
    if count and not leaves:
        yield watch(_("%s, y sus cartas no salen de esta máquina: ponga EMAIL_URL.") % said)
    else:
        yield fine(_("%s.") % said)


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
