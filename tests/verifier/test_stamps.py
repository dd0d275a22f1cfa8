"""Time-stamps beside what is checked: of a head of this log, or it was made anew since."""

import base64
import datetime as dt
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tracking.signed import NOW
from tests.tracking.transparency.authority import stamped
from tests.verifier.portal import Portal, consistency
from tests.verifier.program import Run, run
from tests.verifier.test_downloading import ADDRESS, Web
from tracking.transparency.time_stamps import new_request

WEEK = dt.timedelta(weeks=1)


def stamp(portal: Portal, folder: Path, week: str = "2026-W49", at: dt.datetime = NOW) -> None:
    """Keep in FOLDER the stamp of the head that PORTAL has now, as it serves it."""
    (folder / "sellos").mkdir(parents=True, exist_ok=True)
    answer = stamped(new_request(portal.body).as_bytes(), at=at)
    (folder / f"sellos/{week}.tsr").write_bytes(answer)
    (folder / f"sellos/{week}.checkpoint").write_text(portal.checkpoint())


def checked(portal: Portal, folder: Path, memory: Path, place: str = "") -> Run:
    portal.written(folder, place=place)
    return run(folder, memory=memory)


def test_a_stamp_says_since_when_a_head_of_this_log_is_there(
    portal: Portal, folder: Path, memory: Path
) -> None:
    stamp(portal, folder)
    portal.publish("lamas", "informe", {"valor": "14"}, revision=5)
    done = checked(portal, folder, memory)
    assert (done.status, done.faults) == (0, [])
    day = f"{NOW:%d/%m/%Y a las %H:%M} UTC"
    said = f"2026-W49.tsr: dice que el {day} ya existía la cabeza de 7 asientos, y este registro"
    assert f"{said} sigue de ella." in done.said
    assert "de que antes no dijera otra cosa responden solo los sellos" in done.said
    assert f"-in {folder}/sellos/2026-W49.tsr -attime {int(NOW.timestamp())} -CAfile" in done.said


def test_without_its_checkpoint_it_is_held_to_the_head_that_is_here(
    portal: Portal, folder: Path, memory: Path
) -> None:
    stamp(portal, folder)
    (folder / "sellos/2026-W49.checkpoint").unlink()
    assert checked(portal, folder, memory).status == 0
    portal.publish("lamas", "informe", {"valor": "14"}, revision=5)
    [fault] = checked(portal, folder, memory).faults
    assert fault == (
        "2026-W49.tsr: no es de esta cabeza; la que selló debe estar a su lado, como "
        "2026-W49.checkpoint."
    )


def test_whoever_held_no_head_sees_by_it_that_all_was_recomputed(
    portal: Portal, folder: Path, memory: Path
) -> None:
    stamp(portal, folder)
    portal.rows[0]["unit_name"] = "Otra"
    portal.recompute()
    portal.publish("lamas", "informe", {"valor": "14"}, revision=5)
    done = checked(portal, folder, memory)
    [fault] = done.faults
    assert done.status == 1
    assert "se selló una cabeza de 7 asientos que no es de este registro" in fault
    assert "openssl ts -verify" in fault


def test_a_log_that_is_shorter_than_what_was_stamped_is_told(
    portal: Portal, folder: Path, memory: Path
) -> None:
    stamp(portal, folder)
    portal.rows.pop()
    portal.contents.pop()
    portal.leaves.pop()
    [fault] = checked(portal, folder, memory).faults
    assert "una cabeza de 7 asientos que no es de este registro" in fault


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda answer: b"<html>", "no es un sello"),
        (lambda answer: answer[:200], "no es un sello"),
        (lambda answer: stamped(new_request("otra").as_bytes()), "no es de la cabeza que dice"),
    ],
    ids=["garbage", "cut", "of something else"],
)
def test_one_that_is_none_is_a_fault(
    portal: Portal, folder: Path, memory: Path, change: Callable[[bytes], bytes], why: str
) -> None:
    stamp(portal, folder)
    path = folder / "sellos/2026-W49.tsr"
    path.write_bytes(change(path.read_bytes()))
    [fault] = checked(portal, folder, memory).faults
    assert why in fault


