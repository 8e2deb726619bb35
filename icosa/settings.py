"""Everything that can be set from outside, read once at the start and never changed.

An option on the command line wins over the environment, the environment over the default. Nothing
else reads the environment. The database's own contents (workspaces, roles, flags) are not settings.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
LogFormat = Literal["console", "json"]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PROJECT = Path(__file__).resolve().parent.parent
CONNECTIONS_MAX = 1_000
MEGABYTE = 1_000_000


class SettingsInvalid(Exception):
    """A setting has a value that it cannot have; the message names it and what it can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process, and of its workers."""

    database_url: str | None = None  # DATABASE_URL: a PostgreSQL server; none: our own
    postgres_bin: Path | None = None  # POSTGRES_BIN: a folder with initdb and postgres, for our own
    data_dir: Path = Path(".data")  # ICOSA_DATA_DIR: where our own keeps everything
    host: str = "127.0.0.1"  # ICOSA_HOST: the address to listen on
    port: int = 3000  # ICOSA_PORT: 0 is any free one
    workers: int = 1  # ICOSA_WORKERS: processes that answer requests
    server_url: str = ""  # ICOSA_SERVER_URL: what clients call us by, without a slash at its end
    secret: str = ""  # ICOSA_SECRET: encrypts keys in the database; made and kept if absent
    rate_limit: int | None = None  # ICOSA_RATE_LIMIT: a minute per key and worker; none: no limit
    batch_max: int = 200  # ICOSA_BATCH_MAX: records in one create or update request
    log_format: LogFormat = "console"  # ICOSA_LOG_FORMAT: console or json
    webhook_allow: tuple[Network, ...] = ()  # ICOSA_WEBHOOK_ALLOW: private networks they may reach
    connections: int = 8  # ICOSA_DB_CONNECTIONS: to PostgreSQL, for each worker
    slow_connections: int = 2  # ICOSA_DB_SLOW_CONNECTIONS: beside them, for exports and the like
    prepared: bool = True  # ICOSA_DB_PREPARED: off behind a PgBouncer older than 1.21
    body_bytes_max: int = 10 * MEGABYTE  # ICOSA_BODY_BYTES_MAX: the largest request body
    statement_timeout_ms: int = 10_000  # ICOSA_STATEMENT_TIMEOUT_MS: then PostgreSQL ends it

    @classmethod
    def read(cls, environment: Mapping[str, str], **options: object) -> "Settings":
        """From the environment and the options given (None: not given); raises `SettingsInvalid`.

        An empty variable counts as absent, as it does in most places where one sets them.
        """
        values: dict[str, object] = {}
        for name, variable in VARIABLES.items():
            option = options.pop(name, None)
            raw = str(option) if option is not None else environment.get(variable.name, "")
            if raw:
                values[name] = _parsed(variable, name, raw, is_option=option is not None)
        assert not options, f"not settings: {', '.join(options)}"
        values.setdefault("data_dir", default_data_dir(environment))
        return cls(**values)  # type: ignore[arg-type]  # each was parsed by its variable

    @property
    def url(self) -> str:
        """How clients reach us: the server URL, or the address we listen on."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.server_url or f"http://{host}:{self.port}"

    @property
    def files_dir(self) -> Path:
        """Where uploaded files lie."""
        return self.data_dir / "files"

    @property
    def connections_per_worker(self) -> int:
        """What one process opens at most: one more than its pools, to listen."""
        return self.connections + self.slow_connections + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """An environment variable and how its text is understood."""

    name: str
    parse: Callable[[str], object]  # raises ValueError
    allowed: str  # completes "must be ..."


def default_data_dir(environment: Mapping[str, str]) -> Path:
    """In the source tree where there is one, else where the user's programs keep their data."""
    if (PROJECT / "pyproject.toml").exists():
        return PROJECT / ".data"
    home = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "icosa"


def _parsed(variable: Variable, name: str, raw: str, *, is_option: bool) -> object:
    try:
        return variable.parse(raw.strip())
    except ValueError:
        said = f"--{name.replace('_', '-')}" if is_option else variable.name
        # The value itself stays out of the message: it may be a password.
        raise SettingsInvalid(f"{said} must be {variable.allowed}.") from None


