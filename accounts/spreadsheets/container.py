"""What a file is by what it holds, whatever it is called; refused before anything opens it."""

import io
import struct
import zipfile
from enum import StrEnum
from pathlib import PurePath
from typing import Final

import olefile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.limits import MAX_BYTES, MAX_EXPANDED, MAX_MEMBERS

MACROS: Final = gettext_lazy(
    "tiene macros, y un archivo con macros no se abre. Guárdelo como XLSX sin macros."
)
LOCKED: Final = gettext_lazy("tiene contraseña. Quítesela, guárdelo y súbalo otra vez.")
BROKEN: Final = gettext_lazy(
    "está dañado o incompleto. Ábralo, guárdelo como XLSX y súbalo otra vez."
)
SAVE_AS: Final = gettext_lazy("Ábralo y guárdelo como XLSX.")


class Format(StrEnum):
    XLSX = "XLSX"
    ODS = "ODS"
    XLS = "XLS"
    CSV = "CSV"


ENDINGS: Final = {
    Format.XLSX: {".xlsx"},
    Format.ODS: {".ods"},
    Format.XLS: {".xls"},
    Format.CSV: {".csv", ".tsv", ".txt"},
}


def format_of(content: bytes) -> Format:
    """What CONTENT is. SpreadsheetRefused for no spreadsheet, and for what is not opened."""
    if not content.strip():
        raise SpreadsheetRefused(_("está vacío."))
    if len(content) > MAX_BYTES:
        limit = _("pesa más de %s MB.") % (MAX_BYTES // 1_000_000)
        raise SpreadsheetRefused(limit)
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(olefile.MAGIC):
        return _compound(content)
    _refuse_other(content)
    return Format.CSV


def note_of_name(name: str, format: Format) -> str:
    """What to say where NAME ends as if the file were another format; "" where it does not."""
    ending = PurePath(name).suffix.lower()
    if not ending or ending in ENDINGS[format]:
        return ""
    values = {"ending": ending.removeprefix(".").upper(), "format": format}
    return _("El nombre dice %(ending)s, pero es %(format)s: se leyó como %(format)s.") % values


def _zipped(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError):
        raise SpreadsheetRefused(str(BROKEN)) from None
    expanded = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or expanded > MAX_EXPANDED:
        reason = _("se expande a más de %s MB. Quite imágenes y hojas que no son del plan.")
        raise SpreadsheetRefused(reason % (MAX_EXPANDED // 1_000_000))
    if any(member.flag_bits & 1 for member in members):
        raise SpreadsheetRefused(str(LOCKED))
    names = {member.filename.replace("\\", "/").lower() for member in members}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SpreadsheetRefused(str(MACROS))
    return _workbook_among(names)


def _workbook_among(names: set[str]) -> Format:
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        raise SpreadsheetRefused(_("es un XLSB.") + f" {SAVE_AS}")
    if "word/document.xml" in names:
        raise SpreadsheetRefused(_("es un documento de Word, no una hoja de cálculo."))
    if {"content.xml", "mimetype"} <= names:
        return Format.ODS
    raise SpreadsheetRefused(_("es un archivo comprimido que no tiene una hoja de cálculo."))


def _compound(content: bytes) -> Format:
    """An OLE file: XLS of old, or an XLSX with a password, which is one inside of one."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            entries = {entry[0].lower() for entry in compound.listdir(storages=True)}
    except Exception:  # olefile raises what a damaged file makes it stumble over
        raise SpreadsheetRefused(str(BROKEN)) from None
    if "encryptedpackage" in entries:
        raise SpreadsheetRefused(str(LOCKED))
    if "_vba_project_cur" in entries or "macros" in entries:
        raise SpreadsheetRefused(str(MACROS))
    if entries & {"workbook", "book"}:
        return Format.XLS
    raise SpreadsheetRefused(_("es un archivo de Office que no es una hoja de cálculo."))


def _refuse_other(content: bytes) -> None:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise SpreadsheetRefused(_("es un PDF, no una hoja de cálculo."))
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")):
        reason = _("es una página web guardada con nombre de hoja de cálculo.")
        raise SpreadsheetRefused(f"{reason} {SAVE_AS}")
