"""What reaches the log."""

import logging
import re
from typing import Final

SECRET: Final = re.compile(r"(/cuenta/(?:invitacion|clave/nueva)/)[^\s?]+")


class SecretsLeftOut(logging.Filter):
    """Cuts from addresses what opens an account: an invitation's token, the key of a reset.

    Django logs the address of each form that it refuses, and of each error.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SECRET.sub(r"\1…", record.getMessage()), None
        return True
