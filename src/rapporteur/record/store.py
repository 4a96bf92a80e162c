"""The ledger's file: opened for a moment, shared in turn, never left half written.

DuckDB locks a file against other processes for as long as a connection is open: one that writes shuts out all others,
those that read shut out writers. So connections are short: one a view, one a batch. A file that is held by another is
tried again until ``wait`` seconds are over. What is written is one transaction: whatever fails in it (a full disk, a
killed process) leaves the ledger as it was.
"""

from __future__ import annotations

import copy
import glob
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb

from rapporteur.errors import LedgerError
from rapporteur.record import migrations
from rapporteur.record.schema import MARK, VERSION, statements
from rapporteur.record.turns import OPENING, turns_at

_FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.03  # seconds between tries; half as much longer at most, below turns.FREE
_ABANDONED = 3600  # seconds
# No extension is ever fetched or loaded, and nothing but the ledger's own file is opened: a ledger needs no network.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
}
_HELD = re.compile(r"Conflicting lock is held in .*?\(PID (\d+)\)")
_FULL = ("No space left", "File too large", "Could not write file", "max_temp_directory_size")
_OF_THE_FILE = (duckdb.IOException, duckdb.FatalException, duckdb.PermissionException)
_OTHERWISE_OPEN = "different configuration"  # this process has it open the other way


