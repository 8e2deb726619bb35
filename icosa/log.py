"""Where log lines go: to stderr, one line each, for people or as JSON. Data go to stdout.

Nothing secret and nothing of a record is ever logged; that is up to those who log.
"""

import json
import logging
import time

from icosa.settings import LogFormat

CONSOLE_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s"
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"


class JsonFormatter(logging.Formatter):
    """One JSON object a line; what a caller passes as `extra={"facts": {...}}` is added to it."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": f"{self.formatTime(record, TIME_FORMAT)}.{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            line |= facts
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class ConsoleFormatter(logging.Formatter):
    """Time in UTC, level, where from, what."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__(CONSOLE_FORMAT, TIME_FORMAT)


def configure_logging(log_format: LogFormat) -> None:
    """For the whole process; called once, by whoever starts it."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if log_format == "json" else ConsoleFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # It tells each step of its start; `ready` is all that a reader needs.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
