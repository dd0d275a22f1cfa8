"""What opens a PDF that anybody may have sent, in a process of its own (`accounts/limited/`).

It reads the standard input and answers one QUESTION: "attached" writes the SHA-256 of each
attachment, a line each; "carried" ends with what the PDF carries besides its pages. It ends with
LOCKED where a password is asked for.
"""

import hashlib
import re
import sys
from itertools import islice
from typing import Any, Final

from accounts.limited.program import DONE

MOST: Final = 8  # attachments that are looked at; an edition has two
WHOLE, LOCKED, DAMAGED, SCRIPT, FILES = DONE, 3, 4, 5, 6

# Names that an object must have somewhere to be more than a part of a page (ISO 32000-1, 12.6.4 and
# 7.11.4). qpdf writes names in one spelling, whatever the file's.
SUSPECT: Final = re.compile(rb"/(?:JavaScript|JS|Launch|XFA|EF)\b")
ACTS: Final = frozenset({"/JavaScript", "/Launch"})


def attached(pdf: Any) -> int:
    for name in islice(pdf.attachments, MOST):
        data = pdf.attachments[name].get_file().read_bytes()
        sys.stdout.write(f"{hashlib.sha256(data).hexdigest()}\n")
    return WHOLE


def carried(pdf: Any) -> int:
    """What a PDF does or has besides being read; DAMAGED where it has no page."""
    if not len(pdf.pages):
        return DAMAGED
    contents = {_carried(each) for each in (pdf.trailer, *pdf.objects)}
    return SCRIPT if SCRIPT in contents else FILES if FILES in contents else WHOLE


def _carried(thing: Any) -> int:
    import pikepdf  # noqa: PLC0415  # see `main`

    own = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
    if not SUSPECT.search(own.unparse(resolved=True)):
        return WHOLE
    return _looked_through(own)


def _looked_through(thing: Any) -> int:
    """THING and whatever stands in it; what it only refers to has its own turn."""
    import pikepdf  # noqa: PLC0415

    if isinstance(thing, pikepdf.Name):
        return SCRIPT if str(thing) in ACTS else WHOLE  # an action may name its kind from elsewhere
    if isinstance(thing, pikepdf.Array):
        inner = list(thing)
    elif isinstance(thing, pikepdf.Dictionary):
        if _acts(thing):
            return SCRIPT
        if "/EF" in thing and len(thing["/EF"]):
            return FILES
        inner = [thing[key] for key in thing.keys()]  # noqa: SIM118  # it gives no iterator
    else:
        return WHOLE
    direct = [each for each in inner if isinstance(each, pikepdf.Object) and not each.is_indirect]
    return max(
        (_looked_through(each) for each in direct), key=(WHOLE, FILES, SCRIPT).index, default=WHOLE
    )


def _acts(thing: Any) -> bool:
    """An action that runs something, or a form that is a program."""
    return "/XFA" in thing or ("/S" in thing and ("/JS" in thing or str(thing["/S"]) in ACTS))


QUESTIONS: Final = {"attached": attached, "carried": carried}


def main(question: str) -> int:
    import pikepdf  # noqa: PLC0415  # whoever asks for LOCKED needs none

    try:
        with pikepdf.open(sys.stdin.buffer) as pdf:
            return QUESTIONS[question](pdf)
    except pikepdf.PasswordError:
        return LOCKED
    except MemoryError:
        raise
    except Exception:  # whatever qpdf finds wrong with it
        return DAMAGED
