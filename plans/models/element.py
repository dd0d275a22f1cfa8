"""Everything that a citizen can point at in a plan: one table, one tree."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from plans import choices
from plans.choices import OWN_DIMENSION, PARENT_LEVELS, ActivityKind, Level
from plans.models.plan import Plan, SourceDocument
from plans.querysets import PlanElementQuerySet

REF_PATTERN = r"^[A-Z](\.[1-9][0-9]{0,2}){0,6}\Z"
MAX_DEPTH = 7


def _levels_fit() -> Q:
    """Each level hangs from a level that may hold it, and only a root has no parent."""
    fits = Q()
    for level, parents in PARENT_LEVELS.items():
        fits |= Q(level=level, parent_level__in=sorted(parents))
    rooted = Q(parent=None, parent_level="", depth=0)
    hanging = Q(parent__isnull=False, depth__gt=0) & ~Q(parent_level="")
    return fits & (rooted | hanging)


class PlanElement(models.Model):
    """One statement of a plan, word for word, and where it stands in the document.

    ``dimension``, ``parent_level`` and ``depth`` repeat what the tree says, so that the database
    can hold it: a composite foreign key ties them, with the plan, to the parent's own columns.
    A dimension is one of the four, or a key of the plan's own (``propia-1``), whose words are its
    statement. An element is therefore always in its parent's plan and dimension, one step below it,
    and a cycle is impossible. ``spans`` is a list of [start, end) character offsets in the
    document's text, in reading order: several where a page break or a table cell splits the
    statement. ``indicator_spans`` is the same for the indicator, which a target may have. What
    another document of the plan added later repeats its ``added_on`` and ``added_by``.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="elements", verbose_name=_("plan"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("pertenece a"),
        help_text=_("El nivel más cercano que el plan declara. Lo que el plan no dice no se crea."),
    )
    level = models.CharField(_("nivel"), max_length=10, choices=Level)
    parent_level = models.CharField(max_length=10, blank=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False, default=0)
    dimension = models.CharField(
        _("dimensión"),
        max_length=15,
        blank=True,
        help_text=_("Solo se elige para una dimensión; lo demás la toma de donde cuelga."),
    )
    ref = models.CharField(
        _("código de Vigía"),
        max_length=30,
        validators=[RegexValidator(REF_PATTERN, _("Una letra y números: «S.2.1»."))],
        help_text=_("Estable: forma parte del enlace permanente. «S.2.1»."),
    )
    document = models.ForeignKey(
        SourceDocument,
        models.PROTECT,
        related_name="elements",
        editable=False,
        verbose_name=_("documento"),
    )
    added_on = models.DateField(_("añadido el"), null=True, blank=True, editable=False)
    added_by = models.CharField(_("añadido por"), max_length=200, blank=True, editable=False)
    printed_code = models.CharField(
        _("numeración impresa"),
        max_length=40,
        blank=True,
        help_text=_("Tal como está en el documento: «POLITICA A.1:», «1.2», «a)»."),
    )
    statement = models.TextField(
        _("texto del plan"),
        help_text=_(
            "Palabra por palabra, con sus errores. Una corrección va en la nota, no aquí; "
            "el texto se busca en el documento y debe estar."
        ),
    )
    indicator = models.TextField(
        _("indicador"),
        blank=True,
        help_text=_(
            "Solo una meta: con qué dice el plan que se mide, palabra por palabra, si lo dice."
        ),
    )
    is_printed = models.BooleanField(
        _("impreso en el documento"),
        default=True,
        help_text=_(
            "No lo está el encabezado de una dimensión que trae el formulario y el documento no."
        ),
    )
    note = models.TextField(
        _("nota de edición"),
        blank=True,
        help_text=_(
            "Aclara el texto sin tocarlo: nombres de otros lugares, erratas, ambigüedades."
        ),
    )
    position = models.PositiveIntegerField(_("orden"), default=0, editable=False)
    spans = models.JSONField(default=list, editable=False)
    indicator_spans = models.JSONField(default=list, editable=False)
    activity_kind = models.CharField(
        _("clase de actividad"), max_length=10, choices=ActivityKind, blank=True
    )
    cui = models.CharField(
        _("CUI"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6,10}\Z", _("Un CUI tiene solo cifras."))],
        help_text=_("Código único de inversión, si es una inversión de Invierte.pe."),
    )
    field = models.CharField(
        _("campo"), max_length=200, blank=True, help_text=_("Encabezado de un lineamiento.")
    )
    units: "models.ManyToManyField[Unit, Responsibility]" = models.ManyToManyField(
        Unit,
        through="Responsibility",
        related_name="elements",
        verbose_name=_("unidades orgánicas"),
    )
    since_version = models.PositiveIntegerField(_("desde la versión"), default=1, editable=False)
    until_version = models.PositiveIntegerField(
        _("hasta la versión"), null=True, blank=True, editable=False
    )
    search = models.GeneratedField(
        expression=Func(
            Concat(
                F("statement"),
                Value(" "),
                F("field"),
                Value(" "),
                F("indicator"),
                output_field=models.TextField(),
            ),
            function="vigia_search_vector",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    is_reportable: bool
    """Only on rows of ``with_reportability()``."""

    municipality_path: ClassVar = "plan__municipality"
    objects = PlanElementQuerySet.as_manager()

    class Meta:
        verbose_name = _("elemento de un plan")
        verbose_name_plural = _("elementos de los planes")
        ordering: ClassVar = ["plan", "position", "pk"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="element_search")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "ref"],
                name="element_ref_once",
                violation_error_message=_("Este plan ya tiene un elemento con ese código."),
            ),
            models.UniqueConstraint(
                fields=["plan", "dimension"],
                condition=Q(level=Level.DIMENSION, until_version=None),
                name="element_dimension_once",
                violation_error_message=_("Este plan ya tiene esa dimensión."),
            ),
            models.CheckConstraint(
                condition=_levels_fit(),
                name="element_hangs_from_a_fitting_level",
                violation_error_message=_("Un elemento de ese nivel no puede colgar de ese otro."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(level=Level.GUIDELINE, dimension="")
                    | ~Q(level=Level.GUIDELINE)
                    & (
                        Q(dimension__in=choices.Dimension.values)
                        | Q(dimension__regex=OWN_DIMENSION)
                    )
                ),
                name="element_has_a_dimension",
                violation_error_message=_(
                    "Todo es de una dimensión, de las cuatro o propia, menos los lineamientos."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(level=Level.ACTIVITY, activity_kind__in=ActivityKind.values)
                    | (~Q(level=Level.ACTIVITY) & Q(activity_kind="", cui=""))
                ),
                name="element_activity_columns",
                violation_error_message=_(
                    "Solo una actividad lleva clase y CUI, y siempre lleva clase."
                ),
            ),
            models.CheckConstraint(
                condition=Q(level=Level.GUIDELINE) | Q(field=""),
                name="element_guideline_columns",
                violation_error_message=_("Solo un lineamiento lleva campo."),
            ),
            models.CheckConstraint(
                condition=Q(level=Level.TARGET) | Q(indicator="", indicator_spans=[]),
                name="element_target_columns",
                violation_error_message=_("Solo una meta lleva indicador."),
            ),
            models.CheckConstraint(
                condition=Q(indicator="", indicator_spans=[])
                | ~Q(indicator="") & (~Q(indicator_spans=[]) | Q(until_version__isnull=False)),
                name="element_indicator_stands_in_its_document",
                violation_error_message=_("Diga en qué líneas del documento está el indicador."),
            ),
            models.CheckConstraint(
                condition=~Q(statement="") & Q(ref__regex=REF_PATTERN),
                name="element_says_something",
                violation_error_message=_("Un elemento lleva texto y un código como «S.2.1»."),
            ),
            models.CheckConstraint(
                condition=~Q(spans=[]) | Q(until_version__isnull=False) | Q(is_printed=False),
                name="element_stands_in_its_document",
                violation_error_message=_("Diga en qué líneas del documento está el texto."),
            ),
            models.CheckConstraint(
                condition=Q(added_on=None, added_by="")
                | Q(added_on__isnull=False) & ~Q(added_by=""),
                name="element_added_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_printed=True)
                | Q(
                    level=Level.DIMENSION,
                    dimension__in=choices.Dimension.values,
                    spans=[],
                    printed_code="",
                ),
                name="element_unprinted_is_a_heading_of_the_form",
                violation_error_message=_(
                    "Solo el encabezado de una de las cuatro dimensiones puede no estar en el "
                    "documento."
                ),
            ),
            models.CheckConstraint(
                condition=Q(depth__lt=MAX_DEPTH),
                name="element_not_too_deep",
                violation_error_message=_("Un plan no tiene tantos niveles."),
            ),
            models.CheckConstraint(
                condition=Q(until_version=None) | Q(until_version__gte=F("since_version")),
                name="element_versions_in_order",
                violation_error_message=_("No puede retirarse antes de publicarse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} · {Truncator(self.statement).words(12)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow_parent()
        self.follow_document()
        super().save(*args, **kwargs)

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """Its public page, which the settings say (ABSOLUTE_URL_OVERRIDES)."""

    @property
    def is_problem(self) -> bool:
        return self.level == Level.PROBLEM

    def follow_parent(self) -> None:
        """Take from the parent the columns that repeat the tree."""
        if self.parent is None:
            self.parent_level, self.depth = "", 0
        else:
            self.parent_level, self.depth = self.parent.level, self.parent.depth + 1
            self.dimension = self.parent.dimension

    def follow_document(self) -> None:
        """Take from the document, the plan's own where none is said, who added it and when."""
        if not hasattr(self, "document"):
            self.document = self.plan.document
        self.added_on, self.added_by = self.document.added_on, self.document.added_by

    def clean(self) -> None:
        if self.parent and self.parent.plan_id != self.plan_id:
            raise ValidationError({"parent": _("Ese elemento es de otro plan.")})
        self.follow_parent()

    def get_dimension_display(self) -> str:
        """Its dimension in words: the plan's own, where it is none of the four."""
        return self.plan.dimension_name(self.dimension)

    @property
    def level_label(self) -> str:
        """The plan's own word for what this is; for an activity, its kind."""
        if self.level == Level.ACTIVITY:
            return str(ActivityKind(self.activity_kind).label)
        return self.plan.label(self.level)

    @property
    def searched_text(self) -> str:
        """Its statement and its indicator in one text, in which a search marks what it found."""
        return f"{self.statement} · {self.indicator}" if self.indicator else self.statement

    @property
    def quoted_spans(self) -> list[list[int]]:
        """All the words of the document that it takes: its statement's, then its indicator's."""
        return [*self.spans, *self.indicator_spans]

    @property
    def added(self) -> str:
        """That it is not of the plan that was filed, and since when; "" where it is."""
        if self.added_on is None:
            return ""
        shown = {"day": date_format(self.added_on), "who": self.added_by}
        return gettext("añadido el %(day)s por %(who)s") % shown

    @property
    def is_target(self) -> bool:
        return self.level == Level.TARGET

    @property
    def is_withdrawn(self) -> bool:
        return self.until_version is not None


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
