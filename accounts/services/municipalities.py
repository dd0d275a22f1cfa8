"""Load the list of municipalities."""

import csv
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import MunicipalityKind
from accounts.hidden_characters import hidden_in
from accounts.models import Municipality

WORDS: Final = ("reniec", "kind", "name", "capital", "province", "region", "slug")
DEGREES: Final = ("latitude", "longitude")
DEGREE: Final = re.compile(r"(-?[0-9]{1,3}(\.[0-9]{1,4})?)?")
FIELDS: Final = (*WORDS, *DEGREES)
KEPT: Final = "slug"  # part of every permanent link
COLUMNS: Final = ("inei", *FIELDS)

Row = dict[str, Any]


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
    it they are only told where they lie, if nobody has said it, and ``different`` counts what the
    operator corrected, which stays. A municipality that is no longer in the list stays: plans may
    hang from it. Raises ListRefused, with nothing written, for a list that cannot be read whole.
    """
    known = {each.inei: each for each in Municipality.objects.held()}
    rows = _read(path)
    added = [Municipality(**row) for row in rows if row["inei"] not in known]
    again = [(known[row["inei"]], row) for row in rows if row["inei"] in known]
    lost = [] if update else [(place, row) for place, row in again if _can_be_placed(place, row)]
    try:
        with transaction.atomic():
            Municipality.objects.bulk_create(added)
            _write(lost, DEGREES)
            different = [(place, row) for place, row in again if _differs(place, row)]
            if update:
                _write(different, [name for name in FIELDS if name != KEPT])
    except (DataError, IntegrityError, ValueError) as error:
        raise ListRefused(_("La lista se contradice: %s") % str(error).splitlines()[-1]) from None
    changed, left = (different, []) if update else (lost, different)
    touched = {place.pk for place, _row in [*changed, *left]}
    return Loaded(len(added), len(changed), len(again) - len(touched), len(left))


def _can_be_placed(municipality: Municipality, row: Row) -> bool:
    return municipality.latitude is None and row["latitude"] is not None


def _differs(municipality: Municipality, row: Row) -> bool:
    return any(getattr(municipality, name) != row[name] for name in FIELDS if name != KEPT)


def _write(different: list[tuple[Municipality, Row]], written: Sequence[str]) -> None:
    for municipality, row in different:
        for name in written:
            setattr(municipality, name, row[name])
        municipality.revision += 1
    changed = [municipality for municipality, _row in different]
    Municipality.objects.bulk_update(changed, [*written, "revision"])


def _read(path: Path) -> list[Row]:
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
    return [row | _degrees(row, number) for number, row in enumerate(rows, start=2)]


def _degrees(row: Row, number: int) -> Row:
    """Where ROW, the line NUMBER, lies: both figures, or None twice."""
    if not all(DEGREE.fullmatch(row[name]) for name in DEGREES):
        message = _("La línea %s de la lista no dice latitud y longitud en grados, como -15.8403.")
        raise ListRefused(message % number)
    return {name: Decimal(row[name]) if row[name] else None for name in DEGREES}
