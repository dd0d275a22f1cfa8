"""The *registro de publicaciones*: what a municipality published, entry after entry."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from tracking.choices import LedgerAct

HEXADECIMAL: Final = r"^[0-9a-f]{64}$"
GENESIS: Final = "0" * 64
"""What stands before the first entry of each municipality."""
OF_AN_EDITION: Final = frozenset(
    {LedgerAct.EDITION, LedgerAct.FILE, LedgerAct.SIGNED, LedgerAct.SIGNED_WITHHOLDING}
)


class LedgerEntry(models.Model):
    """One link of a municipality's chain. Append-only, and only at the chain's end (triggers).

    It names what was published in plain columns, so that it can be read when nothing else is left,
    and keeps the digest of the content, not the content: see `tracking.ledger.kinds`. ``act``
    says in which table ``subject_id`` is.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="ledger", verbose_name=_("municipalidad")
    )
    inei = models.CharField(_("ubigeo INEI"), max_length=6)
    number = models.PositiveIntegerField(_("número"))
    act = models.CharField(_("acto"), max_length=15, choices=LedgerAct)
    subject_id = models.BigIntegerField(_("fila"))
    term = models.CharField(_("periodo"), max_length=9, blank=True)
    ref = models.CharField(_("promesa"), max_length=40, blank=True)
    semester = models.CharField(_("semestre"), max_length=7, blank=True)
    revision = models.PositiveIntegerField(
        _("revisión"),
        null=True,
        help_text=_("La del informe, la versión del plan o de la forma de medir, o la edición."),
    )
    unit = models.CharField(_("oficina"), max_length=150, blank=True)
    simulated = models.BooleanField(_("simulado"))
    happened_at = models.DateTimeField(_("fecha del acto"))
    at = models.DateTimeField(_("registrado"))
    digest = models.CharField(_("código del contenido"), max_length=64)
    previous = models.CharField(_("código anterior"), max_length=64)
    chain = models.CharField(_("código"), max_length=64)

    municipality_path: ClassVar = "municipality"

    class Meta:
        verbose_name = _("asiento del registro de publicaciones")
        verbose_name_plural = _("asientos del registro de publicaciones")
        ordering: ClassVar = ["municipality", "number"]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="ledger_at"),
            models.Index(fields=["ref", "id"], name="ledger_ref"),
            models.Index(
                fields=["municipality"], condition=Q(simulated=True), name="ledger_simulated"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="ledger_number_once"),
            models.UniqueConstraint(fields=["municipality", "previous"], name="ledger_never_forks"),
            models.UniqueConstraint(fields=["act", "subject_id"], name="ledger_enters_once"),
            models.CheckConstraint(condition=Q(act__in=LedgerAct.values), name="ledger_act_known"),
            models.CheckConstraint(
                condition=Q(
                    digest__regex=HEXADECIMAL, previous__regex=HEXADECIMAL, chain__regex=HEXADECIMAL
                ),
                name="ledger_codes_are_digests",
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous=GENESIS) | Q(number__gt=1) & ~Q(previous=GENESIS),
                name="ledger_begins_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inei}, n.º {self.number}"

    def get_absolute_url(self) -> str:
        """The page of what it is about, "" where that has none. ``municipality`` is read."""
        plan = [self.municipality.slug, self.of_plan]
        if self.act in OF_AN_EDITION:
            return reverse("tracking:edition", args=[*plan, self.semester, self.revision])
        if self.act in {LedgerAct.PLAN, LedgerAct.STANDING}:
            return reverse("tracking:plan", args=plan)
        return reverse("tracking:element", args=[*plan, self.ref]) if self.ref else ""

    @property
    def of_plan(self) -> str:
        """The plan that it is about, as in addresses: its term, and its list as far as one is known
        (`tracking.reading.published.ledger.with_texts`)."""
        list_slug: str | None = getattr(self, "list_slug", None)
        return f"{self.term}/{list_slug}" if list_slug else self.term

    @property
    def is_late(self) -> bool:
        """Whether it was entered on another day than the act's: published before the ledger."""
        return timezone.localdate(self.at) != timezone.localdate(self.happened_at)

    @property
    def title(self) -> str:
        """What was published, in words: "Informe 2021-I de S.1.1.1, revisión 2, Obras"."""
        about = {
            "semester": self.semester,
            "ref": self.ref,
            "revision": self.revision,
            "term": self.term,
        }
        sentence = {
            LedgerAct.PLAN: gettext("Plan de gobierno %(term)s, versión %(revision)s"),
            LedgerAct.STANDING: gettext(
                "Condición del plan de gobierno %(term)s, versión %(revision)s"
            ),
            LedgerAct.REPORT: gettext("Informe %(semester)s de %(ref)s"),
            LedgerAct.CORRECTION: gettext("Informe %(semester)s de %(ref)s, revisión %(revision)s"),
            LedgerAct.TERMS: gettext("Forma de medir %(revision)s de %(ref)s"),
            LedgerAct.CLOSING: gettext("Cierre del semestre %(semester)s"),
            LedgerAct.WITHHOLDING: gettext(
                "Retiro de un sustento del informe %(semester)s de %(ref)s"
            ),
            LedgerAct.EXPENDITURE: gettext("Gasto %(semester)s de %(ref)s, revisión %(revision)s"),
            LedgerAct.EDITION: gettext(
                "Rendición de cuentas del semestre %(semester)s, edición %(revision)s"
            ),
            LedgerAct.FILE: gettext(
                "Archivo de la rendición de cuentas del semestre %(semester)s, edición %(revision)s"
            ),
            LedgerAct.SIGNED: gettext(
                "Rendición de cuentas firmada del semestre %(semester)s, edición %(revision)s"
            ),
            LedgerAct.SIGNED_WITHHOLDING: gettext(
                "Retiro de una rendición de cuentas firmada del semestre %(semester)s, "
                "edición %(revision)s"
            ),
        }[LedgerAct(self.act)]
        said = sentence % about
        return f"{said}, {self.unit}" if self.unit else said
