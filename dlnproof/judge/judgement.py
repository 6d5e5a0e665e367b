"""The judgement on a formula, and the function that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dlnproof.core.verdict import Verdict
from dlnproof.judge.asked import Asked, Understood, asked
from dlnproof.judge.comparison import Finding, ratio
from dlnproof.judge.diagnosis import Diagnosis, diagnosis
from dlnproof.judge.pairs import Pairs
from dlnproof.judge.places import DIGITS, point_at
from dlnproof.judge.proportions import up_to_constant
from dlnproof.judge.targets import Target
from dlnproof.judge.trial import tried
from dlnproof.language.authors import Notation
from dlnproof.language.comparing import shown
from dlnproof.language.deciding import DECIDED
from dlnproof.language.tree import Node
from dlnproof.language.typeset import latex_text
from dlnproof.language.written import plain_text
from dlnproof.record.counterexamples import COUNTEREXAMPLE_SCHEMA, FormulaCounterexample
from dlnproof.record.points import Coordinates
from dlnproof.record.record import FORMULA_SCHEMA
from dlnproof.run.jobs import alone
from dlnproof.version import __version__


@dataclass(frozen=True)
class Correction:
    """The formula without the slip that was found, and what was decided about it."""

    formula: Understood
    verdict: Verdict
    scope: str


@dataclass(frozen=True)
class Judgement:
    """What became of a formula: the verdict, for what it was reached, and why.

    ``verdict`` is a word of :class:`dlnproof.core.verdict.Verdict`. ``pairs`` are those (N, d) at
    which the formula was compared with the definition and found equal, as products of depths and
    widths. ``counterexample`` is data that ``dlnproof replay`` computes again, ``ratio`` formula /
    definition there. ``diagnosis`` says in words what is wrong, where it is a usual slip,
    and ``diagnosis_latex`` the same with its formulas in LaTeX between dollars; ``correction`` is
    the formula without it. ``rests_on`` are the claims whose derivation a
    decision for all N and d uses: it is *proved* if they all are, else *derived*. ``where`` is what
    was assumed, ``guessed`` which letters were read by what they usually mean.
    """

    target: str
    understood: Understood
    verdict: Verdict
    scope: str
    pairs: tuple[Pairs, ...]
    notes: tuple[str, ...]
    rests_on: tuple[str, ...]
    counterexample: Mapping[str, Any] | None = None
    ratio: str = ""
    diagnosis: str | None = None
    correction: Correction | None = None
    where: str = ""
    guessed: tuple[str, ...] = ()
    diagnosis_latex: str | None = None

    @property
    def holds(self) -> bool:
        """Whether the formula was confirmed, wherever it has a value or at the pairs tried."""
        return self.verdict.holds

    @property
    def decided(self) -> bool:
        """Whether it holds for all N and d: proved or derived, and not found equal at points."""
        return self.verdict in DECIDED

    def as_json(self) -> dict[str, Any]:
        """Return the judgement as JSON data."""
        correction = None
        if self.correction is not None:
            correction = {
                "formula": self.correction.formula.plain,
                "latex": self.correction.formula.latex,
                "verdict": self.correction.verdict.value,
                "scope": self.correction.scope,
            }
        return {
            "schema": FORMULA_SCHEMA,
            "version": __version__,
            "target": self.target,
            **({"where": self.where} if self.where else {}),
            "understood": self.understood.plain,
            "latex": self.understood.latex,
            "verdict": self.verdict.value,
            "scope": self.scope,
            "pairs": [pairs.as_json() for pairs in self.pairs],
            "rests_on": list(self.rests_on),
            "notes": list(self.notes),
            "counterexample": None if self.counterexample is None else dict(self.counterexample),
            "ratio": self.ratio or None,
            "diagnosis": self.diagnosis,
            "correction": correction,
            "guessed": list(self.guessed),
            "diagnosis_latex": self.diagnosis_latex,
        }

    def _repr_latex_(self) -> str:
        relation = "=" if self.holds else r"\overset{?}{=}"
        text = rf"\text{{{self.target}}} {relation} {self.understood.latex}"
        text += rf" \quad\text{{({self.verdict}: {self.scope})}}"
        if self.correction is not None:
            text += rf" \\ \text{{corrected: }} {self.correction.formula.latex}"
            return rf"$\displaystyle \begin{{array}}{{l}} {text} \end{{array}}$"
        return rf"$\displaystyle {text}$"


def formula(
    target: str, text: str, *, where: str = "", let: str | Notation = "", diagnose: bool = True
) -> Judgement:
    """Judge a closed form: is ``text`` the quantity that ``target`` defines?

    ``target`` is a name of ``dlnproof formula --list``; ``text`` is plain arithmetic or LaTeX, read
    by a grammar and never evaluated. The formula is compared with the target's definition at exact
    points, and decided for all N and d where it is a product over indices and pairs of indices.
    It holds where both are defined; N = 1, d = 1 and coincident singular values are reported in
    ``notes``. Of an equation the last side is judged, up to a constant after ``\\propto``. A target
    ``= FORMULA`` is another formula, to which the text should be equal.

    ``where`` is what is assumed: ``sigma distinct``, ``N >= 2``, ``i = l``, ... ``let`` is the
    author's notation: ``L = N, s = sigma; normalization = sum; van = j-i``. Without ``diagnose``
    nothing is said of what is wrong. Raises :class:`InputError` for an unknown target and for what
    is no formula.

    >>> formula("svd-jacobian", "van(Sigma**2)").scope
    'all N, all d'
    >>> formula("svd-jacobian", "van(Sigma)").diagnosis
    'sigma in place of sigma^2 throughout'
    """
    notation = let if isinstance(let, Notation) else Notation().let(let) if let else Notation()
    given = asked(target, text, where, notation)
    chosen = given.target
    with alone(DIGITS):
        trial = (
            up_to_constant(chosen, given.tree) if given.proportional else tried(chosen, given.tree)
        )
        found = trial.found
        failed = trial.verdict in (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.VACUOUS)
        slip = None
        if failed and diagnose:
            slip = diagnosis(chosen, given.tree, found.place if found else None)
        example = None if found is None else counterexample(chosen, given.text, found)
        quotient = None if found is None else ratio(found)
        told = None if slip is None else given.told(slip.text)
        return Judgement(
            chosen.name,
            Understood(plain_text(given.tree), latex_text(given.tree)),
            trial.verdict,
            trial.scope,
            trial.pairs,
            (*given.notes, *trial.notes, *_in_another_order(given, slip)),
            chosen.claims if trial.verdict in DECIDED else (),
            example,
            "" if quotient is None else shown(quotient),
            None if told is None else told.plain,
            None if slip is None else _correction(slip, given),
            str(chosen.where),
            given.notes,
            None if told is None else told.latex,
        )


def understand(target: str, text: str) -> Node:
    """Return the tree of a formula that has a meaning for a target. Raises :class:`InputError`."""
    return asked(target, text).tree


def counterexample(target: Target, text: str, found: Finding) -> dict[str, Any]:
    """Return a counterexample as data: the target, the formula, the point and both values."""
    point = point_at(found.place)
    free = dict(zip(target.free, found.indices, strict=True))
    return FormulaCounterexample(
        schema=COUNTEREXAMPLE_SCHEMA,
        target=target.name,
        statement=" ".join(text.split()),
        N=point.depth,
        d=point.width,
        indices=free,
        point=Coordinates.of(point),
        left=shown(found.left),
        right="" if found.right is None else shown(found.right),
    ).as_json()


def _in_another_order(given: Asked, slip: Diagnosis | None) -> tuple[str, ...]:
    """Return the note that van is understood in our order, where the correction has the author's.

    One text may be both then, and means two things.
    """
    if slip is None or not given.notation.ascending:
        return ()
    if given.notation.ordered(slip.corrected) == slip.corrected:
        return ()
    return (
        "van(x) is the product over i < j of x_i - x_j in what was understood, and the author's, "
        "of x_j - x_i, in the correction",
    )


def _correction(slip: Diagnosis, given: Asked) -> Correction:
    return Correction(given.theirs(slip.corrected), slip.trial.verdict, slip.trial.scope)
