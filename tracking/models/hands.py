"""Whose hand did something, in words."""

from django.utils.translation import gettext as _

from accounts.models import User


def hand_of(by: User, on_behalf_of: User | None) -> str:
    """«Luz Condori, por encargo de Rosa Mamani», where BY stood in for somebody."""
    if on_behalf_of is None:
        return str(by)
    return _("%(person)s, por encargo de %(absent)s") % {"person": by, "absent": on_behalf_of}
