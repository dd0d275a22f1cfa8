"""Which municipality was touched, what was left out, and which dates cannot be."""

import base64
from pathlib import Path

import pytest

from tests.verifier.portal import Portal, consistency, write_lines
from tests.verifier.program import run

OUT_OF_ORDER = (
    "su lugar en el registro del portal no es posterior al de su asiento anterior: se cambió uno "
    "de los dos."
)
EARLIER = "2023-05-03T15:00:00.000000Z"


@pytest.mark.parametrize("place", ["", "puno"])
def test_a_date_of_before_among_later_ones_is_told(
    place: str, portal: Portal, folder: Path, memory: Path
) -> None:
    """Nothing had to be rewritten: it goes on from every head."""
    assert run(portal.written(folder, place=place), memory=memory).status == 0
    portal.publish("puno", "informe", {"que_se_hizo": "Obra"}, at=EARLIER, happened_at=EARLIER)
    head = portal.leaves[:-1]
    portal.written(folder, place=place)
    proof = [base64.b64encode(each).decode() for each in consistency(len(head), portal.leaves)]
    write_lines(folder / "consistency.json", [{"first": len(head), "proof": proof}])
    seen = run(folder, memory=memory)
    assert seen.faults == [
        "puno, asiento 6: dice que se registró el 2023-05-03, y entró en el registro después de "
        "otros de días posteriores: se le puso una fecha pasada, o el reloj del portal andaba mal."
    ]
    again = run(folder, memory=memory)
    assert again.status == 0
    assert "Ya estaba así cuando usted lo vio." in again.said
    portal.rows[-1]["simulated"] = True
    portal.recompute()
    assert run(portal.written(folder, place=place), memory=folder / "otra").status == 0


def test_whoever_saw_all_is_told_which_municipality_was_rewritten(
    portal: Portal, folder: Path, memory: Path
) -> None:
    assert run(portal.written(folder), memory=memory).status == 0
    portal.rows[2]["unit_name"] = "Otra oficina"
    portal.recompute()
    where, _extension = run(portal.written(folder), memory=memory).faults
    assert where.startswith("lamas, asiento 2: tenía otro código cuando usted lo vio")
    portal.rows = [row for row in portal.rows if row["municipality"] == "puno"]
    write_lines(folder / "ledger.jsonl", portal.rows)
    faults = run(folder, memory=memory).faults
    assert "lamas: usted vio su asiento 2 y ya no está: se quitó ese o alguno anterior." in faults


def test_chains_under_one_another_s_name_are_told(
    portal: Portal, folder: Path, memory: Path
) -> None:
    """No code seals the name in an address: what it was before is known by whoever saw it."""
    assert run(portal.written(folder), memory=memory).status == 0
    for row in portal.rows:
        row["municipality"] = {"puno": "lamas", "lamas": "puno"}[row["municipality"]]
    seen = run(portal.written(folder), memory=memory)
    assert sorted(fault.split(",")[0].split(":")[0] for fault in seen.faults) == ["lamas", "puno"]


def _of_puno(portal: Portal, folder: Path) -> Path:
    return portal.written(folder, place="puno")


def test_an_entry_that_was_taken_from_a_part_is_told_by_its_proof(
    portal: Portal, folder: Path, memory: Path
) -> None:
    _of_puno(portal, folder)
    mine = [row for row in portal.rows if row["municipality"] == "puno"]
    write_lines(folder / "ledger.jsonl", mine[:-2])
    assert run(folder, memory=memory).faults == [
        "proofs.jsonl prueba 2 asientos que no están en ledger.jsonl: se quitó de aquí."
    ]


def test_a_part_is_of_one_municipality_and_says_that_it_is_a_part(
    portal: Portal, folder: Path, memory: Path
) -> None:
    assert "Es la parte de una municipalidad." in run(_of_puno(portal, folder), memory=memory).said
    (folder / "descarga.json").write_text('{"portal": "", "municipalidad": "lamas"}')
    (fault,) = run(folder, memory=memory).faults
    assert fault.endswith(
        "es la descarga de una sola municipalidad, lamas, y hay asientos de puno."
    )
    (folder / "descarga.json").unlink()
    write_lines(folder / "ledger.jsonl", portal.rows)
    write_lines(folder / "contents.jsonl", portal.contents)
    faults = run(folder, memory=memory).faults
    assert any(fault.endswith("y hay asientos de lamas, puno.") for fault in faults)


def test_what_was_changed_of_another_is_seen_in_the_whole_alone(
    portal: Portal, folder: Path, memory: Path
) -> None:
    """As long as the tree was not made anew: then the head of a part is another, too."""
    portal.rows[2]["unit_name"] = "Otra oficina"
    portal.seal(portal.rows[2])
    assert run(_of_puno(portal, folder), memory=memory).status == 0
    (folder / "proofs.jsonl").unlink()
    assert run(portal.written(folder), memory=folder / "otra").status == 1


@pytest.mark.parametrize("place", ["", "puno"])
def test_leaves_go_in_the_order_of_the_chain(
    place: str, portal: Portal, folder: Path, memory: Path
) -> None:
    first, second = portal.rows[0], portal.rows[1]
    first["leaf"], second["leaf"] = second["leaf"], first["leaf"]
    portal.leaves[:2] = portal.leaves[1::-1]
    assert run(portal.written(folder, place=place), memory=memory).faults == [
        f"puno, asiento 2: {OUT_OF_ORDER}"
    ]


def test_what_waits_for_the_log_is_named_and_nothing_after_it_is_in_the_log(
    portal: Portal, folder: Path, memory: Path
) -> None:
    portal.rows[-2]["leaf"] = None
    portal.written(folder)
    faults = run(folder, memory=memory).faults
    assert f"puno, asiento 5: {OUT_OF_ORDER}" in faults
    portal.rows[-1]["leaf"] = None
    del portal.leaves[-2:]
    seen = run(portal.written(folder), memory=memory)
    assert "la firma de ella todavía no los cubre (puno, asiento 4; puno, asiento 5)" in seen.said


def test_contents_of_no_entry_are_said(portal: Portal, folder: Path, memory: Path) -> None:
    portal.written(folder)
    strange = {**portal.contents[-1], "id": 99, "content": "{}"}
    write_lines(folder / "contents.jsonl", [*portal.contents, strange])
    seen = run(folder, memory=memory)
    assert (seen.status, "contents.jsonl tiene 1 contenido de asientos que" in seen.said) == (
        0,
        True,
    )


def test_what_a_line_says_twice_is_refused(portal: Portal, folder: Path, memory: Path) -> None:
    """Each program would take another of both."""
    text = (portal.written(folder) / "ledger.jsonl").read_text()
    (folder / "ledger.jsonl").write_text(text.replace('"ref": "S.1"', '"ref": "S.9", "ref": "S.1"'))
    (fault,) = run(folder, memory=memory).faults
    assert (
        fault == "ledger.jsonl: la línea 1 no se entiende: está mal escrita, o dice algo dos veces."
    )
