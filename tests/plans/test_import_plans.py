"""The command that brings in plans, of whatever format, one or many."""

import hashlib
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from plans.models import MeasuringTerms, Plan, PlanElement, PlanImport, PlanVersion
from plans.services.bulk_import import files_in
from plans.term import Term
from tests.plans.importers.summaries import summary
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
        call_command("import_plans", *args, stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"{error}\n")
    return out.getvalue(), err.getvalue()


def test_it_says_what_it_did_and_repeating_it_does_nothing(db: None) -> None:
    make_real_place("puno")
    assert run(PUNO) == (
        "puno-2019-2022.yaml: 119 agregados, 0 cambiados, 0 retirados, 0 sin cambios; v1\n"
        "Planes leídos: 1. Nuevos: 1. Con cambios: 0. Sin cambios: 0. Rechazados: 0.\n",
        "",
    )
    before = list(PlanElement.objects.values_list("pk", "ref").order_by("pk"))
    assert run(PUNO) == (
        "puno-2019-2022.yaml: 0 agregados, 0 cambiados, 0 retirados, 119 sin cambios; v1\n"
        "Planes leídos: 1. Nuevos: 0. Con cambios: 0. Sin cambios: 1. Rechazados: 0.\n",
        "",
    )
    assert list(PlanElement.objects.values_list("pk", "ref").order_by("pk")) == before


def test_a_dry_run_counts_and_writes_nothing(db: None) -> None:
    municipality = make_real_place("puno")
    out, _ = run(PUNO, dry_run=True)
    assert out == (
        "puno-2019-2022.yaml: 119 agregados, 0 cambiados, 0 retirados, 0 sin cambios; v1 "
        "(prueba: no se guardó nada)\n"
        "Planes leídos: 1. Nuevos: 1. Con cambios: 0. Sin cambios: 0. Rechazados: 0.\n"
    )
    rows = [m.objects.count() for m in (Plan, PlanElement, PlanVersion, MeasuringTerms)]
    assert rows == [0, 0, 0, 0]
    municipality.refresh_from_db()
    assert municipality.revision == 1


def test_a_bad_file_names_each_fault_and_writes_nothing(db: None, bad_file: Path) -> None:
    out, err = run(bad_file)
    assert out.endswith("Rechazados: 1.\n")
    assert err.splitlines() == [
        "malo.yaml: línea 2, municipalidad: debe ser el ubigeo INEI: seis cifras.",
        "malo.yaml: línea 9, texto: No está, palabra por palabra, en su lugar: Otra cosa",
        "Planes rechazados: 1. De ellos no se guardó nada.",
    ]
    assert not Plan.objects.exists()


def test_a_bad_file_does_not_stop_the_good_one(db: None, bad_file: Path) -> None:
    make_real_place("puno")
    out, err = run(bad_file, PUNO)
    assert "119 agregados" in out
    assert "Planes rechazados: 1." in err


def test_an_unknown_municipality_is_named_with_its_line(db: None) -> None:
    _, err = run(PUNO)
    line = next(
        number
        for number, text in enumerate(PUNO.read_text().splitlines(), start=1)
        if text.startswith("municipalidad:")
    )
    assert f"línea {line}, municipalidad: no hay municipalidad con el ubigeo INEI 210101." in err


SHEET = "Objetivo;Meta\nQue haya aulas de prueba;12 aulas\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text("Dimensión;" + SHEET.replace("\nQue", "\nSocial;Que"))
    return path


@pytest.fixture
def summaries(tmp_path: Path) -> Path:
    """Two lists' plans for Puno, one for a place that is not there."""
    lines = [
        summary(
            txOrganizacionPolitica=f"LISTA {name}",
            txRegion="PUNO",
            txProvincia="PUNO",
            txDistrito=place,
            txProcesoElectoral="ELECCIONES MUNICIPALES 2026",
        )
        for name, place in (("A", "PUNO"), ("B", "PUNO"), ("A", "OTRO LUGAR"))
    ]
    path = tmp_path / "planes.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def test_a_sheet_is_published_for_the_place_and_term_that_are_said(db: None, sheet: Path) -> None:
    make_real_place("puno")
    out, err = run(sheet, municipality="210101", term=Term(2027, 2030))
    assert err == ""
    assert out.startswith("plan.csv, Puno 2027–2030: 3 agregados")
    again, _ = run(sheet, municipality="puno", term=Term(2027, 2030))
    assert again.endswith("Sin cambios: 1. Rechazados: 0.\n")
    assert Plan.objects.get().elements.get(level="target").statement == "12 aulas"


