"""The one tree of errors.

    RapporteurError
    ├── InputError        something that was given could not be read; the rest goes on
    │   ├── PageError         a file or page (empty, binary, too large, no article, not English, missing)
    │   ├── LineError         one line of a JSONL input
    │   └── CaseError         a question about an institution that can't be answered
    ├── KnowledgeError    a data file (frames, actors, cues, ontology) is wrong: file, line, what is valid
    ├── ModelError        the language pipeline that was asked for is not installed or does not fit
    └── LedgerError       a ledger can't be opened, read or written: no ledger, newer, locked, full disk
        └── AskError      what a ledger was asked for is wrong: a date, an actor, an id, a verdict

Every message is one line that says what was found, where, and what to do. Parameters are attributes; every class
survives pickling, because errors cross process boundaries.
"""

from __future__ import annotations


class RapporteurError(Exception):
    """Root of all errors that Rapporteur raises on purpose."""


class InputError(RapporteurError):
    """Something given to read could not be read.

    Attributes:
        where: the file, line or stream, as the user named it.
        problem: what was found, and what to do about it.
    """

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where = where
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


class PageError(InputError):
    """A page or file that could not be read at all."""


class LineError(InputError):
    """One line of a JSONL input that could not be read; ``where`` is ``file:line``."""


class CaseError(InputError):
    """A question about an institution that can't be answered at all; ``where`` is the case's id."""


class KnowledgeError(RapporteurError):
    """A data file is wrong.

    Attributes:
        file: path of the file.
        line: line number, from 1; 0 when the whole file is meant.
        problem: what is wrong and what would be valid.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(file, line, problem)
        self.file = file
        self.line = line
        self.problem = problem

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.problem}"


class ModelError(RapporteurError):
    """The language pipeline is missing or unfit."""


class LedgerError(RapporteurError):
    """A ledger can't be opened, read or written; what stood in it stands as before.

    Attributes:
        where: the ledger's path.
        problem: what was found, and what to do about it.
    """

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where = where
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


class AskError(LedgerError):
    """A ledger was asked for something that can't be: ``where`` names the argument."""
