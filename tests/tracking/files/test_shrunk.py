"""The small picture of a photograph."""

import io

import pytest
from PIL import Image

from tests.files import PDF, jpeg, multi_picture, picture, png
from tracking.files.shrinking import BOX
from tracking.files.shrunk import shrunk


def large() -> bytes:
    written = io.BytesIO()
    picture((900, 1200)).save(written, "JPEG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("taken", "size"),
    [
        (jpeg(), (32, 48)),  # upright, as it was taken
        (png(), (32, 48)),
        (large(), (180, BOX[1])),
    ],
)
def test_it_is_small_and_upright(taken: bytes, size: tuple[int, int]) -> None:
    small = shrunk(io.BytesIO(taken))
    assert small
    assert small[1:] == size
    assert Image.open(io.BytesIO(small.content)).size == size


def test_it_tells_nothing_beside_the_picture() -> None:
    small = shrunk(io.BytesIO(multi_picture()))
    assert small
    made = Image.open(io.BytesIO(small.content))
    assert made.format == "JPEG"
    assert not made.getexif()


@pytest.mark.parametrize("content", [PDF, jpeg()[:200], b""])
def test_there_is_none_of_what_is_no_whole_picture(content: bytes) -> None:
    assert shrunk(io.BytesIO(content)) is None


def as_png(image: Image.Image) -> io.BytesIO:
    written = io.BytesIO()
    image.save(written, "PNG")
    written.seek(0)
    return written


def test_the_colours_of_a_palette_blend() -> None:
    stripes = Image.new("RGB", (1280, 960), "red")
    stripes.paste("blue", (0, 0, 1280, 1))
    for row in range(0, 960, 2):
        stripes.paste("blue", (0, row, 1280, row + 1))
    small = shrunk(as_png(stripes.convert("P", palette=Image.Palette.ADAPTIVE)))
    assert small
    red, _green, blue = Image.open(io.BytesIO(small.content)).convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert 60 < red < 200
    assert 60 < blue < 200


def test_there_is_none_of_a_grey_too_deep_to_be_shown() -> None:
    assert shrunk(as_png(Image.new("I;16", (64, 64), 40_000))) is None