class Store:
    """One ledger file.

    Args:
        path: the file; made, with empty tables, where there is none (``create``).
        wait: seconds to wait for a file that another process holds.
        now: tells the time; for the ledger's own notes.

    Raises:
        LedgerError: there is no such file and none may be made; it is a folder, no ledger, or of a newer version;
            it may not be read; another process holds it for longer than ``wait``.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, wait: float = 10.0, create: bool = True, now: Callable[[], datetime]
    ) -> None:
        self.path = Path(path)
        self.name = str(path)
        self._wait = max(0.0, wait)
        self._now = now
        self._shared: _Shared | None = None
        if not self._exists():
            if not create:
                raise LedgerError(self.name, "no such ledger; rapporteur record makes one")
            self._create()
        with self._connected(read_only=True) as con:
            found = self._version(con)
        self._check(found)
        if found < VERSION:
            self._migrate(found)

    # -- what callers use --------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that reads, all from one state of the ledger.

        Raises:
            LedgerError: as above, or the query needs more memory than a ledger may take.
        """
        if self._shared is not None:
            yield self._shared.connection()
            return
        with self._connected(read_only=True) as con, self._told("read"):
            self._check(self._version(con))
            con.execute("BEGIN")
            yield con

    @contextmanager
    def at_once(self) -> Iterator[Store]:
        """This store for several questions of one thread: the file is opened at the first, and only at the end closed,
        so that all see one state. It can't be written to meanwhile."""
        with ExitStack() as opened:
            one = copy.copy(self)
            one._shared = _Shared(self, opened)
            yield one

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that writes, in one transaction: kept when the block ends, undone when it raises.

        Raises:
            LedgerError: as above, or it can't be written (full disk, no permission); the ledger is as it was.
        """
        with self._connected(read_only=False) as con, self._told("written"):
            self._check(self._version(con))
            with _transaction(con):
                yield con

    def state(self) -> tuple[int, ...] | None:
        """What changes whenever the ledger is written to, told by its file without opening it; None where it is gone.

        Taken while ``reading`` holds the file, it is that of the rows that are read: nobody writes then.
        """
        try:
            told = self.path.stat()
        except OSError:
            return None
        try:
            log = self.path.with_name(self.path.name + ".wal").stat()
        except OSError:
            log = None
        files = (told,) if log is None else (told, log)
        return tuple(n for file in files for n in (file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns))

    # -- opening -----------------------------------------------------------------------------------------------

    def _exists(self) -> bool:
        """Whether there is something at the path. A file without a byte (``touch``, ``mktemp``) is a new ledger's."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise LedgerError(self.name, f"can't be opened: {error.strerror or error}") from None
        if self.path.is_dir():
            raise LedgerError(self.name, "is a folder; a ledger is a file")
        return status.st_size > 0

    def _create(self) -> None:
        """Make the empty ledger under another name and give it its own when complete: no one meets half of it."""
        if not self.path.parent.is_dir():
            raise LedgerError(self.name, f"the folder {self.path.parent} is not there; make it first")
        _tidy(self.path)
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}-{random.getrandbits(32):08x}.new")
        try:
            with self._told("written"):
                with OPENING:
                    made = duckdb.connect(str(draft), config=_SETTINGS)
                with _closing(made) as con, _transaction(con):
                    for statement in statements():
                        con.execute(statement)
                    con.executemany("INSERT INTO meta VALUES (?, ?)", [("format", MARK), ("version", str(VERSION))])
            if self.path.exists() and not self.path.stat().st_size:
                os.replace(draft, self.path)
            else:
                _name(draft, self.path)
        except OSError as error:
            raise LedgerError(self.name, f"can't be made: {error.strerror or error}") from None
        finally:
            for leftover in (draft, draft.with_name(draft.name + ".wal")):
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)

    @contextmanager
    def _connected(self, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """An open connection, when it is this thread's turn and no other process holds the file."""
        until = time.monotonic() + self._wait
        turns = turns_at(self.path)
        with ExitStack() as held:
            try:
                held.enter_context(turns.reading(until) if read_only else turns.writing(until))
            except TimeoutError:
                raise LedgerError(self.name, self._busy(None)) from None
            yield held.enter_context(_closing(self._connect(read_only, until)))

    def _connect(self, read_only: bool, until: float) -> duckdb.DuckDBPyConnection:
        """Open the file, waiting for its turn."""
        pause = _FIRST_PAUSE
        while True:
            try:
                with OPENING:
                    return duckdb.connect(str(self.path), read_only=read_only, config=_SETTINGS)
            except duckdb.Error as error:
                message = str(error)
                held = _HELD.search(message)
                if held is None and "Could not set lock" not in message and _OTHERWISE_OPEN not in message:
                    raise self._unopened(message, read_only) from None
                if time.monotonic() >= until:
                    raise LedgerError(self.name, self._busy(held[1] if held else None)) from None
            # not in step with others that wait: a random share of the pause
            time.sleep(min(pause * (0.5 + random.random()), max(0.0, until - time.monotonic())))
            pause = min(pause * 2, LONGEST_PAUSE)

    def _busy(self, process: str | None) -> str:
        whose = f"another process ({process})" if process else "another process or thread"
        return f"{whose} is using the ledger and did not let go within {self._wait:g} s; try again when it is done"

    def _unopened(self, message: str, read_only: bool) -> LedgerError:
        line = _first_line(message)
        if "not a valid DuckDB database" in message:
            return LedgerError(
                self.name, "is not a ledger (nor any DuckDB file); give the path of a ledger or a new file"
            )
        if "newer version of DuckDB" in message or "version number" in message:
            return LedgerError(self.name, f"was written by another version of DuckDB; install that one ({line})")
        if "Permission denied" in message or "Cannot open file" in message or "read-only" in message.lower():
            verb = "read" if read_only else "written"
            return LedgerError(self.name, f"can't be {verb}; check its permissions and those of its folder ({line})")
        return LedgerError(self.name, f"can't be opened: {line}")

    # -- versions ----------------------------------------------------------------------------------------------

    def _version(self, con: duckdb.DuckDBPyConnection) -> int:
        """The ledger's version.

        Raises:
            LedgerError: it is another program's file, or damaged.
        """
        try:
            meta = dict(con.execute("SELECT key, value FROM meta").fetchall())
        except (duckdb.CatalogException, duckdb.BinderException):
            meta = {}
        version = str(meta.get("version", ""))
        if meta.get("format") != MARK or not version.isdigit():
            raise LedgerError(self.name, "is a DuckDB file of another program, not a ledger; give another path")
        return int(version)

    def _check(self, found: int) -> None:
        if found > VERSION:
            raise LedgerError(
                self.name,
                f"is a ledger of version {found}; this program knows up to version {VERSION}: install a newer one",
            )

    def _migrate(self, found: int) -> None:
        gap = migrations.missing(found)
        if gap is not None:
            raise LedgerError(self.name, f"is a ledger of version {found}; no step is known on from version {gap}")
        with self._connected(read_only=False) as con, self._told("written"), _transaction(con):
            migrations.migrate(con, self._version(con), self._now())  # again: another may have done it meanwhile

    # -- errors ------------------------------------------------------------------------------------------------

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        """Failures of disk and memory are the user's to mend, no bugs; others pass."""
        try:
            yield
        except duckdb.ConstraintException as error:
            raise LedgerError(
                self.name, f"an id stands for two different things; ids must differ: {_first_line(str(error))}"
            ) from None
        except duckdb.Error as error:
            problem = _problem(error, done)
            if problem is None:
                raise
            raise LedgerError(self.name, problem) from None


class _Shared:
    """A connection that is made when it is asked for, and stays until ``opened`` ends."""

    def __init__(self, store: Store, opened: ExitStack) -> None:
        self._store, self._opened = store, opened
        self._con: duckdb.DuckDBPyConnection | None = None

    def connection(self) -> duckdb.DuckDBPyConnection:
        if self._con is None:
            self._con = self._opened.enter_context(self._store.reading())
        return self._con


@contextmanager
def _transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # one that failed is undone already
            con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


@contextmanager
def _closing(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """What was committed is in the log beside the file: that it can't be moved into the file yet is no failure."""
    try:
        yield con
    finally:
        with suppress(duckdb.Error), OPENING:
            con.close()


def _tidy(path: Path) -> None:
    """Take away drafts of this ledger that somebody was killed over, long enough ago that nobody works on them."""
    for draft in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime > _ABANDONED:
                draft.unlink(missing_ok=True)


def _name(draft: Path, path: Path) -> None:
    """Give the complete file its name, unless another process was first: then that one's ledger is taken."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            os.rename(draft, path)


def _problem(error: duckdb.Error, done: str) -> str | None:
    """What to say of a failure of disk or memory; None of any other, which is a bug."""
    message = str(error)
    line = _first_line(message)
    if any(words in message for words in _FULL) or (done == "written" and isinstance(error, _OF_THE_FILE)):
        return (
            f"can't be written: {line}; nothing of this was kept, the ledger is as it was: "
            "make room or check permissions, then run it again"
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"this needs more memory than a ledger may take ({line}); ask for less at a time"
    return f"can't be read: {line}" if isinstance(error, _OF_THE_FILE) else None


def _first_line(message: str) -> str:
    """DuckDB's message without its class, its advice and its further lines."""
    line = message.strip().split("\n")[0].strip()
    return re.sub(r"^(?:[A-Za-z ]+ Error|FATAL Error): ", "", line).rstrip(".")
