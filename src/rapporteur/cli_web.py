"""The command ``serve``: pages and a REST API over a ledger, on this machine unless told otherwise."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rapporteur.cli_knowledge import Doors

if TYPE_CHECKING:
    from fastapi import FastAPI

_DONE = 0
_MIB = 1 << 20


def mount(app: typer.Typer, doors: Doors) -> None:
    """Add the command to ``app``."""

    @app.command()
    def serve(
        ledger: Annotated[Path, typer.Argument(metavar="LEDGER", help="The ledger's file.", show_default=False)],
        host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="0: any that is free.")] = 8000,
        name: Annotated[
            list[str] | None,
            typer.Option(
                metavar="NAME",
                help="A host name under which others ask for it, * for any; needed to be reached from other machines; "
                "repeatable.",
                show_default=False,
            ),
        ] = None,
        allow_write: Annotated[
            bool, typer.Option("--allow-write", help="Let those who show the token enter judgements.")
        ] = False,
        token: Annotated[
            str | None,
            typer.Option(
                metavar="TEXT",
                envvar="RAPPORTEUR_TOKEN",
                help="What a writer shows, 16 characters or more; safer in the environment, which others can't see.",
                show_default=False,
                show_envvar=True,
            ),
        ] = None,
        max_upload: Annotated[int, typer.Option(min=1, max=64, metavar="MIB", help="Size of a page to read.")] = 8,
    ) -> None:
        """Serve pages and a REST API over a ledger, until interrupted (Ctrl-C)."""

        def work() -> int:
            from rapporteur.web.app import make_app  # late: --help need not wait
            from rapporteur.web.guards import LOOPBACK

            names = _names(host, name or ())
            application = make_app(
                ledger,
                allow_write=allow_write,
                token=token,
                max_upload=max_upload * _MIB,
                hosts=LOOPBACK | names,
                on_bug=lambda error: _told(error, doors),
            )
            with _listening(host, port) as listener:
                doors.say(f"{ledger} is at {_address(host, listener)} ({_mode(allow_write)}); Ctrl-C ends it")
                _run(application, listener)
            return _DONE

        raise typer.Exit(doors.guarded(work))


def _names(host: str, names: tuple[str, ...] | list[str]) -> frozenset[str]:
    """The names that are served besides those of this machine's own loopback.

    Raises:
        AskError: others can reach it, and nobody said under which name.
    """
    from rapporteur.errors import AskError

    if not names and not _is_loopback(host):
        raise AskError(
            "host",
            f"{host} can be reached from other machines, and all that reach it can read the ledger; if that is meant, "
            "say with --name under which host name they ask for it",
        )
    return frozenset(names)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        LedgerError: another program has the port, or there is no such address.
    """
    from rapporteur.errors import AskError, LedgerError

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise AskError("host", f"'{host}' is no address of this machine; 127.0.0.1 is always one") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        problem = f"can't be listened at: {error.strerror or error}; choose another with --port (0: any that is free)"
        raise LedgerError(f"{host}:{port}", problem) from None
    return listener


def _address(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}/"


def _mode(allow_write: bool) -> str:
    return "who shows the token may write" if allow_write else "read only"


def _told(error: Exception, doors: Doors) -> None:
    """Have the command line's door tell of a bug: one line, and a saved report."""

    def again() -> int:
        raise error

    doors.guarded(again)


def _run(application: FastAPI, listener: socket.socket) -> None:
    """Serve until interrupted or asked to end; what is being answered then is answered."""
    import uvicorn

    config = uvicorn.Config(
        application,
        log_level="critical",  # what a user needs to know is told by the application
        access_log=False,
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    run: Callable[..., None] = uvicorn.Server(config).run
    try:
        run(sockets=[listener])
    except KeyboardInterrupt:
        return
