"""People who sign a PDF: keys and certificates made for one run of the tests, kept nowhere."""

import asyncio
import datetime as dt
import hashlib
import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import crl, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from accounts.models import User
from tracking.accountability.rendering import make_file
from tracking.choices import FileKind
from tracking.ledger.kinds import FILES, SIGNED
from tracking.ledger.writing import enter
from tracking.models import AccountabilityReport, SignedFile

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
YEAR = dt.timedelta(days=365)
LEFT_OUT = 20  # bytes
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Signer:
    """Somebody with a key and a certificate, which ISSUER gave them; None for themselves."""

    certificate: x509.Certificate
    key: Key = field(repr=False)
    issuer: "Signer | None" = None

    @property
    def chain(self) -> list[Any]:
        return [_asn1(self.issuer.certificate)] if self.issuer else []

    def write_to(self, folder: Path) -> None:
        """The certificate as a root that a portal may be given."""
        pem = self.certificate.public_bytes(serialization.Encoding.PEM)
        (folder / "raiz.pem").write_bytes(pem)

    @property
    def _private(self) -> keys.PrivateKeyInfo:
        written = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return keys.PrivateKeyInfo.load(written)

    @property
    def _signer(self) -> SimpleSigner:
        store = SimpleCertificateStore()
        store.register_multiple(self.chain)
        return SimpleSigner(
            signing_cert=_asn1(self.certificate), signing_key=self._private, cert_registry=store
        )

    @property
    def clock(self) -> DummyTimeStamper:
        """Their word of what time it is, put into the signatures of others."""
        return DummyTimeStamper(_asn1(self.certificate), self._private)

    def sign_a_part(self, pdf: bytes) -> bytes:
        """PDF with a signature that is whole, and leaves out the last bytes of the file."""
        signed = bytearray(self.sign(pdf))
        opened = signed.index(b"[", signed.rindex(b"/ByteRange"))
        closed = signed.index(b"]", opened)
        first, size, second, rest = map(int, signed[opened + 1 : closed].split())
        ranges = b" ".join(b"%d" % each for each in (first, size, second, rest - LEFT_OUT))
        signed[opened + 1 : closed] = ranges.ljust(closed - opened - 1)
        said = signed[first : first + size] + signed[second : second + rest - LEFT_OUT]
        contents = self._signer.async_sign(
            hashlib.sha256(said).digest(), "sha256", use_pades=True, is_pdf_sig=True
        )
        written = asyncio.run(contents).dump().hex().encode()
        place = second - size - 2  # between < and >
        signed[size + 1 : second - 1] = written.ljust(place, b"0")
        return bytes(signed)

    def sign(
        self,
        pdf: bytes,
        *,
        revoked: bool = False,
        embed: bool = False,
        clock: "DummyTimeStamper | None" = None,
    ) -> bytes:
        """PDF with their signature appended, as PAdES has it; EMBED a list of the revoked."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        about = PdfSignatureMetadata(
            field_name=f"Firma{pdf.count(b'/ByteRange')}", subfilter=SigSeedSubFilter.PADES
        )
        signed = PdfSigner(about, self._signer, timestamper=clock).sign_pdf(writer).getvalue()
        return _with_list(signed, self, revoked=revoked) if embed else signed


def _with_list(pdf: bytes, signer: Signer, *, revoked: bool) -> bytes:
    """PDF with what its certificates rest on, as a signer for the long term adds it."""

    assert signer.issuer
    listed = _list_of(signer.issuer, signer if revoked else None)
    output = io.BytesIO(pdf)
    signature = PdfFileReader(output).embedded_signatures[-1]
    DocumentSecurityStore.add_dss(
        output,
        sig_contents=signature.pkcs7_content,
        certs=signer.chain,
        crls=[listed],
    )
    return output.getvalue()


def _list_of(issuer: Signer, revoked: Signer | None) -> crl.CertificateList:
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - dt.timedelta(hours=1))
        .next_update(NOW + YEAR)
    )
    if revoked:
        row = (
            x509.RevokedCertificateBuilder()
            .serial_number(revoked.certificate.serial_number)
            .revocation_date(NOW - dt.timedelta(days=2))
        )
        made = made.add_revoked_certificate(row.build())
    data = made.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return crl.CertificateList.load(data)


def _asn1(certificate: x509.Certificate) -> Any:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _name(common: str, organization: str, number: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "PE"), (NameOID.COMMON_NAME, common)]
    parts += [(NameOID.ORGANIZATION_NAME, organization)] if organization else []
    parts += [(NameOID.SERIAL_NUMBER, number)] if number else []
    return x509.Name([x509.NameAttribute(*each) for each in parts])


@cache
def somebody(
    name: str = "QUISPE MAMANI Rosa FIR 40404040 hard",
    *,
    organization: str = "Municipalidad Provincial de Puno",
    number: str = "PNOPE-40404040",
    issuer: Signer | None = None,
    until: dt.datetime = NOW + YEAR,
    vouches: bool = False,
    stamps: bool = False,
    by: Key | None = None,
) -> Signer:
    """A signer whose certificate is good UNTIL then, and VOUCHES for those of others or not.

    One that STAMPS is for time-stamps alone (RFC 3161, 2.3).
    """
    key: Key = by or ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, organization, number)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 3 * YEAR)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=None), critical=True)
        .add_extension(_usage(vouches=vouches), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(purpose, critical=True)
    signing = issuer.key if issuer else key
    made = made.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
    )
    return Signer(made.sign(signing, hashes.SHA256()), key, issuer)


def _usage(*, vouches: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not vouches,
        content_commitment=not vouches,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=vouches,
        crl_sign=vouches,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def root() -> Signer:
    """Who vouches for the others."""
    return somebody("Raíz de prueba", organization="", number="", vouches=True)


@cache
def clock() -> DummyTimeStamper:
    """What time it is, by somebody for whom that root vouches. pyHanko's takes only RSA."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return somebody("Sello de tiempo", number="", issuer=root(), by=key).clock


