"""The commands on institutions: ``ask`` and ``institutions``.

They hold no logic: questions are answered by ``rapporteur.institutions``, a ledger's rows come from ``record``, and how
answers are written is in ``exports.answers``.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from rapporteur.cli_knowledge import Doors, OutOption, day

if TYPE_CHECKING:
    from rapporteur.errors import InputError
    from rapporteur.exports.answers import Pages
    from rapporteur.knowledge.institutions import Catalogue

_DONE, _INCOMPLETE = 0, 1
_STDIN = "standard input"


class Form(StrEnum):
    """What ``--format`` takes."""

    TABLE = "table"
    JSONL = "jsonl"


class Kind(StrEnum):
    """What ``--kind`` takes."""

    DECISION = "decision"
    STATUS = "status"
    DEADLINE = "deadline"


Own = Annotated[
    list[Path] | None,
    typer.Option(
        "--institutions",
        metavar="FILE",
        help="A file or folder of your own institutions, on top of the shipped ones; repeatable.",
        show_default=False,
    ),
]
FormOption = Annotated[
    Form | None, typer.Option("--format", help="How to write.", show_default="table on a terminal, else jsonl")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a ledger, and what it supposes."""

    ledger: Path | None
    institution: str | None
    object: str | None
    party: str | None
    kind: str | None
    as_of: str | None
    known_by: str | None
    history: bool
    what_if: Sequence[str]
    can: Sequence[str]


def mount(app: typer.Typer, doors: Doors) -> None:
    """Add the commands to ``app``."""
    _mount_ask(app, doors)
    _mount_institutions(app, doors)


def _mount_ask(app: typer.Typer, doors: Doors) -> None:
    @app.command()
    def ask(
        cases: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="[CASES.jsonl]...", help="Files of cases, one a line; - is standard input.", show_default=False
            ),
        ] = None,
        ledger: Annotated[
            Path | None, typer.Option(metavar="LEDGER", help="Take the facts from a ledger.", show_default=False)
        ] = None,
        institution: Annotated[
            str | None, typer.Option(metavar="ID", help="Whose rules (with --ledger).", show_default=False)
        ] = None,
        object: Annotated[
            str | None,
            typer.Option(
                metavar="O", help="What is asked about (with --ledger).", show_default="all that the facts touch"
            ),
        ] = None,
        party: Annotated[
            str | None, typer.Option(metavar="P", help="The state that is asked about: a code.", show_default=False)
        ] = None,
        kind: Annotated[Kind | None, typer.Option(help="Kind of question.", show_default="by the object")] = None,
        as_of: Annotated[
            str | None,
            typer.Option(
                callback=day, metavar="DATE", help="The day that is asked about.", show_default="--known-by, else today"
            ),
        ] = None,
        known_by: Annotated[
            str | None,
            typer.Option(
                callback=day, metavar="DATE", help="Only reports published up to that day.", show_default="all"
            ),
        ] = None,
        history: Annotated[
            bool, typer.Option(help="Add what is known of the institution's history, marked as such.")
        ] = True,
        what_if: Annotated[
            list[str] | None,
            typer.Option(
                metavar="FACT", help='Suppose a move, such as "FRA notify 2025-08-28"; repeatable.', show_default=False
            ),
        ] = None,
        can: Annotated[
            list[str] | None,
            typer.Option(metavar="ACTOR", help="What this actor can do, and what comes of it; repeatable."),
        ] = None,
        own: Own = None,
        form: FormOption = None,
        out: OutOption = None,
    ) -> None:
        """Answer questions about institutions' rules, from cases or from what a ledger tells."""
        if (ledger is None) == (not cases):
            raise typer.BadParameter("name files of cases (- is standard input), or a ledger with --ledger")
        if ledger is not None and institution is None:
            raise typer.BadParameter("--ledger needs --institution; rapporteur institutions lists them")
        told = Asked(
            ledger,
            institution,
            object,
            party,
            kind.value if kind else None,
            as_of,
            known_by,
            history,
            what_if or (),
            can or (),
        )

        def work() -> int:
            known = _catalogue(own)
            chosen = form or (Form.TABLE if out is None and sys.stdout.isatty() else Form.JSONL)
            with doors.output(out) as stream:
                if ledger is not None:
                    return _ask_ledger(known, told, _pages(chosen, stream), stream)
                return _ask_cases(known, cases or (), told, _pages(chosen, stream), stream, doors)

        raise typer.Exit(doors.guarded(work))


