"""What a database superuser does to a portal, and what whoever kept an old head sees of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifier.portal import Portal, canonical, root_of, sha256, small_portal
from tests.verifier.program import run


def test_a_portal_that_is_what_it_was_is_found_right(
    portal: Portal, folder: Path, memory: Path
) -> None:
    first = run(portal.written(folder), memory=memory)
    portal.publish("lamas", "informe", {"valor": "13"}, revision=4)
    second = run(portal.written(folder), memory=memory)
    assert (first.status, second.status) == (0, 0)
    assert "Usted no guardaba ninguna cabeza" in first.said
    assert "Continúa la cabeza que usted guarda, de 7 asientos." in second.said
    assert "Los 8 asientos que cubre la cabeza dan su raíz" in second.said


def _change(portal: Portal) -> None:
    row, line = portal.rows[1], portal.contents[1]
    line["content"] = canonical({"que_se_hizo": "Otra obra"})
    line["digest"] = row["digest"] = sha256(line["content"])


def _truncate(portal: Portal) -> None:
    del portal.rows[-2:], portal.contents[-2:]
    portal.leaves = [portal.leaf(row) for row in portal.rows]


def _close_up(portal: Portal) -> None:
    """Without an entry from the middle of a chain, those behind it a number earlier."""
    del portal.rows[1], portal.contents[1]
    for place in ("puno", "lamas"):
        chain = [row for row in portal.rows if row["municipality"] == place]
        for number, row in enumerate(chain, 1):
            row["number"] = number
    for leaf, row in enumerate(portal.rows):
        row["leaf"] = leaf
    portal.recompute()


def _vanish(portal: Portal) -> None:
    """Without the whole chain of a municipality."""
    portal.rows = [row for row in portal.rows if row["municipality"] == "puno"]
    ids = {row["id"] for row in portal.rows}
    portal.contents = [each for each in portal.contents if each["id"] in ids]
    for leaf, row in enumerate(portal.rows):
        row["leaf"] = leaf
    portal.leaves = [portal.leaf(row) for row in portal.rows]


def _exchange(portal: Portal) -> None:
    other = {"puno": "lamas", "lamas": "puno"}
    for row in portal.rows:
        row["municipality"] = other[row["municipality"]]
        row["ubigeo"] = "220501" if row["municipality"] == "lamas" else "210102"
    portal.recompute()


def _change_and_recompute(portal: Portal) -> None:
    _change(portal)
    portal.recompute()


ATTACKS = [_change_and_recompute, _truncate, _close_up, _vanish, _exchange]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["", "puno"])
def test_whoever_kept_an_old_head_sees_that_all_was_recomputed(
    attack: Callable[[Portal], None], place: str, portal: Portal, folder: Path, memory: Path
) -> None:
    """The forger has the keys: nothing is wrong in what they give to somebody new."""
    assert run(portal.written(folder, place=place), memory=memory).status == 0
    attack(portal)
    seen = run(portal.written(folder, place=place), memory=memory)
    new = run(folder, memory=memory.with_name("otra.json"))
    assert (seen.status, new.status) == (1, 0)
    assert any(
        words in fault
        for fault in seen.faults
        for words in ("se reescribió", "es más corta", "se quitó ese", "Falta la prueba")
    )


def test_a_backup_of_last_week_that_grew_again_is_seen(
    portal: Portal, folder: Path, memory: Path
) -> None:
    assert run(portal.written(folder), memory=memory).status == 0
    restored = small_portal()
    restored.signers = portal.signers
    _truncate(restored)
    for number in range(4):
        restored.publish("puno", "informe", {"que_se_hizo": f"Después {number}"})
    seen = run(restored.written(folder), memory=memory)
    *where, fault = seen.faults
    assert [each.split(",")[0] for each in where] == ["puno"]
    assert fault.startswith("Lo publicado no continúa la cabeza que usted guarda, de 7 asientos")


def test_a_head_that_somebody_kept_elsewhere_is_held_too(
    portal: Portal, folder: Path, memory: Path
) -> None:
    head = f"{len(portal.leaves)}:{root_of(portal.leaves).hex()}"
    printed = folder.with_name("impresa")
    printed.write_text(portal.checkpoint())
    portal.publish("puno", "informe", {"que_se_hizo": "Más"})
    kept = run(portal.written(folder), "--cabeza", head, "--cabeza", printed, memory=memory)
    assert (kept.status, kept.said.count("Continúa la cabeza que usted dio")) == (0, 2)
    _change_and_recompute(portal)
    assert run(portal.written(folder), "--cabeza", head, memory=folder / "otra").status == 1


def _replace(name: str, value: object) -> Callable[[Portal], None]:
    def tamper(portal: Portal) -> None:
        portal.rows[3][name] = value

    return tamper


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (_replace("ref", "S.2"), "lo que dice no da su código"),
        (_replace("simulated", True), "lo que dice no da su código"),
        (_replace("previous", "a" * 64), "no sigue al asiento anterior"),
        (_replace("number", 9), "falta el asiento 3"),
        (_replace("leaf", 2), "su lugar en el registro es de otro o no existe"),
        (_replace("leaf", 10**12), "le falta 1"),
        (_replace("leaf", None), "le falta 1"),
        (_replace("number", None), "no es un asiento"),
        (_replace("municipality", "ilo"), "de puno: se exhibe en otra municipalidad"),
        (_replace("ubigeo_text", "INEI-220501"), "no corresponde al resto de la línea"),
        (_replace("content", "https://otro.example/"), "no corresponde al resto de la línea"),
        (_replace("exported_on", "2024-11-01"), "no corresponde al resto de la línea"),
        (_replace("exported_on", "9999-01-01"), "no corresponde al resto de la línea"),
        (_replace("ref", {"a": 1}), "no es un asiento"),
        (_replace("id", 1), "repetido o desordenado"),
        (lambda portal: portal.contents[3].update(content="{}"), "no es el que se asentó"),
        (lambda portal: portal.contents[3].update(content=None), "ningún retiro asentado"),
        (lambda portal: portal.contents[3].update(number=7), "contents.jsonl lo da como de otro"),
        (lambda portal: portal.contents.pop(3), "no tiene su contenido"),
        (lambda portal: portal.contents.pop(), "son de otra fecha"),
        (lambda portal: portal.contents[3].update(id=2), "repetida, desordenada"),
        (lambda portal: portal.rows.pop(), "le falta 1"),
        (lambda portal: portal.leaves.reverse(), "no dan la raíz"),
    ],
)
def test_a_change_without_recomputing_is_told_at_first_sight(
    tamper: Callable[[Portal], None], said: str, portal: Portal, folder: Path, memory: Path
) -> None:
    tamper(portal)
    seen = run(portal.written(folder), memory=memory)
    assert seen.status == 1
    assert any(said in fault for fault in seen.faults), seen.said
    assert not memory.exists()


def test_what_is_served_no_more_is_excused_by_a_withholding_in_the_tree(
    portal: Portal, folder: Path, memory: Path
) -> None:
    withheld = portal.contents[0]
    portal.publish("puno", "retiro", {"codigo": withheld["digest"], "motivo": "Un nombre"})
    withheld["content"] = None
    excused = run(portal.written(folder), memory=memory)
    portal.rows[-1]["leaf"] = None
    portal.leaves.pop()
    pending = run(portal.written(folder), memory=memory.with_name("otra"))
    assert (excused.status, pending.status) == (0, 1)
    assert "1 contenido se retiró: cada retiro está asentado" in excused.said


def test_what_came_since_the_head_is_said_and_what_waits_for_long_is_wrong(
    portal: Portal, folder: Path, memory: Path
) -> None:
    row = portal.publish("puno", "informe", {"que_se_hizo": "Recién"})
    row["leaf"] = None
    portal.leaves.pop()
    assert (
        "1 asiento es de después de la cabeza: la firma de ella todavía no lo cubre"
        in run(portal.written(folder), memory=memory).said
    )
    row["exported_on"] = "2024-11-25"
    assert run(portal.written(folder), memory=memory).faults == [
        "puno, asiento 6: lleva más de un día sin entrar en el registro del portal."
    ]


def test_no_other_municipality_can_excuse_what_is_missing(
    portal: Portal, folder: Path, memory: Path
) -> None:
    withheld = portal.contents[0]
    portal.publish("lamas", "retiro", {"codigo": withheld["digest"], "motivo": "Un nombre"})
    withheld["content"] = None
    (fault,) = run(portal.written(folder), memory=memory).faults
    assert fault.startswith("puno, asiento 1: su contenido ya no se entrega")
