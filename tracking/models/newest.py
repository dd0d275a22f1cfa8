"""The newest published report of each element, as a search asks for it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models import PlanElement
from plans.semester_field import SemesterField
from tracking.choices import Signal, Stage
from tracking.models.report import ProgressReport


class NewestReport(models.Model):
    """That of an ELEMENT's newest semester, in its newest revision; no row where none is published.

    The other columns repeat the report's, so that finding all that stand in a state reads a few
    small pages and not a million reports. The database itself writes it, in the statement by which
    a report becomes published (a trigger): a published report changes no more.
    `tracking.services.newest` can always write it anew.
    """

    element = models.OneToOneField(
        PlanElement,
        models.PROTECT,
        primary_key=True,
        related_name="newest",
        verbose_name=_("promesa"),
    )
    report = models.OneToOneField(
        ProgressReport, models.PROTECT, related_name="+", verbose_name=_("informe")
    )
    semester = SemesterField(_("semestre"))
    revision = models.PositiveSmallIntegerField(_("revisión"))
    stage = models.CharField(_("estado"), max_length=15, choices=Stage)
    signal = models.CharField(_("señal"), max_length=20, choices=Signal)
    as_of = models.DateField(_("al día"))

    municipality_path: ClassVar = "element__plan__municipality"

    class Meta:
        verbose_name = _("último informe de una promesa")
        verbose_name_plural = _("últimos informes de las promesas")
        indexes: ClassVar = [
            models.Index(fields=["stage", "element"], name="newest_stage"),
            models.Index(fields=["signal", "element"], name="newest_signal"),
        ]

    def __str__(self) -> str:
        return f"{self.element.ref}, {self.semester}"
