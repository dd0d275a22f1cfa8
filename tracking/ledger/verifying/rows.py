"""Each published row and its entry."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.ledger.kinds import KINDS, Kind, Recorded
from tracking.ledger.verifying.chains import CHUNK


def changed_rows(places: QuerySet[Municipality]) -> Iterator[str]:
    """What has no entry, or says something else than its entry; and entries of what is gone."""
    for kind in KINDS:
        yield from _unlike(kind, places)
        yield from _gone(kind, places)


def _unlike(kind: Kind, places: QuerySet[Municipality]) -> Iterator[str]:
    rows = kind.published().filter(**{f"{kind.municipality}__in": places})
    for recorded in kind.recorded(rows):
        if fault := _fault(recorded, kind.fixed):
            yield fault % {
                "place": recorded.inei,
                "what": recorded.act.label,
                "about": _about(recorded),
                "row": recorded.subject_id,
                "numbers": ", ".join(str(each.number) for each in recorded.entries),
            }


def _fault(recorded: Recorded, fixed: tuple[str, ...]) -> str:
    """A sentence of what differs between a row and its entry; "" where nothing does."""
    if not recorded.entries:
        return _("%(place)s: sin asiento: %(what)s, %(about)s (fila %(row)s).")
    first, *others = recorded.entries
    if others:
        return _(
            "%(place)s: con varios asientos (%(numbers)s): %(what)s, %(about)s (fila %(row)s)."
        )
    if first.municipality_id != recorded.municipality_id:
        return _(
            "%(place)s: asentado en el registro de otra municipalidad: %(what)s, %(about)s "
            "(fila %(row)s)."
        )
    if first.digest != recorded.digest:
        return _("%(place)s: ya no dice lo que se asentó: %(what)s, %(about)s (fila %(row)s).")
    if any(getattr(first, name) != getattr(recorded, name) for name in fixed):
        return _(
            "%(place)s: el asiento %(numbers)s no nombra lo que se publicó: %(what)s, %(about)s "
            "(fila %(row)s)."
        )
    return ""


def _about(recorded: Recorded) -> str:
    """The promise and the semester; of a plan its term and version."""
    named = [recorded.ref, recorded.semester]
    if not any(named):
        named = [recorded.term, _("versión %s") % recorded.revision]
    return " ".join(filter(None, named))


def _gone(kind: Kind, places: QuerySet[Municipality]) -> Iterator[str]:
    """Faults: entries whose row is gone or no longer published."""
    for entry in kind.entries_without_row().filter(municipality__in=places).iterator(CHUNK):
        named = {"place": entry.inei, "number": entry.number, "title": entry.title}
        yield _("%(place)s: lo del asiento %(number)s (%(title)s) ya no está.") % named
