"""Photographs lose what they tell of people and places, and nothing of the picture."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from tests.files import PLACE, SERIAL, TAKEN, jpeg, multi_picture, notes, picture, png
from tracking.files.kinds import lacks_words
from tracking.files.photographs import (
    MOST_PIXELS,
    DamagedError,
    Photograph,
    TooManyPixelsError,
    read_photograph,
)

KINDS = pytest.mark.parametrize("taken", [jpeg(), jpeg(progressive=True), multi_picture(), png()])


def written(content: bytes, *, keeps_position: bool = False) -> bytes:
    return b"".join(read_photograph(content).written(keeps_position=keeps_position))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def position_in(content: bytes) -> dict[int, object]:
    return dict(opened(content).getexif().get_ifd(ExifTags.IFD.GPSInfo))


@KINDS
def test_the_position_goes_and_the_picture_stays(taken: bytes) -> None:
    assert position_in(taken) == PLACE
    kept = written(taken)
    assert position_in(kept) == {}
    assert b"GPSLatitude" not in kept
    assert opened(kept).tobytes() == opened(taken).tobytes()


@KINDS
def test_which_way_is_up_and_when_it_was_taken_stay(taken: bytes) -> None:
    exif = opened(written(taken)).getexif()
    assert exif[ExifTags.Base.Orientation] == 6
    assert exif.get_ifd(ExifTags.IFD.Exif) == {ExifTags.Base.DateTimeOriginal: TAKEN}


@KINDS
def test_whose_telephone_it_was_goes_always(taken: bytes) -> None:
    for keeps_position in (False, True):
        kept = written(taken, keeps_position=keeps_position)
        for told in (SERIAL.encode(), b"Marca", b"Rosa", b"adobe"):
            assert told not in kept


@KINDS
def test_the_position_stays_where_it_is_asked_for(taken: bytes) -> None:
    assert position_in(written(taken, keeps_position=True)) == PLACE


@KINDS
def test_cleaning_twice_changes_nothing_more(taken: bytes) -> None:
    for keeps_position in (False, True):
        once = written(taken, keeps_position=keeps_position)
        assert written(once, keeps_position=keeps_position) == once


def test_only_the_first_picture_of_several_stays() -> None:
    several = multi_picture()
    assert (opened(several).format, opened(several).n_frames) == ("MPO", 2)  # type: ignore[attr-defined]
    kept = written(several)
    assert opened(kept).format == "JPEG"
    assert kept.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("marker", [0xE0, 0xE2, 0xED, 0xEE, 0xEF, 0xF0, 0xFD, 0xFE])
@pytest.mark.parametrize("mark", [b"", b"JFXX\0\x10", b"JFIF\0", b"Adobe"])
def test_a_segment_that_could_tell_anything_goes(marker: int, mark: bytes) -> None:
    """As a smaller picture of what was cut away, or a page for whoever takes it for one."""
    body = mark + b"<script>Secreto</script>"
    said = struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
    taken = jpeg()
    assert written(taken[:2] + said + taken[2:]) == written(taken)


def test_a_film_behind_the_picture_goes() -> None:
    assert written(jpeg() + b"\x00\x00\x00\x18ftypmp42 -15.84-070.02/") == written(jpeg())
    assert written(png() + b"-15.84-070.02/") == written(png())


def test_the_quality_and_the_colours_stay() -> None:
    profile = b"perfil" * 20_000  # longer than one segment
    taken = jpeg(quality=97, icc_profile=profile, exif=notes())
    kept = opened(written(taken))
    assert kept.quantization == opened(taken).quantization  # type: ignore[attr-defined]
    assert kept.info["icc_profile"] == profile


def test_without_notes_nothing_is_made_up() -> None:
    plain = io.BytesIO()
    picture().save(plain, "JPEG")
    assert written(plain.getvalue()) == plain.getvalue()
    assert not read_photograph(plain.getvalue()).position


def test_notes_that_cannot_be_read_go_whole() -> None:
    taken = (
        jpeg()
        .replace(b"Exif\x00\x00MM", b"Exif\x00\x00XX")
        .replace(b"Exif\x00\x00II", b"Exif\x00\x00XX")
    )
    assert SERIAL.encode() in taken
    kept = written(taken, keeps_position=True)
    assert SERIAL.encode() not in kept
    assert dict(opened(kept).getexif()) == {}


@pytest.mark.parametrize("taken", [jpeg(), png()])
def test_a_picture_that_was_cut_off_is_damaged(taken: bytes) -> None:
    for length in (4, 30, len(taken) // 2, len(taken) - 3):
        with pytest.raises(DamagedError):
            read_photograph(taken[:length])


def test_a_chunk_that_does_not_check_is_damaged() -> None:
    taken = bytearray(png())
    taken[taken.index(b"IDAT") + 10] ^= 1
    with pytest.raises(DamagedError):
        read_photograph(bytes(taken))


@pytest.mark.parametrize("taken", [jpeg(), png()])
def test_a_picture_that_unpacks_to_a_giant_is_refused(taken: bytes) -> None:
    side = int(MOST_PIXELS**0.5) + 1
    giant = bytearray(taken)
    if taken.startswith(b"\x89PNG"):
        giant[16:24] = struct.pack(">II", side, side)
        giant[29:33] = struct.pack(">I", zlib.crc32(giant[12:29]))
    else:
        frame = taken.index(b"\xff\xc0") + 5
        giant[frame : frame + 4] = struct.pack(">HH", side, side)
    with pytest.raises(TooManyPixelsError):
        read_photograph(bytes(giant))


def test_a_picture_made_of_crumbs_is_refused() -> None:
    with pytest.raises(DamagedError):
        read_photograph(b"\xff\xd8" + b"\xff\xdb\x00\x02" * 200_000)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(
    st.sampled_from([jpeg(), multi_picture(), png()]),
    st.lists(st.tuples(st.integers(2, 1500), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_whatever_was_changed_in_it_is_read_or_damaged(
    taken: bytes, changes: list[tuple[int, int]]
) -> None:
    changed = bytearray(taken)
    for place, value in changes:
        changed[place % len(changed)] = value
    if not changed.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return
    try:
        photograph = read_photograph(bytes(changed))
    except (DamagedError, TooManyPixelsError):
        return
    assert isinstance(photograph, Photograph)
    assert b"".join(photograph.written(keeps_position=True))


@pytest.mark.parametrize(
    ("title", "is_only_a_name"),
    [
        ("IMG_2034", True),
        ("WhatsApp Image 2019-05-14 at 10.30.00.jpeg", True),
        ("20190514_103000", True),
        ("La posta: IMG_2034", False),
        ("Acta", False),
    ],
)
def test_the_name_that_a_camera_gave_describes_nothing(title: str, is_only_a_name: bool) -> None:
    assert lacks_words(title) is is_only_a_name
