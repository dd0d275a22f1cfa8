"""What is wrong between the ledgers and what is published, a sentence each."""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.ledger import GENESIS, chain_value
from tracking.models import LedgerEntry
from tracking.recorded import KINDS, Kind

CHUNK = 2000


def faults_of(places: QuerySet[Municipality]) -> Iterator[str]:
    """Every fault in the ledgers of PLACES. Rows are read one by one: memory does not grow."""
    yield from _broken_links(places)
    for kind in KINDS:
        yield from _unlike(kind, places)
        yield from _gone(kind, places)


def _broken_links(places: QuerySet[Municipality]) -> Iterator[str]:
    """The first fault of each chain: what follows a broken link proves nothing."""
    rows = LedgerEntry.objects.filter(municipality__in=places).order_by("municipality", "number")
    for _place, chain in groupby(rows.iterator(CHUNK), lambda entry: entry.municipality_id):
        yield from _first_broken(chain)


def _first_broken(chain: Iterator[LedgerEntry]) -> Iterator[str]:
    number, previous, found = 0, GENESIS, ""
    for entry in chain:
        number += 1
        if found:
            continue  # groupby goes on from the end of the group
        if entry.number != number:
            found = _("%(place)s: falta el asiento %(number)s.")
        elif entry.previous != previous:
            found = _("%(place)s: el asiento %(number)s no sigue al anterior.")
        elif entry.chain != chain_value(entry):
            found = _("%(place)s: el asiento %(number)s (%(title)s) no da su código.")
        if found:
            yield found % {"place": entry.inei, "number": number, "title": entry.title}
        previous = entry.chain


def _unlike(kind: Kind, places: QuerySet[Municipality]) -> Iterator[str]:
    """What is published and has no entry, or no longer says what was entered."""
    rows = kind.published().filter(**{f"{kind.municipality}__in": places})
    for recorded in kind.recorded(rows):
        if recorded.entered == recorded.digest:
            continue
        told = {
            "place": recorded.inei,
            "what": recorded.act.label,
            "about": " ".join(filter(None, [recorded.ref, recorded.semester])),
            "row": recorded.subject_id,
        }
        if recorded.entered is None:
            yield _("%(place)s: sin asiento: %(what)s, %(about)s (fila %(row)s).") % told
        else:
            yield (
                _("%(place)s: ya no dice lo que se asentó: %(what)s, %(about)s (fila %(row)s).")
                % told
            )


def _gone(kind: Kind, places: QuerySet[Municipality]) -> Iterator[str]:
    """Entries of what is no longer there, or no longer published."""
    for entry in kind.entries_without_row().filter(municipality__in=places).iterator(CHUNK):
        told = {"place": entry.inei, "number": entry.number, "title": entry.title}
        yield _("%(place)s: lo del asiento %(number)s (%(title)s) ya no está.") % told
