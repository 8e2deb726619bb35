"""The figures of a run, as tables or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.drive import Burst, PgbenchRun

SERVER_RATIO_MAX = 1.8
POSTGRES_RATIO_MAX = 1.3
TOTAL_RATIO_MAX = 1.2
MEMORY_MB_MAX = 150
STATEMENTS_MAX = 1.1  # a request; who calls is looked up anew every few seconds
FEW, MANY = 1, 16  # connections


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Both servers in one round."""

    icosa: Burst
    yardstick: Burst


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One workload."""

    name: str
    rounds: Mapping[int, Sequence[Pair]]  # by the number of connections
    statements: float  # a request
    pgbench: PgbenchRun | None

    def ours(self, of: Callable[[Burst], float], connections: int = MANY) -> float:
        return median(of(pair.icosa) for pair in self.rounds[connections])

    def theirs(self, of: Callable[[Burst], float], connections: int = MANY) -> float:
        return median(of(pair.yardstick) for pair in self.rounds[connections])

    def ratio(self, of: Callable[[Burst], float], connections: int = MANY) -> float:
        """Ours by theirs, the median over the rounds: what disturbs a round disturbs both."""
        return median(of(p.icosa) / of(p.yardstick) for p in self.rounds[connections])


@dataclass(slots=True, kw_only=True)
class Report:
    scale: float
    loaded_s: float | None
    workloads: list[Measured] = field(default_factory=list)
    total_ratio: float = 0.0  # CPU of a list with totalCount by that of one without
    memory_mb: list[float] = field(default_factory=list)  # of the worker, as requests went on
    memory_requests: int = 0
    started_s: float = 0.0  # the second `icosa serve`

    def missed(self) -> list[str]:
        """What does not reach its target."""
        found: list[str] = []
        for each in self.workloads:
            for what, of, most in (
                ("server", server_ms, SERVER_RATIO_MAX),
                ("PostgreSQL", postgres_ms, POSTGRES_RATIO_MAX),
            ):
                ratio = each.ratio(of)
                if ratio > most:
                    found.append(f"{each.name}: {what} CPU {ratio:.2f} times, at most {most}")
            if each.statements > STATEMENTS_MAX:
                found.append(f"{each.name}: {each.statements:.2f} statements a request")
        if self.total_ratio > TOTAL_RATIO_MAX:
            found.append(f"totalCount: {self.total_ratio:.2f} times, at most {TOTAL_RATIO_MAX}")
        if self.memory_mb and max(self.memory_mb) > MEMORY_MB_MAX:
            found.append(f"memory: {max(self.memory_mb):.0f} MB, at most {MEMORY_MB_MAX}")
        return found

    def show(self) -> None:
        console = Console(width=140)
        console.print(self._cpu())
        console.print(self._rates())
        console.print(
            f"A list with totalCount costs {self.total_ratio:.2f} times the CPU of one without "
            f"(at most {TOTAL_RATIO_MAX})."
        )
        if self.memory_mb:
            shown = ", ".join(f"{each:.0f}" for each in self.memory_mb)
            console.print(
                f"Memory of the worker over {self.memory_requests:,} requests: {shown} MB "
                f"(at most {MEMORY_MB_MAX})."
            )
        console.print(f"The second start took {self.started_s:.2f} s.")
        if self.loaded_s is not None:
            console.print(f"Loading took {self.loaded_s:.0f} s.")
        for line in self.missed():
            console.print(f"[bold]missed[/bold]  {line}")

    def as_json(self) -> dict[str, object]:
        return {
            "scale": self.scale,
            "loadedSeconds": self.loaded_s,
            "workloads": [_measured_json(each) for each in self.workloads],
            "totalCountRatio": self.total_ratio,
            "memoryMegabytes": self.memory_mb,
            "memoryRequests": self.memory_requests,
            "secondStartSeconds": self.started_s,
            "missed": self.missed(),
        }

    def _cpu(self) -> Table:
        table = Table(title=f"CPU ms a request, {MANY} connections (ours, yardstick, ratio)")
        table.add_column("workload")
        for title in ("server", "", "ratio", "PostgreSQL", "", "ratio", "pgbench", "statements"):
            table.add_column(title, justify="right")
        for each in self.workloads:
            table.add_row(
                each.name,
                *_compared(each, server_ms, SERVER_RATIO_MAX),
                *_compared(each, postgres_ms, POSTGRES_RATIO_MAX),
                "" if each.pgbench is None else f"{each.pgbench.postgres_ms:.3f}",
                f"{each.statements:.2f}",
            )
        return table

    def _rates(self) -> Table:
        table = Table(title="Requests a second and ms (ours / yardstick): only ratios count")
        table.add_column("workload")
        for connections in (MANY, FEW):
            for title in ("req/s", "p50", "p99"):
                table.add_column(f"{title}, {connections}", justify="right")
        table.add_column("pgbench tps", justify="right")
        for each in self.workloads:
            cells: list[str] = []
            for connections in (MANY, FEW):
                cells.append(_both(each, rate, connections, "{:,.0f}"))
                cells.append(_both(each, p50_ms, connections, "{:.2f}"))
                cells.append(_both(each, p99_ms, connections, "{:.2f}"))
            tps = "" if each.pgbench is None else f"{each.pgbench.rate:,.0f}"
            table.add_row(each.name, *cells, tps)
        return table


def server_ms(burst: Burst) -> float:
    return burst.server_ms


def postgres_ms(burst: Burst) -> float:
    return burst.postgres_ms


def all_ms(burst: Burst) -> float:
    return burst.server_ms + burst.postgres_ms


def rate(burst: Burst) -> float:
    return burst.rate


def p50_ms(burst: Burst) -> float:
    return burst.p50_ms


def p99_ms(burst: Burst) -> float:
    return burst.p99_ms


def _compared(measured: Measured, of: Callable[[Burst], float], most: float) -> tuple[str, ...]:
    ratio = measured.ratio(of)
    shown = f"{ratio:.2f}" if ratio <= most else f"[bold red]{ratio:.2f}[/bold red]"
    return f"{measured.ours(of):.3f}", f"{measured.theirs(of):.3f}", shown


def _both(measured: Measured, of: Callable[[Burst], float], connections: int, form: str) -> str:
    left, right = measured.ours(of, connections), measured.theirs(of, connections)
    return f"{form.format(left)} / {form.format(right)}"


def _measured_json(measured: Measured) -> dict[str, object]:
    figures = {
        "requestsPerSecond": rate,
        "p50Ms": p50_ms,
        "p99Ms": p99_ms,
        "serverCpuMs": server_ms,
        "postgresCpuMs": postgres_ms,
    }
    return {
        "name": measured.name,
        "statements": measured.statements,
        "connections": {
            str(connections): {
                name: {
                    "icosa": measured.ours(of, connections),
                    "yardstick": measured.theirs(of, connections),
                    "ratio": measured.ratio(of, connections),
                }
                for name, of in figures.items()
            }
            for connections in measured.rounds
        },
        "pgbench": None
        if measured.pgbench is None
        else {
            "transactionsPerSecond": measured.pgbench.rate,
            "postgresCpuMs": measured.pgbench.postgres_ms,
        },
    }
