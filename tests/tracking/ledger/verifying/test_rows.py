"""Whoever changes a published row, or an entry, even with the triggers off, is found out."""

from typing import Any, Final

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Municipality, Unit
from plans.models import MeasuringTerms
from plans.semester import Semester
from tests.factories import make_municipality, make_plan, state
from tests.tracking.ledger.verifying.scene import CHANGED, Scene, faults, reforged, verified
from tests.tracking.published import FIRST, draft, open_window, publish, sustain
from tests.tracking.tampering import tampered
from tracking.ledger.chain import chain_value
from tracking.models import (
    ClosingLine,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
    Support,
    Withholding,
)

pytestmark = pytest.mark.usefixtures("scene")


def test_what_is_as_it_was_published_is_proved() -> None:
    assert verified() == "Registros: 1. Asientos: 8. Todo es lo que se asentó."


def test_what_is_mended_in_a_name_breaks_nothing_and_an_ubigeo_is_told(scene: Scene) -> None:
    Unit.objects.update(name="Gerencia de Infraestructura")
    Municipality.objects.filter(pk=scene.puno.pk).update(inei="210199", slug="otro")
    assert verified() == (
        "Aviso: 210199: los asientos del 1 al 8 se sellaron con el ubigeo 210101, que hoy no es de "
        "nadie. Así queda cuando se corrige."
    )


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


def test_a_report_measured_by_the_same_version_of_anothers_terms_is_found(scene: Scene) -> None:
    terms = state(scene.activity, scene.planner)
    open_window(scene.puno, FIRST.next)
    report = publish(draft(scene.activity, FIRST.next, scene.reporter), by=scene.planner)
    verified()
    other = MeasuringTerms.objects.exclude(element=scene.activity).get()
    assert other.version == terms.version
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE tracking_progressreport DROP CONSTRAINT report_terms_of_element"
        )
    tampered(
        ProgressReport, "UPDATE {table} SET terms_id = %s WHERE id = %s", *(other.pk, report.pk)
    )
    assert faults() == [f"{CHANGED}Informe, S.1.1.1 2019-II (fila {report.pk})."]


def test_terms_that_were_changed_are_found() -> None:
    tampered(MeasuringTerms, "UPDATE {table} SET goal = 1")
    terms = MeasuringTerms.objects.get()
    assert faults() == [f"{CHANGED}Forma de medir, S.1.1.2 (fila {terms.pk})."]


def test_a_closing_that_was_changed_is_found() -> None:
    tampered(ClosingLine, "DELETE FROM {table} WHERE report_id IS NULL")
    window = SemesterWindow.objects.get()
    assert faults() == [f"{CHANGED}Cierre de un semestre, 2019-I (fila {window.pk})."]


@pytest.mark.parametrize("other_in", ["promise", "semester"])
def test_a_closing_that_keeps_another_report_of_the_same_revision_is_found(
    scene: Scene, other_in: str
) -> None:
    """Of another promise, or of another semester."""
    window = SemesterWindow.objects.get()
    line = ClosingLine.objects.get(element=scene.activity)
    if other_in == "semester":
        open_window(scene.puno, FIRST.next)
        begun = draft(scene.activity, FIRST.next, scene.reporter)
        other = publish(begun, by=scene.planner)
    else:
        other = ProgressReport.objects.exclude(element=scene.activity).get()
    tampered(ClosingLine, "UPDATE {table} SET report_id = %s WHERE id = %s", *(other.pk, line.pk))
    assert faults() == [f"{CHANGED}Cierre de un semestre, 2019-I (fila {window.pk})."]


def test_a_withholding_that_was_changed_is_found() -> None:
    tampered(Withholding, "UPDATE {table} SET reason = 'Otro motivo'")
    row = Withholding.objects.get()
    assert faults() == [f"{CHANGED}Retiro de un sustento, S.1.1.1 2019-I (fila {row.pk})."]


def test_what_is_no_longer_published_is_found() -> None:
    tampered(SemesterWindow, "UPDATE {table} SET closed_at = NULL, closed_by_id = NULL")
    assert faults() == [
        "210101: lo del asiento 7 (Cierre del semestre 2019-I) ya no está.",
    ]


def test_what_was_published_without_an_entry_is_found() -> None:
    tampered(LedgerEntry, "DELETE FROM {table} WHERE number = 8")
    row = Withholding.objects.get()
    assert faults() == [
        f"210101: sin asiento: Retiro de un sustento, S.1.1.1 2019-I (fila {row.pk})."
    ]


