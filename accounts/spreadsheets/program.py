"""What reads a spreadsheet in a process of its own (`accounts/limited/`).

It writes {"workbook": …}, or {"refused": a sentence}. It is not told what the file is called.
"""

import json
import sys
from typing import Any

from django.conf import settings

from accounts.limited.program import DONE


def main() -> int:
    settings.configure(USE_I18N=False)  # the sentences are Spanish where they are written
    from accounts.spreadsheets.cells import SpreadsheetRefused  # noqa: PLC0415
    from accounts.spreadsheets.handed import packed  # noqa: PLC0415
    from accounts.spreadsheets.reading import read_workbook  # noqa: PLC0415

    try:
        answer: dict[str, Any] = {"workbook": packed(read_workbook(sys.stdin.buffer.read(), ""))}
    except SpreadsheetRefused as refused:
        answer = {"refused": refused.reason}
    json.dump(answer, sys.stdout, ensure_ascii=False)
    return DONE
