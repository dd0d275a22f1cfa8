"""The semester's accountability report: its draft, its editions, and their files."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from plans.models import Plan
from plans.semester_field import SemesterField
from tracking.choices import FileKind
from tracking.models.edition_codes import grouped
from tracking.models.report import LONGEST_TEXT
from tracking.querysets import AccountabilityReportQuerySet, RenderedFileQuerySet


class AccountabilityDraft(models.Model):
    """What planning writes for a semester's report before it is issued. Nobody else sees it.

    ``edit`` grows with every change, so that nobody overwrites what they did not see.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    semester = SemesterField(_("semestre"))
    foreword = models.TextField(
        _("presentación"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Lo primero que se lee: qué se hizo, qué no, y por qué. Se publica."),
    )
    projection = models.TextField(
        _("proyección al cierre del año"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_(
            "Qué se espera haber gastado y entregado al 31 de diciembre. La ley la pide en las "
            "audiencias públicas (art. 119-A de la Ley 27972)."
        ),
    )
    hearing_on = models.DateField(
        _("fecha de la audiencia"),
        null=True,
        blank=True,
        help_text=_("En la que se rinde cuentas de este semestre. En blanco si no está fijada."),
    )
    hearing_place = models.CharField(
        _("lugar de la audiencia"),
        max_length=200,
        blank=True,
        help_text=_("Local y dirección. En blanco si no está fijado."),
    )
    edit = models.PositiveIntegerField(default=0, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True)

    municipality_path: ClassVar = "plan__municipality"

    class Meta:
        verbose_name = _("borrador de una rendición de cuentas")
        verbose_name_plural = _("borradores de las rendiciones de cuentas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "semester"], name="accountability_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.semester}"


class AccountabilityReport(models.Model):
    """One edition of the report on a plan's semester, frozen when it was issued. Append-only.

    ``content`` is canonical JSON (`tracking.accountability.content`), ``sha256`` its digest, which
    the ledger enters, and ``code`` the beginning of it that people type. A correction leads to a
    new edition: the newest one is current, and those before it stay.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="accountability_reports")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    simulated = models.BooleanField(_("simulado"))
    semester = SemesterField(_("semestre"))
    edition = models.PositiveSmallIntegerField(_("edición"))
    content = models.TextField(_("contenido"))
    sha256 = models.CharField(_("código de verificación"), max_length=64, db_index=True)
    code = models.CharField(_("código de la edición"), max_length=12)
    issued_at = models.DateTimeField(_("emitido"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )

    municipality_path: ClassVar = "municipality"
    objects = AccountabilityReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("informe de rendición de cuentas")
        verbose_name_plural = _("informes de rendición de cuentas")
        ordering: ClassVar = ["plan", "semester", "edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "semester", "edition"],
                name="accountability_edition_once",
                violation_error_message=_("Esa edición ya se emitió."),
            ),
            models.UniqueConstraint(fields=["code"], name="accountability_code_once"),
            models.CheckConstraint(
                condition=Q(edition__gte=1)
                & Q(sha256__regex=r"^[0-9a-f]{64}$", code__regex=r"^[0-9A-HJKMNP-TV-Z]{12}$"),
                name="accountability_edition_is_coded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.semester}, {self.edition}"

    def get_absolute_url(self) -> str:
        """Its own page, whatever is issued later; with ``plan`` and its municipality at hand."""
        return reverse("tracking:edition", args=[*self.plan.url_args, self.semester, self.edition])

    def get_newest_url(self) -> str:
        """The page of its semester, which shows the newest edition."""
        return reverse("tracking:accountability", args=[*self.plan.url_args, self.semester])

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def file_name(self) -> str:
        """What its files are called, without their extension."""
        return f"{self.plan.municipality.slug}-rendicion-{self.semester}-edicion-{self.edition}"


class RenderedFile(models.Model):
    """A file of an edition, made once by whoever claims its row (`manage.py work`).

    Until then it has no ``data``; from then on the row never changes (a trigger).
    """

    report = models.ForeignKey(AccountabilityReport, models.PROTECT, related_name="files")
    kind = models.CharField(_("archivo"), max_length=5, choices=FileKind)
    data = models.BinaryField(null=True)
    sha256 = models.CharField(_("código de verificación"), max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField(_("tamaño en bytes"), default=0)
    rendered_at = models.DateTimeField(_("generado"), null=True)

    municipality_path: ClassVar = "report__municipality"
    objects = RenderedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("archivo de una rendición de cuentas")
        verbose_name_plural = _("archivos de las rendiciones de cuentas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "kind"], name="rendered_file_once"),
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values), name="rendered_file_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(data=None, sha256="", size=0, rendered_at=None)
                | Q(
                    data__isnull=False,
                    sha256__regex=r"^[0-9a-f]{64}$",
                    size__gt=0,
                    rendered_at__isnull=False,
                ),
                name="rendered_file_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}.{self.kind}"
