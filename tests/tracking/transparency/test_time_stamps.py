"""A time-stamp is taken for one only where all of it is what was asked for."""

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest
from asn1crypto import tsp
from cryptography.x509 import Certificate
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from tests.tracking.signed import NOW, Signer, root, somebody
from tests.tracking.transparency.authority import NAME, authority, key, refused, stamped
from tests.verifier.program import vigia_verify
from tracking.transparency.time_stamps import NoStamp, new_request, verified

BODY = "vigia.example/registro\n7\nAAAA\n"
ROOTS = [root().certificate]
DAY = dt.timedelta(days=1)


def test_a_good_one_says_when_and_whose_it_is_as_people_verify_it() -> None:
    request = new_request(BODY)
    answer = stamped(request.as_bytes(), at=NOW)
    assert verified(answer, BODY, ROOTS, request.nonce) == (NOW, NAME)
    assert vigia_verify.stamped(answer) == (hashlib.sha256(BODY.encode()).digest(), NOW)


def test_each_request_has_another_nonce_and_asks_for_certificates() -> None:
    first, second = new_request(BODY), new_request(BODY)
    assert first.nonce
    assert first.nonce != second.nonce
    assert first.cert_req


def test_a_stamp_outlives_the_certificate_that_signed_it() -> None:
    ended = authority(until=NOW - DAY)
    answer = stamped(new_request(BODY).as_bytes(), ended, at=NOW - 2 * DAY)
    assert verified(answer, BODY, ROOTS).at == NOW - 2 * DAY


def test_between_it_and_its_root_another_may_stand() -> None:
    between = somebody("Entre", organization="", number="", issuer=root(), vouches=True)
    signer = somebody("Sello", organization=NAME, issuer=between, stamps=True, by=key())
    assert verified(stamped(new_request(BODY).as_bytes(), signer), BODY, ROOTS).authority == NAME


def no_stamp(answer: bytes, roots: list[Certificate] = ROOTS, nonce: int | None = None) -> str:
    """Why ANSWER is not taken."""
    with pytest.raises(NoStamp) as refusal:
        verified(answer, BODY, roots, nonce)
    return str(refusal.value)


def test_one_of_something_else_or_of_another_request_is_none() -> None:
    other = new_request(BODY.replace("7", "8"))
    assert "Mismatch between messages" in no_stamp(stamped(other.as_bytes()))
    assert "Nonce mismatch" in no_stamp(stamped(new_request(BODY).as_bytes()), nonce=7)
    longer = TimestampRequestBuilder(BODY.encode(), HashAlgorithm.SHA512).build()
    assert no_stamp(stamped(longer.as_bytes())) == "another hash than SHA-256"


@pytest.mark.parametrize(
    ("by", "why"),
    [
        (lambda: authority(until=NOW - DAY), "certificate has expired"),
        (lambda: authority(stamps=False), "unsuitable certificate purpose"),
        (lambda: somebody("Otra", stamps=True, by=key()), "self-signed certificate"),
    ],
    ids=["expired", "for something else", "of no root"],
)
def test_one_of_a_certificate_that_may_not_is_none(by: Callable[[], Signer], why: str) -> None:
    assert why in no_stamp(stamped(new_request(BODY).as_bytes(), by()))


def test_one_that_leads_to_another_root_is_none() -> None:
    answer = stamped(new_request(BODY).as_bytes())
    other = somebody("Otra raíz", organization="", number="", vouches=True)
    assert "verifying certificates" in no_stamp(answer, [other.certificate])
    assert "at least one root" in no_stamp(answer, [])


def test_a_refusal_says_why_in_one_line() -> None:
    assert no_stamp(refused("muy\nmal\x1b[31m")) == "status 2 muy mal[31m"


def test_one_that_was_granted_with_modifications_is_not_verified_and_that_is_said() -> None:
    answer = tsp.TimeStampResp.load(stamped(new_request(BODY).as_bytes(), at=NOW))
    answer["status"]["status"] = "granted_with_mods"
    modified = answer.dump(force=True)
    assert no_stamp(modified) == "granted with modifications, which rfc3161-client does not verify"
    assert vigia_verify.stamped(modified)[1] == NOW  # whose it is, openssl says there


@pytest.mark.parametrize("garbage", [b"", b"\x30", b"<html>", bytes(64 * 1024), b"\x30\x80" * 2000])
def test_garbage_is_none(garbage: bytes) -> None:
    assert no_stamp(garbage)


def test_no_byte_of_what_was_signed_can_be_another() -> None:
    answer = stamped(new_request(BODY).as_bytes())
    at = answer.index(hashlib.sha256(BODY.encode()).digest())
    for place in (at, at + 40, len(answer) - 1):
        changed = bytearray(answer)
        changed[place] ^= 1
        assert no_stamp(bytes(changed))
