"""Load the list of municipalities."""

import csv
from pathlib import Path
from typing import Final, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.choices import MunicipalityKind
from accounts.models import Municipality

FIELDS: Final = ("reniec", "kind", "name", "province", "region", "slug")
COLUMNS: Final = ("inei", *FIELDS)


class ListRefused(Exception):
    """The list cannot be loaded; the message says which line and why."""


class Loaded(NamedTuple):
    added: int
    changed: int
    same: int


@transaction.atomic
def load_municipalities(path: Path) -> Loaded:
    """Bring the municipalities to what the CSV at PATH says; its INEI code identifies each.

    Idempotent, and a row that is no longer in the list stays: plans may hang from it. Raises
    ListRefused, with nothing written, for a list that cannot be read whole.
    """
    known = {each.inei: each for each in Municipality.objects.select_for_update()}
    added: list[Municipality] = []
    changed: list[Municipality] = []
    rows = _read(path)
    for row in rows:
        municipality = known.get(row["inei"])
        if municipality is None:
            added.append(Municipality(**row))
        elif any(getattr(municipality, name) != row[name] for name in FIELDS):
            for name in FIELDS:
                setattr(municipality, name, row[name])
            municipality.revision += 1
            changed.append(municipality)
    try:
        with transaction.atomic():
            Municipality.objects.bulk_create(added)
            Municipality.objects.bulk_update(changed, [*FIELDS, "revision"])
    except IntegrityError as error:
        raise ListRefused(_("La lista se contradice: %s") % str(error).splitlines()[-1]) from None
    return Loaded(len(added), len(changed), len(rows) - len(added) - len(changed))


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
    return rows
