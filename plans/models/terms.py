"""How a promise is measured: versioned, dated, reasoned, and never rewritten."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.choices import PERCENT, Bound, Direction, MeasureKind, Nature
from plans.figures import figure_text
from plans.locations import written
from plans.models.element import PlanElement
from plans.querysets import MeasuringTermsQuerySet

VALUED = (MeasureKind.LEVEL, MeasureKind.CHANGE)
"""The kinds that are reported by a value."""


class MeasuringTerms(models.Model):
    """One version of how an element is measured; the newest is in force.

    Rows are only ever added (the database refuses to change or delete one), so that goalposts
    cannot move unseen. What nobody has stated is empty, never invented.
    """

    element = models.ForeignKey(
        PlanElement,
        models.PROTECT,
        related_name="terms",
        verbose_name=_("promesa"),
    )
    version = models.PositiveIntegerField(_("versión"), editable=False)
    in_force_from = models.DateField(
        _("rige desde"), help_text=_("No antes que la forma anterior ni después de hoy.")
    )
    reason = models.CharField(
        _("motivo"), max_length=300, help_text=_("Por qué se mide así, o por qué cambia.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("por"),
        help_text=_("Vacío cuando solo recoge lo que dice el texto del plan."),
    )
    kind = models.CharField(
        _("clase"),
        max_length=20,
        choices=MeasureKind,
        blank=True,
        help_text=_(
            "Nivel: el valor junto a su meta. Variación: cuánto cambia desde una línea de base. "
            "Entrega: se hace o no. Permanente: se cumple cada semestre. No verificable: solo se "
            "narra. En blanco si nadie lo ha definido."
        ),
    )
    unit_of_measure = models.CharField(
        _("unidad de medida"), max_length=80, blank=True, help_text=_("%, km, viviendas…")
    )
    baseline = models.DecimalField(
        _("línea de base"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_source = models.CharField(
        _("fuente de la línea de base"),
        max_length=300,
        blank=True,
        help_text=_("Obligatoria con una línea de base: documento y fecha."),
    )
    goal = models.DecimalField(
        _("valor de la meta"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("La cifra que da el plan; con «variación», cuánto debe cambiar."),
    )
    direction = models.CharField(
        _("sentido"),
        max_length=10,
        choices=Direction,
        blank=True,
        help_text=_("Hacia dónde debe ir el valor. En blanco si el plan no lo dice."),
    )
    bound = models.CharField(
        _("qué se mantiene"),
        max_length=10,
        choices=Bound,
        blank=True,
        help_text=_("Solo con «mantener»: si la meta es un techo, un piso o un valor."),
    )
    tolerance = models.DecimalField(
        _("tolerancia"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Solo con «valor»: cuánto puede apartarse de la meta, en su unidad."),
    )
    nature = models.CharField(
        _("qué cifra es"),
        max_length=10,
        choices=Nature,
        blank=True,
        help_text=_(
            "De ella dependen los límites de lo que se informa. En blanco si nadie lo dijo."
        ),
    )
    milestones = models.JSONField(
        _("hitos por semestre"),
        default=dict,
        blank=True,
        help_text=_("{«2019-I»: «10»}, valores en la misma unidad."),
    )
    schedule = models.JSONField(
        _("cronograma"),
        default=dict,
        blank=True,
        help_text=_("Avance previsto al final de cada semestre: {«2019-I»: «10»}."),
    )
    parts = models.JSONField(
        _("partes"), default=list, blank=True, help_text=_("Lista de nombres: [«Posta de Coata»].")
    )
    verification_source = models.CharField(_("medio de verificación"), max_length=300, blank=True)
    locations: "models.JSONField[Any, Any]" = models.JSONField(
        _("dónde"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Los lugares en que está previsto. Vacío: nadie dijo dónde."),
    )
    created_at = models.DateTimeField(_("registrado"), auto_now_add=True)

    municipality_path: ClassVar = "element__plan__municipality"
    objects = MeasuringTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("forma de medir")
        verbose_name_plural = _("formas de medir")
        ordering: ClassVar = ["element", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["element", "version"], name="terms_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1) & ~Q(reason=""),
                name="terms_give_a_reason",
                violation_error_message=_("Diga el motivo: es público."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *MeasureKind.values])
                & Q(direction__in=["", *Direction.values]),
                name="terms_words_known",
                violation_error_message=_("Esa clase o ese sentido no existe."),
            ),
            models.CheckConstraint(
                condition=Q(bound__in=["", *Bound.values]) & Q(nature__in=["", *Nature.values]),
                name="terms_bound_and_nature_known",
                violation_error_message=_("Ese límite o esa cifra no existe."),
            ),
            models.CheckConstraint(
                condition=Q(bound="") | Q(direction=Direction.KEEP),
                name="terms_bound_only_of_what_is_kept",
                violation_error_message=_("Un techo o un piso es de lo que se mantiene."),
            ),
            models.CheckConstraint(
                condition=Q(bound=Bound.VALUE, tolerance__isnull=False, tolerance__gte=0)
                | ~Q(bound=Bound.VALUE) & Q(tolerance=None),
                name="terms_tolerance_of_a_value",
                violation_error_message=_("Un valor que se mantiene lleva su tolerancia."),
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | ~Q(baseline_source=""),
                name="terms_baseline_names_its_source",
                violation_error_message=_("Diga de dónde sale la línea de base."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(ref)s, forma de medir %(version)s") % {
            "ref": self.element.ref,
            "version": self.version,
        }

    @property
    def goal_printed(self) -> str:
        """The goal without idle zeros: "50", "1,234.5"; "" where none is stated."""
        return "" if self.goal is None else figure_text(self.goal)

    @property
    def goal_of_value(self) -> str:
        """The goal where a report's value is to reach it; "" where the goal is a change."""
        return "" if self.kind == MeasureKind.CHANGE else self.goal_printed

    @property
    def baseline_printed(self) -> str:
        return "" if self.baseline is None else figure_text(self.baseline)

    @property
    def milestones_printed(self) -> str:
        """ "2027-II: 10, 2028-II: 25"; "" where none is stated."""
        return _by_semester(self.milestones, "%s")

    @property
    def schedule_printed(self) -> str:
        """ "2027-I: 10 %, 2027-II: 25 %", or its steps; "" where none is stated."""
        return _by_semester(self.schedule, gettext("paso %s") if self.is_by_step else "%s %%")

    @property
    def tolerance_printed(self) -> str:
        return _with_unit(self.tolerance, self.unit_of_measure)

    @property
    def stated(self) -> list[tuple[str, str]]:
        """What these terms say, field by field, in words; what is empty is left out."""
        has_figure = self.goal is not None or self.baseline is not None
        values = {
            "kind": self.get_kind_display(),
            "unit_of_measure": "" if has_figure else self.unit_of_measure,
            "goal": _with_unit(self.goal, self.unit_of_measure),
            "direction": self.get_direction_display(),
            "bound": self.get_bound_display(),
            "tolerance": self.tolerance_printed,
            "nature": self.get_nature_display(),
            "baseline": _with_unit(self.baseline, self.value_unit),
            "baseline_source": self.baseline_source,
            "milestones": self.milestones_printed,
            "schedule": self.schedule_printed,
            "parts": ", ".join(self.parts),
            "verification_source": self.verification_source,
            "locations": written(self.locations),
        }
        return [
            (str(self._meta.get_field(name).verbose_name), str(value))  # type: ignore[union-attr]
            for name, value in values.items()
            if value
        ]

    @property
    def is_by_step(self) -> bool:
        """Whether its schedule plans steps of the rubric, and not a percentage.

        So it is for a delivery that names neither parts nor a quantity, and for an activity of
        which nobody has said more.
        """
        is_delivery = self.kind in {"", MeasureKind.DELIVERY}
        return is_delivery and not self.parts and self.goal is None

    @property
    def takes_baseline(self) -> bool:
        """Whether it is measured by a figure from a baseline, or nobody has said how yet."""
        return self.kind in {"", MeasureKind.LEVEL, MeasureKind.CHANGE}

    @property
    def is_kept(self) -> bool:
        """Whether the goal is to stay where it is, at a bound."""
        return self.direction == Direction.KEEP

    @property
    def is_measurable(self) -> bool:
        """Whether a figure could be computed: a kind that takes one, and what that kind needs."""
        if self.goal is None:
            return False
        if self.kind == MeasureKind.LEVEL:
            return bool(self.bound if self.is_kept else self.direction)
        return self.kind == MeasureKind.CHANGE and self.baseline is not None

    @property
    def is_relative(self) -> bool:
        """Whether the goal is a change in percent of the baseline: its unit is not the value's."""
        return self.kind == MeasureKind.CHANGE and self.unit_of_measure.strip() == PERCENT

    @property
    def value_unit(self) -> str:
        """The unit of what is reported and of the baseline; "" for a change in percent.

        There it is whatever the baseline counts, which terms do not say.
        """
        return "" if self.is_relative else self.unit_of_measure.strip()

    @property
    def least(self) -> int | None:
        """The smallest value that can be reported, None for no limit: the figure's nature says."""
        is_signed = self.nature == Nature.SIGNED and self.kind in VALUED
        return None if is_signed else 0

    @property
    def most(self) -> int | None:
        """The largest value that can be reported: a share ends at 100.

        So does a level in percent of which nobody has said what sort of figure it is.
        """
        is_share = self.nature == Nature.SHARE
        if not self.nature and self.kind == MeasureKind.LEVEL:
            is_share = self.unit_of_measure.strip() == PERCENT
        return 100 if is_share else None

    def admits(self, value: Decimal) -> bool:
        """Whether VALUE lies within the limits of what can be reported."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


def _with_unit(figure: Decimal | None, unit: str) -> str:
    return "" if figure is None else figure_text(figure, unit)


def _by_semester(values: dict[str, str], written: str) -> str:
    """In order of time, which the database does not keep: "2019-I: 10 %, 2019-II: 25 %"."""
    return ", ".join(f"{when}: {written % values[when]}" for when in sorted(values))
