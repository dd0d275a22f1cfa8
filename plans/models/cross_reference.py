"""A statement of a plan that stands under a second parent, too."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plans.choices import PARENT_LEVELS
from plans.models.element import PlanElement
from plans.models.plan import Plan


def _levels_fit() -> Q:
    fits = Q()
    for level, parents in PARENT_LEVELS.items():
        if held := sorted(parents - {""}):
            fits |= Q(level=level, parent_level__in=held)
    return fits


class CrossReference(models.Model):
    """That ELEMENT stands under PARENT, too. It is one element, and counted where it hangs.

    ``plan`` and the two levels repeat what both say, so that composite foreign keys tie them. That
    neither hangs from the other, at any depth, and that both stand in the newest version, is held
    by a trigger. As a unit that answers, it is a row of today: what it
    was is told by the plan's versions.
    """

    element = models.ForeignKey(PlanElement, models.PROTECT, related_name="cross_references")
    parent = models.ForeignKey(PlanElement, models.PROTECT, related_name="referred")
    plan = models.ForeignKey(Plan, models.PROTECT, editable=False, related_name="+")
    level = models.CharField(max_length=10, editable=False)
    parent_level = models.CharField(max_length=10, editable=False)

    municipality_path: ClassVar = "plan__municipality"

    class Meta:
        verbose_name = _("referencia a otro lugar del plan")
        verbose_name_plural = _("referencias a otros lugares de los planes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["element", "parent"], name="cross_reference_once"),
            models.CheckConstraint(
                condition=_levels_fit(), name="cross_reference_from_a_fitting_level"
            ),
            models.CheckConstraint(
                condition=~Q(element=F("parent")), name="cross_reference_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element.ref} → {self.parent.ref}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow_elements()
        super().save(*args, **kwargs)

    def follow_elements(self) -> None:
        """Take from both the columns that repeat what they say."""
        self.plan_id = self.element.plan_id
        self.level, self.parent_level = self.element.level, self.parent.level
