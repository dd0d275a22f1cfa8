"""The plan that a list filed for one municipality and term, and its versions."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from plans.choices import Dimension, Level, Standing
from plans.plan_path import LIST_SLUG, MOST, PlanPath, validate_list
from plans.querysets import PlanQuerySet, PlanVersionQuerySet
from plans.standing import DAY, DOCUMENT
from plans.term import Term


class NamedDimension(NamedTuple):
    """A dimension of a plan by its key, and what it is called there."""

    value: str
    label: str


if TYPE_CHECKING:
    from plans.models.document import SourceDocument


class Plan(models.Model):
    """What one list offered to one municipality for one term, in the list's own words.

    One at most of a municipality and term is in force: its pages are the municipality's, and it
    alone is reported on and counted. ``list_slug`` stays with a plan that came in force, so that
    the address that it had before leads to it.

    ``own_dimensions`` repeats what its elements say: {"propia-1": [place, words]} of the dimensions
    that are none of the four; those that were withdrawn, whose pages live on, have the place -1.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="plans", verbose_name=_("municipalidad")
    )
    first_year = models.PositiveSmallIntegerField(_("primer año"))
    last_year = models.PositiveSmallIntegerField(_("último año"))
    list_slug = models.CharField(
        _("lista, en direcciones"),
        max_length=MOST,
        blank=True,
        validators=[validate_list],
        help_text=_("«alianza-por-puno»: la dirección de su plan mientras no rige."),
    )
    in_force = models.BooleanField(_("es el plan que rige"), default=True, editable=False)
    organization = models.CharField(
        _("organización que lo presentó"),
        max_length=200,
        blank=True,
        help_text=_(
            "Como la nombra el documento. Presentar un plan no es haber ganado: "
            "eso lo dice la condición, con su fuente."
        ),
    )
    standing = models.CharField(
        _("condición"),
        max_length=20,
        choices=Standing,
        default=Standing.UNCONFIRMED,
        help_text=_("«Sin confirmar» mientras no haya un documento público que diga otra cosa."),
    )
    standing_source = models.CharField(
        _("fuente de la condición"),
        max_length=300,
        blank=True,
        help_text=_(
            "Obligatoria salvo «sin confirmar»: el documento que lo dice, o su dirección, y la "
            "fecha. «Acta de proclamación de resultados del JEE de Puno, 7 de noviembre de 2018»."
        ),
    )
    vision = models.TextField(_("visión"), blank=True)
    vision_spans = models.JSONField(default=list, blank=True, editable=False)
    note = models.TextField(
        _("nota de edición"),
        blank=True,
        help_text=_(
            "Cómo se leyó el documento: qué nivel es cada parte, qué queda fuera y por qué."
        ),
    )
    labels = models.JSONField(
        _("palabras del plan"),
        default=dict,
        blank=True,
        help_text=_("Cómo llama este plan a sus niveles: {«objective»: «Política»}."),
    )
    own_dimensions = models.JSONField(default=dict, editable=False)
    schemes = models.JSONField(
        _("clasificaciones"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("{«ODS»: {«3»: «Salud y bienestar»}}"),
    )
    simulated = models.BooleanField(
        _("avances simulados"),
        default=False,
        help_text=_("Sus avances son una demostración y toda página lo dice."),
    )
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    current_document = models.OneToOneField(
        "plans.SourceDocument", models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(_("versión publicada"), default=0, editable=False)

    municipality_path: ClassVar = "municipality"
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planes")
        ordering: ClassVar = ["municipality", "-first_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "first_year"],
                condition=Q(in_force=True),
                name="plan_in_force_once_per_term",
                violation_error_message=_("En esa municipalidad ya rige un plan de ese periodo."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "first_year", "list_slug"],
                condition=~Q(list_slug=""),
                name="plan_list_once_per_term",
                violation_error_message=_("Esa lista ya tiene un plan de ese periodo."),
            ),
            models.CheckConstraint(
                condition=Q(in_force=True) | ~Q(list_slug=""),
                name="plan_not_in_force_is_of_a_list",
                violation_error_message=_("Un plan que no rige tiene la dirección de su lista."),
            ),
            models.CheckConstraint(
                condition=Q(list_slug="") | Q(list_slug__regex=rf"^{LIST_SLUG}\Z"),
                name="plan_list_can_be_an_address",
                violation_error_message=_("Una lista se escribe así: «alianza-por-puno»."),
            ),
            models.CheckConstraint(
                condition=Q(in_force=True) | Q(simulated=False),
                name="plan_simulated_is_in_force",
                violation_error_message=_("Solo el plan que rige puede ser una demostración."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), last_year__lte=F("first_year") + 5),
                name="plan_term_makes_sense",
                violation_error_message=_("Esos años no forman un periodo municipal."),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values),
                name="plan_standing_known",
                violation_error_message=_("Esa condición no existe."),
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.UNCONFIRMED) | ~Q(standing_source=""),
                name="plan_standing_names_its_source",
                violation_error_message=_(
                    "Diga de qué documento público sale la condición, o déjela «sin confirmar»."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.ELECTED)
                | Q(standing_source__iregex=DOCUMENT) & Q(standing_source__iregex=DAY),
                name="plan_elected_by_a_dated_document",
                violation_error_message=_(
                    "«Autoridad elegida» lleva el documento o la dirección que lo dice, y su fecha."
                ),
            ),
        ]

    def __str__(self) -> str:
        named = f"{self.municipality}, {self.term.printed}"
        return named if self.in_force else f"{named} · {self.filed_by}"

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str:
            """Its public page, which the settings say (ABSOLUTE_URL_OVERRIDES)."""

    @property
    def document(self) -> "SourceDocument":
        """The newest of those that were filed as the plan, which its elements quote."""
        document = self.current_document
        if document is None:
            raise ValueError("a plan that was never published has no document")
        document.plan = self
        return document

    @property
    def term(self) -> Term:
        return Term(self.first_year, self.last_year)

    @property
    def path(self) -> PlanPath:
        """Where it is among the plans of its municipality."""
        return PlanPath(self.term, "" if self.in_force else self.list_slug)

    @property
    def filed_by(self) -> str:
        """Who filed it, as a page names them: the organization, or its list's name in addresses."""
        return self.organization or self.list_slug

    @property
    def whose(self) -> str:
        """How a page introduces it: only an elected authority's plan is its municipality's."""
        if self.standing == Standing.ELECTED and self.in_force:
            return gettext("Lo que prometió su municipalidad")
        name = self.organization if self.in_force else self.filed_by
        if name:
            return gettext("Lo que ofreció la lista %(name)s") % {"name": name}
        return gettext("Lo que ofreció la lista que presentó este plan")

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody has said yet, with a document, if its list was elected."""
        return self.standing == Standing.UNCONFIRMED

    @property
    def takes_reports(self) -> bool:
        """Whether progress may be reported: of an elected authority, or as a demonstration."""
        return self.in_force and (self.simulated or self.standing == Standing.ELECTED)

    @property
    def why_not_asked(self) -> str:
        """Why it has no figures: what a page says where nothing was asked of it."""
        if self.takes_reports:
            return gettext("Todavía no se le pide ningún informe.")
        if not self.in_force:
            return gettext("No es el plan que rige: no se le piden informes.")
        if self.is_unconfirmed:
            return gettext("No se ha confirmado si esta lista ganó: no se le piden informes.")
        return gettext("La lista no fue elegida: no se le piden informes.")

    def class_name(self, scheme: str, code: str) -> str:
        """What CODE of SCHEME is called: "3 Salud y bienestar", "3" where nobody said."""
        return f"{code} {self.schemes.get(scheme, {}).get(code, '')}".rstrip()

    def label(self, level: str) -> str:
        """The plan's own word for LEVEL, and the portal's where that one does not hold it.

        "Meta", "Política (objetivo estratégico)", "Objetivo (meta del plan)".
        """
        return self._labels[level]

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {level.value: self._label(level) for level in Level}

    def _label(self, level: Level) -> str:
        portals = str(level.label)
        own = str(self.labels.get(level) or portals)
        knows = portals.split(maxsplit=1)[0].lower() in own.lower()
        return own if knows else f"{own} ({portals.lower()})"

    @property
    def dimensions(self) -> list[NamedDimension]:
        """The four, then its own in the order of its document."""
        own = sorted(
            (place, key, words) for key, (place, words) in self.own_dimensions.items() if place >= 0
        )
        return [
            *(NamedDimension(each.value, str(each.label)) for each in Dimension),
            *(NamedDimension(key, words) for _place, key, words in own),
        ]

    def dimension_name(self, key: str) -> str:
        """How the dimension KEY is called, "" for none."""
        if key in Dimension.values:
            return str(Dimension(key).label)
        _place, words = self.own_dimensions.get(key, (0, key))
        return str(words)

    @cached_property
    def url_args(self) -> tuple[str, str]:
        return self.municipality.slug, str(self.path)


class PlanVersion(models.Model):
    """One publication of a plan: when, by whom, and what it changed. Append-only.

    ``changes`` is a list of {"ref", "what": "added" | "changed" | "withdrawn", or "plan" |
    "document" with an empty ref; for what changed, "before" and "after": {field: value}; for what
    was withdrawn, the "reason" where one was given}.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("versión"))
    published_at = models.DateTimeField(_("publicada"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("por")
    )
    added = models.PositiveIntegerField(_("agregados"), default=0)
    changed = models.PositiveIntegerField(_("cambiados"), default=0)
    withdrawn = models.PositiveIntegerField(_("retirados"), default=0)
    changes = models.JSONField(_("cambios"), default=list)

    municipality_path: ClassVar = "plan__municipality"
    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versión de un plan")
        verbose_name_plural = _("versiones de los planes")
        ordering: ClassVar = ["-published_at", "-number"]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-number"], name="plan_version_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, v{self.number}"