def _mount_institutions(app: typer.Typer, doors: Doors) -> None:
    group = typer.Typer(rich_markup_mode=None, help="The institutions whose rules are known (docs/institutions.md).")
    app.add_typer(group, name="institutions", invoke_without_command=True)

    @group.callback()
    def listing(context: typer.Context, own: Own = None, form: FormOption = None, out: OutOption = None) -> None:
        """List the institutions; ``check`` and ``show`` say more."""
        if context.invoked_subcommand is None:
            raise typer.Exit(doors.guarded(lambda: _list(own, form, out, doors)))

    @group.command("list")
    def list_(own: Own = None, form: FormOption = None, out: OutOption = None) -> None:
        """List the institutions: id, title, how they decide, how many rules."""
        raise typer.Exit(doors.guarded(lambda: _list(own, form, out, doors)))

    @group.command()
    def check(
        files: Annotated[
            list[Path] | None,
            typer.Argument(metavar="[FILE]...", help="Your own files or folders.", show_default="the shipped ones"),
        ] = None,
    ) -> None:
        """Check institutions' files, and that their examples are answered as they say."""
        raise typer.Exit(doors.guarded(lambda: _check(files or [None])))

    @group.command()
    def show(
        id: Annotated[str, typer.Argument(metavar="ID", help="Of an institution.", show_default=False)],
        own: Own = None,
    ) -> None:
        """Print an institution's rules as people read them."""

        def work() -> int:
            from rapporteur.institutions.asking import institution_id  # late: --help need not wait
            from rapporteur.institutions.handbook import section

            known = _catalogue(own)
            typer.echo(section(known, institution_id(known, id)))
            return _DONE

        raise typer.Exit(doors.guarded(work))


# -- cases -----------------------------------------------------------------------------------------------------


def _ask_cases(
    known: Catalogue, paths: Iterable[str], told: Asked, pages: Pages | None, stream: BinaryIO, doors: Doors
) -> int:
    from rapporteur.errors import InputError
    from rapporteur.institutions.asking import answer_at

    status = _DONE
    for item in _cases(paths):
        if isinstance(item, InputError):
            doors.say(str(item))
            status = _INCOMPLETE
            continue
        where, case = item
        try:
            case = _with_suppositions(known, case, told.what_if, where)
            answer = answer_at(known, case, where) | _able(known, case, told.can)
        except InputError as error:
            doors.say(str(error))
            status = _INCOMPLETE
            continue
        _write(answer, case, pages, stream)
    return status


def _cases(paths: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]] | InputError]:
    from rapporteur.errors import InputError
    from rapporteur.institutions.asking import case_lines

    for path in paths:
        if path == "-":
            yield from case_lines(sys.stdin.buffer, _STDIN)
            continue
        try:
            with open(path, "rb") as lines:
                yield from case_lines(lines, path)
        except OSError as error:
            yield InputError(path, f"can't be read: {error.strerror or error}")


# -- a ledger --------------------------------------------------------------------------------------------------


