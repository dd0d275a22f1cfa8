"""A line of the log as JSON, for whoever gathers many machines' (``LOG_FORMAT=json``)."""

import logging
import time
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from config.logs import SECRET
from config.seen.request_id import id_now


class JsonLine(JsonFormatter):
    """When, how grave, who says it, of which request, what; of an error its traceback.

    What else hangs on a record (a request, with all that was sent) is left out, and what opens an
    account is cut from addresses, as in the other lines.
    """

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _cut(value) for name, value in log_data.items()}

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        instant = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        log_data["at"] = f"{instant}.{int(record.msecs):03}Z"
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        if name := id_now():
            log_data["request"] = name
        log_data["message"] = record.getMessage()
        if error := message_dict.get("exc_info"):
            log_data["error"] = error


def _cut(value: Any) -> Any:
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value
