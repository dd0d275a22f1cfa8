"""Take the mayors of the electoral authority's list into the municipalities that they govern."""

import difflib
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.elected import Mayor, NotTheList, RowFault, plain_place, read_mayors
from accounts.models import Authority, Municipality
from accounts.querysets import folded
from accounts.spreadsheets.cells import Workbook

Names = tuple[str, ...]
Key = tuple[object, ...]
NEAR = 0.75
"""Of 1: "nazca" is 0.8 from "nasca"."""


@dataclass
class Imported:
    """What became of the rows of a list: how many, and those that were refused, in their order.

    ``others`` are offices that are not a mayor's; ``ended`` are known mayors of whom the list has
    an earlier end than was known.
    """

    read: int = 0
    new: int = 0
    ended: int = 0
    unchanged: int = 0
    others: int = 0
    refused: list[RowFault] = field(default_factory=list)

    @property
    def summary(self) -> str:
        counts = vars(self) | {"refused": len(self.refused)}
        said = _(
            "Filas: %(read)s leídas. Alcaldías: %(new)s nuevas, %(ended)s que terminan antes de lo "
            "que se sabía, %(unchanged)s iguales, %(refused)s rechazadas. Otros cargos: %(others)s."
        )
        return said % {name: number_format(count) for name, count in counts.items()}


@transaction.atomic
def import_authorities(workbook: Workbook, *, dry_run: bool = False) -> Imported:
    """Register the mayors of the list in WORKBOOK that are not known, with it as their source.

    Whoever is known by name, office and first day stays as officers corrected them, but for an end
    that comes earlier than what is known: a mayor who was replaced. A place that cannot be found
    by its names, or that two municipalities answer to, is refused with its row, never guessed.
    With DRY_RUN nothing is written. Raises NotTheList for a file without the columns.
    """
    result, places = Imported(), _Places()
    known = {_key(each): each for each in Authority.objects.all()}
    new: dict[Key, Authority] = {}
    ended: dict[Key, Authority] = {}
    for said in _list_in(workbook):
        result.read += 1
        if said is None:
            result.others += 1
        elif isinstance(said, RowFault):
            result.refused.append(said)
        else:
            try:
                authority = _authority(said, places.of(said))
            except LookupError as reason:
                result.refused.append(RowFault(said.number, str(reason)))
                continue
            key = _key(authority)
            before = known.get(key)
            if before is None:
                result.unchanged += key in new
                new.setdefault(key, authority)
            elif authority.until and (before.until is None or authority.until < before.until):
                before.until = authority.until
                ended[key] = before
            else:
                result.unchanged += 1
    result.new, result.ended = len(new), len(ended)
    if not dry_run:
        _write([*new.values()], [*ended.values()])
    return result


def _list_in(workbook: Workbook) -> list[Mayor | RowFault | None]:
    """What the first sheet that is the list says, row by row. NotTheList where none is."""
    refused = NotTheList(_("El archivo no tiene ninguna hoja."))
    for sheet in workbook.sheets:
        try:
            return list(read_mayors(sheet.rows))
        except NotTheList as reason:
            refused = reason
    raise refused


def _write(new: list[Authority], ended: list[Authority]) -> None:
    Authority.objects.bulk_create(new)
    Authority.objects.bulk_update(ended, ["until"])
    touched = {each.municipality_id for each in (*new, *ended)}
    Municipality.objects.filter(pk__in=touched).let_pages_know()


def _authority(mayor: Mayor, municipality: Municipality) -> Authority:
    return Authority(
        municipality=municipality,
        name=mayor.name,
        office=mayor.office,
        since=mayor.since,
        until=mayor.until,
        source=mayor.source,
    )


def _key(authority: Authority) -> Key:
    """What makes two rows the same person in the same office: "Alcaldesa" is "Alcalde"."""
    name = " ".join(sorted(folded(authority.name).split()))
    office = folded(authority.office)
    kind = "alcalde" if office.startswith("alcald") else office
    return authority.municipality_id, name, kind, authority.since


class _Places:
    """The country's municipalities by the names with which a list calls them."""

    def __init__(self) -> None:
        self._found: dict[Names, list[Municipality]] = defaultdict(list)
        self._near: dict[Names, dict[str, str]] = defaultdict(dict)
        for each in Municipality.objects.all():
            within: Names = (plain_place(each.region),)
            name = plain_place(each.name)
            if not each.is_provincial:
                within += (plain_place(each.province),)
            self._found[(*within, name)].append(each)
            self._near[within][name] = each.name

    def of(self, mayor: Mayor) -> Municipality:
        """The one that MAYOR governs. LookupError, with a sentence, for none or two."""
        is_provincial = mayor.is_provincial
        if is_provincial is None:
            is_provincial = not mayor.district
        named = [mayor.region, mayor.province, *([] if is_provincial else [mayor.district])]
        *within, name = (plain_place(each) for each in named)
        if not name:
            raise LookupError(_("No dice de qué distrito o provincia es."))
        found = self._found[(*within, name)]
        if len(found) == 1:
            return found[0]
        shown = {
            "kind": _("provincial") if is_provincial else _("distrital"),
            "place": ", ".join(reversed(named)),
        }
        if found:
            raise LookupError(_("Dos municipalidades son «%(place)s».") % shown)
        fault = _("Ninguna municipalidad %(kind)s es «%(place)s».") % shown
        near = self._near[tuple(within)]
        close = difflib.get_close_matches(name, near, n=1, cutoff=NEAR)
        raise LookupError(f"{fault} {_('¿Es %s?') % near[close[0]]}" if close else fault)