def _ask_ledger(known: Catalogue, told: Asked, pages: Pages | None, stream: BinaryIO) -> int:
    from rapporteur.exports.answers import write_line
    from rapporteur.institutions import asking, ledger_case
    from rapporteur.record.ledger import Ledger

    id = asking.institution_id(known, str(told.institution))
    as_of = told.as_of or told.known_by or date.today().isoformat()
    source = Ledger(str(told.ledger), create=False)
    found = ledger_case.gathered(source, known, id, as_of, known_by=told.known_by, history=told.history)
    facts = [*found.facts, *ledger_case.supposed(known, id, told.what_if)]
    question = None
    if told.object is not None:
        kind = told.kind or asking.kind_of(known.institutions[id], told.object, facts)
        question = (kind, told.object, told.party)
    aside = [{"view": a.view, "id": a.id, "why": a.why, "text": a.text} for a in found.aside]
    can = _able(known, {"institution": id, "facts": facts, "as_of": as_of}, told.can)
    if pages is not None:
        pages.used(id, facts, aside)
        pages.able(can.get("can", {}))
    if can and told.object is None:  # what somebody can do was the question
        if pages is None:
            write_line({"institution": id, "as_of": as_of, **can, "facts": facts, "left_aside": aside}, stream)
        return _DONE
    for case, answer in ledger_case.answers(known, id, facts, as_of, question):
        if pages is None:
            asked = {key: case[key] for key in ("institution", "ask", "as_of")}
            answer = {"id": answer["id"], **asked, **answer, **can, "facts": facts, "left_aside": aside}
        _write(answer, case, pages, stream)
    return _DONE


# -- what they share -------------------------------------------------------------------------------------------


def _catalogue(own: Sequence[Path] | None) -> Catalogue:
    from rapporteur.knowledge.institutions import catalogue  # late: --help need not wait

    return catalogue(*(own or ()))


def _with_suppositions(known: Catalogue, case: dict[str, Any], what_if: Sequence[str], where: str) -> dict[str, Any]:
    """The case with the moves that are supposed.

    Raises:
        LineError: one of them doesn't fit the case's institution; ``where`` is the case's place.
    """
    from rapporteur.errors import CaseError, LineError
    from rapporteur.institutions.moves import suppose

    institution = known.institutions.get(str(case.get("institution")))
    if not what_if or institution is None or not isinstance(case.get("facts"), list):
        return case
    try:
        return {**case, "facts": [*case["facts"], *(suppose(text, institution) for text in what_if)]}
    except CaseError as error:
        raise LineError(where, str(error)) from None


def _able(known: Catalogue, case: Mapping[str, Any], actors: Sequence[str]) -> dict[str, Any]:
    """What the actors can do, under ``can``; nothing if nobody is named."""
    if not actors:
        return {}
    from rapporteur.institutions.ledger_case import able

    return {"can": able(known, case, actors)}


def _pages(form: Form, stream: BinaryIO) -> Pages | None:
    """What prints for people; None where programs read."""
    from rapporteur.exports.answers import Pages

    if form is Form.JSONL:
        return None
    encoding = sys.stdout.encoding if stream.isatty() else "utf-8"
    return Pages(io.TextIOWrapper(stream, encoding=encoding, errors="replace", write_through=True))


def _write(answer: Mapping[str, Any], case: Mapping[str, Any], pages: Pages | None, stream: BinaryIO) -> None:
    from rapporteur.exports.answers import write_line

    if pages is None:
        write_line(answer, stream)
    else:
        pages.answer(answer, case["ask"], case["as_of"], case.get("question"))


def _list(own: Sequence[Path] | None, form: Form | None, out: Path | None, doors: Doors) -> int:
    from rapporteur.exports.answers import patterns, write_line

    known = _catalogue(own)
    chosen = form or (Form.TABLE if out is None and sys.stdout.isatty() else Form.JSONL)
    with doors.output(out) as stream:
        pages = _pages(chosen, stream)
        if pages is not None:
            pages.institutions(known)
            return _DONE
        for one in known.institutions.values():
            write_line({"id": one.id, "title": one.title, "patterns": patterns(one), "rules": len(one.rules)}, stream)
    return _DONE


def _check(files: Sequence[Path | None]) -> int:
    from rapporteur.institutions.examples import check_file  # late: --help need not wait

    results = [result for file in files for result in check_file(file)]
    failed = [result for result in results if not result.holds]
    for result in failed:
        typer.echo(f"{result.file}:{result.line}: {result.id}: {result.question}")
        for difference in result.differences:
            typer.echo(f"    {difference.key}: wanted {difference.expected}, found {difference.found}")
    count = len({result.institution for result in results})
    typer.echo(
        f"{len(results)} examples of {count} institutions: {len(results) - len(failed)} as stated, {len(failed)} not"
    )
    return _INCOMPLETE if failed else _DONE
