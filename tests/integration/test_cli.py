"""The commands on workspaces, users and keys, as a shell runs them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner

from icosa.access import session
from icosa.access.callers import Callers
from icosa.access.passwords import Passwords
from icosa.access.signing import SigningKeys
from icosa.access.tokens import Tokens
from icosa.cli import application
from icosa.commands.key import expiry
from icosa.core.caller import Caller
from icosa.core.errors import KeyRevoked
from icosa.db.pool import Database
from tests.integration.access_parts import URL

Icosa = Callable[..., "subprocess.CompletedProcess[str]"]

PROJECT = Path(__file__).parents[2]
TOKEN = re.compile(r"icosa_[0-9A-Za-z]{40}\n")


def run(*arguments: str, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ICOSA_") and name != "DATABASE_URL"
    }
    return subprocess.run(
        [sys.executable, "-m", "icosa", *arguments],
        cwd=PROJECT,
        env=inherited | environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def icosa(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Icosa:
    """Runs a command on a database with the workspaces `main` and `second`."""
    data_dir = tmp_path_factory.mktemp("data")

    def on_the_database(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return run(
            *arguments,
            stdin=stdin,
            DATABASE_URL=module_database_url,
            ICOSA_DATA_DIR=str(data_dir),
        )

    for name in ("main", "second"):
        made = on_the_database("workspace", "create", name, "--model", "empty")
        assert made.returncode == 0, made.stderr
    return on_the_database


async def caller_of(url: str, token: str) -> Caller:
    database = await Database.open(url, size=1, slow_size=1)
    try:
        return await Callers(database, Tokens(SigningKeys(database, "x" * 32))).of(token)
    finally:
        await database.close()


def answer(done: "subprocess.CompletedProcess[str]") -> object:
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


def failure(done: "subprocess.CompletedProcess[str]", *, code: int = 1) -> str:
    """What a failed command says: one line, and nothing on stdout."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    return done.stderr


def in_one_line(done: "subprocess.CompletedProcess[str]") -> str:
    said = failure(done)
    assert said.startswith("icosa: ")
    assert said.count("\n") == 1
    return said


# -- workspaces ----------------------------------------------------------------------


def test_workspaces_are_listed_oldest_first(icosa: Icosa) -> None:
    listed = cast("list[dict[str, object]]", answer(icosa("workspace", "list", "--json")))
    table = icosa("workspace", "list").stdout.splitlines()

    assert [each["name"] for each in listed][:2] == ["main", "second"]
    assert table[0].split() == ["ID", "NAME", "DISPLAY", "NAME", "MEMBERS", "KEYS", "CREATED"]
    assert table[1].startswith(f"{listed[0]['id']}  main")


def test_a_name_is_given_once(icosa: Icosa) -> None:
    said = in_one_line(icosa("workspace", "create", "main"))

    assert said == "icosa: There is a workspace main already.\n"


def test_a_workspace_is_deleted_only_when_that_is_meant(icosa: Icosa) -> None:
    made = icosa("workspace", "create", "gone", "--model", "empty")
    assert made.returncode == 0, made.stderr

    assert "--yes" in in_one_line(icosa("workspace", "delete", "gone"))
    assert icosa("workspace", "delete", "gone", "--yes").returncode == 0

    listed = cast("list[dict[str, object]]", answer(icosa("workspace", "list", "--json")))
    assert "gone" not in [each["name"] for each in listed]


def test_an_unknown_workspace_is_named_with_those_there_are(icosa: Icosa) -> None:
    said = in_one_line(icosa("key", "list", "--workspace", "nowhere"))

    assert "There is no workspace nowhere. There are: main, second" in said


# -- keys ----------------------------------------------------------------------------


async def test_a_new_key_prints_its_token_alone_and_works(
    icosa: Icosa, module_database_url: str
) -> None:
    done = icosa("key", "create", "--name", "import")

    assert done.returncode == 0
    assert TOKEN.fullmatch(done.stdout)
    caller = await caller_of(module_database_url, done.stdout.strip())
    assert (caller.kind, caller.name) == ("key", "import")


def test_a_key_belongs_to_the_workspace_that_is_named(icosa: Icosa) -> None:
    made = icosa("key", "create", "--name", "elsewhere", "--workspace", "second", "--json")
    key = cast("dict[str, object]", answer(made))

    def names(*options: str) -> list[object]:
        listed = cast("list[dict[str, object]]", answer(icosa("key", "list", "--json", *options)))
        return [each["name"] for each in listed]

    assert key["workspace"] == "second"
    assert "elsewhere" in names("--workspace", "second")
    assert "elsewhere" not in names()


def test_a_key_expires_when_it_is_told_to(icosa: Icosa) -> None:
    made = icosa("key", "create", "--name", "short", "--expires", "90d", "--json")
    key = cast("dict[str, str]", answer(made))

    expires = datetime.fromisoformat(key["expiresAt"])

    assert abs(expires - datetime.now(UTC) - timedelta(days=90)) < timedelta(minutes=2)


async def test_a_revoked_key_works_no_more(icosa: Icosa, module_database_url: str) -> None:
    key = cast("dict[str, str]", answer(icosa("key", "create", "--name", "old", "--json")))

    done = icosa("key", "revoke", key["id"])

    assert (done.returncode, done.stdout) == (0, "")
    with pytest.raises(KeyRevoked):
        await caller_of(module_database_url, key["token"])
    assert key["id"] not in icosa("key", "list").stdout


