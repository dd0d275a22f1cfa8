"""A head that somebody kept tells what nothing inside can."""

import pytest
from django.core.management import CommandError, call_command

from tests.tracking.ledger.verifying.scene import Scene, faults, reforged, verified, verified_whole
from tests.tracking.tampering import tampered
from tracking.ledger.kinds import WITHHOLDINGS
from tracking.models import LedgerEntry, Withholding

pytestmark = pytest.mark.usefixtures("scene")


def head(number: int = 8) -> str:
    return f"{number}:{LedgerEntry.objects.get(number=number).chain}"


def test_a_head_that_is_in_the_chain_is_told() -> None:
    told = verified_whole("--municipality=puno", f"--head={head()}", f"--head=0,00{head(3)[:14]}")
    assert told[1:] == ["Asientos que otros guardan y siguen en su registro: 2."]


def test_without_one_it_says_what_it_does_not_prove() -> None:
    assert verified_whole()[1:] == [
        "Un registro reescrito entero desde dentro solo lo descubre un código que otros guarden: "
        "compárelo con --head o --log-head."
    ]


def test_a_tail_that_was_entered_again_is_found_by_nothing_else(scene: Scene) -> None:
    held, code = head(), LedgerEntry.objects.get(number=8).chain
    tampered(Withholding, "UPDATE {table} SET reason = 'Otro motivo'")
    (recorded,) = WITHHOLDINGS.recorded()
    tampered(LedgerEntry, "UPDATE {table} SET digest = %s WHERE number = 8", recorded.digest)
    reforged(scene.puno)
    verified()
    now = LedgerEntry.objects.get(number=8).chain
    assert faults("--municipality=puno", f"--head={held}") == [
        f"210101: el asiento 8 tiene el código {now}, y otros guardan {code}: el registro se "
        "reescribió, o esa copia no es de él."
    ]


def test_an_end_that_was_cut_off_is_found_by_nothing_else() -> None:
    held = head()
    tampered(Withholding, "DELETE FROM {table}")
    tampered(LedgerEntry, "DELETE FROM {table} WHERE number = 8")
    verified()
    assert faults("--municipality=puno", f"--head={held}") == [
        "210101: el asiento 8, que otros guardan, no existe."
    ]


@pytest.mark.parametrize("written", ["8", "8:", "8:abc", "x:" + "a" * 64, "8:" + "g" * 64])
def test_what_is_no_head_is_refused(written: str) -> None:
    with pytest.raises(CommandError, match=f"«{written}» no es un número y un código"):
        call_command("verify_ledger", "--municipality=puno", f"--head={written}")


def test_a_head_is_of_some_municipality() -> None:
    with pytest.raises(CommandError, match="Diga de qué municipalidad es el asiento"):
        call_command("verify_ledger", f"--head={head()}")
