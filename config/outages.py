"""How the log tells of what is away, or full."""

import logging

from accounts.outage import outage_of, reason


class OutageInOneLine(logging.Filter):
    """Of an outage, says why nothing was answered instead of who asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error and outage_of(error):
            record.msg, record.args = f"{record.getMessage()} ({reason(error)})", None
            record.exc_info = None
        return True
