"""Answers that are kept until the ledger changes: counts and short lists, which a server is asked for again and again.

Whether it changed is told by its file (``Store.state``). Only the newest state's answers are kept, and so many at most.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

MOST = 128  # answers; the largest, a page of a view, takes some 200 kB


class Kept:
    """A few answers of one state of a ledger. May be used by several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, state: Hashable, question: Hashable) -> tuple[Any] | None:
        """The answer, in a tuple; None where none is kept of this state."""
        with self._lock:
            if state is None or state != self._state or question not in self._answers:
                return None
            self._answers.move_to_end(question)
            return (self._answers[question],)

    def put(self, state: Hashable, question: Hashable, answer: Any) -> None:
        """Keep an answer that was true of ``state``; of another state than before, forget all others."""
        if state is None:
            return
        with self._lock:
            if state != self._state:
                self._state = state
                self._answers.clear()
            self._answers[question] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)

    def answer(
        self, question: Hashable, state: Callable[[], Hashable], work: Callable[[], tuple[Hashable, Any]]
    ) -> Any:
        """The answer that is kept, else that of ``work``, which tells the state that it was true of."""
        held = self.get(state(), question)
        if held is not None:
            return held[0]
        true_of, answer = work()
        self.put(true_of, question, answer)
        return answer


def question_of(name: str, asked: Mapping[str, Any]) -> Hashable:
    """What was asked for, as a key; unlike questions are unlike keys."""
    return name, tuple(sorted((key, _frozen(value)) for key, value in asked.items()))


def _frozen(value: Any) -> Hashable:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("several", *value)
    return (type(value).__name__, value)
