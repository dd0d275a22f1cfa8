"""An address that somebody typed in capitals leads to the one that it has."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("/m/PUNO/", "/m/puno/"),
        ("/m/Puno/2019-2022/s.1.1/?q=Agua", "/m/puno/2019-2022/S.1.1/?q=Agua"),
        ("/m/PUNO/registro/ledger.jsonl", "/m/puno/registro/ledger.jsonl"),
        ("/comparar/SAN-MARTIN/", "/comparar/san-martin/"),
        ("/mapa/PUNO/?por=sustento", "/mapa/puno/?por=sustento"),
        ("/metodologia/Informar/", "/metodologia/informar/"),
    ],
)
def test_it_leads_there(typed: str, known: str) -> None:
    answer = Client().get(typed)
    assert (answer.status_code, answer["Location"]) == (301, known)


@pytest.mark.django_db
def test_what_is_written_in_capitals_is_left_so() -> None:
    """The week of a stamp is: it is not there, and leads nowhere else."""
    assert Client().get("/registro/sellos/2026-W49.tsr").status_code == 404
