"""The command that publishes plan files."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans.models import MeasuringTerms, Plan, PlanElement, PlanVersion
from tests.real_plans import FOLDER, make_real_place

PUNO = FOLDER / "puno-2019-2022.yaml"


@pytest.fixture
def bad_file(tmp_path: Path) -> Path:
    text = "Un plan\n"
    (tmp_path / "malo.txt").write_text(text)
    path = tmp_path / "malo.yaml"
    path.write_text(
        "formato: 1\nmunicipalidad: '21'\nperiodo: 2019-2022\ncondicion: sin confirmar\n"
        f"documento: {{archivo: malo.txt, sha256: {hashlib.sha256(text.encode()).hexdigest()}, "
        "titulo: Un plan, procedencia: prueba}\n"
        "elementos:\n- dimension: S\n  tipo: social\n  texto: Otra cosa\n  linea: 1\n"
    )
    return path


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_plan", *args, stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"{error}\n")
    return out.getvalue(), err.getvalue()


def test_it_says_what_it_did_and_repeating_it_does_nothing(db: None) -> None:
    make_real_place("puno")
    assert run(PUNO) == (
        "puno-2019-2022.yaml: 119 agregados, 0 cambiados, 0 retirados, 0 sin cambios; v1\n",
        "",
    )
    before = list(PlanElement.objects.values_list("pk", "ref").order_by("pk"))
    assert run(PUNO) == (
        "puno-2019-2022.yaml: 0 agregados, 0 cambiados, 0 retirados, 119 sin cambios; v1\n",
        "",
    )
    assert list(PlanElement.objects.values_list("pk", "ref").order_by("pk")) == before


def test_a_dry_run_counts_and_writes_nothing(db: None) -> None:
    municipality = make_real_place("puno")
    out, _ = run(PUNO, dry_run=True)
    assert out == (
        "puno-2019-2022.yaml: 119 agregados, 0 cambiados, 0 retirados, 0 sin cambios; v1 "
        "(prueba: no se guardó nada)\n"
    )
    rows = [m.objects.count() for m in (Plan, PlanElement, PlanVersion, MeasuringTerms)]
    assert rows == [0, 0, 0, 0]
    municipality.refresh_from_db()
    assert municipality.revision == 1


def test_a_bad_file_names_each_fault_and_writes_nothing(db: None, bad_file: Path) -> None:
    out, err = run(bad_file)
    assert out == ""
    assert err.splitlines() == [
        f"{bad_file}: línea 2, municipalidad: debe ser el ubigeo INEI: seis cifras.",
        f"{bad_file}: línea 9, texto: No está, palabra por palabra, en su lugar: Otra cosa",
        "Archivos rechazados: 1. De ellos no se guardó nada.",
    ]
    assert not Plan.objects.exists()


def test_a_bad_file_does_not_stop_the_good_one(db: None, bad_file: Path) -> None:
    make_real_place("puno")
    out, err = run(bad_file, PUNO)
    assert "119 agregados" in out
    assert "Archivos rechazados: 1." in err


def test_an_unknown_municipality_is_named_with_its_line(db: None) -> None:
    _, err = run(PUNO)
    line = next(
        number
        for number, text in enumerate(PUNO.read_text().splitlines(), start=1)
        if text.startswith("municipalidad:")
    )
    assert f"línea {line}, municipalidad: no hay municipalidad con el ubigeo INEI 210101." in err
