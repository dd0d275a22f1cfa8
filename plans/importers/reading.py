"""Read the plans that a file holds, in a process that may fail."""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from accounts.limited.process import Limited, ended, file_of
from accounts.limited.program import DONE, TOO_MUCH
from plans.importers.faults import Fault, FileRefused, Where, refusal_of
from plans.importers.formats import SENT, Format, format_of
from plans.importers.outline import Outline
from plans.importers.stored import unpacked

logger = logging.getLogger(__name__)

# Many plans in one file take their time.
READER: Final = Limited("plans.importers.program", mebibytes=1024, seconds=300)
MAX_BYTES: Final = 25_000_000
FOREVER: Final = 86_400  # seconds: many plans in one file end by the limits of their process
PATIENCE: Final = 120  # seconds by the clock, for what one person sends


def read_upload(content: bytes, name: str) -> Iterator[Outline | FileRefused]:
    """The plans in CONTENT, which somebody sent as NAME: one, but for the authority's files.

    What cannot be read is a FileRefused in its place.
    """
    try:
        wanted = _format_sent(content, name)
    except FileRefused as refused:
        yield refused
        return
    with file_of(content) as file:
        yield from read(file, name, wanted, patience=PATIENCE)


def _format_sent(content: bytes, name: str) -> Format:
    if len(content) > MAX_BYTES:
        raise refusal_of(name, _("pesa más de %s MB.") % (MAX_BYTES // 1_000_000))
    wanted = format_of(content, name)
    if wanted == Format.PLAN_FILE:
        raise refusal_of(
            name, _("un archivo de plan va con su documento: lo publica la operación.")
        )
    return wanted


def read(
    file: IO[bytes], name: str, wanted: Format, *, patience: float = FOREVER
) -> Iterator[Outline | FileRefused]:
    """The plans in FILE, which is on the disk, one after the other.

    A plan that could not be read is a FileRefused in its place; the end of a process that took too
    much memory or time is the last of them. PATIENCE is in seconds by the clock.
    """
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    arguments = (wanted.value, _plain_name(name))
    with READER.running(*arguments, file=file, patience=patience) as child:
        for line in child.stdout or ():
            if not line.endswith(b"\n"):  # it was ended while it wrote
                break
            yield _read_line(line, name, digest)
        if (code := ended(child)) == TOO_MUCH:
            yield refusal_of(name, _("no se terminó de leer: pide demasiada memoria o tiempo."))
        elif code != DONE:
            logger.error("The program that reads plans failed (%s) on a file of %s", code, wanted)
            yield refusal_of(
                name, _("no se pudo leer: guárdelo de nuevo, o envíelo en otro formato.")
            )


def _read_line(line: bytes, name: str, digest: str) -> Outline | FileRefused:
    written = json.loads(line)
    if "faults" in written:
        called = {_plain_name(name): name}
        return FileRefused(
            Fault(Where(*where), called.get(field, field), reason)
            for where, field, reason in written["faults"]
        )
    outline = unpacked(written["outline"])
    # The process knows neither: it was told nothing of what was sent but its bytes.
    return replace(outline, source=replace(outline.source, name=name, sha256=digest))


def _plain_name(name: str) -> str:
    """What the process is told that the file is called: nothing of NAME but its ending."""
    ending = Path(name).suffix.lower()
    return f"plan{ending if ending in SENT else '.txt'}"
