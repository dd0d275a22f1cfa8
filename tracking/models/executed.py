"""What the operating plan (POI) says was executed of an activity, quarter by quarter."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from plans.classes import MOST_CODE

LONGEST_UNIT: Final = 80


class ExecutedQuantity(models.Model):
    """The quantity executed in one quarter (of that quarter alone), under a code of the POI.

    It is proposed where a report is written and is neither public nor a report. A newer sheet
    replaces it: AT says since when it stands so.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    code = models.CharField(_("código"), max_length=MOST_CODE)
    year = models.PositiveSmallIntegerField(_("año"))
    quarter = models.PositiveSmallIntegerField(_("trimestre"))
    quantity = models.DecimalField(_("cantidad ejecutada"), max_digits=18, decimal_places=4)
    target = models.DecimalField(
        _("meta física"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    unit = models.CharField(_("unidad de medida"), max_length=LONGEST_UNIT)
    source = models.CharField(_("archivo"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    at = models.DateTimeField(_("guardado"), default=timezone.now, editable=False)

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("cantidad ejecutada del POI")
        verbose_name_plural = _("cantidades ejecutadas del POI")
        ordering: ClassVar = ["municipality", "code", "year", "quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "code", "year", "quarter"], name="executed_once_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4),
                name="executed_in_a_quarter",
                violation_error_message=_("El trimestre va de 1 a 4."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0) & (Q(target=None) | Q(target__gte=0)),
                name="executed_not_negative",
                violation_error_message=_("Una cantidad ejecutada no es negativa."),
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(unit="") & ~Q(source=""),
                name="executed_names_code_unit_and_source",
                violation_error_message=_("Diga el código, la unidad y de dónde sale."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.year}-T{self.quarter}"

    def says_the_same(self, other: "ExecutedQuantity") -> bool:
        """Whether both give the same quantity and target, in the same unit."""
        return all(getattr(self, n) == getattr(other, n) for n in ("quantity", "target", "unit"))
