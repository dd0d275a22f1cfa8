"""Whether the settings are safe, and the secret key is the one that closed what is kept."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, watch, wrong


def check_settings() -> Iterator[Finding]:
    """Django's own checks, those for deployment too where it serves with https."""
    for each in checks.run_checks(include_deployment_checks=settings.SECURE):
        if not each.is_silenced():
            said = wrong if each.is_serious() else watch
            yield said(
                _("Django advierte (%(id)s): %(message)s") % {"id": each.id, "message": each.msg}
            )
    if not settings.SECURE:
        yield watch(
            _("SITE_URL es %s: sirve para probar en esta máquina. En público ponga https://.")
            % settings.SITE_URL
        )
    elif settings.DEMONSTRATION:
        yield watch(
            _(
                "Es una demostración pública (DEMONSTRATION=1): cualquiera entra con la contraseña "
                "publicada. Quite esa variable en un portal de verdad."
            )
        )
    else:
        yield fine(_("El portal se sirve en %s.") % settings.SITE_URL)


def check_key() -> Iterator[Finding]:
    """Whether the key opens what it should have closed."""
    factor = Authenticator.objects.filter(type=Authenticator.Type.TOTP).order_by("pk").last()
    try:
        if factor:
            decrypt(factor.data["secret"])
    except InvalidToken:
        yield wrong(
            _(
                "La clave secreta no abre los segundos factores que se guardaron: cambió. Ponga la "
                "anterior en SECRET_KEY_FALLBACKS, o nadie que lo use podrá entrar."
            )
        )
    else:
        yield fine(_("La clave secreta abre lo que cerró."))
