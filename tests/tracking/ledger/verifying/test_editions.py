"""Whoever changes an edition, its file, or what it printed of the chain, is found out."""

import pytest

from tests.tracking.ledger.verifying.scene import (
    CHANGED,
    Scene,
    edition,
    faults,
    reforged,
    verified,
)
from tests.tracking.published import correct, publish
from tests.tracking.tampering import tampered
from tracking.accountability.issuing import issue
from tracking.ledger.kinds import REPORTS
from tracking.models import (
    AccountabilityReport,
    LedgerEntry,
    ProgressReport,
    RenderedFile,
)

pytestmark = pytest.mark.usefixtures("issued")
OF_THE_EDITION = "210101: la rendición de cuentas 2019-I, edición 1, "


def test_an_edition_and_its_files_are_proved(issued: Scene) -> None:
    assert verified() == "Registros: 1. Asientos: 11. Todo es lo que se asentó."


def test_an_edition_that_says_something_else_is_found(issued: Scene) -> None:
    """Whoever changes it also mends its own digest, as the database asks; the ledger's stays."""
    other = "replace(content, 'S.1.1.1', 'S.1.1.9')"
    digest = f"encode(sha256(convert_to({other}, 'UTF8')), 'hex')"
    tampered(AccountabilityReport, f"UPDATE {{table}} SET content = {other}, sha256 = {digest}")
    first, *of_its_files = faults()
    assert first == f"{CHANGED}Informe de rendición de cuentas, 2019-I (fila {edition().pk})."
    assert len(of_its_files) == 2  # they say of which digest they were made


@pytest.mark.parametrize(
    "change", ["edition = 7", "semester = '2022-II'", "code = repeat('0', 12)", "issued_at = now()"]
)
def test_an_edition_that_passes_for_another_is_found(issued: Scene, change: str) -> None:
    tampered(AccountabilityReport, f"UPDATE {{table}} SET {change}")
    assert any(f"(fila {edition().pk})" in fault for fault in faults())


@pytest.mark.parametrize("kind", ["pdf", "csv"])
def test_a_file_with_other_bytes_is_found(issued: Scene, kind: str) -> None:
    file = edition().files.get(kind=kind)
    other = "set_byte(data, 100, get_byte(data, 100) # 1)"
    tampered(
        RenderedFile,
        f"UPDATE {{table}} SET data = {other}, sha256 = encode(sha256({other}), 'hex') "
        "WHERE id = %s",
        file.pk,
    )
    assert faults() == [f"{CHANGED}Archivo de una rendición de cuentas, 2019-I (fila {file.pk})."]


def test_an_edition_that_is_gone_is_found(issued: Scene) -> None:
    tampered(RenderedFile, "DELETE FROM {table}")
    tampered(AccountabilityReport, "DELETE FROM {table}")
    assert len(faults()) == 3


def test_a_content_with_idle_spaces_and_codes_of_its_own_is_found(issued: Scene) -> None:
    """It says the same, and the code that it would be printed with is another."""
    other = "replace(content, '\":', '\": ')"
    digest = f"encode(sha256(convert_to({other}, 'UTF8')), 'hex')"
    tampered(AccountabilityReport, f"UPDATE {{table}} SET content = {other}, sha256 = {digest}")
    told = f"{CHANGED}Informe de rendición de cuentas, 2019-I (fila {edition().pk})."
    assert told in faults()


def test_a_content_that_is_no_json_is_found(issued: Scene) -> None:
    tampered(
        AccountabilityReport,
        "UPDATE {table} SET content = 'nada', sha256 = encode(sha256('nada'), 'hex')",
    )
    told = faults()
    assert f"{CHANGED}Informe de rendición de cuentas, 2019-I (fila {edition().pk})." in told
    assert f"{OF_THE_EDITION}imprime el asiento ? con un código que no es suyo." in told


def test_a_report_that_was_changed_with_its_whole_chain_is_found_by_what_an_edition_prints(
    issued: Scene,
) -> None:
    """Each entry is right by itself and by the others: only the paper says otherwise."""
    tampered(ProgressReport, "UPDATE {table} SET narrative = 'Otra.' WHERE step IS NOT NULL")
    for recorded in REPORTS.recorded():
        tampered(
            LedgerEntry,
            "UPDATE {table} SET digest = %s WHERE act = 'informe' AND subject_id = %s",
            *(recorded.digest, recorded.subject_id),
        )
    reforged(issued.puno)
    assert faults() == [f"{OF_THE_EDITION}imprime el asiento 8 con un código que no es suyo."]


def test_an_edition_that_prints_an_entry_after_its_own_is_found(issued: Scene) -> None:
    """A chain that was put together in another order."""
    last = LedgerEntry.objects.latest("number")
    said = edition().content.replace('"ledger_number":8', f'"ledger_number":{last.number}')
    head = LedgerEntry.objects.get(number=8).chain
    said = said.replace(head, last.chain)
    tampered(
        AccountabilityReport,
        "UPDATE {table} SET content = %s, sha256 = encode(sha256(convert_to(%s, 'UTF8')), 'hex')",
        *(said, said),
    )
    assert f"{OF_THE_EDITION}imprime el asiento 11, posterior al suyo." in faults()


def test_an_edition_that_was_deleted_with_its_entries_is_found_by_the_one_that_replaced_it(
    issued: Scene,
) -> None:
    report = ProgressReport.objects.exclude(step=None).get()
    publish(correct(report, "Faltaba", issued.reporter, narrative="Dos."), by=issued.planner)
    issue(issued.plan, issued.window, edition=2, reason="Corregido", by=issued.planner)
    verified()
    tampered(RenderedFile, "DELETE FROM {table}")
    tampered(AccountabilityReport, "DELETE FROM {table} WHERE edition = 1")
    tampered(LedgerEntry, "DELETE FROM {table} WHERE act = 'archivo'")
    tampered(LedgerEntry, "DELETE FROM {table} WHERE act = 'rendición' AND revision = 1")
    tampered(LedgerEntry, "UPDATE {table} SET number = number - 3 WHERE number > 11")
    reforged(issued.puno)
    assert (
        "210101: la rendición de cuentas 2019-I, edición 2, reemplaza a otra que no está como "
        "ella dice."
    ) in faults()
