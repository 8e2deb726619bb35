"""A database cluster of our own on disk: how it is made, and the options it runs with."""

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from icosa.db.binaries import Binaries, ServerUser

ROLE = DATABASE = "icosa"
PORT = 5432  # only part of the socket's name
MAX_CONNECTIONS = 100


class EmbeddedServerFailed(Exception):
    """The embedded PostgreSQL cannot be started; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The cluster in the folder `postgres` of `home`."""

    home: Path
    user: ServerUser
    durable: bool  # False: what was written may be lost when the machine crashes

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    def command(self, binaries: Binaries, socket_folder: Path) -> list[str | Path]:
        """What starts the server."""
        command: list[str | Path] = [binaries.folder / "postgres", "-D", self.folder]
        for name, value in self._options(socket_folder).items():
            command += ["-c", f"{name}={value}"]
        return command

    def make(self, binaries: Binaries, password: str) -> None:
        """Makes it aside and renames it, so that half a cluster is never taken for one."""
        unfinished = self.home / "postgres-unfinished"
        password_file = self.home / "initial-password"
        try:
            password_file.touch(mode=0o600)
            password_file.write_text(password)
            self.user.give(password_file)
            self._run_initdb(binaries, unfinished, password_file)
        finally:
            password_file.unlink(missing_ok=True)
        self._run(
            [binaries.folder / "postgres", "--single", "-D", unfinished, "postgres"],
            f"create database {DATABASE}\n",
        )
        unfinished.rename(self.folder)

    def check_version(self, binaries: Binaries) -> None:
        made_by = int((self.folder / "PG_VERSION").read_text())
        if made_by != binaries.version:
            raise EmbeddedServerFailed(
                f"The data in {self.folder} were made by PostgreSQL {made_by}, and the programs "
                f"are of {binaries.version}: set POSTGRES_BIN to those of {made_by}, or move the "
                "data with pg_dump."
            )

    def _options(self, socket_folder: Path) -> dict[str, object]:
        memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        shared_buffers_mb = min(max(memory_mb // 8, 128), 1024) if self.durable else 128
        options: dict[str, object] = {
            "listen_addresses": "",
            "unix_socket_directories": socket_folder,
            "port": PORT,
            "max_connections": MAX_CONNECTIONS,
            "shared_buffers": f"{shared_buffers_mb}MB",
            "effective_cache_size": f"{memory_mb // 2}MB",
            "max_wal_size": "2GB",
            "random_page_cost": 1.1,  # what it costs on a solid-state disk
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "cluster_name": ROLE,
            # What PostgreSQL refuses is our answer to the caller; in a log it might be private.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_checkpoints": "off",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return options

    def _run_initdb(self, binaries: Binaries, folder: Path, password_file: Path) -> None:
        command: list[str | Path] = [
            binaries.folder / "initdb",
            *("-D", folder),
            *("--username", ROLE),
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-instructions",
        ]
        if binaries.version >= 16:
            # The password is random: there is nothing to slow a guesser down for, and every
            # connection saves 4,095 rounds of hashing.
            command += ["--set", "scram_iterations=1"]
        if not self.durable:
            command.append("--no-sync")
        *better, last = _locales(binaries.version)
        for locale in better:
            self._empty(folder)
            if self.user.run([*command, *locale]).returncode == 0:
                return
        self._empty(folder)
        self._run([*command, *last])

    def _empty(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.user.make_own(folder)

    def _run(self, command: Sequence[str | Path], text: str = "") -> None:
        done = self.user.run(command, text)
        if done.returncode != 0:
            raise EmbeddedServerFailed(
                f"{Path(command[0]).name} failed in {self.home}: {cause(done.stdout)}"
            )


def kept_secret(path: Path) -> str:
    """The secret kept in a file that only its owner can read, made when there is none."""
    if not path.exists():
        # Linked when complete: of two processes, one makes it and the other reads all of it.
        draft = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32) + "\n")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def cause(printed: str) -> str:
    """The line that says why, of all that a program of PostgreSQL's printed before it ended."""
    lines = printed.strip().splitlines() or ["it printed nothing"]
    telling = [line for line in lines if "FATAL" in line or "error: " in line]
    return (telling or lines)[-1]


def _locales(version: int) -> list[list[str]]:
    """Arguments of initdb, the best first: text in code point order, letters known as letters.

    LC_CTYPE says what a letter is to pg_trgm; systems call their UTF-8 locale differently.
    """
    names = ("C.UTF-8", "en_US.UTF-8", "C")
    if version < 17:
        return [["--locale-provider=libc", f"--locale={name}"] for name in names]
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return [[*builtin, f"--lc-ctype={name}"] for name in names]
