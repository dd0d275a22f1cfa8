"""Loading the list of Peru's municipalities."""

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Municipality
from accounts.services.municipalities import COLUMNS, Loaded, load_municipalities

COATA = "210105,200107,distrital,Coata,,Puno,Puno,coata-puno,-15.5714,-69.9506"


def csv_of(folder: Path, *rows: str, header: str = ",".join(COLUMNS)) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_the_whole_country_is_loaded_once(db: None) -> None:
    out = StringIO()
    call_command("load_municipalities", stdout=out)
    call_command("load_municipalities", stdout=out)
    assert out.getvalue().splitlines() == [
        "Municipalidades: 1,891 nuevas, 0 cambiadas, 0 iguales, "
        "0 distintas de la lista (--update las cambia).",
        "Municipalidades: 0 nuevas, 0 cambiadas, 1,891 iguales, "
        "0 distintas de la lista (--update las cambia).",
    ]
    assert Municipality.objects.provincial().count() == 196
    assert Municipality.objects.exclude(latitude=None).count() == 1734


def test_provinces_of_the_five_plans_have_their_districts(db: None) -> None:
    call_command("load_municipalities", stdout=StringIO())
    places = [
        ("San Martín", "Lamas", "220501"),
        ("La Libertad", "Otuzco", "130601"),
        ("Puno", "Huancané", "210601"),
        ("Tacna", "Tarata", "230401"),
        ("Puno", "Puno", "210101"),
    ]
    found = []
    for region, province, inei in places:
        rows = Municipality.objects.of_province(region, province)
        assert (rows[0].inei, rows[0].kind) == (inei, "provincial")
        found.append(rows.count())
    assert found == [11, 10, 8, 8, 15]


def test_what_the_operator_corrected_stays(db: None, tmp_path: Path) -> None:
    load_municipalities(csv_of(tmp_path, COATA))
    Municipality.objects.update(name="Qoata")
    assert load_municipalities(csv_of(tmp_path, COATA)) == Loaded(0, 0, 0, different=1)
    assert Municipality.objects.get().name == "Qoata"


def test_a_known_one_is_told_where_it_lies_once(db: None, tmp_path: Path) -> None:
    load_municipalities(csv_of(tmp_path, COATA))
    Municipality.objects.update(latitude=None, longitude=None, name="Qoata")
    before = Municipality.objects.get()
    assert load_municipalities(csv_of(tmp_path, COATA)) == Loaded(0, 1, 0, different=1)
    after = Municipality.objects.get()
    assert (after.name, after.longitude) == ("Qoata", Decimal("-69.9506"))
    assert after.revision == before.revision + 1
    moved = COATA.replace("-69.9506", "-70")
    assert load_municipalities(csv_of(tmp_path, moved)) == Loaded(0, 0, 0, different=1)
    assert Municipality.objects.get().longitude == Decimal("-69.9506")


def test_an_update_changes_the_row_and_its_revision_but_never_its_address(
    db: None, tmp_path: Path
) -> None:
    load_municipalities(csv_of(tmp_path, COATA))
    before = Municipality.objects.get()
    other = COATA.replace("Coata,", "Qoata,").replace("coata-puno", "qoata-puno")
    changed = load_municipalities(csv_of(tmp_path, other), update=True)
    after = Municipality.objects.get()
    assert changed == Loaded(added=0, changed=1, same=0, different=0)
    assert (after.pk, after.name, after.revision) == (before.pk, "Qoata", before.revision + 1)
    assert after.slug == "coata-puno"


@pytest.mark.parametrize(
    ("rows", "header", "reason"),
    [
        ([COATA], "inei,name", "debe tener las columnas"),
        ([COATA.replace("210105", "21010")], ",".join(COLUMNS), "línea 2"),
        ([COATA.replace("distrital", "comunal")], ",".join(COLUMNS), "línea 2"),
        ([COATA, "210106,,distrital"], ",".join(COLUMNS), "línea 3"),
        ([COATA, COATA], ",".join(COLUMNS), "se contradice"),
        ([COATA.replace("Coata,", "C" * 101 + ",")], ",".join(COLUMNS), "se contradice"),
        ([COATA, COATA.replace("210105", "210199")], ",".join(COLUMNS), "se contradice"),
        ([COATA.replace("-69.9506", "oeste")], ",".join(COLUMNS), "línea 2 .* en grados"),
        ([COATA.replace("-69.9506", "")], ",".join(COLUMNS), "se contradice"),
        ([COATA.replace("-69.9506", "-9.9506")], ",".join(COLUMNS), "se contradice"),
        ([COATA.replace("-69.9506", "NaN")], ",".join(COLUMNS), "en grados"),
    ],
)
def test_a_list_that_is_not_in_order_is_refused_whole(
    db: None, tmp_path: Path, rows: list[str], header: str, reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("load_municipalities", csv_of(tmp_path, *rows, header=header))
    assert not Municipality.objects.exists()


def test_a_list_that_is_not_there_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("load_municipalities", tmp_path / "nada.csv")
