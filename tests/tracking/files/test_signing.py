"""What is found of the signatures of a PDF, of whatever edition."""

from pathlib import Path
from typing import Any

import pytest

from tests.files import PDF
from tests.tracking.signed import NOW, YEAR, annotated, clock, longer, officer, root, somebody
from tracking.files.signing import told_of


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One root, for which the portal was set up."""
    folder: Path = tmp_path_factory.mktemp("roots")
    root().write_to(folder)
    return str(folder)


def found(data: bytes, roots: str = "") -> dict[str, Any]:
    told = told_of(data, len(PDF), roots)
    assert told
    return told


def only(data: bytes, roots: str = "") -> dict[str, Any]:
    (signature,) = found(data, roots)["signatures"]
    return dict(signature)


def test_who_signed_is_told_without_the_number_of_a_document(roots: str) -> None:
    told = only(officer().sign(PDF), roots)
    assert (told["name"], told["organization"]) == (
        "QUISPE MAMANI Rosa",
        "Municipalidad Provincial de Puno",
    )
    assert (told["root"], told["roots"]) == ("Raíz de prueba", 1)
    assert (told["is_intact"], told["is_covering"], told["is_untouched"]) == (True,) * 3
    assert (told["claimed_at"] is None, told["stamped_at"]) == (False, None)
    assert "40404040" not in str(told)


def test_without_a_root_nobody_vouches(roots: str) -> None:
    assert (only(officer().sign(PDF))["root"], only(officer().sign(PDF))["roots"]) == ("", 0)
    own = only(somebody().sign(PDF), roots)
    assert (own["root"], own["is_self_signed"], own["is_intact"]) == ("", True, True)


def test_a_certificate_that_had_expired_is_told(roots: str) -> None:
    assert only(somebody(issuer=root(), until=NOW - YEAR).sign(PDF), roots)["is_expired"]
    assert not only(officer().sign(PDF), roots)["is_expired"]


def test_a_time_stamp_is_told_apart_from_the_clock_of_who_signs(roots: str) -> None:
    told = only(officer().sign(PDF, clock=clock()), roots)
    assert told["is_intact"]
    assert told["stamped_at"] >= NOW.isoformat()


def test_of_revocation_what_the_file_itself_carries_is_known(roots: str) -> None:
    assert only(officer().sign(PDF), roots)["revocation"] == "unknown"
    good = officer().sign(PDF, embed=True)
    assert only(good, roots)["revocation"] == "good"
    assert only(good)["revocation"] == "unknown", "no root vouches for who says it"
    revoked = officer().sign(PDF, embed=True, revoked=True)
    assert only(revoked, roots)["revocation"] == "revoked"
    assert only(revoked)["revocation"] == "revoked"


def test_each_that_signs_after_another_leaves_the_earlier_whole(roots: str) -> None:
    both = officer("HUANCA Luis").sign(officer().sign(PDF))
    told = found(both, roots)
    assert told["is_edition"]
    assert [each["name"] for each in told["signatures"]] == ["QUISPE MAMANI Rosa", "HUANCA Luis"]
    for each in told["signatures"]:
        assert (each["is_intact"], each["is_covering"], each["is_untouched"]) == (True,) * 3


@pytest.mark.parametrize("change", [annotated, longer])
def test_what_is_added_before_or_after_a_signature_is_found(change: Any) -> None:
    before = found(officer().sign(change(PDF)))
    assert (before["is_edition"], before["signatures"][0]["is_untouched"]) == (False, True)
    after = found(change(officer().sign(PDF)))
    assert (after["is_edition"], after["signatures"][0]["is_untouched"]) == (True, False)
    assert after["signatures"][0]["is_intact"]


def test_a_signature_that_is_whole_and_leaves_out_a_part_does_not_cover_it() -> None:
    told = only(officer().sign_a_part(PDF))
    assert (told["is_intact"], told["is_covering"]) == (True, False)


def test_a_byte_that_changed_under_a_signature_breaks_it() -> None:
    signed = officer().sign(PDF)
    at = signed.index(b"/MediaBox") + len("/MediaBox [ ")
    assert not only(signed[:at] + b"1" + signed[at + 1 :])["is_intact"]


def test_a_pdf_without_a_signature_has_none() -> None:
    assert found(PDF) == {"is_edition": False, "signatures": []}
