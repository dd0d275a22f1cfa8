"""What is made up is not served as if it were meant."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error
from django.utils.translation import gettext as _

from accounts.choices import RESERVED
from accounts.models import User
from plans.models import Plan


def refuse_demonstration() -> None:
    """Raise ImproperlyConfigured where the portal is real and its database is a demonstration's.

    Where the database does not answer nothing is refused: nobody of the demonstration signs in to
    a real portal.
    """
    if not settings.REAL:
        return
    try:
        found = found_of_demonstration()
    except Error:
        return
    if found:
        raise ImproperlyConfigured(found)


def found_of_demonstration() -> str:
    """Say what of the demonstration the database has, and what to do; empty where it has none."""
    people = User.objects.filter(is_active=True, email__endswith=RESERVED).count()
    plans = Plan.objects.filter(simulated=True).count()
    if not people and not plans:
        return ""
    return _(
        "La base de datos tiene la demostración (personas con correo «%(reserved)s»: %(people)s; "
        "planes con avances simulados: %(plans)s) y SITE_URL es https. Para un portal de verdad "
        "use una base de datos nueva; para mostrar la demostración en público ponga "
        "DEMONSTRATION=1, y cada página lo dirá."
    ) % {"reserved": RESERVED, "people": people, "plans": plans}