def _between(least: int, most: int) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        number = int(raw.replace("_", ""))
        if not least <= number <= most:
            raise ValueError
        return number

    return parse


def _one_of(choices: Mapping[str, T]) -> Callable[[str], T]:
    def parse(raw: str) -> T:
        if raw.lower() not in choices:
            raise ValueError
        return choices[raw.lower()]

    return parse


def _rate_limit(raw: str) -> int | None:
    return None if raw.lower() == "off" else _between(1, 1_000_000)(raw)


def _database_url(raw: str) -> str:
    if urlsplit(raw).scheme not in {"postgresql", "postgres"}:
        raise ValueError
    return raw


def _server_url(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError
    return raw.rstrip("/")


def _secret(raw: str) -> str:
    if len(raw) < 32:
        raise ValueError
    return raw


def _networks(raw: str) -> tuple[Network, ...]:
    parts = raw.replace(",", " ").split()
    return tuple(ipaddress.ip_network(part, strict=False) for part in parts)


def _path(raw: str) -> Path:
    return Path(raw).expanduser().absolute()


_COUNT = "a whole number from {} to {}"

# One for every field of `Settings`, in the same order.
VARIABLES: Mapping[str, Variable] = {
    "database_url": Variable(
        name="DATABASE_URL",
        parse=_database_url,
        allowed="an address such as postgresql://user:password@host:5432/database",
    ),
    "postgres_bin": Variable(
        name="POSTGRES_BIN", parse=_path, allowed="a folder that holds initdb and postgres"
    ),
    "data_dir": Variable(name="ICOSA_DATA_DIR", parse=_path, allowed="a folder"),
    "host": Variable(name="ICOSA_HOST", parse=str, allowed="an address to listen on"),
    "port": Variable(
        name="ICOSA_PORT", parse=_between(0, 65_535), allowed=_COUNT.format(0, "65,535")
    ),
    "workers": Variable(
        name="ICOSA_WORKERS", parse=_between(1, 256), allowed=_COUNT.format(1, 256)
    ),
    "server_url": Variable(
        name="ICOSA_SERVER_URL",
        parse=_server_url,
        allowed="an address such as https://crm.example.com",
    ),
    "secret": Variable(
        name="ICOSA_SECRET",
        parse=_secret,
        allowed="at least 32 characters long (try: openssl rand -hex 32)",
    ),
    "rate_limit": Variable(
        name="ICOSA_RATE_LIMIT",
        parse=_rate_limit,
        allowed="a whole number of requests a minute, or off",
    ),
    "batch_max": Variable(
        name="ICOSA_BATCH_MAX", parse=_between(60, 10_000), allowed=_COUNT.format(60, "10,000")
    ),
    "log_format": Variable(
        name="ICOSA_LOG_FORMAT",
        parse=_one_of({"console": "console", "json": "json"}),
        allowed="console or json",
    ),
    "webhook_allow": Variable(
        name="ICOSA_WEBHOOK_ALLOW",
        parse=_networks,
        allowed="addresses or networks such as 10.0.0.0/8, with commas between",
    ),
    "connections": Variable(
        name="ICOSA_DB_CONNECTIONS",
        parse=_between(1, CONNECTIONS_MAX),
        allowed=_COUNT.format(1, CONNECTIONS_MAX),
    ),
    "slow_connections": Variable(
        name="ICOSA_DB_SLOW_CONNECTIONS",
        parse=_between(1, CONNECTIONS_MAX),
        allowed=_COUNT.format(1, CONNECTIONS_MAX),
    ),
    "prepared": Variable(
        name="ICOSA_DB_PREPARED", parse=_one_of({"on": True, "off": False}), allowed="on or off"
    ),
    "body_bytes_max": Variable(
        name="ICOSA_BODY_BYTES_MAX",
        parse=_between(1_000, 1_000 * MEGABYTE),
        allowed=_COUNT.format("1,000", "1,000,000,000"),
    ),
    "statement_timeout_ms": Variable(
        name="ICOSA_STATEMENT_TIMEOUT_MS",
        parse=_between(100, 3_600_000),
        allowed=_COUNT.format(100, "3,600,000"),
    ),
}
