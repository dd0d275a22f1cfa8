"""What reaches the log."""

import logging
import re
from typing import Final

from tracking.outage import outage_of

SECRET: Final = re.compile(r"(/cuenta/(?:invitacion|clave/nueva)/)[^\s?]+")


class SecretsLeftOut(logging.Filter):
    """Cuts from addresses what opens an account: an invitation's token, the key of a reset.

    Django logs the address of each form that it refuses, and of each error.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SECRET.sub(r"\1…", record.getMessage()), None
        return True


class OutageInOneLine(logging.Filter):
    """Of a database that is away or busy, says why it did not answer instead of who asked it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if outage_of(error):
            reason = " ".join(str(error).split())
            record.msg, record.args = f"{record.getMessage()} ({reason})", None
            record.exc_info = None
        return True
