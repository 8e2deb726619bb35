"""Log lines: one each, on stderr, for people or for programs."""

import json
import logging
import sys

from icosa.log import ConsoleFormatter, JsonFormatter


def record(message: str, *, failure: bool = False) -> logging.LogRecord:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        info = sys.exc_info() if failure else None
    made = logging.LogRecord("icosa.part", logging.WARNING, "", 1, message, ("É",), info)
    made.created, made.msecs = 0.25, 250.0
    return made


def test_a_json_line_holds_time_level_logger_message_and_facts() -> None:
    line = record("what %s")
    line.facts = {"requestId": "7"}

    assert json.loads(JsonFormatter().format(line)) == {
        "time": "1970-01-01T00:00:00.250Z",
        "level": "warning",
        "logger": "icosa.part",
        "message": "what É",
        "requestId": "7",
    }


def test_a_json_line_stays_one_line_with_an_exception() -> None:
    line = JsonFormatter().format(record("what %s", failure=True))

    assert "\n" not in line
    assert "ValueError: two\nlines" in json.loads(line)["exception"]


def test_a_line_for_people_begins_with_the_time_in_utc() -> None:
    line = ConsoleFormatter().format(record("what %s"))

    assert line == "1970-01-01T00:00:00.250Z WARNING icosa.part: what É"
