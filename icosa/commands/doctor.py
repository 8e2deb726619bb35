"""`icosa doctor`: what is wrong with an installation, and how to mend it.

Everything is looked at that could make answers wrong or slow and that no request would tell:
the server's version, its letters and its clock, extensions, migrations, and each workspace's
tables against the catalogue.
Nothing is changed. A finding is *wrong* (exit 1) or a *warning* (exit 0).
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec
import typer

from icosa.catalog.store import load_snapshot
from icosa.changes.check import differences, wrong_totals
from icosa.commands.options import AsJson, DatabaseUrl, DataDir
from icosa.commands.output import say_json, say_table
from icosa.core.sql import ident, render, sql
from icosa.db.migrate import EXTENSIONS, MigrationFailed, pending
from icosa.db.pool import Database, DatabaseUnavailable
from icosa.installation import running_database
from icosa.settings import Settings

EXAMPLE = "Example: icosa doctor --json"

VERSION_MIN: Final = 15
CLOCK_SKEW_MAX_S: Final = 2.0
DELTAS_MAX: Final = 10_000  # that a total may have to be added up from

Status = Literal["ok", "warning", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    check: str
    status: Status = "ok"
    says: str
    mend: str = ""  # what to do


def doctor(
    *,
    count: Annotated[
        bool, typer.Option("--count", help="Count all records too, and compare with the totals.")
    ] = False,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Check the database, the catalogue and every workspace; say what to mend, and how."""
    settings = Settings.read(os.environ, database_url=database_url, data_dir=data_dir)
    with running_database(settings) as (url, settings):
        found = asyncio.run(examined(url, settings, count=count))
    if as_json:
        say_json([msgspec.to_builtins(each) for each in found])
    else:
        say_table(
            ("", "CHECK", "FOUND"),
            [(each.status, each.check, _told(each)) for each in found],
        )
    if any(each.status == "wrong" for each in found):
        raise typer.Exit(1)


def _told(finding: Finding) -> str:
    return f"{finding.says}. To mend it: {finding.mend}" if finding.mend else finding.says


async def examined(url: str, settings: Settings, *, count: bool = False) -> list[Finding]:
    """All findings, in an order in which the first that is wrong may explain the rest."""
    try:
        database = await Database.open(url, size=1, slow_size=1, prepared=settings.prepared)
    except DatabaseUnavailable as failure:
        return [
            Finding(
                check="database",
                status="wrong",
                says=str(failure),
                mend="start PostgreSQL, or give its address with --database-url (DATABASE_URL)",
            )
        ]
    try:
        found = [each async for each in _server(database, settings)]
        migrations = await _migrations(url)
        found.append(migrations)
        if migrations.status == "ok":
            found += [each async for each in _workspaces(database, count=count)]
        return found
    finally:
        await database.close()


# -- the server ------------------------------------------------------------------------

_SERVER: Final = """
select current_setting('server_version') as version,
       current_setting('server_version_num')::int / 10000 as major,
       current_setting('server_encoding') as encoding,
       current_setting('max_connections')::int as connections,
       lower('É') = 'é' as knows_letters,
       (select coalesce(array_agg(extname::text), '{}') from pg_extension) as extensions"""


async def _server(database: Database, settings: Settings) -> AsyncIterator[Finding]:
    row = await database.row(_SERVER)
    assert row is not None
    if row["major"] < VERSION_MIN:
        yield Finding(
            check="database",
            status="wrong",
            says=f"PostgreSQL {row['version']} is too old",
            mend=f"upgrade it to {VERSION_MIN} or later",
        )
    else:
        yield Finding(check="database", says=f"PostgreSQL {row['version']}")
    yield _letters(str(row["encoding"]), knows_letters=row["knows_letters"])
    yield _connections(row["connections"], settings)
    yield await _clock(database)
    yield _extensions(set(row["extensions"]))


def _letters(encoding: str, *, knows_letters: bool) -> Finding:
    if encoding != "UTF8":
        return Finding(
            check="letters",
            status="wrong",
            says=f"the database's encoding is {encoding}",
            mend="create the database anew with encoding 'UTF8' and load a dump into it",
        )
    if not knows_letters:
        return Finding(
            check="letters",
            status="warning",
            says="the database's locale knows no letters but A to Z, so that É and é differ "
            "where case should not matter",
            mend="create the database anew with locale 'C.UTF-8' and load a dump into it",
        )
    return Finding(check="letters", says="UTF8, and the locale knows small and capital letters")


def _connections(allowed: int, settings: Settings) -> Finding:
    needed = settings.workers * settings.connections_per_worker
    if needed > allowed:
        return Finding(
            check="connections",
            status="wrong",
            says=f"{settings.workers} workers open up to {needed}, and PostgreSQL allows {allowed}",
            mend="use fewer workers (ICOSA_WORKERS), or raise max_connections",
        )
    return Finding(check="connections", says=f"{needed} of {allowed} at most")


