"""Read a spreadsheet that somebody sends, in a process that may fail."""

import json
import logging
from typing import Final

from django.utils.translation import gettext as _

from accounts.limited.process import BusyError, Limited, file_of
from accounts.limited.program import DONE, TOO_MUCH
from accounts.spreadsheets.cells import SpreadsheetRefused, Workbook
from accounts.spreadsheets.container import BROKEN, Format, note_of_name
from accounts.spreadsheets.handed import unpacked

logger = logging.getLogger(__name__)

READER: Final = Limited("accounts.spreadsheets.program", mebibytes=512, seconds=30)
PATIENCE: Final = 30  # seconds by the clock, to wait for one's turn and again for the answer


def read_sent(content: bytes, name: str) -> Workbook:
    """What `read_workbook` makes of CONTENT, a file called NAME; it costs no memory here but that.

    SpreadsheetRefused also where reading takes too much memory or time, or fails.
    """
    try:
        with file_of(content) as file:
            ended, written = READER.run(file=file, patience=PATIENCE)
    except BusyError:
        reason = _("se están leyendo otros archivos. Espere unos segundos y súbalo otra vez.")
        raise SpreadsheetRefused(reason, name) from None
    if ended == TOO_MUCH:
        reason = _("pide demasiada memoria o tiempo. Borre lo que sobra y súbalo otra vez.")
        raise SpreadsheetRefused(reason, name)
    if ended != DONE:
        logger.error("The program that reads spreadsheets failed (%s)", ended)
        raise SpreadsheetRefused(str(BROKEN), name)
    answer = json.loads(written)
    if "refused" in answer:
        raise SpreadsheetRefused(answer["refused"], name)
    note = note_of_name(name, Format(answer["workbook"]["format"]))
    return unpacked(answer["workbook"], (note,) if note else ())
