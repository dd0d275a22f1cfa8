"""The log is held to what others kept of it, and to what editions print."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Municipality
from tests.tracking.ledger.verifying.scene import Scene, edition, faults, verified_whole
from tests.tracking.tampering import tampered
from tests.tracking.transparency.trees import NOON
from tracking.accountability.issuing import issue
from tracking.choices import LedgerAct
from tracking.models import LogHead, LogLeaf
from tracking.transparency.growing import grow
from tracking.transparency.held import printed_heads_of_log

OF_THE_EDITION = (
    "210101: la rendición de cuentas 2019-I, edición 1, imprime una cabeza del registro "
)


@pytest.fixture
def grown(scene: Scene) -> Scene:
    """An edition that prints the head of the eight entries before it."""
    grow(at=NOON)
    issue(scene.plan, scene.window, edition=1, by=scene.planner)
    return scene


def printed() -> list[str]:
    return list(printed_heads_of_log(Municipality.objects.all()))


def test_the_command_holds_the_log_to_what_others_kept(scene: Scene) -> None:
    grow(at=NOON)
    head = LogHead.objects.get()
    told = verified_whole(f"--log-head={head.size}:{head.root}")
    assert told[1:] == ["Cabezas del registro del portal que otros guardan, y de las que sigue: 1."]
    other = "f" * 64
    assert faults(f"--log-head={head.size}:{other}", f"--log-head=999:{other}") == [
        f"Registro del portal: con {head.size} hojas no da {other}, que otros guardan: se "
        "reescribió, o esa copia no es de él.",
        f"Registro del portal: tiene menos de 999 hojas, y otros guardan {other}.",
    ]
    with pytest.raises(CommandError, match="«x» no es un número y un código"):
        call_command("verify_ledger", "--log-head=x")


def test_an_edition_prints_a_head_that_was_given_out(grown: Scene) -> None:
    assert '"log":{"checkpoint":' in edition().content
    assert printed() == []
    grow(at=NOON)
    assert printed() == []


def test_an_edition_with_a_head_that_was_never_given_is_found(grown: Scene) -> None:
    grow(at=NOON)
    tampered(LogHead, "UPDATE {table} SET root = repeat('0', 64)")
    assert printed() == [f"{OF_THE_EDITION}del portal que no se dio."]


def test_an_edition_that_prints_a_head_after_its_own_entry_is_found(
    grown: Scene,
) -> None:
    grow(at=NOON)
    own = LogLeaf.objects.filter(entry__act=LedgerAct.EDITION).get()
    tampered(LogLeaf, "UPDATE {table} SET position = 99 WHERE position = 0")
    tampered(LogLeaf, "UPDATE {table} SET position = 0 WHERE position = %s", own.position)
    assert printed() == [f"{OF_THE_EDITION}posterior a la suya."]