async def _clock(database: Database) -> Finding:
    before = time.time()
    row = await database.row("select extract(epoch from clock_timestamp())::float8")
    after = time.time()
    assert row is not None
    skew = max(before - row[0], row[0] - after, 0.0)
    if skew > CLOCK_SKEW_MAX_S:
        return Finding(
            check="clock",
            status="wrong",
            says=f"this machine's and the database's differ by {skew:.0f} seconds, so that "
            "tokens end too early or too late",
            mend="let both be set by the network (NTP)",
        )
    return Finding(check="clock", says="the same here and in the database")


def _extensions(installed: set[str]) -> Finding:
    missing = [name for name in EXTENSIONS if name not in installed]
    if missing:
        commands = " ".join(f"create extension {name} schema icosa;" for name in missing)
        return Finding(
            check="extensions",
            status="wrong",
            says=f"missing: {', '.join(missing)}",
            mend=f"icosa migrate, or as a superuser in this database: {commands}",
        )
    return Finding(check="extensions", says=", ".join(EXTENSIONS))


async def _migrations(url: str) -> Finding:
    try:
        waiting = await pending(url)
    except MigrationFailed as failure:
        return Finding(check="migrations", status="wrong", says=str(failure))
    if waiting:
        return Finding(
            check="migrations",
            status="wrong",
            says=f"pending: {', '.join(waiting)}",
            mend="icosa migrate",
        )
    return Finding(check="migrations", says="up to date")


# -- workspaces ------------------------------------------------------------------------

_WORKSPACES: Final = """
select w.id, w.name, w.schema_name,
       to_regnamespace(quote_ident(w.schema_name)) is not null as exists
from icosa.workspace w where w.deleted_at is null order by w.created_at, w.id"""
_STRAY: Final = """
select n.nspname::text from pg_namespace n
where n.nspname like 'w\\_%' and not exists (
    select from icosa.workspace w where w.schema_name = n.nspname)
order by 1"""


async def _workspaces(database: Database, *, count: bool) -> AsyncIterator[Finding]:
    rows = await database.rows(_WORKSPACES)
    for row in rows:
        if not row["exists"]:
            yield Finding(
                check=f"workspace {row['name']}",
                status="wrong",
                says=f"its schema {row['schema_name']} is gone",
                mend="restore the schema from a backup, or remove the workspace: "
                f"icosa workspace delete {row['name']}",
            )
            continue
        for finding in await _workspace(database, row["id"], row["name"]):
            yield finding
        yield await _totals(database, row["schema_name"], row["name"])
        if count:
            for finding in await _counted(database, row["id"], row["name"]):
                yield finding
    if not rows:
        yield Finding(
            check="workspaces",
            status="warning",
            says="there is none",
            mend="icosa workspace create main",
        )
    for row in await database.rows(_STRAY):
        yield Finding(
            check="schemas",
            status="warning",
            says=f"{row[0]} belongs to no workspace",
            mend=f"if nobody needs it: drop schema {row[0]} cascade",
        )


async def _workspace(database: Database, workspace_id: str, name: str) -> list[Finding]:
    """Its model can be loaded, and its tables are what that says."""
    check = f"workspace {name}"
    snapshot = await load_snapshot(database, workspace_id)
    wrong = await differences(database, workspace_id)
    if wrong:
        mend = "undo what was done to the table by hand, or restore the workspace from a backup"
        return [
            Finding(check=check, status="wrong", says=each.removesuffix("."), mend=mend)
            for each in wrong
        ]
    fields = sum(len(each.fields) for each in snapshot.objects.values())
    size = f"{len(snapshot.objects)} objects, {fields} fields, version {snapshot.version}"
    return [Finding(check=check, says=f"{size}; its tables agree")]


async def _totals(database: Database, schema: str, name: str) -> Finding:
    """A running server folds the deltas that totals are added up from."""
    count = sql("select count(*) from {t}", t=ident(schema, "record_total"))
    row = await database.row(render(count).text, slow=True)
    assert row is not None
    check = f"totals of {name}"
    if row[0] > DELTAS_MAX:
        return Finding(
            check=check,
            status="warning",
            says=f"{row[0]} deltas are not folded, which makes totals slow",
            mend="let icosa serve run: it folds them",
        )
    return Finding(check=check, says=f"added up from {row[0]} deltas")


async def _counted(database: Database, workspace_id: str, name: str) -> list[Finding]:
    check = f"totals of {name}"
    wrong = [each.removesuffix(".") for each in await wrong_totals(database, workspace_id)]
    if not wrong:
        return [Finding(check=check, says="as many as there are records")]
    mend = "find out who switched the table's triggers off; then correct record_total by hand"
    return [Finding(check=check, status="wrong", says=each, mend=mend) for each in wrong]
