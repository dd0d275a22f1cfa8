"""What was found of the signatures of an edition, in words."""

from typing import Any

import pytest

from tests.tracking.issued import Accounted
from tests.tracking.signed import signed_by_somebody
from tracking.reading.signatures import signed_files_of

pytestmark = pytest.mark.django_db

STAMP = "2019-08-20T15:05:00+00:00"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, ["Rosa, Municipalidad Provincial de Puno", "10:00, según el reloj de quien firmó"]),
        (
            {},
            ["Su certificado lleva a la raíz «Raíz de prueba».", "No se comprobó si fue revocado"],
        ),
        ({"stamped_at": STAMP}, ["10:05, según el sello de tiempo que lleva"]),
        ({"claimed_at": None}, ["sin decir cuándo"]),
        ({"name": "", "organization": ""}, ["alguien cuyo certificado no lleva nombre"]),
        ({"root": ""}, ["no lleva a ninguna de las raíces con que se comprobó"]),
        ({"root": "", "roots": 0}, ["No se comprobó contra ninguna raíz"]),
        ({"root": "", "is_self_signed": True}, ["ninguna raíz conocida responde por él"]),
        ({"revocation": "good"}, ["la constancia de que no estaba revocado"]),
    ],
)
def test_it_is_said_who_signed_when_and_against_what(
    accounted: Accounted, told: dict[str, Any], said: list[str]
) -> None:
    report = accounted.issue()
    signed_by_somebody(report, by=accounted.planner, **told)
    ((signature,),) = (each.signatures for each in signed_files_of(report))
    words = f"{signature.who}, {signature.when}. {signature.checked} {signature.revocation}"
    for each in said:
        assert each in words
