"""What was found of the signatures of an edition, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracking.models import AccountabilityReport, SignedFile, SignedWithholding


@dataclass(frozen=True)
class Signature:
    """One of a file: who, when, and against what it was checked. No number of a document."""

    who: str
    when: str
    checked: str
    revocation: str
    is_expired: bool


@dataclass(frozen=True)
class Signed:
    """A file that people signed, with each signature; none once it is ``withheld``."""

    file: SignedFile
    signatures: list[Signature]

    @property
    def withheld(self) -> SignedWithholding | None:
        return self.file.withheld


def signed_files_of(report: AccountabilityReport) -> list[Signed]:
    """Those of REPORT, oldest first, their bytes left in the database. One query."""
    rows = SignedFile.objects.published().without_data().filter(report=report)
    return [Signed(each, [] if each.withheld else _signatures(each)) for each in rows]


def signers_of(file: SignedFile) -> str:
    """Who signed it: "Rosa Quispe, Luis Huanca"."""
    return ", ".join(each["name"] or _("alguien sin nombre") for each in file.signatures)


def _signatures(file: SignedFile) -> list[Signature]:
    return [_signature(told) for told in file.signatures]


def _signature(told: dict[str, Any]) -> Signature:
    who: str = told["name"] or _("alguien cuyo certificado no lleva nombre")
    if told["organization"]:
        who = f"{who}, {told['organization']}"
    return Signature(who, _when(told), _checked(told), _revocation(told), told["is_expired"])


def _when(told: dict[str, Any]) -> str:
    if told["stamped_at"]:
        return _("el %s, según el sello de tiempo que lleva") % _day(told["stamped_at"])
    if told["claimed_at"]:
        return _("el %s, según el reloj de quien firmó") % _day(told["claimed_at"])
    return _("sin decir cuándo")


def _day(instant: str) -> str:
    at = timezone.localtime(dt.datetime.fromisoformat(instant))
    return f"{date_format(at, 'DATE_FORMAT')}, {date_format(at, 'H:i')}"


def _checked(told: dict[str, Any]) -> str:
    if told["root"]:
        return _("Su certificado lleva a la raíz «%s».") % str(told["root"])
    if not told["roots"]:
        return _("No se comprobó contra ninguna raíz: no consta quién responde por el certificado.")
    if told["is_self_signed"]:
        return _("Es un certificado hecho por quien firma: ninguna raíz conocida responde por él.")
    return _("Su certificado no lleva a ninguna de las raíces con que se comprobó.")


def _revocation(told: dict[str, Any]) -> str:
    if told["revocation"] == "good":
        return _("El archivo lleva la constancia de que no estaba revocado.")
    return _("No se comprobó si fue revocado.")
