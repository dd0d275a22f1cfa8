"""Ask an antivirus about a file before it is kept, where the installation has one.

clamd is asked by its INSTREAM command (https://docs.clamav.net/manual/Usage/Scanning.html#clamd):
the file goes through the socket, so that clamd needs no right to read anything of the portal's.
"""

import socket
import struct
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.security import note_refusal

CHUNK: Final = 64 * 1024
PATIENCE: Final = 20.0  # seconds for each piece to be taken, and for the answer
LONGEST_ANSWER: Final = 4096
CLEAN: Final = "OK"
FOUND: Final = "FOUND"


class Unscanned(Exception):
    """The antivirus did not answer, or answered that it could not look."""


def refuse_infected(file: "IO[bytes] | Any") -> None:
    """ValidationError where FILE is known to do harm, or could not be looked at.

    It is read from its start and left at its end. Without an antivirus nothing is refused.
    """
    if settings.CLAMD is None:
        return
    file.seek(0)
    try:
        answer = _answer(settings.CLAMD, file)
    except Unscanned as failure:
        note_refusal("file.unscanned", reason=str(failure))
        raise ValidationError(
            _("El antivirus no responde y no pudo revisar el archivo: elíjalo otra vez luego.")
        ) from failure
    if answer:
        note_refusal("file.infected", signature=answer)
        raise ValidationError(
            _(
                "El antivirus reconoció en el archivo un programa dañino (%s): no se guarda. "
                "Revise de dónde vino y el equipo en que está."
            )
            % answer
        )


def _answer(scanner: str | tuple[str, int], file: "IO[bytes] | Any") -> str:
    """What FILE is known for; "" where nothing was found."""
    try:
        with _connected(scanner) as line:
            told = _asked(line, file)
    except OSError as failure:
        raise Unscanned(type(failure).__name__) from failure
    said, _space, verdict = told.removeprefix("stream: ").rpartition(" ")
    if verdict == FOUND and said:
        return said
    if told == f"stream: {CLEAN}":
        return ""
    raise Unscanned("".join(each for each in told if each.isprintable()) or "silence")


def _connected(scanner: str | tuple[str, int]) -> socket.socket:
    if isinstance(scanner, tuple):
        return socket.create_connection(scanner, timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    try:
        line.connect(scanner)
    except OSError:
        line.close()
        raise
    return line


def _asked(line: socket.socket, file: "IO[bytes] | Any") -> str:
    """What is said of FILE on LINE. It may be said, and the line closed, before all was sent."""
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(CHUNK):
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it is too large for it, which it then says
    told = b""
    while len(told) < LONGEST_ANSWER and (piece := line.recv(LONGEST_ANSWER)):
        told += piece
    return told.rstrip(b"\0\n").decode("utf-8", "replace")
