"""Everything that a citizen can point at in a plan: one table, one tree."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Upper
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from plans.choices import ActivityKind, Level
from plans.models.document import SourceDocument
from plans.models.element_rules import CONSTRAINTS, REF_PATTERN
from plans.models.plan import Plan
from plans.querysets import PlanElementQuerySet

if TYPE_CHECKING:
    from plans.models.cross_reference import CrossReference
    from plans.models.responsibility import Responsibility


class PlanElement(models.Model):
    """One statement of a plan, word for word, and where it stands in the document.

    ``dimension``, ``parent_level`` and ``depth`` repeat what the tree says, so that the database
    can hold it: a composite foreign key ties them, with the plan, to the parent's own columns.
    A dimension is one of the four, or a key of the plan's own (``propia-1``), whose words are its
    statement. An element is therefore always in its parent's plan and dimension, one step below it,
    and a cycle is impossible. ``spans`` is a list of [start, end) character offsets in the
    document's text, in reading order: several where a page break or a table cell splits the
    statement. ``indicator_spans`` is the same for the indicator, which a target may have. What
    another document of the plan added later repeats its ``added_on`` and ``added_by``. ``classes``
    are codes by scheme, {"ODS": ["3", "6"]}, beside the tree; their meaning is in `Plan.schemes`.
    ``also_under`` are further parents: cross-references, which the tree and every count pass over.
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
    classes = models.JSONField(_("clasificación"), default=dict, blank=True, editable=False)
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
        through="plans.Responsibility",
        related_name="elements",
        verbose_name=_("unidades orgánicas"),
    )
    also_under: "models.ManyToManyField[PlanElement, CrossReference]" = models.ManyToManyField(
        "self",
        through="plans.CrossReference",
        through_fields=("element", "parent"),
        symmetrical=False,
        related_name="also_holds",
        verbose_name=_("está también en"),
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
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="element_search"),
            models.Index(Upper("ref"), "id", name="element_ref_upper"),
            models.Index(
                fields=["plan", "position", "id"],
                # All that a search counts of what it found.
                include=["dimension", "level", "until_version"],
                condition=Q(until_version=None),
                name="element_in_order",
            ),
            # Whether anything hangs below an element.
            models.Index(
                fields=["parent", "level"], condition=Q(until_version=None), name="element_below"
            ),
        ]
        constraints: ClassVar = CONSTRAINTS

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
    def classified(self) -> list[tuple[str, str]]:
        """Each scheme that has it, and its codes there with what they mean: ("ODS", "3 Salud")."""
        return [
            (scheme, ", ".join(self.plan.class_name(scheme, code) for code in codes))
            for scheme, codes in sorted(self.classes.items())
        ]

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
