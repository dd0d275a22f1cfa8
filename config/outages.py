"""How the log tells of a database that is away."""

import logging

from tracking.outage import outage_of


class OutageInOneLine(logging.Filter):
    """Of a database that is away or busy, says why it did not answer instead of who asked it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if outage_of(error):
            reason = " ".join(str(error).split())
            record.msg, record.args = f"{record.getMessage()} ({reason})", None
            record.exc_info = None
        return True
