"""Files that people upload, as small as they can be, and files that they should not."""

import io
import zipfile
from collections.abc import Mapping
from random import Random
from typing import Any

import pikepdf
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

OFFICE = "application/vnd.openxmlformats-officedocument."
PLACE = {1: "S", 2: (15.0, 50.0, 25.5), 3: "W", 4: (70.0, 1.0, 30.0)}
TAKEN = "2019:05:14 10:30:00"
SERIAL = "SERIE-90210"


def pdf(**catalog: Any) -> bytes:
    """A page, and in its CATALOG what is said."""
    written = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, value in catalog.items():
            made.Root[f"/{name}"] = made.make_indirect(value)
        made.save(written, static_id=True)
    return written.getvalue()


PDF = pdf()


def picture(size: tuple[int, int] = (48, 32)) -> Image.Image:
    """A picture whose pixels all differ, so that any change of them shows."""
    return Image.frombytes("RGB", size, Random(1).randbytes(size[0] * size[1] * 3))


def notes(*, position: bool = True) -> Image.Exif:
    """What a telephone writes into a photograph that was taken upright."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Marca"
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal.value: TAKEN,
        ExifTags.Base.BodySerialNumber.value: SERIAL,
    }
    if position:
        exif[ExifTags.IFD.GPSInfo] = dict(PLACE)
    return exif


def jpeg(**options: Any) -> bytes:
    written = io.BytesIO()
    usual = {"exif": notes(), "quality": 88, "comment": b"de Rosa"}
    picture().save(written, "JPEG", **{**usual, **options})
    return written.getvalue()


def multi_picture() -> bytes:
    """An MPO: two pictures in one file, as some telephones take them."""
    written = io.BytesIO()
    second = picture()
    second.encoderinfo = {"exif": notes()}
    picture().save(written, "MPO", save_all=True, append_images=[second], exif=notes())
    return written.getvalue()


def png(**options: Any) -> bytes:
    written = io.BytesIO()
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "<exif:GPSLatitude>15,50.4S</exif:GPSLatitude>")
    texts.add_text("Author", "Rosa")
    picture().save(written, "PNG", **{"exif": notes(), "pnginfo": texts, **options})
    return written.getvalue()


def office_file(
    kind: str = "spreadsheetml.sheet", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """A workbook, or what KIND says, with further PARTS."""
    types = f'<Types><Override PartName="/a" ContentType="{OFFICE}{kind}.main+xml"/></Types>'
    return zipped(
        {"[Content_Types].xml": types.encode(), "xl/workbook.xml": b"<a/>", **(parts or {})}
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()
