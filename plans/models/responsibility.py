"""Who answers for what a plan says."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from plans.models.element import PlanElement
from plans.models.plan import Plan


class Responsibility(models.Model):
    """A unit that answers for an element. Same municipality: held by the database.

    ``municipality`` and ``plan`` repeat what the unit and the element say, so that composite
    foreign keys can tie the three.
    """

    element = models.ForeignKey(PlanElement, models.PROTECT, verbose_name=_("promesa"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unidad orgánica"))
    plan = models.ForeignKey(Plan, models.PROTECT, editable=False, related_name="+")
    municipality = models.ForeignKey(
        "accounts.Municipality", models.PROTECT, editable=False, related_name="+"
    )

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("unidad responsable")
        verbose_name_plural = _("unidades responsables")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["element", "unit"],
                name="responsibility_once",
                violation_error_message=_("Esa unidad ya responde por este elemento."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.element.ref}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.plan = self.element.plan
        self.municipality_id = self.plan.municipality_id
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.unit.municipality_id != self.element.plan.municipality_id:
            raise ValidationError({"unit": _("La unidad es de otra municipalidad.")})
