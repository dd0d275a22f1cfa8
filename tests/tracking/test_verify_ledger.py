"""Whoever changes what is published, even with the triggers off, is found out."""

from io import StringIO
from types import SimpleNamespace
from typing import Any, Final

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Municipality, Unit, User
from plans.models import MeasuringTerms, Plan
from plans.semester import Semester
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish, sustain
from tests.tracking.tampering import tampered
from tracking.ledger import chain_value
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    LedgerEntry,
    ProgressReport,
    RenderedFile,
    SemesterWindow,
    Support,
    Withholding,
)
from tracking.services.accountability import issue
from tracking.services.rendering import make_files
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold


@pytest.fixture(autouse=True)
def scene(
    puno: Municipality, puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User
) -> SimpleNamespace:
    """Five entries: how a target is measured, two reports, a closing and a withholding."""
    window = open_window(puno, FIRST)
    plan = elect(puno_plan)
    activity, guideline = (element_of(plan, ref, puno_unit) for ref in ("S.1.1.1", "L"))
    begun = draft(activity, FIRST, reporter)
    sustain(begun)
    report = publish(begun, by=planner)
    publish(draft(guideline, FIRST, reporter, step=None), by=planner)
    close_semester(window, by=planner)
    withhold(report.supports.get(), "Lleva DNI.", by=planner)
    return SimpleNamespace(plan=plan, activity=activity, planner=planner, reporter=reporter)


def verified(**options: Any) -> str:
    """What the command says where all is well."""
    told = StringIO()
    call_command("verify_ledger", stdout=told, **options)
    return told.getvalue()


def faults(**options: Any) -> list[str]:
    told = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_ledger", stderr=told, **options)
    found = told.getvalue().splitlines()
    assert str(caught.value) == f"Faltas en los registros de publicaciones: {len(found)}."
    return found


def test_what_is_as_it_was_published_is_proved() -> None:
    assert verified() == "Registros: 1. Asientos: 5. Todo es lo que se asentó.\n"


def test_what_is_mended_in_a_name_breaks_nothing(puno_unit: Unit, puno: Municipality) -> None:
    Unit.objects.update(name="Gerencia de Infraestructura")
    Municipality.objects.filter(pk=puno.pk).update(inei="210199", slug="otro")
    verified()


CHANGED: Final = "210101: ya no dice lo que se asentó: "
CHANGES: Final[list[tuple[type[Any], str, str]]] = [
    (ProgressReport, "UPDATE {table} SET narrative = 'Otra.' WHERE step IS NOT NULL", "Informe"),
    (ProgressReport, "UPDATE {table} SET step = 4 WHERE step IS NOT NULL", "Informe"),
    (ProgressReport, "UPDATE {table} SET signal = 'al día' WHERE step IS NOT NULL", "Informe"),
    (Support, "UPDATE {table} SET title = 'Otra acta'", "Informe"),
    (Support, "DELETE FROM {table}", "Informe"),
]


@pytest.mark.parametrize(("model", "sql", "what"), CHANGES)
def test_a_report_that_was_changed_is_found(model: type[Any], sql: str, what: str) -> None:
    tampered(model, sql)
    assert faults() == [f"{CHANGED}{what}, S.1.1.1 2019-I (fila {first_report()})."]


def first_report() -> int:
    return ProgressReport.objects.earliest("pk").pk


def test_terms_that_were_changed_are_found() -> None:
    tampered(MeasuringTerms, "UPDATE {table} SET goal = 1")
    terms = MeasuringTerms.objects.get()
    assert faults() == [f"{CHANGED}Forma de medir, S.1.1.2 (fila {terms.pk})."]


def test_a_closing_that_was_changed_is_found() -> None:
    tampered(ClosingLine, "DELETE FROM {table} WHERE report_id IS NULL")
    window = SemesterWindow.objects.get()
    assert faults() == [f"{CHANGED}Cierre de un semestre, 2019-I (fila {window.pk})."]


def test_a_withholding_that_was_changed_is_found() -> None:
    tampered(Withholding, "UPDATE {table} SET reason = 'Otro motivo'")
    row = Withholding.objects.get()
    assert faults() == [f"{CHANGED}Retiro de un sustento, S.1.1.1 2019-I (fila {row.pk})."]


def test_what_is_no_longer_published_is_found() -> None:
    tampered(SemesterWindow, "UPDATE {table} SET closed_at = NULL, closed_by_id = NULL")
    assert faults() == [
        "210101: lo del asiento 4 (Cierre del semestre 2019-I) ya no está.",
    ]


def test_what_was_published_without_an_entry_is_found() -> None:
    tampered(LedgerEntry, "DELETE FROM {table} WHERE number = 5")
    row = Withholding.objects.get()
    assert faults() == [
        f"210101: sin asiento: Retiro de un sustento, S.1.1.1 2019-I (fila {row.pk})."
    ]


