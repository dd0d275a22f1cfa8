"""What makes a photograph small, in a process of its own (`accounts/limited/`).

It reads a JPEG or a PNG from the standard input and writes the small JPEG to the standard output.
"""

import sys
from typing import Final

from accounts.limited.program import DONE

BOX: Final = (320, 240)  # three beside each other on a telephone, at two points each
QUALITY: Final = 62
PAPER: Final = "white"  # behind what a PNG leaves transparent
DEEP: Final = "I"  # grey of 16 bits: cut to 8 it is white all over
INDEXED: Final = ("P", "1")
DAMAGED: Final = 4


def shrunk() -> bytes:
    """The small picture, upright, without anything that the original tells beside it."""
    import io  # noqa: PLC0415

    from PIL import Image, ImageOps  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None  # what was taken has been measured; limits hold for the rest
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=("JPEG", "PNG")) as photograph:
        photograph.draft("RGB", (2 * BOX[0], 2 * BOX[1]))  # a JPEG unpacks small
        if photograph.mode.startswith(DEEP):
            raise ValueError
        # The colours of a palette have no middle: only what is written out can be made smaller.
        drawn = photograph.convert("RGBA") if photograph.mode in INDEXED else photograph
        drawn.thumbnail(BOX)
        upright = ImageOps.exif_transpose(drawn)
        upright.thumbnail(BOX)  # turned, it may be too high
        plain = Image.new("RGB", upright.size, PAPER)
        seen = upright.convert("RGBA")
        plain.paste(seen, mask=seen)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()


def main() -> int:
    try:
        sys.stdout.buffer.write(shrunk())
    except Exception:  # whatever is wrong with it: it has no small picture
        return DAMAGED
    return DONE
