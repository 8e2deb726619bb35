"""`icosa demo` on real data: it loads the world through the public APIs and shows itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from tests.postgres import run_apart

PROJECT = Path(__file__).parents[2]
LOADED = re.compile(r"^Loaded (\d+) countries, (\d+) cities, (\d+) airports", re.MULTILINE)


def demo(url: str, data_dir: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ICOSA_")}
    return subprocess.run(
        [sys.executable, "-m", "icosa", "demo", *options],
        cwd=PROJECT,
        env=inherited | {"DATABASE_URL": url, "ICOSA_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


async def counted(url: str) -> dict[str, int]:
    """The rows of each of the demo's tables, and the cities without their country."""
    connection = await asyncpg.connect(url)
    try:
        schema = await connection.fetchval(
            "select schema_name from icosa.workspace where name = 'demo'"
        )
        tables = {
            name: await connection.fetchval(f'select count(*) from "{schema}"."_{name}"')
            for name in ("country", "city", "airport")
        }
        tables["stray"] = await connection.fetchval(
            f'select count(*) from "{schema}"."_city" where "countryId" is null'
        )
        return tables
    finally:
        await connection.close()


@pytest.mark.timeout(400)
def test_the_demo_loads_the_world_and_tours_it(database_url: str, tmp_path: Path) -> None:
    done = demo(database_url, tmp_path)

    assert done.returncode == 0, done.stderr
    found = LOADED.search(done.stdout)
    assert found is not None, done.stdout[:2_000]
    countries, cities, airports = (int(count) for count in found.groups())
    assert countries >= 250
    assert cities > 30_000
    assert airports > 20_000
    rows = run_apart(counted(database_url))
    assert rows == {"country": countries, "city": cities, "airport": airports, "stray": 0}
    # Five requests of both dialects, each with its answer and its one statement.
    assert len(re.findall(r"^\s*(?:GET /rest|POST /graphql|query|\{)", done.stdout, re.M)) >= 5
    assert done.stdout.count("select ") >= 5
    assert "totalCount" in done.stdout

    again = demo(database_url, tmp_path)
    assert again.returncode == 0
    assert "--reset" in again.stderr