def test_how_much_there_is_to_look_at_is_said(db: None, sheet: Path) -> None:
    make_real_place("puno")
    sheet.write_text(sheet.read_text().replace("12 aulas", "12 aulas y 3 postas ("))
    out, _ = run(sheet, municipality="puno", term=Term(2027, 2030))
    assert "v1, 3 cosas por mirar\n" in out


def test_what_a_file_does_not_say_and_nobody_does_is_asked_for(db: None, sheet: Path) -> None:
    make_real_place("puno")
    assert "municipalidad: No dice de qué municipalidad es." in run(sheet)[1]
    assert "periodo: no dice de qué periodo es" in run(sheet, municipality="puno")[1]


def test_the_authoritys_plans_are_those_of_their_lists_each_in_its_place(
    db: None, summaries: Path
) -> None:
    make_real_place("puno")
    out, err = run(summaries)
    assert out.endswith("Nuevos: 2. Con cambios: 0. Sin cambios: 0. Rechazados: 1.\n")
    assert "planes.jsonl, PUNO / PUNO / OTRO LUGAR, LISTA A: municipalidad: No hay" in err
    rows = Plan.objects.values_list("list_slug", "in_force").order_by("list_slug")
    assert list(rows) == [("lista-a", False), ("lista-b", False)]
    assert run(summaries)[0].endswith("Sin cambios: 2. Rechazados: 1.\n")


@pytest.mark.django_db(transaction=True)
def test_several_processes_say_and_do_the_same_as_one(
    summaries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_real_place("puno")
    told = []
    for processors in ({0}, {0, 1}):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, found=processors: found)
        told.append(run(summaries, dry_run=True))
        assert not Plan.objects.exists()
    assert told[0] == told[1]
    assert run(summaries)[0].endswith("Nuevos: 2. Con cambios: 0. Sin cambios: 0. Rechazados: 1.\n")
    assert Plan.objects.count() == 2


def test_all_or_nothing_keeps_nothing_where_one_plan_is_refused(db: None, summaries: Path) -> None:
    make_real_place("puno")
    _, err = run(summaries, all_or_nothing=True)
    assert err.endswith("Algo se rechazó: no se guardó nada.\n")
    assert not Plan.objects.exists()


def test_drafts_are_kept_once_for_the_officer_who_is_named(
    db: None, summaries: Path, planner: User
) -> None:
    """`planner` plans in Puno."""
    out, _ = run(summaries, draft=True, by=planner.email)
    assert out.endswith("Nuevos: 2. Con cambios: 0. Sin cambios: 0. Rechazados: 1.\n")
    run(summaries, draft=True, by=planner.email)
    drafts = PlanImport.objects.values_list("organization", "state", "by__email")
    assert sorted(drafts) == [
        ("LISTA A", "listo", planner.email),
        ("LISTA B", "listo", planner.email),
    ]
    assert not Plan.objects.exists()


def test_drafts_without_a_person_are_refused(db: None, summaries: Path) -> None:
    assert "--by EMAIL" in run(summaries, draft=True)[1]


def test_a_folder_gives_its_plans_and_no_plans_document(db: None) -> None:
    assert [path.suffix for path in files_in([FOLDER])] == [".yaml"] * 5


def test_a_term_that_is_none_is_refused_before_anything_is_read(db: None, sheet: Path) -> None:
    assert "Un periodo se escribe con dos años" in run(sheet, "--term", "2027")[1]


def test_a_file_that_is_not_there_is_refused_by_its_name(db: None, tmp_path: Path) -> None:
    assert "nada.xlsx: archivo: no existe." in run(tmp_path / "nada.xlsx")[1]
    assert "No se encontró ningún archivo" in run(tmp_path)[1]