def test_of_one_municipality_it_is_held_to_by_a_proof_or_that_is_said(
    portal: Portal, folder: Path, memory: Path
) -> None:
    stamp(portal, folder)
    portal.publish("lamas", "informe", {"valor": "14"}, revision=5)
    done = checked(portal, folder, memory, "puno")
    assert done.status == 0
    assert "1 sello no se comparó con lo publicado: se hace descargando todo" in done.said
    proof = [base64.b64encode(each).decode() for each in consistency(7, portal.leaves)]
    said = {"first": 7, "size": 8, "proof": proof}
    (folder / "consistency-7.json").write_text(json.dumps(said))
    done = checked(portal, folder, memory, "puno")
    assert (done.status, "no se comparó" in done.said) == (0, False)
    said["proof"] = proof[1:]
    (folder / "consistency-7.json").write_text(json.dumps(said))
    [fault] = checked(portal, folder, memory, "puno").faults
    assert "una cabeza de 7 asientos que no es de este registro" in fault


def test_of_many_the_first_and_the_last_are_told(
    portal: Portal, folder: Path, memory: Path
) -> None:
    for number in range(4):
        stamp(portal, folder, f"2026-W4{number}", NOW + number * WEEK)
    said = checked(portal, folder, memory).said
    assert [name for name in range(4) if f"2026-W4{name}.tsr: dice" in said] == [0, 3]
    assert "Hay 2 sellos más en" in said


def test_the_name_of_a_file_is_no_part_of_the_order_that_is_given(
    portal: Portal, folder: Path, memory: Path
) -> None:
    stamp(portal, folder, "x; touch y")
    said = checked(portal, folder, memory).said
    order = said[said.index("openssl ts") :].split("-attime")[0]
    assert shlex.split(order)[-1] == f"{folder}/sellos/x; touch y.tsr"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    return Web(monkeypatch)


def listed(
    web: Web, portal: Portal, served: Path, *stamps: tuple[str, int], place: str = ""
) -> None:
    """Have WEB serve PORTAL with STAMPS among what it says of itself."""
    web.serve(portal, served, place)
    said = json.loads((served / "vigia-log.json").read_text())
    said["stamps"] = [{"week": week, "size": size} for week, size in stamps]
    web.files["/.well-known/vigia-log.json"] = json.dumps(said).encode()
    for path in (served / "sellos").glob("*"):
        web.files[f"/registro/sellos/{path.name}"] = path.read_bytes()


def fetched(web: Web) -> list[str]:
    return [each for each in web.asked if "sellos" in each]


def test_those_of_the_head_and_of_before_it_are_fetched_once(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    served = tmp_path / "portal"
    stamp(portal, served)
    listed(web, portal, served, ("2026-W49", 7), ("2026-W50", 8))
    done = run("descargar", ADDRESS, folder, memory=memory)
    assert done.status == 0
    assert "ya existía la cabeza de 7 asientos" in done.said
    assert fetched(web) == ["/registro/sellos/2026-W49.checkpoint", "/registro/sellos/2026-W49.tsr"]
    web.asked.clear()
    assert run("descargar", ADDRESS, folder, memory=memory).status == 0
    assert not fetched(web)


@pytest.mark.parametrize("week", ["../../x", "2026-W49/../x", "", "2026-W490"])
def test_no_other_name_is_fetched(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path, week: str
) -> None:
    listed(web, portal, tmp_path / "portal", (week, 7))
    assert run("descargar", ADDRESS, folder, memory=memory).status == 0
    assert not fetched(web)


def test_of_one_municipality_the_proofs_of_the_first_and_the_last_are_fetched(
    portal: Portal, folder: Path, memory: Path, web: Web, tmp_path: Path
) -> None:
    served = tmp_path / "portal"
    for number in range(3):
        stamp(portal, served, f"2026-W4{number}", NOW + number * WEEK)
        portal.publish("lamas", "informe", {"valor": "14"}, revision=5 + number)
    listed(web, portal, served, ("2026-W42", 9), ("2026-W41", 8), ("2026-W40", 7), place="puno")
    for size in (7, 9):
        proof = [base64.b64encode(each).decode() for each in consistency(size, portal.leaves)]
        said = {"first": size, "size": 10, "proof": proof}
        web.files[f"/registro/consistencia/{size}-10.json"] = json.dumps(said).encode()
    done = run("descargar", ADDRESS, folder, "--municipalidad", "puno", memory=memory)
    assert done.status == 0
    assert len(fetched(web)) == 6
    assert "1 sello no se comparó" in done.said
