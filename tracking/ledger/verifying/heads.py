"""Check heads kept outside of the portal: printed in editions, or given by somebody."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db.models import Exists, F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields import IntegerField
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.choices import LedgerAct
from tracking.models import AccountabilityReport, LedgerEntry
from tracking.models.ledger import GENESIS

WRITTEN: Final = re.compile(r"([0-9]{1,9}):([0-9a-f]{12,64})")

NOWHERE: Final = -1
# A quotation mark within a text is escaped in JSON: these can only be keys.
NUMBER: Final = '"ledger_number":([0-9]{1,9})[,}]'
HEAD: Final = '"ledger_head":"([0-9a-f]{64})"'
FORMER_CODE: Final = '"code":"([0-9A-Z]{12})","edition":[0-9]{1,5},"issued_at"'


@dataclass(frozen=True)
class Head:
    """An entry's number and code as somebody kept them; of the code its first twelve signs do."""

    number: int
    code: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """As "12:3f9a…", or "1,234:3f9a…" where a page prints so. ValueError for all else."""
        match = WRITTEN.fullmatch(text.strip().lower().replace(",", ""))
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), match[2])


def held_heads(place: Municipality, heads: Iterable[Head]) -> Iterator[str]:
    """Which of HEADS, that others hold, are not in the chain of PLACE any more."""
    for head in heads:
        entry = place.ledger.filter(number=head.number).first()
        if entry is None:
            sentence = _("%(place)s: el asiento %(number)s, que otros guardan, no existe.")
            yield sentence % {"place": place.inei, "number": head.number}
        elif not entry.chain.startswith(head.code):
            sentence = _(
                "%(place)s: el asiento %(number)s tiene el código %(ours)s, y otros guardan "
                "%(theirs)s: el registro se reescribió, o esa copia no es de él."
            )
            shown = {"ours": entry.chain, "theirs": head.code}
            yield sentence % {"place": place.inei, "number": head.number, **shown}


def printed_heads(places: QuerySet[Municipality]) -> Iterator[str]:
    """Editions whose printed head is not in the chain, or comes after their own entry."""
    entries = LedgerEntry.objects.filter(municipality=OuterRef("municipality"))
    own = entries.filter(act=LedgerAct.EDITION, subject_id=OuterRef("pk"))
    rows = editions_of(places).annotate(
        said=Coalesce(Cast(NullIf(found(NUMBER), Value("")), IntegerField()), Value(NOWHERE)),
        head=found(HEAD),
        kept=Exists(entries.filter(number=OuterRef("said"), chain=OuterRef("head"))),
        own=Subquery(own.values("number")[:1]),
    )
    for report in rows.exclude(kept=True, own__gt=F("said")).exclude(said=0, head=GENESIS):
        sentence = _(
            "%(place)s: %(what)s imprime el asiento %(number)s con un código que no es suyo."
        )
        if report.kept:
            sentence = _("%(place)s: %(what)s imprime el asiento %(number)s, posterior al suyo.")
        yield sentence % {
            **named(report),
            "number": "?" if report.said == NOWHERE else report.said,
        }


def former_editions(places: QuerySet[Municipality]) -> Iterator[str]:
    """Editions that say which one they replace, where that one is not there as they say."""
    former = AccountabilityReport.objects.filter(
        plan=OuterRef("plan"),
        semester=OuterRef("semester"),
        edition=OuterRef("edition") - 1,
        code=OuterRef("former_code"),
    )
    rows = editions_of(places).filter(edition__gt=1)
    rows = rows.annotate(former_code=found(FORMER_CODE)).exclude(Exists(former))
    for report in rows:
        sentence = _("%(place)s: %(what)s reemplaza a otra que no está como ella dice.")
        yield sentence % named(report)


def editions_of(places: QuerySet[Municipality]) -> QuerySet[Any]:
    """Of PLACES, each with its ``place``'s ubigeo."""
    rows: QuerySet[Any] = AccountabilityReport.objects.published()
    rows = rows.filter(municipality__in=places).annotate(place=F("municipality__inei"))
    return rows.defer("content").order_by("pk")


def found(pattern: str) -> Coalesce:
    """What the group of PATTERN finds in the content, "" for nothing; it stays in the database."""
    text: TextField[str, str] = TextField()
    part = Func(F("content"), Value(pattern), function="substring", output_field=text)
    return Coalesce(part, Value(""), output_field=text)


def named(report: Any) -> dict[str, str]:
    """What a sentence on REPORT, one of `editions_of`, names it by."""
    shown = {"semester": report.semester, "n": report.edition}
    what = _("la rendición de cuentas %(semester)s, edición %(n)s,") % shown
    return {"place": report.place, "what": what}