def test_an_entry_that_was_deleted_is_found() -> None:
    tampered(LedgerEntry, "DELETE FROM {table} WHERE number = 2")
    assert faults() == [
        "210101: falta el asiento 2.",
        f"210101: sin asiento: Informe, S.1.1.1 2019-I (fila {first_report()}).",
    ]


@pytest.mark.parametrize(
    "change",
    [
        "unit = 'Otra oficina'",
        "ref = 'S.9'",
        "at = at + interval '1 day'",
        "happened_at = happened_at + interval '1 microsecond'",
        "simulated = true",
        "semester = '2020-I'",
        "inei = '000000'",
    ],
)
def test_an_entry_that_was_changed_is_found(change: str) -> None:
    tampered(LedgerEntry, "UPDATE {table} SET " + change + " WHERE number = 3")
    (fault,) = faults()
    entry = LedgerEntry.objects.get(number=3)
    assert fault == f"{entry.inei}: el asiento 3 ({entry.title}) no da su código."


def test_a_chain_that_was_sewn_together_is_found() -> None:
    """Another code for one entry, right by itself, no longer fits the next one."""
    entry = LedgerEntry.objects.get(number=3)
    entry.unit = "Otra oficina"
    tampered(LedgerEntry, "UPDATE {table} SET unit = %s WHERE number = 3", entry.unit)
    tampered(LedgerEntry, "UPDATE {table} SET chain = %s WHERE number = 3", chain_value(entry))
    assert faults() == ["210101: el asiento 4 no sigue al anterior."]


def test_one_municipality_can_be_asked_for(lamas: Municipality, lamas_plan: Plan) -> None:
    tampered(ProgressReport, "UPDATE {table} SET narrative = 'Otra.'")
    assert verified(municipality="lamas") == (
        "Registros: 1. Asientos: 1. Todo es lo que se asentó.\n"
    )
    assert len(faults(municipality="puno")) == 2
    with pytest.raises(CommandError, match="Ninguna municipalidad está en /m/nada/"):
        call_command("verify_ledger", municipality="nada")


@pytest.fixture
def issued(scene: SimpleNamespace) -> AccountabilityReport:
    """Three entries more: an edition and its two files."""
    window = SemesterWindow.objects.get(semester=FIRST)
    report = issue(scene.plan, window, edition=1, by=scene.planner)
    assert make_files().made == 2
    return report


def test_an_edition_and_its_files_are_proved(issued: AccountabilityReport) -> None:
    assert verified() == "Registros: 1. Asientos: 8. Todo es lo que se asentó.\n"


def test_an_edition_that_says_something_else_is_found(issued: AccountabilityReport) -> None:
    """Whoever changes it also mends its own digest, as the database asks; the ledger's stays."""
    other = "replace(content, 'S.1.1.1', 'S.1.1.9')"
    digest = f"encode(sha256(convert_to({other}, 'UTF8')), 'hex')"
    tampered(AccountabilityReport, f"UPDATE {{table}} SET content = {other}, sha256 = {digest}")
    first, *of_its_files = faults()
    assert first == f"{CHANGED}Informe de rendición de cuentas, 2019-I (fila {issued.pk})."
    assert len(of_its_files) == 2  # they say of which digest they were made


@pytest.mark.parametrize(
    "change", ["edition = 7", "semester = '2022-II'", "code = repeat('0', 12)", "issued_at = now()"]
)
def test_an_edition_that_passes_for_another_is_found(
    issued: AccountabilityReport, change: str
) -> None:
    tampered(AccountabilityReport, f"UPDATE {{table}} SET {change}")
    assert any(f"(fila {issued.pk})" in fault for fault in faults())


@pytest.mark.parametrize("kind", ["pdf", "csv"])
def test_a_file_with_other_bytes_is_found(issued: AccountabilityReport, kind: str) -> None:
    file = issued.files.get(kind=kind)
    other = "set_byte(data, 100, get_byte(data, 100) # 1)"
    tampered(
        RenderedFile,
        f"UPDATE {{table}} SET data = {other}, sha256 = encode(sha256({other}), 'hex') "
        "WHERE id = %s",
        file.pk,
    )
    assert faults() == [f"{CHANGED}Archivo de una rendición de cuentas, 2019-I (fila {file.pk})."]


def test_an_edition_that_is_gone_is_found(issued: AccountabilityReport) -> None:
    tampered(RenderedFile, "DELETE FROM {table}")
    tampered(AccountabilityReport, "DELETE FROM {table}")
    assert len(faults()) == 3


def test_it_asks_the_same_however_much_there_is(scene: SimpleNamespace) -> None:
    counts = []
    for semester in (Semester(2019, 2), Semester(2020, 1)):
        with CaptureQueriesContext(connection) as asked:
            verified()
        counts.append(len(asked))
        open_window(scene.plan.municipality, semester)
        begun = draft(scene.activity, semester, scene.reporter)
        sustain(begun)
        publish(begun, by=scene.planner)
    assert counts == [21, 21]
