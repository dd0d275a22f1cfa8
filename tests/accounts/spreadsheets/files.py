"""Spreadsheets as other programs write them, made from nothing."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

SHEET = "Social"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text")
)
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(
    cells: Mapping[tuple[int, int], object], *, percents: Sequence[tuple[int, int]] = ()
) -> bytes:
    """An XLSX of one sheet; rows and columns from 0."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        percent = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet(SHEET)
        for cell, value in cells.items():
            sheet.write(*cell, value, percent if cell in percents else None)
    return buffer.getvalue()


def rows_of(*rows: Sequence[object]) -> dict[tuple[int, int], object]:
    return {
        (down, right): value for down, row in enumerate(rows) for right, value in enumerate(row)
    }


def changed(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """A zip in which PARTS stand instead of its own; None takes one out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, part in (kept | dict(parts)).items():
            if part is not None:
                new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zipped(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return buffer.getvalue()


def ods(rows: str) -> bytes:
    """An ODS of one table, its rows as XML."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}><office:body>'
        f'<office:spreadsheet><table:table table:name="{SHEET}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(**{"mimetype": MIMETYPE, "content.xml": content, "META-INF/manifest.xml": "<m/>"})


def xls(*cells: bytes, locked: bool = False, shared: Sequence[str] = ()) -> bytes:
    """An XLS of one sheet that holds CELLS, each a record of `number_record`.

    SHARED are texts that its cells share, in as many records as they need.
    """
    bof = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    styles = [_record(0xE0, struct.pack("<HH16x", 0, each)) for each in (0, 9)]
    styles.append(_shared_records(shared))
    name = SHEET.encode("latin-1")
    bound_length = 4 + 8 + len(name)
    head = bof + (_record(0x2F, bytes(6)) if locked else b"") + b"".join(styles)
    start = len(head) + bound_length + 4
    bound = _record(0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + b"".join(cells)
    return compound(Workbook=head + bound + _record(0x0A, b"") + sheet + _record(0x0A, b""))


def _shared_records(texts: Sequence[str]) -> bytes:
    most = 8_000
    records = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        records[-1] += struct.pack("<HB", len(text), 0)
        for at in range(0, len(text), most // 2):
            piece = text[at : at + most // 2].encode("latin-1")
            if len(records[-1]) + len(piece) > most:
                records.append(b"\x00")
            records[-1] += piece
    kinds = [0xFC, *[0x3C] * (len(records) - 1)]
    return b"".join(map(_record, kinds, records)) if texts else b""


def shared_record(row: int, column: int, number: int) -> bytes:
    return _record(0xFD, struct.pack("<HHHI", row, column, 0, number))


def number_record(row: int, column: int, value: float, *, is_percent: bool = False) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, int(is_percent), value))


def text_record(row: int, column: int, text: str) -> bytes:
    written = text.encode("utf-16-le")
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + written)


def row_record(row: int, *, is_hidden: bool = False) -> bytes:
    return _record(0x208, struct.pack("<HHHHHHI", row, 0, 1, 255, 0, 0, 0x20 if is_hidden else 0))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(**streams: bytes) -> bytes:
    """An OLE file with STREAMS, each too long for the small sectors."""
    padded = {name: content.ljust(8 * SECTOR, b"\0") for name, content in streams.items()}
    chains: list[int] = [FAT, END]
    body = b""
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for at, (name, content) in enumerate(padded.items(), start=1):
        whole = content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0")
        first, count = len(chains), len(whole) // SECTOR
        chains += [*range(first + 1, first + count), END]
        right = at + 1 if at < len(padded) else FREE
        entries.append(_entry(name, 2, first, len(content), right=right))
        body += whole
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0
    )
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + fat + directory + body


def _entry(name: str, kind: int, first: int, size: int, **links: Any) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = {"left": FREE, "right": FREE, "child": FREE} | links
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, *links.values())
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
