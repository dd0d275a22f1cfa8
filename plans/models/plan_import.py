"""A plan on its way in: what somebody sent, what was understood of it, and each step of mending."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from plans.choices import ImportState, Standing
from plans.models.plan import Plan
from plans.plan_path import MOST, validate_list
from plans.querysets import PlanImportQuerySet
from plans.term import Term

UNDER_WAY = (ImportState.WAITING, ImportState.READING, ImportState.READY)


class PlanImport(models.Model):
    """One file that somebody sent, and the draft that it became. Nobody but officers sees it.

    ``content`` is the file, byte for byte. It is kept in the database: the worker that reads it may
    run on another machine than the page that received it, it goes with the row, and its size is
    capped at the door. ``list_slug`` is empty for the plan in force. ``text`` is what was read, and
    ``kept`` the draft, as `mending/kept.py` packs it; ``faults`` are what forbids publishing, or
    why it was refused: a list of {"key": of the item or None, "where", "field", "reason"}; where
    the file holds the plans of several lists, the only one has their "lists".
    Every change of any of it raises ``revision``.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="imports", verbose_name=_("municipalidad")
    )
    first_year = models.PositiveSmallIntegerField(_("primer año"))
    last_year = models.PositiveSmallIntegerField(_("último año"))
    list_slug = models.CharField(
        _("lista, en direcciones"), max_length=MOST, blank=True, validators=[validate_list]
    )
    organization = models.CharField(
        _("organización que presentó el plan"),
        max_length=200,
        blank=True,
        help_text=_("Como la nombra el documento."),
    )
    standing = models.CharField(
        _("condición"), max_length=20, choices=Standing, default=Standing.UNCONFIRMED
    )
    standing_source = models.CharField(_("fuente de la condición"), max_length=300, blank=True)
    title = models.CharField(
        _("título del documento"),
        max_length=200,
        blank=True,
        help_text=_("«Plan de gobierno municipal 2027–2030». Si no, el nombre del archivo."),
    )
    provenance = models.CharField(
        _("de dónde viene el documento"),
        max_length=300,
        blank=True,
        help_text=_(
            "Es público. «Plataforma electoral del JNE, expediente 2026012345, 3 de junio de 2026»."
        ),
    )
    file_name = models.CharField(_("archivo"), max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(_("código de verificación"), max_length=64, editable=False)
    format = models.CharField(_("formato"), max_length=20, blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    kept = models.JSONField(null=True, editable=False)
    faults = models.JSONField(default=list, editable=False)
    state = models.CharField(
        _("estado"), max_length=10, choices=ImportState, default=ImportState.WAITING
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    begun_at = models.DateTimeField(_("enviado"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="imports")
    version = models.PositiveIntegerField(_("versión publicada"), null=True)

    municipality_path: ClassVar = "municipality"
    objects = PlanImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan por publicar")
        verbose_name_plural = _("planes por publicar")
        ordering: ClassVar = ["-begun_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "first_year", "list_slug", "sha256"],
                condition=Q(state__in=UNDER_WAY),
                name="import_same_file_once",
                violation_error_message=_("Ese archivo ya se está preparando."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), last_year__lte=F("first_year") + 5),
                name="import_term_makes_sense",
                violation_error_message=_("Esos años no forman un periodo municipal."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values),
                name="import_state_known",
                violation_error_message=_("Ese estado no existe."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.READY, ImportState.PUBLISHED])
                | Q(kept__isnull=False),
                name="import_ready_has_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.PUBLISHED, plan__isnull=False, version__isnull=False)
                | ~Q(state=ImportState.PUBLISHED) & Q(plan=None, version=None),
                name="import_published_names_its_version",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values)
                & (Q(standing=Standing.UNCONFIRMED) | ~Q(standing_source="")),
                name="import_standing_names_its_source",
                violation_error_message=_(
                    "Diga de qué documento público sale la condición, o déjela «sin confirmar»."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.municipality}, {self.term.printed}"

    @property
    def term(self) -> Term:
        return Term(self.first_year, self.last_year)

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be read."""
        return self.state in {ImportState.WAITING, ImportState.READING}

    @property
    def lists(self) -> list[str]:
        """The organizations whose plans the file holds, where it is asked which is meant."""
        lists: list[str] = self.faults[0].get("lists", []) if self.faults else []
        return lists

    @property
    def is_ready(self) -> bool:
        """Whether it can be mended."""
        return self.state == ImportState.READY


class ImportStep(models.Model):
    """One step of mending: who, when, what in words, and the draft as it was before it.

    ``number`` is the revision that it made. ``keys`` are the items that it touched, empty where it
    touched the whole. ``before`` is null for what cannot be taken back: the undoing of another
    step, and steps so old that nobody will. ``is_undone`` tells those that were taken back.
    """

    plan_import = models.ForeignKey(PlanImport, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    keys = models.JSONField(default=list)
    before = models.JSONField(null=True)
    is_undone = models.BooleanField(default=False)

    municipality_path: ClassVar = "plan_import__municipality"

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan_import", "number"], name="import_step_once"),
        ]

    def __str__(self) -> str:
        return self.words
