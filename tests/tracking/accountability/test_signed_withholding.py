"""A signed PDF that should not have been published stops being served, and its tombstone stays."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import Municipality
from tests.conftest import SignIn
from tests.pages import unescaped
from tests.tracking.archived import STILL_THERE, serve_archive
from tests.tracking.issued import Accounted
from tests.tracking.signed import signed_by_somebody
from tests.tracking.tampering import tampered
from tracking.accountability.signing import withhold_signed
from tracking.ledger.verifying.rows import changed_rows
from tracking.models import SignedFile, SignedWithholding

pytestmark = pytest.mark.django_db
PAGE = "/gestion/rendicion/puno/2019-I/edicion-1/firmas/"
PUBLIC = "/m/puno/2019-2022/rendicion/2019-I/"
FILE = f"{PUBLIC}edicion-1.firmado-1.pdf"
REASON = "No firmó quien responde."


@pytest.fixture
def signed(accounted: Accounted) -> SignedFile:
    return signed_by_somebody(accounted.issue(), by=accounted.planner)


def test_planning_withholds_it_for_a_reason_and_it_stops_at_once(
    signed: SignedFile, accounted: Accounted, signed_in: SignIn, client: Client
) -> None:
    known = client.get(FILE)["ETag"]
    office = signed_in(accounted.planner)
    assert f"{PAGE}1/retirar/" in unescaped(office.get(PAGE))
    done = office.post(f"{PAGE}1/retirar/", {"reason": REASON}, follow=True)
    assert done.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    assert f"{PAGE}1/retirar/" not in unescaped(done)
    gone = client.get(FILE, headers={"If-None-Match": known})
    assert gone.status_code == HTTPStatus.GONE
    for answer in (gone, client.get(PUBLIC)):
        page = unescaped(answer)
        assert REASON in page
        assert signed.sha256 in page
        assert "QUISPE" not in page


def test_who_withholds_is_told_of_an_archive_that_may_have_it_still(
    signed: SignedFile, accounted: Accounted, signed_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    serve_archive(settings, tmp_path)
    assert STILL_THERE in unescaped(signed_in(accounted.planner).get(f"{PAGE}1/retirar/"))


def test_it_takes_a_reason_and_happens_once(
    signed: SignedFile, accounted: Accounted, signed_in: SignIn
) -> None:
    office = signed_in(accounted.planner)
    refused = office.post(f"{PAGE}1/retirar/", {"reason": " "})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Diga el motivo: es público." in unescaped(refused)
    withhold_signed(signed, REASON, by=accounted.planner)
    again = office.post(f"{PAGE}1/retirar/", {"reason": "Otra vez."})
    assert "Ese archivo firmado ya se retiró." in unescaped(again)
    assert SignedWithholding.objects.get().reason == REASON


def test_whoever_has_a_copy_learns_of_it(
    signed: SignedFile, accounted: Accounted, client: Client
) -> None:
    withhold_signed(signed, REASON, by=accounted.planner)
    copy = SimpleUploadedFile("copia.pdf", bytes(signed.data))
    page = unescaped(client.post("/verificar/", {"archivo": copy}))
    assert "un PDF firmado de la edición 1 que la municipalidad retiró el" in page
    assert REASON in page


def test_it_is_in_the_ledger_and_another_reason_is_found(
    signed: SignedFile, accounted: Accounted
) -> None:
    withhold_signed(signed, REASON, by=accounted.planner)
    assert not list(changed_rows(Municipality.objects.all()))
    tampered(SignedWithholding, "UPDATE {table} SET reason = 'Otro motivo'")
    (fault,) = changed_rows(Municipality.objects.all())
    assert "ya no dice lo que se asentó: Retiro de una rendición de cuentas firmada" in fault


def test_a_blank_reason_is_refused_by_the_service_too(
    signed: SignedFile, accounted: Accounted
) -> None:
    with pytest.raises(ValidationError, match="Diga por qué se retira"):
        withhold_signed(signed, " ", by=accounted.planner)
