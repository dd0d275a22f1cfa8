"""Each chain by itself, and whether it is its municipality's."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from django.db.models import F, Max, Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.ledger.chain import chain_value
from tracking.models import LedgerEntry
from tracking.models.ledger import GENESIS

CHUNK: Final = 2000


def broken_links(places: QuerySet[Municipality]) -> Iterator[str]:
    """The first fault of each chain: what follows a broken link proves nothing."""
    rows = LedgerEntry.objects.filter(municipality__in=places).order_by("municipality", "number")
    for _place, chain in groupby(rows.iterator(CHUNK), lambda entry: entry.municipality_id):
        yield from _first_broken(chain)


def _first_broken(chain: Iterator[LedgerEntry]) -> Iterator[str]:
    number, previous, fault = 0, GENESIS, ""
    for entry in chain:
        number += 1
        if fault:
            continue  # groupby goes on from the end of the group
        if entry.number != number:
            fault = _("%(place)s: falta el asiento %(number)s.")
        elif entry.previous != previous:
            fault = _("%(place)s: el asiento %(number)s no sigue al anterior.")
        elif entry.chain != chain_value(entry):
            fault = _("%(place)s: el asiento %(number)s (%(title)s) no da su código.")
        if fault:
            yield fault % {"place": entry.inei, "number": number, "title": entry.title}
        previous = entry.chain


def exchanged(places: QuerySet[Municipality]) -> Iterator[str]:
    """Entries that were sealed under the ubigeo of another municipality."""
    for entry in _under_another_code(places).exclude(owner=None):
        yield (
            _(
                "%(place)s: los asientos del %(first)s al %(last)s se sellaron con el ubigeo "
                "%(inei)s, que es de otra municipalidad."
            )
            % entry
        )


def former_codes(places: QuerySet[Municipality]) -> Iterator[str]:
    """Entries under an ubigeo that nobody has today: a correction of it looks like this."""
    for entry in _under_another_code(places).filter(owner=None):
        yield (
            _(
                "Aviso: %(place)s: los asientos del %(first)s al %(last)s se sellaron con el "
                "ubigeo %(inei)s, que hoy no es de nadie. Así queda cuando se corrige."
            )
            % entry
        )


def _under_another_code(places: QuerySet[Municipality]) -> QuerySet[Any, dict[str, Any]]:
    owners = Municipality.objects.filter(inei=OuterRef("inei"))
    rows = LedgerEntry.objects.filter(municipality__in=places)
    return (
        rows.exclude(inei=F("municipality__inei"))
        .values("inei", place=F("municipality__inei"))
        .annotate(first=Min("number"), last=Max("number"), owner=Subquery(owners.values("pk")[:1]))
        .order_by("place", "first")
    )
