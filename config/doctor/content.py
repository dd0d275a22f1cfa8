"""Whether the portal has what it begins with, and nothing of the demonstration."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.choices import RESERVED, Role
from accounts.models import Membership, Municipality
from config.demonstration import found_of_demonstration
from config.doctor.findings import Finding, fine, watch, wrong


def check() -> Iterator[Finding]:
    """The list of municipalities, an operator, the demonstration."""
    count = Municipality.objects.count()
    if count:
        yield fine(_("Municipalidades cargadas: %s.") % number_format(count))
    else:
        yield wrong(_("No hay municipalidades: ejecute «manage.py load_municipalities»."))
    invented = Q(user__email__endswith=RESERVED)
    operators = Membership.objects.working(Role.OPERATOR)
    if not operators.exclude(invented).exists():
        if operators.exists() and not settings.REAL:
            yield fine(_("Quien opera esta demostración es inventado, como sus demás personas."))
        else:
            yield watch(_("Nadie opera el portal: «manage.py add_person CORREO --role operador»."))
    if settings.REAL and (found := found_of_demonstration()):
        yield wrong(found)