def test_an_entry_that_was_deleted_is_found() -> None:
    tampered(LedgerEntry, "DELETE FROM {table} WHERE number = 5")
    assert faults() == [
        "210101: falta el asiento 5.",
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
    fault, *_not_what_its_row_says = faults()
    entry = LedgerEntry.objects.get(number=3)
    assert fault == f"{entry.inei}: el asiento 3 ({entry.title}) no da su código."


def test_a_chain_that_was_sewn_together_is_found() -> None:
    """Another code for one entry, right by itself, no longer fits the next one."""
    entry = LedgerEntry.objects.get(number=3)
    entry.unit = "Otra oficina"
    tampered(LedgerEntry, "UPDATE {table} SET unit = %s WHERE number = 3", entry.unit)
    tampered(LedgerEntry, "UPDATE {table} SET chain = %s WHERE number = 3", chain_value(entry))
    assert faults() == ["210101: el asiento 4 no sigue al anterior."]


@pytest.mark.parametrize(
    "change", ["ref = 'S.1.1.2'", "semester = '2019-II'", "revision = 2", "simulated = true"]
)
def test_an_entry_that_names_something_else_in_a_chain_made_anew_is_found(
    scene: Scene, change: str
) -> None:
    tampered(LedgerEntry, "UPDATE {table} SET " + change + " WHERE number = 5")
    reforged(scene.puno)
    assert faults() == [
        f"210101: el asiento 5 no nombra lo que se publicó: Informe, S.1.1.1 2019-I (fila "
        f"{first_report()})."
    ]


def test_what_is_entered_twice_in_a_chain_made_anew_is_found(scene: Scene) -> None:
    """The database takes an act once: under another act the same row comes in again."""
    report = ProgressReport.objects.get(pk=first_report())
    tampered(
        LedgerEntry,
        "UPDATE {table} SET act = 'corrección', revision = 2, subject_id = %s WHERE number = 6",
        report.pk,
    )
    reforged(scene.puno)
    assert (
        f"210101: con varios asientos (5, 6): Informe, S.1.1.1 2019-I (fila {report.pk})."
        in faults()
    )


def test_two_chains_that_were_exchanged_are_found(scene: Scene) -> None:
    """Each is whole, and names what was published: in the other's name."""
    lamas, nowhere = make_municipality("Lamas", "220501"), make_municipality("Nada", "999999")
    make_plan(lamas)
    for one, other in ((scene.puno, nowhere), (lamas, scene.puno), (nowhere, lamas)):
        tampered(
            LedgerEntry,
            "UPDATE {table} SET municipality_id = %s WHERE municipality_id = %s",
            *(other.pk, one.pk),
        )
    told = faults()
    assert told[:2] == [
        "210101: los asientos del 1 al 2 se sellaron con el ubigeo 220501, que es de otra "
        "municipalidad.",
        "220501: los asientos del 1 al 8 se sellaron con el ubigeo 210101, que es de otra "
        "municipalidad.",
    ]
    assert (
        "210101: asentado en el registro de otra municipalidad: Informe, S.1.1.1 2019-I (fila "
        f"{first_report()})."
    ) in told
    assert len(told) == 2 + 8 + 2


def test_two_municipalities_that_took_each_others_code_are_found(scene: Scene) -> None:
    """Whoever exchanges chains by exchanging whose they are."""
    lamas = make_municipality("Lamas", "220501")
    make_plan(lamas)
    for place, inei in ((lamas, "000000"), (scene.puno, "220501"), (lamas, "210101")):
        Municipality.objects.filter(pk=place.pk).update(inei=inei)
    assert [fault.partition(" se sellaron ")[0] for fault in faults()] == [
        "210101: los asientos del 1 al 2",
        "220501: los asientos del 1 al 8",
    ]


def test_one_municipality_can_be_asked_for() -> None:
    make_plan(make_municipality("Lamas", "220501"))
    tampered(ProgressReport, "UPDATE {table} SET narrative = 'Otra.'")
    assert verified("--municipality=lamas") == (
        "Registros: 1. Asientos: 2. Todo es lo que se asentó."
    )
    assert len(faults("--municipality=puno")) == 2
    with pytest.raises(CommandError, match="Ninguna municipalidad está en /m/nada/"):
        call_command("verify_ledger", municipality="nada")


def test_it_asks_the_same_however_much_there_is(scene: Scene) -> None:
    counts = []
    for semester in (Semester(2019, 2), Semester(2020, 1)):
        with CaptureQueriesContext(connection) as asked:
            verified()
        counts.append(len(asked))
        open_window(scene.puno, semester)
        begun = draft(scene.activity, semester, scene.reporter)
        sustain(begun, url="https://puno.example/acta")
        publish(begun, by=scene.planner)
    assert counts == [46, 46]
