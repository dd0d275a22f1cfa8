"""Load the list of municipalities."""

import csv
from pathlib import Path
from typing import Final, NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import MunicipalityKind
from accounts.hidden import hidden_in
from accounts.models import Municipality

FIELDS: Final = ("reniec", "kind", "name", "capital", "province", "region", "slug")
KEPT: Final = "slug"  # part of every permanent link
COLUMNS: Final = ("inei", *FIELDS)


class ListRefused(Exception):
    """The list cannot be loaded; the message says which line and why."""


class Loaded(NamedTuple):
    added: int
    changed: int
    same: int
    different: int


@transaction.atomic
def load_municipalities(path: Path, *, update: bool = False) -> Loaded:
    """Add the municipalities of the CSV at PATH that are not known; its INEI code identifies each.

    With UPDATE, the known ones are brought to what the list says, but for their address; without
    it, what the operator corrected stays, and ``different`` counts it. A municipality that is no
    longer in the list stays: plans may hang from it. Raises ListRefused, with nothing written, for
    a list that cannot be read whole.
    """
    known = {each.inei: each for each in Municipality.objects.held()}
    rows = _read(path)
    added = [Municipality(**row) for row in rows if row["inei"] not in known]
    different = [
        (known[row["inei"]], row)
        for row in rows
        if row["inei"] in known and _differs(known[row["inei"]], row)
    ]
    try:
        with transaction.atomic():
            Municipality.objects.bulk_create(added)
            if update:
                _update(different)
    except (DataError, IntegrityError, ValueError) as error:
        raise ListRefused(_("La lista se contradice: %s") % str(error).splitlines()[-1]) from None
    changed, left = (len(different), 0) if update else (0, len(different))
    return Loaded(len(added), changed, len(rows) - len(added) - len(different), left)


def _differs(municipality: Municipality, row: dict[str, str]) -> bool:
    return any(getattr(municipality, name) != row[name] for name in FIELDS if name != KEPT)


def _update(different: list[tuple[Municipality, dict[str, str]]]) -> None:
    written = [name for name in FIELDS if name != KEPT]
    for municipality, row in different:
        for name in written:
            setattr(municipality, name, row[name])
        municipality.revision += 1
    changed = [municipality for municipality, _row in different]
    Municipality.objects.bulk_update(changed, [*written, "revision"])


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ListRefused(_("La lista debe tener las columnas %s.") % ", ".join(COLUMNS))
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ListRefused(_("No se puede leer la lista: %s") % error) from None
    for number, row in enumerate(rows, start=2):
        if (
            None in row
            or None in row.values()
            or not (len(row["inei"]) == 6 and row["inei"].isdecimal())
            or row["kind"] not in MunicipalityKind.values
            or not all((row["name"], row["province"], row["region"], row["slug"]))
        ):
            raise ListRefused(_("La línea %s de la lista no está completa.") % number)
        if hidden := hidden_in("".join(row.values())):
            message = _("La línea %(line)s de la lista tiene un carácter que no se ve: %(code)s.")
            raise ListRefused(message % {"line": number, "code": hidden})
    return rows