@cache
def officer(name: str = "QUISPE MAMANI Rosa FIR 40404040 hard") -> Signer:
    """A signer for whom that root vouches."""
    return somebody(name, issuer=root())


TOLD: dict[str, Any] = {
    "name": "QUISPE MAMANI Rosa",
    "organization": "Municipalidad Provincial de Puno",
    "claimed_at": "2019-08-20T15:00:00+00:00",
    "stamped_at": None,
    "is_intact": True,
    "is_covering": True,
    "is_untouched": True,
    "is_self_signed": False,
    "is_expired": False,
    "revocation": "unknown",
    "roots": 1,
    "root": "Raíz de prueba",
}
"""What the process tells of a signature, where all is as it should be."""


def signed_by_somebody(
    report: AccountabilityReport, *, by: User, appended: bytes = b"firma", **told: Any
) -> SignedFile:
    """A signed file of REPORT in the ledger, as if its PDF and what is APPENDED were such."""
    made = report.files.get(kind=FileKind.PDF)
    if made.data is None:
        made.data = b"%PDF-1.7"
        made.sha256, made.size = hashlib.sha256(made.data).hexdigest(), len(made.data)
        made.rendered_at = report.issued_at
        made.save()
        enter(FILES, [made])
    data = bytes(made.data) + appended
    row = SignedFile.objects.create(
        report=report,
        number=report.signed_files.count() + 1,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        signatures=[TOLD | told],
        added_by=by,
    )
    enter(SIGNED, [row])
    return row


def signed_copy(report: AccountabilityReport) -> SimpleUploadedFile:
    """The PDF of REPORT, made and signed, as it is sent."""
    row = report.files.get(kind=FileKind.PDF)
    make_file(row.pk)
    row.refresh_from_db()
    return SimpleUploadedFile("firmado.pdf", officer().sign(bytes(row.data or b"")))


def annotated(pdf: bytes) -> bytes:
    """PDF with a note over its first page, appended as a reader saves it."""

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (9, 9, 99, 99))
            ),
            generic.pdf_name("/Contents"): generic.pdf_string("Otra cosa"),
        }
    )
    known = list(page.get("/Annots", []))
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([*known, writer.add_object(note)])
    writer.update_container(page)
    return _written(writer)


def longer(pdf: bytes) -> bytes:
    """PDF with a page more, appended."""

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    contents = writer.add_object(_stream())
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 595, 842)))
    return _written(writer)


def _stream() -> Any:

    return generic.StreamObject(stream_data=b"q Q")


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def rewritten(pdf: bytes, **options: Any) -> bytes:
    """PDF saved anew, as programs do that do not append."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(output, **options)
    return output.getvalue()
