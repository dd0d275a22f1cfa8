"""Each level of a plan as a class of its own, over the one table of elements."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from plans.choices import Level
from plans.models.element import PlanElement
from plans.querysets import LevelManager


class Dimension(PlanElement):
    """One of the four dimensions, under the plan's own name for it, or one of its own."""

    objects: ClassVar = LevelManager(Level.DIMENSION)

    class Meta:
        proxy = True
        verbose_name = _("dimensión")
        verbose_name_plural = _("dimensiones")


class Problem(PlanElement):
    """A problem that the plan identifies."""

    objects: ClassVar = LevelManager(Level.PROBLEM)

    class Meta:
        proxy = True
        verbose_name = _("problema")
        verbose_name_plural = _("problemas")


class Objective(PlanElement):
    """A strategic objective: the plan's answer to a problem."""

    objects: ClassVar = LevelManager(Level.OBJECTIVE)

    class Meta:
        proxy = True
        verbose_name = _("objetivo estratégico")
        verbose_name_plural = _("objetivos estratégicos")


class Activity(PlanElement):
    """A programme, project, activity or action."""

    objects: ClassVar = LevelManager(Level.ACTIVITY)

    class Meta:
        proxy = True
        verbose_name = _("actividad")
        verbose_name_plural = _("actividades")


class Target(PlanElement):
    """What the plan says will be so at the end of the term."""

    objects: ClassVar = LevelManager(Level.TARGET)

    class Meta:
        proxy = True
        verbose_name = _("meta del plan")
        verbose_name_plural = _("metas del plan")


class Guideline(PlanElement):
    """A statement outside the four dimensions, by field."""

    objects: ClassVar = LevelManager(Level.GUIDELINE)

    class Meta:
        proxy = True
        verbose_name = _("lineamiento")
        verbose_name_plural = _("lineamientos")
