"""The processes of a PostgreSQL server, found by what it leaves in its folder."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmaster:
    """What `postmaster.pid` says about a server."""

    pid: int
    socket_folder: Path
    status: str  # starting, ready, stopping


def read_postmaster(cluster: Path) -> Postmaster | None:
    """What `postmaster.pid` says (its lines: src/include/utils/pidfile.h of PostgreSQL)."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    pid = int(lines[0]) if lines and lines[0].isdecimal() else 0
    if len(lines) < 8:  # it is just being written
        return Postmaster(pid=pid, socket_folder=cluster, status="starting")
    return Postmaster(pid=pid, socket_folder=Path(lines[4]), status=lines[7].strip())


def runs_in(cluster: Path, pid: int) -> bool:
    """Whether a process works in the cluster's folder, as every process of a server does."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, and is another user's
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == cluster.resolve()
    except PermissionError:
        return True
    except OSError:
        # A process that ended and was not waited for yet; or a system without /proc.
        return not Path("/proc/self").exists()


def processes_in(cluster: Path) -> list[int]:
    pids = [int(each.name) for each in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if runs_in(cluster, pid)]
