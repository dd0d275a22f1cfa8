"""Take the PDF of an edition that somebody signed with means of their own, and withhold it again.

The portal signs nothing and holds no key of a person: it reads what was appended to its own file.
"""

import hashlib
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts.antivirus import refuse_infected
from accounts.limited.process import file_of
from accounts.models import Municipality, User
from accounts.security import note
from tracking.choices import FileKind
from tracking.files.attached import attached_digests
from tracking.files.hashing import BEGINNING
from tracking.files.opened import LockedError
from tracking.files.signed import UnreadableError, read_signatures
from tracking.files.uploads import LARGEST_FILE
from tracking.ledger.kinds import SIGNED, SIGNED_WITHHOLDINGS
from tracking.ledger.writing import enter
from tracking.models import AccountabilityReport, RenderedFile, SignedFile, SignedWithholding

MOST_FILES: Final = 50


def add_signed(report: AccountabilityReport, upload: UploadedFile, *, by: User) -> SignedFile:
    """Keep UPLOAD, the PDF of REPORT with signatures appended, beside it.

    Raises ValidationError, with nothing written, for all else, and BusyError.
    """
    data = _bytes_of(upload)
    signatures = _signatures_of(report, data)
    return _kept(report, data, signatures, by=by)


def _bytes_of(upload: UploadedFile) -> bytes:
    size = upload.size or 0
    if not size:
        raise ValidationError(_("El archivo está vacío: elíjalo otra vez."))
    if size > LARGEST_FILE:
        sentence = _("El archivo pesa %s y el máximo son 20 MB.")
        raise ValidationError(sentence % filesizeformat(size))
    refuse_infected(upload)
    upload.seek(0)
    data = bytes(upload.read())
    if b"%PDF-" not in data[:BEGINNING]:
        raise ValidationError(_("El archivo no es un PDF: firme el PDF de la edición y súbalo."))
    return data


def _signatures_of(report: AccountabilityReport, data: bytes) -> list[dict[str, Any]]:
    made = RenderedFile.objects.published().filter(report=report, kind=FileKind.PDF)
    edition = bytes(made.values_list("data", flat=True).first() or b"")
    if not edition:
        raise ValidationError(_("El PDF de esta edición se está preparando: espere un minuto."))
    if data == edition:
        raise ValidationError(
            _("Es el PDF de la edición, sin ninguna firma: fírmelo y suba el archivo firmado.")
        )
    begins = data.startswith(edition)
    with file_of(data) as file:
        try:
            told = read_signatures(file, len(edition) if begins else 0)
            if not told["signatures"]:
                raise ValidationError(
                    _("El PDF no lleva ninguna firma digital: fírmelo y suba el archivo firmado.")
                )
            if not begins:
                raise _another(report, file)
        except LockedError as error:
            raise ValidationError(
                _("El PDF pide una contraseña o está cifrado: fírmelo sin protegerlo.")
            ) from error
        except UnreadableError as error:
            raise ValidationError(
                _("El PDF está dañado y no se puede leer: descargue el publicado y fírmelo.")
            ) from error
    _refuse_what_is_not_whole(told)
    found: list[dict[str, Any]] = told["signatures"]
    return found


def _another(report: AccountabilityReport, file: IO[bytes]) -> ValidationError:
    """Why what does not begin as the PDF of REPORT is not taken, and what to do."""
    digests = attached_digests(file)
    rows = AccountabilityReport.objects.published().without_content()
    found = rows.filter(sha256__in=digests).first()
    if found is None:
        return ValidationError(
            _("El archivo no es el PDF de esta edición: descárguelo de aquí, fírmelo y súbalo.")
        )
    if found.pk != report.pk:
        sentence = _(
            "Firmó otra rendición de cuentas: la del semestre %(semester)s, edición %(n)s, "
            "de %(place)s."
        )
        named = {"semester": found.semester, "n": found.edition}
        return ValidationError(sentence % {**named, "place": found.plan.municipality.full_name})
    return ValidationError(
        _(
            "Su programa volvió a escribir el PDF: ya no es, byte por byte, el publicado, aunque "
            "lleva sus datos. Descárguelo otra vez y fírmelo sin imprimirlo ni guardarlo de nuevo, "
            "con un programa que agregue la firma al final (PAdES)."
        )
    )


def _refuse_what_is_not_whole(told: dict[str, Any]) -> None:
    signatures = told["signatures"]
    if not all(each["is_intact"] for each in signatures):
        raise ValidationError(
            _("Una firma no corresponde a lo que firma, o no se puede comprobar: firme otra vez.")
        )
    if not all(each["is_covering"] for each in signatures):
        raise ValidationError(
            _("Una firma cubre solo una parte del documento: firme otra vez el PDF entero.")
        )
    if not told["is_edition"]:
        raise ValidationError(
            _(
                "El PDF se cambió antes de firmarlo (una nota, una página): firme el que se "
                "descarga de aquí, sin agregarle nada."
            )
        )
    if not all(each["is_untouched"] for each in signatures):
        raise ValidationError(
            _(
                "El PDF se cambió después de firmarlo (una nota, una página): suba el archivo "
                "como salió de la firma."
            )
        )
    revoked = [each["name"] for each in signatures if each["revocation"] == "revoked"]
    if revoked:
        sentence = _(
            "El archivo mismo dice que el certificado de %s fue revocado: firme con uno vigente."
        )
        raise ValidationError(sentence % ", ".join(revoked))


@transaction.atomic
def _kept(
    report: AccountabilityReport, data: bytes, signatures: list[dict[str, Any]], *, by: User
) -> SignedFile:
    place = Municipality.objects.filter(pk=report.municipality_id)
    place.held().get()
    numbers = list(SignedFile.objects.filter(report=report).values_list("number", flat=True))
    if len(numbers) >= MOST_FILES:
        raise ValidationError(_("Esta edición ya tiene %s archivos firmados.") % MOST_FILES)
    sha256 = hashlib.sha256(data).hexdigest()
    if SignedWithholding.objects.filter(signed_file__report=report, signed_file__sha256=sha256):
        raise ValidationError(_("Ese mismo archivo se retiró: no se publica otra vez."))
    row = SignedFile(
        report=report,
        number=max(numbers, default=0) + 1,
        data=data,
        sha256=sha256,
        size=len(data),
        signatures=signatures,
        added_by=by,
    )
    row.validate_constraints()
    row.save(force_insert=True)
    place.let_pages_know()
    enter(SIGNED, [row])
    note("accountability.signed", by.pk, municipality=report.municipality_id, signed=row.pk)
    return row


@transaction.atomic
def withhold_signed(file: SignedFile, reason: str, *, by: User) -> SignedWithholding:
    """Stop serving FILE. Its digest and REASON stay public in its place.

    Raises ValidationError without a reason, and where it was withheld before.
    """
    if not reason.strip():
        raise ValidationError(_("Diga por qué se retira: es público."))
    row = SignedWithholding(signed_file=file, reason=reason.strip(), by=by)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(_("Ese archivo firmado ya se retiró.")) from error
    municipality_id = file.report.municipality_id
    Municipality.objects.filter(pk=municipality_id).let_pages_know()
    enter(SIGNED_WITHHOLDINGS, [row])
    note("accountability.withheld", by.pk, municipality=municipality_id, signed=file.pk)
    return row
