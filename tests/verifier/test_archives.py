"""The archive of a plan is verified where it lies: a download, at the portal's addresses."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifier.portal import Portal, consistency, publish_edition, sha256, write_lines
from tests.verifier.program import run
from tracking.transparency.notes import Signer

PLACE = "m/puno/registro"
EDITION = "m/puno/2023-2026/rendicion/2026-I/edicion-1"
SUPPORT = "m/puno/2023-2026/S.1/sustento/7.pdf"
ACT = b"%PDF-1.7 un acta"


def archived(portal: Portal, folder: Path) -> Path:
    """The archive of Puno, with an edition and a support if PORTAL published them."""
    loose = portal.written(folder.with_name("suelto"), place="puno")
    for name in ("ledger", "contents", "proofs"):
        _move(loose / f"{name}.jsonl", folder / PLACE / f"{name}.jsonl")
    _move(loose / "checkpoint", folder / "registro/checkpoint")
    _move(loose / "vigia-log.json", folder / ".well-known/vigia-log.json")
    for number in range(0, len(portal.leaves), 256):
        tile = portal.leaves[number : number + 256]
        name = f"{number // 256:03}" + ("" if len(tile) == 256 else f".p/{len(tile)}")
        _write(folder / f"registro/tile/0/{name}", b"".join(tile))
    said = {
        **{"portal": "https://vigia.example", "municipalidad": "puno", "plan": "2023-2026"},
        **{"dia": "2027-01-02", "ediciones": True},
    }
    _write(folder / "archivo.json", json.dumps(said).encode())
    _write(folder / "m/puno/2023-2026/index.html", b"<p>El plan</p>")
    return sum_up(folder)


def sum_up(folder: Path) -> Path:
    """FOLDER with the list of its files, as whoever tampers with one can make it anew."""
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    lines = (f"{sha256((folder / name).read_bytes())}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text("".join(lines))
    return folder


def _move(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def archive(portal: Portal, tmp_path: Path) -> Path:
    """That of Puno, with an edition and a support."""
    for _number in range(300):  # more than a tile
        portal.publish("lamas", "informe", {"valor": "1"})
    portal.publish("puno", "informe", {"sustentos": [{"codigo": sha256(ACT)}]}, ref="S.1")
    made = publish_edition(portal, "puno")
    folder = tmp_path / "puno-2023-2026"
    for ending, data in zip(("json", "csv", "pdf", "firmado-1.pdf"), made, strict=True):
        _write(folder / f"{EDITION}.{ending}", data)
    _write(folder / SUPPORT, ACT)
    return archived(portal, folder)


def test_it_is_verified_where_it_lies(archive: Path, memory: Path) -> None:
    (archive / "m/puno/.DS_Store").write_bytes(b"of whose computer it lay on")
    seen = run(archive, memory=memory)
    assert seen.faults == []
    assert seen.status == 0
    for said in ("4 archivos de rendiciones", "1 sustento de los informes", "están como se guardó"):
        assert said in seen.said
    assert sha256((archive / "SHA256SUMS").read_bytes()) in seen.said


def _change(name: str, to: bytes = b"otra cosa") -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(to)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (_change("m/puno/2023-2026/index.html"), "index.html: no es como se guardó"),
        (lambda f: (f / "m/puno/2023-2026/index.html").unlink(), "index.html: falta"),
        (lambda f: _write(f / "m/puno/otra.html", b"x"), "otra.html: no era parte del archivo"),
        (lambda f: (f / "SHA256SUMS").unlink(), "Falta SHA256SUMS"),
        (lambda f: (f / "SHA256SUMS").write_text("../../etc"), "una línea que no es un código"),
    ],
)
def test_each_file_is_as_it_was_kept(
    tamper: Callable[[Path], object], said: str, archive: Path, memory: Path
) -> None:
    tamper(archive)
    seen = run(archive, memory=memory)
    assert seen.status == 1
    assert any(said in fault for fault in seen.faults), seen.said
    assert "Pida otra copia del archivo" in seen.said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{EDITION}.pdf", "edicion-1.pdf: está cortado"),
        (f"{EDITION}.csv", "edicion-1.csv: no se asentó ningún archivo con esos bytes"),
        (f"{EDITION}.json", "edicion-1.json: ninguna rendición asentada tiene ese contenido"),
        (SUPPORT, "S.1, sustento 7.pdf: ningún informe asentado"),
        ("registro/tile/0/000", "registro/tile/0/000, o está cortado"),
    ],
)
def test_who_makes_the_list_anew_cannot_change_what_was_entered(
    name: str, said: str, archive: Path, memory: Path
) -> None:
    (archive / name).write_bytes(b"otra cosa")
    sum_up(archive)
    (fault,) = run(archive, memory=memory).faults
    assert said in fault


def test_an_edition_in_the_place_of_another_is_told(archive: Path, memory: Path) -> None:
    (archive / f"{EDITION}.pdf").rename(archive / EDITION.replace("edicion-1", "edicion-2.pdf"))
    sum_up(archive)
    gone, swapped = sorted(run(archive, memory=memory).faults)
    assert "No está en este archivo 1 archivo que se asentó" in gone
    assert "puno-2023-2026-2026-I-edicion-2.pdf: es puno-2023-2026-2026-I-edicion-1.pdf" in swapped


def test_all_editions_of_the_term_must_be_there(archive: Path, memory: Path) -> None:
    for path in archive.glob(f"{EDITION}.*"):
        path.unlink()
    sum_up(archive)
    (gone,) = run(archive, memory=memory).faults
    assert "No está en este archivo 4 archivos que se asentaron" in gone


def test_a_changed_line_is_told_whatever_the_list_says(archive: Path, memory: Path) -> None:
    ledger = archive / PLACE / "contents.jsonl"
    ledger.write_text(ledger.read_text().replace("Obra 1", "Obra 9"))
    sum_up(archive)
    (fault,) = run(archive, memory=memory).faults
    assert "su contenido no es el que se asentó" in fault


def test_a_tile_of_other_leaves_is_told(archive: Path, memory: Path) -> None:
    tile = archive / "registro/tile/0/000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    sum_up(archive)
    (fault,) = run(archive, memory=memory).faults
    assert "no da la raíz de la cabeza" in fault


def test_whoever_holds_an_earlier_head_needs_no_portal(
    portal: Portal, tmp_path: Path, memory: Path, folder: Path
) -> None:
    run(portal.written(folder), memory=memory)
    portal.publish("lamas", "informe", {"valor": "2"})
    seen = run(archived(portal, tmp_path / "archivo"), memory=memory)
    assert seen.faults == []
    assert "Continúa la cabeza que usted guarda, de 7 asientos." in seen.said


def test_a_log_made_anew_is_told_by_an_earlier_head(
    portal: Portal, tmp_path: Path, memory: Path, folder: Path
) -> None:
    run(portal.written(folder), memory=memory)
    portal.rows[0]["subject_id"] = 999
    portal.recompute()
    portal.publish("lamas", "informe", {"valor": "2"})
    seen = run(archived(portal, tmp_path / "archivo"), memory=memory)
    assert any(
        "Lo publicado no continúa la cabeza que usted guarda" in each for each in seen.faults
    )


class TestOlder:
    """An archive of before what is remembered: it is no fault, and changes nothing of that."""

    @pytest.fixture
    def older(self, portal: Portal, tmp_path: Path, memory: Path, folder: Path) -> Path:
        made = archived(portal, tmp_path / "archivo")
        portal.publish("puno", "informe", {"valor": "2"})
        run(portal.written(folder, place="puno"), memory=memory)
        return made

    def test_it_says_what_to_ask_the_portal_for(self, older: Path, memory: Path) -> None:
        before = memory.read_text()
        seen = run(older, memory=memory)
        assert seen.faults == []
        assert "https://vigia.example/registro/consistencia/7-8.json" in seen.said
        assert memory.read_text() == before

    def test_with_that_it_is_held_to_it(self, portal: Portal, older: Path, memory: Path) -> None:
        _give_consistency(portal, older, 7)
        seen = run(older, memory=memory)
        assert seen.faults == []
        assert "Lo continúa la cabeza que usted guarda, de 8 asientos." in seen.said

    def test_one_of_another_log_is_told(self, portal: Portal, older: Path, memory: Path) -> None:
        other = Portal(signers=portal.signers)
        for number in range(7):
            other.publish("puno", "informe", {"valor": str(number)})
        forged = archived(other, older.with_name("otro"))
        _give_consistency(portal, forged, 7)
        (fault,) = run(forged, memory=memory).faults
        assert "es de otro registro, o se reescribió" in fault


def _give_consistency(portal: Portal, folder: Path, first: int) -> None:
    proof = [base64.b64encode(each).decode() for each in consistency(first, portal.leaves)]
    said = {"first": first, "size": len(portal.leaves), "proof": proof}
    (folder / "consistency.json").write_text(json.dumps(said))


def test_one_signed_by_somebody_else_is_told(portal: Portal, archive: Path, memory: Path) -> None:
    run(archive, memory=memory)
    portal.signers = [Signer.new(portal.origin)]
    (archive / "registro/checkpoint").write_text(portal.checkpoint())
    keys = {"origin": portal.origin, "keys": [str(portal.signers[0].verifier)], "witnesses": []}
    (archive / ".well-known/vigia-log.json").write_text(json.dumps(keys))
    sum_up(archive)
    assert any(
        "una clave que usted no conoce" in each for each in run(archive, memory=memory).faults
    )


@pytest.mark.parametrize("place", ["", "../..", "Puno", None])
def test_one_that_names_no_municipality_is_not_read(
    place: object, archive: Path, memory: Path
) -> None:
    (archive / "archivo.json").write_text(json.dumps({"municipalidad": place}))
    seen = run(archive, memory=memory)
    assert seen.status == 2
    assert "no dice de qué municipalidad es el archivo" in seen.said


def test_one_without_its_entries_is_not_read(archive: Path, memory: Path) -> None:
    write_lines(archive / PLACE / "ledger.jsonl", [])
    (archive / PLACE / "ledger.jsonl").unlink()
    seen = run(archive, memory=memory)
    assert seen.status == 2
    assert "ledger.jsonl" in seen.said
