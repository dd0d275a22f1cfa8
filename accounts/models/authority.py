"""Who governed a municipality."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.municipality import Municipality


class Authority(models.Model):
    """Who held an office, from when to when, and the source that says so.

    Mayors are replaced in mid-term: rows are dated, never overwritten.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="authorities", verbose_name=_("municipalidad")
    )
    name = models.CharField(_("nombre completo"), max_length=150)
    office = models.CharField(
        _("cargo"), max_length=100, help_text=_("Alcaldesa, alcalde encargado, regidora…")
    )
    since = models.DateField(_("desde"), help_text=_("Fecha de la credencial o de la resolución."))
    until = models.DateField(
        _("hasta"), null=True, blank=True, help_text=_("En blanco mientras siga en el cargo.")
    )
    source = models.CharField(
        _("fuente"),
        max_length=300,
        help_text=_("Documento público que lo acredita: credencial o resolución del JNE, y fecha."),
    )

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("autoridad")
        verbose_name_plural = _("autoridades")
        ordering: ClassVar = ["municipality", "-since", "office"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "name", "office", "since", "until", "source"],
                nulls_distinct=False,
                name="authority_once",
                violation_error_message=_("Esa persona ya está, con ese cargo y esas fechas."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="authority_ends_after_it_begins",
                violation_error_message=_("«Hasta» no puede ser anterior a «desde»."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="authority_names_its_source",
                violation_error_message=_("Indique la fuente que acredita el cargo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"
