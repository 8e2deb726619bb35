"""CPU time and memory of processes, from Linux' /proc.

`schedstat` counts nanoseconds on a CPU, whereas `stat` counts ticks of 10 ms. What other
programs do on a busy machine is not in it, though they make each of our nanoseconds do less.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

MEGABYTE = 1_000_000


def cpu_ns(pids: Iterable[int]) -> int:
    """What all threads of these processes have used so far; 0 for one that has ended."""
    return sum(_cpu_ns(pid) for pid in pids)


def resident_mb(pid: int) -> float:
    """How much of its memory is in RAM."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise ValueError(f"process {pid} has no memory")


def _cpu_ns(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread that has just ended
    return total
