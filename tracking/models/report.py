"""What a municipality says it did about one element of its plan in one semester."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Token, Unit
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester_field import SemesterField
from tracking.choices import ReportState, Signal, Stage, Step
from tracking.querysets import ProgressReportQuerySet

LONGEST_TEXT = 20_000
PUBLISHED = Q(state=ReportState.PUBLISHED)
NEWEST = [
    models.Index(fields=[*of, "published_at"], condition=PUBLISHED, name=name)
    for name, of in {
        "report_newest": [],
        "report_newest_of_plan": ["plan"],
        "report_newest_of_element": ["element"],
    }.items()
]
"""What was published last: anywhere, of a plan, of a promise."""

STAGE_OF_STEP = {
    Step.WORKING: Stage.WORKING,
    Step.PARTLY: Stage.PARTLY,
    Step.RUNNING: Stage.RUNNING,
    Step.PREPARING: Stage.PREPARING,
    Step.NONE: Stage.IDLE,
}


def _stage() -> Case:
    """The `Stage` of a report, said once, for rows, filters and exports alike."""
    return Case(
        *(When(step=step, then=Value(stage.value)) for step, stage in STAGE_OF_STEP.items()),
        When(progress__gte=100, then=Value(Stage.REACHED.value)),
        When(
            Q(progress__isnull=False) | Q(value__isnull=False) | Q(done__isnull=False),
            then=Value(Stage.MEASURED.value),
        ),
        default=Value(Stage.TOLD.value),
    )


class ProgressReport(models.Model):
    """One revision of the report on one element in one semester.

    Until it is published it is a draft that its authors change; from then on the database refuses
    every change (a trigger), and a correction is the next revision, with its reason. Which columns
    hold the measure depends on the terms: see `tracking.measuring.entry`.

    ``municipality`` and ``simulated`` repeat what the plan says, so that composite foreign keys
    hold that the unit is of the same municipality, and that real and simulated reports never mix.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports", editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", editable=False)
    simulated = models.BooleanField(_("simulado"), editable=False)
    element = models.ForeignKey(
        PlanElement, models.PROTECT, related_name="reports", verbose_name=_("promesa")
    )
    semester = SemesterField(_("semestre"))
    revision = models.PositiveSmallIntegerField(_("revisión"), default=1)
    state = models.CharField(
        _("estado"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        related_name="reports",
        verbose_name=_("unidad orgánica"),
        help_text=_("La que informa. Se publica la unidad, no la persona."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("último en escribir"),
    )
    author_token = models.ForeignKey(
        Token,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,  # nobody asks for a token's reports
        verbose_name=_("con la clave"),
        help_text=_("La del sistema que escribió en nombre de esa persona; ninguna si fue ella."),
    )
    edit = models.PositiveIntegerField(
        _("edición"), default=1, help_text=_("Sube con cada guardado: así se nota si hay dos.")
    )

    step = models.PositiveSmallIntegerField(_("paso"), choices=Step, null=True, blank=True)
    value = models.DecimalField(_("valor"), max_digits=18, decimal_places=4, null=True, blank=True)
    parts_done: "models.JSONField[Any, Any]" = models.JSONField(
        _("partes entregadas"), default=list, blank=True
    )
    done = models.PositiveIntegerField(_("cumplidos"), null=True, blank=True)
    required = models.PositiveIntegerField(_("exigidos"), null=True, blank=True)
    narrative = models.TextField(_("qué se hizo"), max_length=LONGEST_TEXT, blank=True)
    difficulties = models.TextField(_("dificultades"), max_length=LONGEST_TEXT, blank=True)
    next_steps = models.TextField(_("próximos pasos"), max_length=LONGEST_TEXT, blank=True)
    as_of = models.DateField(_("al día"), null=True, blank=True)
    locations: "models.JSONField[Any, Any]" = models.JSONField(
        _("dónde"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Los lugares en que se trabajó. Vacío: no se dijo dónde."),
    )
    halted_since = models.DateField(_("paralizado desde"), null=True, blank=True)
    halted_cause = models.CharField(_("causa de la paralización"), max_length=300, blank=True)
    correction_reason = models.CharField(_("motivo de la corrección"), max_length=500, blank=True)

    submitted_at = models.DateTimeField(_("enviado"), null=True, editable=False)
    published_at = models.DateTimeField(_("publicado"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    second_review = models.BooleanField(_("con segunda revisión"), null=True, editable=False)
    terms = models.ForeignKey(
        MeasuringTerms, models.PROTECT, null=True, related_name="+", editable=False
    )
    progress = models.DecimalField(
        _("avance (%)"), max_digits=40, decimal_places=6, null=True, editable=False
    )
    planned = models.DecimalField(
        _("programado"), max_digits=40, decimal_places=6, null=True, editable=False
    )
    signal = models.CharField(_("señal"), max_length=20, choices=Signal, blank=True, editable=False)
    stage = models.GeneratedField(
        expression=_stage(),
        output_field=models.CharField(_("estado"), max_length=15, choices=Stage),
        db_persist=True,
    )
    updated_at = models.DateTimeField(_("guardado"), auto_now=True)

    municipality_path: ClassVar = "municipality"
    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("informe de avance")
        verbose_name_plural = _("informes de avance")
        ordering: ClassVar = ["element", "semester", "revision"]
        indexes: ClassVar = [
            models.Index(fields=["plan", "semester", "state"], name="report_plan_semester"),
            *NEWEST,
            models.Index(
                fields=["semester", "stage", "id"],
                include=["element", "plan", "revision", "signal"],  # all that a search asks of it
                condition=PUBLISHED,
                name="report_in_a_semester",
            ),
            models.Index(
                fields=["semester", "element", "revision"],
                condition=PUBLISHED & Q(revision__gt=1),
                name="report_corrections",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["element", "semester", "revision"],
                name="report_revision_once",
                violation_error_message=_("Esa revisión ya existe."),
            ),
            models.UniqueConstraint(
                fields=["element", "semester"],
                condition=~Q(state=ReportState.PUBLISHED),
                name="report_one_open_revision",
                violation_error_message=_("Ya hay un informe en preparación de ese semestre."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReportState.values)
                & (Q(step=None) | Q(step__in=Step.values))
                & Q(signal__in=["", *Signal.values]),
                name="report_words_known",
                violation_error_message=_("Ese estado, paso o señal no existe."),
            ),
            models.CheckConstraint(
                condition=(Q(value=None) | Q(value__gte=0) | Q(step=None))
                & (Q(done=None, required=None) | Q(done__isnull=False, required__isnull=False)),
                name="report_figures_make_sense",
                violation_error_message=_(
                    "Lo entregado no es negativo, y lo cumplido va junto con lo exigido."
                ),
            ),
            models.CheckConstraint(
                condition=Q(done=None) | Q(done__lte=F("required")),
                name="report_done_within_required",
                violation_error_message=_("Lo cumplido no puede pasar de lo exigido."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1, correction_reason="")
                | Q(revision__gt=1) & ~Q(correction_reason=""),
                name="report_correction_has_a_reason",
                violation_error_message=_("Una corrección lleva su motivo: es público."),
            ),
            models.CheckConstraint(
                condition=Q(halted_since=None, halted_cause="")
                | Q(halted_since__isnull=False) & ~Q(halted_cause=""),
                name="report_halt_dated_and_explained",
                violation_error_message=_("Una paralización lleva su fecha y su causa."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReportState.DRAFT, ReportState.RETURNED])
                | Q(submitted_at__isnull=False, as_of__isnull=False),
                name="report_sent_with_its_date",
                violation_error_message=_("Diga a qué día corresponde lo informado."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReportState.PUBLISHED,
                    published_at__isnull=False,
                    published_by__isnull=False,
                    second_review__isnull=False,
                )
                & ~Q(signal="")
                | ~Q(state=ReportState.PUBLISHED)
                & Q(
                    published_at=None,
                    published_by=None,
                    second_review=None,
                    terms=None,
                    progress=None,
                    planned=None,
                    signal="",
                ),
                name="report_result_frozen_when_published",
                violation_error_message=_("Solo lo publicado lleva su resultado, y siempre."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element.ref}, {self.semester}, r{self.revision}"

    @property
    def is_published(self) -> bool:
        return self.state == ReportState.PUBLISHED

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for whoever reviews it."""
        return self.state == ReportState.SUBMITTED

    @property
    def is_open(self) -> bool:
        """Whether its authors may write in it: begun, or returned to them."""
        return self.state in {ReportState.DRAFT, ReportState.RETURNED}

    def is_changed_since(self, at: dt.datetime) -> bool:
        """Whether anybody wrote in it after the instant AT."""
        return self.updated_at > at