def test_a_list_of_keys_shows_no_token(icosa: Icosa) -> None:
    token = icosa("key", "create", "--name", "shown").stdout.strip()

    for done in (icosa("key", "list"), icosa("key", "list", "--json")):
        assert token[:12] in done.stdout
        assert token[12:-4] not in done.stdout


def test_an_unknown_key_is_a_failure(icosa: Icosa) -> None:
    assert "There is no API key x." in in_one_line(icosa("key", "revoke", "x"))


@pytest.mark.parametrize("role", ["Member", "Guest"])
def test_a_role_that_is_not_for_keys_is_refused(icosa: Icosa, role: str) -> None:
    said = in_one_line(icosa("key", "create", "--name", "x", "--role", role))

    assert said == f'icosa: Role "{role}" cannot be assigned to API keys\n'


def test_an_unknown_role_is_a_failure(icosa: Icosa) -> None:
    assert "There is no role Boss" in in_one_line(
        icosa("key", "create", "--name", "x", "--role", "Boss")
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("key", "create"),
        ("key", "create", "--name", " "),
        ("key", "create", "--name", "x", "--expires", "soon"),
        ("key", "revoke"),
        ("key", "frobnicate"),
        ("workspace", "create"),
        ("workspace", "create", "x", "--model", "none"),
        ("user", "create"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(application, arguments).exit_code == 2


def test_wrong_usage_is_told_on_stderr(icosa: Icosa) -> None:
    assert "--name" in failure(icosa("key", "create"), code=2)


@pytest.mark.parametrize(
    "command",
    ["workspace create", "workspace list", "workspace delete", "user create", "key create",
     "key list", "key revoke"],
)  # fmt: skip
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = CliRunner().invoke(application, [*command.split(), "--help"])

    assert done.exit_code == 0
    assert "Example: " in done.stdout
    assert f"icosa {command}" in done.stdout


@pytest.mark.parametrize(
    ("text", "life"),
    [
        ("30m", timedelta(minutes=30)),
        ("12h", timedelta(hours=12)),
        ("90d", timedelta(days=90)),
        ("2w", timedelta(weeks=2)),
        ("1y", timedelta(days=365)),
        ("2030-01-31", datetime(2030, 1, 31, tzinfo=UTC)),
    ],
)
def test_an_expiry_is_a_span_or_a_date(text: str, life: object) -> None:
    assert expiry(text) == life


# -- users ---------------------------------------------------------------------------


async def signs_in(url: str, email: str, password: str) -> bool:
    database = await Database.open(url, size=1, slow_size=1)
    try:
        return "loginToken" in await session.get_login_token_from_credentials(
            database,
            Tokens(SigningKeys(database, "x" * 32)),
            Passwords(),
            server_url=URL,
            email=email,
            password=password,
            origin=URL,
        )
    finally:
        await database.close()


async def test_a_new_user_gets_a_password_that_is_printed_alone(
    icosa: Icosa, module_database_url: str
) -> None:
    done = icosa("user", "create", "grace@example.com", "--role", "Member")

    assert done.returncode == 0
    assert re.fullmatch(r"\S{16}\n", done.stdout)
    assert await signs_in(module_database_url, "Grace@example.com", done.stdout.strip())


async def test_a_password_is_read_from_stdin(icosa: Icosa, module_database_url: str) -> None:
    done = icosa("user", "create", "alan@example.com", "--password-stdin", stdin="correct horse\n")

    assert (done.returncode, done.stdout) == (0, "")
    assert await signs_in(module_database_url, "alan@example.com", "correct horse")


def test_a_user_joins_a_second_workspace_and_keeps_the_password(icosa: Icosa) -> None:
    first = cast("dict[str, object]", answer(icosa("user", "create", "mary@example.com", "--json")))
    again = icosa("user", "create", "MARY@example.com", "--workspace", "second", "--json")
    second = cast("dict[str, object]", answer(again))

    assert first["password"] is not None
    assert second["password"] is None
    assert second["id"] == first["id"]
    assert "is a member of main already" in in_one_line(icosa("user", "create", "mary@example.com"))


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("no address", "correct horse", "email must be an email"),
        ("short@example.com", "short", "Password too weak"),
    ],
)
def test_a_bad_address_or_password_makes_no_user(
    icosa: Icosa, email: str, password: str, said: str
) -> None:
    done = icosa("user", "create", email, "--password-stdin", stdin=f"{password}\n")

    assert in_one_line(done) == f"icosa: {said}\n"


# -- the database --------------------------------------------------------------------


def test_a_database_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    done = run(
        "key", "list",
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
        ICOSA_DATA_DIR=str(tmp_path),
    )  # fmt: skip

    assert "PostgreSQL" in in_one_line(done)


def test_an_empty_database_has_no_workspace_yet(empty_database_url: str, tmp_path: Path) -> None:
    done = run("key", "list", DATABASE_URL=empty_database_url, ICOSA_DATA_DIR=str(tmp_path))

    assert "icosa workspace create main" in in_one_line(done)


def test_without_a_database_url_a_server_of_our_own_is_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)

    made = run("workspace", "create", "own", "--model", "empty", ICOSA_DATA_DIR=str(tmp_path))
    key = run("key", "create", "--name", "x", ICOSA_DATA_DIR=str(tmp_path))

    assert made.returncode == 0, made.stderr
    assert TOKEN.fullmatch(key.stdout), key.stderr
