"""Formulas judged elsewhere: all are asked for first, then answered, as they would be here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TypeVar

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.judge.asked import Understood, asked
from dlnproof.judge.judgement import Judgement, formula
from dlnproof.language.authors import Notation
from dlnproof.language.typeset import latex_text
from dlnproof.language.written import plain_text
from dlnproof.pool import shared
from dlnproof.run.point import described

_T = TypeVar("_T")


class Judge(Protocol):
    """What judges a formula: :func:`dlnproof.formula`, or what has its judgements."""

    def __call__(
        self, target: str, text: str, *, where: str = "", let: Notation, diagnose: bool = True
    ) -> Judgement:
        """Judge a formula under an author's notation."""


@dataclass(frozen=True)
class _Question:
    """A formula to be judged, as data that goes anywhere."""

    target: str
    text: str
    where: str
    let: Notation
    diagnose: bool

    def judged(self) -> Judgement:
        return formula(
            self.target, self.text, where=self.where, let=self.let, diagnose=self.diagnose
        )

    def lost(self, error: Exception) -> Judgement:
        """Return the judgement on what whoever judged it did not answer: nothing is known."""
        given = asked(self.target, self.text, self.where, self.let)
        read = Understood(plain_text(given.tree), latex_text(given.tree))
        why = (f"it was not judged: {described(error)}",)
        return Judgement(given.target.name, read, Verdict.ERROR, "no point", (), why, ())


class _NotYetError(InputError):
    """A formula was asked for, and is not judged yet."""


def answered(
    judged: Callable[[Judge], Iterable[_T]], here: Judge, executor: Executor | None
) -> tuple[_T, ...]:
    """Return what ``judged`` makes of formulas with a judge: that of this process, or an executor.

    With an executor ``judged`` is called twice: what it asks may not depend on answers. One that is
    lost (its worker left) has the verdict ERROR.
    """
    if executor is None:
        return tuple(judged(here))
    questions: dict[str, _Question] = {}
    answers: dict[str, Judgement | Exception] = {}

    def judge(
        target: str, text: str, *, where: str = "", let: Notation, diagnose: bool = True
    ) -> Judgement:
        question = _Question(target, text, where, let, diagnose)
        if (key := repr(question)) not in answers:
            questions[key] = question
            raise _NotYetError("it is being judged")
        found = answers[key]
        if isinstance(found, InputError):
            raise found
        return question.lost(found) if isinstance(found, Exception) else found

    with suppress(_NotYetError):
        for _ in judged(judge):
            pass
    with shared(_Question.judged, list(questions.values()), 1, executor) as done:
        answers.update((repr(question), found) for question, found in done)
    return tuple(judged(judge))
