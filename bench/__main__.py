"""`python -m bench`: load, compare, drive both servers in turn, print the figures.

Both are asked in turn within each round, and a ratio is the median over rounds: the machine
may be busy with other work, which disturbs both alike. Rates say little on such a machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bench.agreement import Client, Disagreement, StatementLog, compare
from bench.drive import Burst, BurstFailed, Driver, ToolMissing
from bench.installation import Installation, installation
from bench.process import resident_mb
from bench.report import FEW, MANY, Measured, Pair, Report, all_ms
from bench.servers import Server, ServerFailed, icosa, yardstick
from bench.workload import LIST, LIST_WITH_TOTAL, Workload, workloads

SAMPLE = 2_000  # different records that are asked for
WARM_UP_S = 1.0
FEW_S = 1.0
MEMORY_REQUESTS = 100_000
MEMORY_BURST_S = 5.0


def main() -> int:
    options = _options()
    try:
        with _folder(options.keep) as folder, installation(folder, options.scale) as installed:
            data_dir = installed.data_dir
            report = asyncio.run(_measure(installed, options))
        report.started_s = asyncio.run(_start_up(data_dir))
    except (ToolMissing, Disagreement, BurstFailed, ServerFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(report.as_json())).decode())
    else:
        report.show()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="0.1: a tenth of the records")
    parser.add_argument("--rounds", type=int, default=5, help="of both servers in turn")
    parser.add_argument("--seconds", type=float, default=1.0, help="that a burst takes, whole ones")
    parser.add_argument("--only", default="", help="workloads with this in their name")
    parser.add_argument("--keep", type=Path, help="a folder for the data, used again next time")
    parser.add_argument("--no-memory", action="store_true", help="leave out 100,000 requests")
    parser.add_argument("--json", action="store_true", help="all figures, for programs")
    return parser.parse_args()


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="icosa-bench-") as folder:
        yield Path(folder)


async def _measure(installed: Installation, options: argparse.Namespace) -> Report:
    if installed.loaded_s is None:
        await installed.tidy()  # an earlier run may have been cut short
    people = await installed.sample("person", SAMPLE)
    companies = await installed.sample("company", SAMPLE)
    chosen = [each for each in workloads(people, companies) if options.only in each.name]
    report = Report(scale=options.scale, loaded_s=installed.loaded_s)
    async with (
        Driver(installed.dsn, installed.token) as driver,
        StatementLog.open(installed.dsn) as log,
        icosa(installed.data_dir) as ours,
        yardstick(installed) as theirs,
    ):
        run = _Run(driver, log, ours, theirs, installed.token)
        for workload in chosen:
            _note(workload.name)
            measured = await run.measured(workload, options.rounds, options.seconds)
            report.workloads.append(measured)
        report.total_ratio = _total_ratio(report.workloads)
        if not options.no_memory:
            _note(f"memory over {MEMORY_REQUESTS:,} requests")
            reads = [each for each in chosen if each.is_read and "filtered" not in each.name]
            await run.memory(reads, report)
        _note("removing what was created")
    await installed.tidy()
    return report


class _Run:
    """Both servers, and what they are measured with."""

    def __init__(
        self, driver: Driver, log: StatementLog, ours: Server, theirs: Server, token: str
    ) -> None:
        self._driver = driver
        self._log = log
        self._ours = ours
        self._theirs = theirs
        self._token = token

    async def measured(self, workload: Workload, rounds: int, seconds: float) -> Measured:
        """Raises `Disagreement`, `BurstFailed`."""
        ours = Client(self._ours, self._token)
        compare(workload, ours, Client(self._theirs, self._token))
        statements, last = await self._log.of(ours, workload)
        for server in (self._ours, self._theirs):
            await self._driver.burst(server, workload, connections=MANY, seconds=WARM_UP_S)
        pairs: dict[int, list[Pair]] = {MANY: [], FEW: []}
        for number in range(rounds):
            for connections, length in ((MANY, seconds), (FEW, FEW_S)):
                pairs[connections].append(
                    await self._pair(workload, connections, length, turned=number % 2 == 1)
                )
        pgbench = None
        if workload.is_read:
            pgbench = await self._driver.pgbench(last.text, last.parameters, seconds=seconds)
        return Measured(name=workload.name, rounds=pairs, statements=statements, pgbench=pgbench)

    async def memory(self, reads: Sequence[Workload], report: Report) -> None:
        """Rather all kinds of reads than one; the last figure should be as the first."""
        requests = [each.requests[n % len(each.requests)] for n in range(50) for each in reads]
        mixed = Workload(name="memory", requests=requests)
        report.memory_mb.append(resident_mb(self._ours.pid))
        while report.memory_requests < MEMORY_REQUESTS:
            burst = await self._driver.burst(
                self._ours, mixed, connections=MANY, seconds=MEMORY_BURST_S
            )
            report.memory_requests += burst.requests
            report.memory_mb.append(resident_mb(self._ours.pid))

    async def _pair(
        self, workload: Workload, connections: int, seconds: float, *, turned: bool
    ) -> Pair:
        bursts: dict[str, Burst] = {}
        order = (self._theirs, self._ours) if turned else (self._ours, self._theirs)
        for server in order:
            bursts[server.name] = await self._driver.burst(
                server, workload, connections=connections, seconds=seconds
            )
        return Pair(icosa=bursts[self._ours.name], yardstick=bursts[self._theirs.name])


def _total_ratio(measured: Sequence[Measured]) -> float:
    by_name = {each.name: each for each in measured}
    if LIST not in by_name or LIST_WITH_TOTAL not in by_name:
        return 0.0
    return by_name[LIST_WITH_TOTAL].ours(all_ms) / by_name[LIST].ours(all_ms)


async def _start_up(data_dir: Path) -> float:
    """Of `icosa serve` on data that are there, PostgreSQL included."""
    async with icosa(data_dir) as server:
        return server.started_s


def _note(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
