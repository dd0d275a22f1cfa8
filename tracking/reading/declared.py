"""Whose word a row is."""

from django.utils.translation import gettext as _


def declared_by(*, simulated: bool) -> str:
    """Whose word a figure is. What nobody reported is nobody's word."""
    return _("simulación") if simulated else _("la municipalidad")
