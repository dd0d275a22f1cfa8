"""The organisational units of a municipality."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.municipality import Municipality


class Unit(models.Model):
    """A *unidad orgánica* of a municipality: what citizens know as the responsible office."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="units", verbose_name=_("municipalidad")
    )
    name = models.CharField(
        _("nombre"), max_length=150, help_text=_("Como figura en el ROF: «Gerencia de Obras».")
    )
    acronym = models.CharField(_("sigla"), max_length=20, blank=True)
    closed_on = models.DateField(
        _("suprimida el"),
        null=True,
        blank=True,
        help_text=_("Una unidad que deja de existir se cierra; no se borra lo que informó."),
    )

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("unidad orgánica")
        verbose_name_plural = _("unidades orgánicas")
        ordering: ClassVar = ["municipality", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="unit_once_per_municipality",
                violation_error_message=_("Esta municipalidad ya tiene una unidad con ese nombre."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """Its public page, which the settings say (ABSOLUTE_URL_OVERRIDES)."""

    def has_people(self) -> bool:
        """Whether anybody has a role in it today."""
        return self.memberships.filter(ended_on=None).exists()
