"""Whose head it is: keys that are new, changed or forged, witnesses, and a portal that moved."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.verifier.portal import ORIGIN, Portal
from tests.verifier.program import run, vigia_verify
from tracking.transparency.notes import Algorithm, Signer

SEEN = 1_732_100_000  # 20 November 2024
NEW = Signer.new(ORIGIN)
WITNESS = Signer.new("defensor.example/testigo", Algorithm.COSIGNATURE)


def _known(portal: Portal, folder: Path, memory: Path) -> None:
    assert run(portal.written(folder), memory=memory).status == 0


def test_a_key_is_shown_to_whoever_sees_the_portal_for_the_first_time(
    portal: Portal, folder: Path, memory: Path
) -> None:
    seen = run(portal.written(folder), memory=memory)
    assert "nadie más le avala su clave" in seen.said
    assert str(portal.signers[0].verifier) in seen.said


def test_a_key_that_signs_beside_the_known_one_is_said_and_taken_by_hand_alone(
    portal: Portal, folder: Path, memory: Path
) -> None:
    """Anybody can sign a head that is signed already."""
    _known(portal, folder, memory)
    old = portal.signers[0]
    portal.signers = [old, NEW]
    both = run(portal.written(folder), memory=memory)
    assert both.status == 0
    assert f"que usted no guarda, y cualquiera pudo añadirla: {NEW.verifier}" in both.said
    portal.signers = [NEW]
    assert run(portal.written(folder), memory=memory).status == 1
    portal.signers = [old, NEW]
    accept = ("--aceptar-clave", str(NEW.verifier))
    accepted = run(portal.written(folder), memory=memory, options=accept)
    portal.signers = [NEW]
    new = run(portal.written(folder), memory=memory)
    portal.signers = [old]
    former = run(portal.written(folder), memory=memory)
    assert (accepted.status, new.status, former.status) == (0, 0, 1)


def test_a_key_that_only_the_portal_says_is_refused_until_it_is_accepted_by_hand(
    portal: Portal, folder: Path, memory: Path
) -> None:
    _known(portal, folder, memory)
    before = memory.read_text()
    portal.signers = [NEW]
    refused = run(portal.written(folder), memory=memory)
    assert refused.status == 1
    (fault,) = refused.faults
    assert fault.endswith(f"acéptela: --aceptar-clave '{NEW.verifier}'")
    assert memory.read_text() == before
    accepted = run(folder, "--aceptar-clave", str(NEW.verifier), memory=memory)
    assert (accepted.status, run(folder, memory=memory).status) == (0, 0)


def test_whoever_was_told_the_key_takes_no_other_at_first(
    portal: Portal, folder: Path, memory: Path
) -> None:
    told = run(portal.written(folder), "--aceptar-clave", str(NEW.verifier), memory=memory)
    assert (told.status, memory.exists()) == (1, False)


def test_a_forged_head_is_told(portal: Portal, folder: Path, memory: Path) -> None:
    portal.written(folder)
    text = (folder / "checkpoint").read_text()
    (folder / "checkpoint").write_text(text.replace("\n7\n", "\n6\n"))
    seen = run(folder, memory=memory)
    assert any(fault.startswith("La firma de la cabeza con la clave") for fault in seen.faults)


def test_a_head_without_a_signature_proves_nothing(
    portal: Portal, folder: Path, memory: Path
) -> None:
    portal.signers = []
    assert run(portal.written(folder), memory=memory).faults == [
        "La cabeza no lleva ninguna firma: cualquiera pudo escribirla."
    ]


def test_witnesses_are_told_with_when_they_saw_the_head(
    portal: Portal, folder: Path, memory: Path
) -> None:
    assert "Ningún testigo refrenda" in run(portal.written(folder), memory=memory).said
    portal.witnesses = [WITNESS]
    seen = run(portal.written(folder, at=SEEN), memory=memory)
    assert seen.status == 0
    assert "El testigo defensor.example/testigo vio esta cabeza hace" in seen.said
    assert f"pregúntele a él si es {WITNESS.verifier}" in seen.said
    again = run(folder, memory=memory)
    assert "Es la primera vez que ve al testigo" not in again.said
    portal.witnesses = []
    assert (
        "Antes la refrendaba defensor.example/testigo: pregúntele."
        in run(portal.written(folder), memory=memory).said
    )


@pytest.mark.parametrize(("days", "is_old"), [(1, False), (6.9, False), (7, True), (400, True)])
def test_an_old_cosignature_is_said_to_be_old(
    days: float,
    is_old: bool,
    portal: Portal,
    folder: Path,
    memory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portal.witnesses = [WITNESS]
    monkeypatch.setattr(vigia_verify.time, "time", lambda: SEEN + days * 86400)
    seen = run(portal.written(folder, at=SEEN), memory=memory)
    assert (seen.status, "le muestran una copia vieja" in seen.said) == (0, is_old)


@pytest.mark.parametrize("at", [4_000_000_000, 2**63])
def test_a_witness_of_a_day_to_come_is_told(
    at: int, portal: Portal, folder: Path, memory: Path
) -> None:
    portal.witnesses = [WITNESS]
    (fault,) = run(portal.written(folder, at=at), memory=memory).faults
    assert fault.endswith("es de un día por venir.")


def test_a_witness_that_never_saw_it_or_has_another_key_is_told(
    portal: Portal, folder: Path, memory: Path
) -> None:
    portal.witnesses = [WITNESS]
    _known(portal, folder, memory)
    portal.written(folder, at=SEEN)
    text = (folder / "checkpoint").read_text()
    first, last = text[: text.rindex(" ") + 1], text[text.rindex(" ") + 1 :]
    (folder / "checkpoint").write_text(first + last[:20] + "AAAA" + last[24:])
    forged = run(folder, memory=memory)
    assert forged.faults == ["El refrendo del testigo defensor.example/testigo es falso."]
    other = replace(Signer.new(WITNESS.name), algorithm=Algorithm.COSIGNATURE)
    portal.witnesses = [other]
    changed = run(portal.written(folder, at=SEEN), memory=memory)
    (fault,) = changed.faults
    assert "tiene ahora otra clave que la que usted guarda" in fault
    accepted = run(folder, "--aceptar-clave", str(other.verifier), memory=memory)
    assert accepted.status == 0


def _from(folder: Path, address: str) -> Path:
    (folder / "descarga.json").write_text(json.dumps({"portal": address, "municipalidad": ""}))
    return folder


def test_a_portal_that_moved_is_the_same_and_one_that_took_its_address_is_not(
    portal: Portal, folder: Path, memory: Path
) -> None:
    assert run(_from(portal.written(folder), "https://uno.example"), memory=memory).status == 0
    moved = run(_from(folder, "https://dos.example"), memory=memory)
    assert moved.status == 0
    assert "está en otra dirección: https://dos.example" in moved.said
    other = Portal(origin="otro.example/registro", signers=[Signer.new("otro.example/registro")])
    other.publish("puno", "informe", {})
    taken = run(_from(other.written(folder), "https://dos.example"), memory=memory)
    assert taken.faults == [
        f"https://dos.example decía ser {ORIGIN} y ahora dice ser otro.example/registro: es otro "
        "registro. Un portal que se muda conserva su origen."
    ]
    new = run(_from(folder, "https://tres.example"), memory=memory)
    assert (new.status, "No conocía el registro otro.example/registro" in new.said) == (0, True)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"origin": ORIGIN, "keys": ["algo"]}, "no se entiende: no es una clave"),
        ({"origin": ORIGIN}, "no se entiende"),
        ([], "no se entiende"),
        ({"origin": "otro", "keys": []}, "vigia-log.json dice ser de otro"),
        (
            {"origin": ORIGIN, "keys": [str(NEW.verifier).replace("+", "+0", 1)]},
            "su código no es el de la clave",
        ),
    ],
)
def test_keys_that_are_none_are_told(
    told: Any, said: str, portal: Portal, folder: Path, memory: Path
) -> None:
    portal.written(folder)
    (folder / "vigia-log.json").write_text(json.dumps(told))
    assert any(said in fault for fault in run(folder, memory=memory).faults)
