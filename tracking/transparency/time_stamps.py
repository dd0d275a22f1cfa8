"""Time-stamps (RFC 3161): what an authority is asked, and whether its answer is what it should be.

What is stamped is the SHA-256 of a checkpoint's body: its three lines, without the signatures.
"""

import datetime as dt
from typing import Final, NamedTuple

from cryptography.x509 import Certificate, NameOID, load_der_x509_certificate
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)

from accounts.hidden_characters import HIDDEN

SHA256: Final = "2.16.840.1.101.3.4.2.1"
LONGEST_REASON: Final = 500  # characters
LONGEST_NAME: Final = 200


class NoStamp(Exception):
    """There is no stamp that could be kept: why, in one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(_in_a_line(reason)[:LONGEST_REASON])


class TimeStamp(NamedTuple):
    """An ``authority``, as its certificate names it, says that something was there ``at``."""

    at: dt.datetime
    authority: str


def new_request(body: str) -> TimeStampRequest:
    """What asks for a stamp of BODY: with a nonce, and for the authority's certificates."""
    return TimestampRequestBuilder(body.encode(), HashAlgorithm.SHA256).build()


def verified(
    answer: bytes, body: str, roots: list[Certificate], nonce: int | None = None
) -> TimeStamp:
    """The stamp of BODY that ANSWER, a TimeStampResp in DER, has. Raises NoStamp.

    It must be granted as it was asked for, of SHA-256, with the NONCE of the request if that is
    known, and signed by a certificate for time-stamps alone that leads to one of ROOTS at the time
    that it says. Whether that certificate was revoked is not asked.
    """
    try:
        response = decode_timestamp_response(answer)
        if response.status == PKIStatus.GRANTED_WITH_MODS:
            raise NoStamp("granted with modifications, which rfc3161-client does not verify")
        if response.status != PKIStatus.GRANTED:
            said = "; ".join(response.status_string)
            raise NoStamp(f"status {response.status} {said}")
        info = response.tst_info
        if info.message_imprint.hash_algorithm.dotted_string != SHA256:
            raise NoStamp("another hash than SHA-256")
        VerifierBuilder(roots=roots, nonce=nonce).build().verify_message(response, body.encode())
        return TimeStamp(info.gen_time, _name_of(_signer(response)))
    except NoStamp:
        raise
    except Exception as error:  # whatever the library makes of bytes that anybody may have sent
        raise NoStamp(f"{type(error).__name__}: {error}") from error


def _signer(response: TimeStampResponse) -> Certificate:
    """The one certificate that signed RESPONSE, which is verified."""
    [said] = response.signed_data.signer_infos
    certificates = map(load_der_x509_certificate, response.signed_data.certificates)
    return next(
        each
        for each in certificates
        if (each.issuer, each.serial_number) == (said.issuer, said.serial_number)
    )


def _name_of(certificate: Certificate) -> str:
    """Its organization, or how else it calls itself."""
    subject = certificate.subject
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for each in subject.get_attributes_for_oid(kind):
            return _in_a_line(str(each.value))[:LONGEST_NAME]
    return _in_a_line(subject.rfc4514_string())[:LONGEST_NAME]


def _in_a_line(text: str) -> str:
    return HIDDEN.sub("", " ".join(text.split()))
