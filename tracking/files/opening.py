"""A program of its own that opens a PDF which anybody may have sent, and is trusted with nothing.

It has a process, its memory and its time to itself: a damaged file, or one that unpacks without
end, costs these and nothing else. It reads the standard input, writes the SHA-256 of each
attachment, a line each, and ends with LOCKED where a password is asked for.
"""

import hashlib
import resource
import sys
from itertools import islice
from typing import Final

MEBIBYTE: Final = 1024 * 1024
LIMITS: Final = {
    resource.RLIMIT_AS: 256 * MEBIBYTE,  # of which Python and qpdf take 40 before they begin
    resource.RLIMIT_CPU: 5,  # seconds
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
MOST: Final = 8  # attachments that are looked at; an edition has two
LOCKED: Final = 3


def main() -> int:
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))
    import pikepdf  # noqa: PLC0415  # within the limits; and whoever asks for LOCKED needs none

    try:
        with pikepdf.open(sys.stdin.buffer) as pdf:
            for name in islice(pdf.attachments, MOST):
                data = pdf.attachments[name].get_file().read_bytes()
                sys.stdout.write(f"{hashlib.sha256(data).hexdigest()}\n")
    except pikepdf.PasswordError:
        return LOCKED
    return 0


if __name__ == "__main__":
    sys.exit(main())
