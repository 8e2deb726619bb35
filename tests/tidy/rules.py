"""The house rules that can be read off the text: what is banned, and what takes its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
SOURCE: Final = PROJECT / "icosa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """A pattern of one line that no file of ours may hold, but for those in `but`."""

    name: str
    pattern: str
    instead: str
    bad: str
    good: str
    but: tuple[str, ...] = ()  # files and folders below icosa/

    def is_broken_by(self, line: str) -> bool:
        return re.search(self.pattern, line) is not None

    def allows(self, path: str) -> bool:
        return any(path == one or path.startswith(f"{one}/") for one in self.but)


BANS: Final = (
    Ban(
        name="the clock",
        pattern=r"\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(",
        instead="PostgreSQL's now(), or the time that a caller hands over",
        bad="at = datetime.now(UTC)",
        good="at = datetime.fromisoformat(text)",
        but=("access", "commands"),
    ),
    Ban(
        name="the environment",
        pattern=r"\bos\.(environ|getenv)\b",
        instead="Settings, read once by a command",
        bad='port = os.environ["PORT"]',
        good="port = settings.port",
        but=("commands", "db/embedded.py", "installation.py"),
    ),
    Ban(
        name="printing",
        pattern=r"(?<![\w.])print\(",
        instead="a command's own output, or a log",
        bad='print("ready")',
        good='pretty_print("ready")',
    ),
    Ban(
        name="SQL in an f-string",
        pattern=r"\bf(\"|')+\s*(select|insert|update|delete|with|create|alter|drop)\s",
        instead="core/sql.py",
        bad='f"select * from {table}"',
        good='sql("select * from {table}", table=table)',
        # constants of ours: a list of our own columns, and the number of a lock
        but=("changes/rows.py", "db/migrate.py", "commands/doctor.py", "db/cluster.py"),
    ),
    Ban(
        name="a field type's kind",
        pattern=r"\bkind\s*(==|!=|\bin\b|\bnot in\b)\s*[({\[]?\s*[\"']"
        r"(TEXT|NUMBER|NUMERIC|BOOLEAN|UUID|DATE|DATE_TIME|SELECT|MULTI_SELECT|RATING|ARRAY"
        r"|RAW_JSON|FILES|CURRENCY|LINKS|EMAILS|PHONES|ADDRESS|FULL_NAME|ACTOR|RICH_TEXT"
        r"|POSITION|TS_VECTOR)[\"']",
        instead="a question that the field type answers (fields/base.py)",
        bad='if field.kind == "CURRENCY":',
        good="if field.type.orderable:",
        # the model's rules name a few types, and so do search vectors and labels
        but=("fields", "changes", "catalog", "compile/ddl.py", "http/metadata", "files"),
    ),
    Ban(
        name="a root logger",
        pattern=r"\blogging\.(debug|info|warning|error|exception|critical)\(",
        instead="logging.getLogger(__name__)",
        bad='logging.info("ready")',
        good='log.info("ready")',
    ),
    Ban(
        name="assembling SQL by hand",
        pattern=r"\.(execute|rows|row|fetch)\(\s*f[\"']",
        instead="core/sql.py",
        bad='await connection.execute(f"drop table {name}")',
        good="await connection.execute(statement.text)",
        but=("db/migrate.py", "db/pool.py"),  # the number of a lock, a time in ms
    ),
    Ban(
        name="an unowned TODO",
        pattern=r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))",
        instead="TODO(#123), with an issue",
        bad="# TODO: later",
        good="# TODO(#12): later",
    ),
)


def modules() -> Iterator[Path]:
    """Every Python file of ours, but those of the tests."""
    return (path for path in sorted(SOURCE.rglob("*.py")) if "__pycache__" not in path.parts)


def breaches(ban: Ban) -> list[str]:
    """`icosa/app.py:12: …` for each line that breaks the rule."""
    found: list[str] = []
    for path in modules():
        name = path.relative_to(SOURCE).as_posix()
        if ban.allows(name):
            continue
        found += [
            f"icosa/{name}:{number}: {line.strip()}"
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if ban.is_broken_by(line)
        ]
    return found
