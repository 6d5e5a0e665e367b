"""Printed formulas read back: is what their LaTeX says what was decided?

The reader is the judge's, which shares nothing with what typesets. What it reads is compared with
the formula at exact points, and proved equal to it for all N and d by the two engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from typing import Any, Final

from flint import arb, fmpq

from dlnproof.core.expression import Expression, Letter
from dlnproof.core.identity import Decision, decide_identity
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.core.spectrum import DOUBLED, WIDTH, N, pair_values
from dlnproof.core.verdict import Verdict
from dlnproof.core.words import decide_words
from dlnproof.errors import InputError
from dlnproof.language.arithmetic import UnclearError, UndefinedError
from dlnproof.language.comparing import compared, shown
from dlnproof.language.core_of import domain_of, expression_of
from dlnproof.language.deciding import Outcome, Rooted, decide
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.factors import NoValueError
from dlnproof.language.lettered import Lettered, MeaninglessError, read_lettered
from dlnproof.language.radical import rational
from dlnproof.language.refute import examined
from dlnproof.language.value import Allowance, value_at

_ROOTS: Final = (fmpq(7, 2), fmpq(2), fmpq(3, 4))
_DEPTHS: Final = (1, 2, 3)
_MOST_STEPS: Final = 100_000


@dataclass(frozen=True)
class Reading:
    """What became of a printed formula: PROVED equal, ERROR where it is not, UNDECIDED unread.

    ``why`` says where the two differ, or what could not be read.
    """

    verdict: Verdict
    why: str = ""


def read_back(side: Side, latex: str, *, finite: bool = True) -> Reading:
    r"""Return whether what is printed as ``latex`` is the formula that was decided.

    ``finite``: it is of finite depth, and ``\lambda_{il}`` the eigenvalue of the operator.

    >>> from dlnproof.formulas import VAN_ROOT
    >>> read_back(VAN_ROOT, r"\operatorname{van}(\Sigma^{1/N})").verdict.value
    'error'
    """
    formulas: list[Expression | PairProduct]
    if isinstance(side, Inequality):
        formulas, texts = [side.left, side.right], re.split(r"\\ge(?![A-Za-z])", latex)
    else:
        formulas, texts = [side], [latex]
    if len(texts) != len(formulas):
        return Reading(Verdict.UNDECIDED, rf"got {len(texts) - 1} \ge, expected one")
    free = () if isinstance(side, PairProduct) else ("i", "l")
    letters = frozenset[Letter]().union(*(formula.letters() for formula in formulas))
    try:
        for formula, text in zip(formulas, texts, strict=True):
            found = read_lettered(text, letters, free=free, finite=finite)
            reading = _compared(formula, found)
            if reading.verdict is not Verdict.PROVED:
                return reading
    except MeaninglessError as error:
        return Reading(Verdict.ERROR, str(error))
    except NoValueError:
        return Reading(Verdict.ERROR, "it divides by what is identically zero")
    except (InputError, NotReducibleError) as error:
        return Reading(Verdict.UNDECIDED, str(error))
    return Reading(Verdict.PROVED)


def _reading(decision: Decision | Outcome) -> Reading:
    decision = examined(decision) if isinstance(decision, Decision) else decision
    verdict = decision.verdict
    return Reading(Verdict.ERROR if verdict is Verdict.REFUTED else verdict, decision.why)


def _compared(side: Expression | PairProduct, found: Lettered) -> Reading:
    different = next(_differences(side, found), None)
    if different is not None:
        return Reading(Verdict.ERROR, different)
    if isinstance(side, PairProduct):
        return _reading(decide(Rooted(side), found.tree))
    return _reading(_decide(side, found))


# --- at exact points ----------------------------------------------------------------------------


def _differences(side: Expression | PairProduct, found: Lettered) -> Iterator[str]:
    """Yield where the formula read and the one that was decided have different values."""
    allowed = Allowance(_MOST_STEPS)
    own = dict(zip(found.letters, count(2), strict=False))
    indices = {} if isinstance(side, PairProduct) else {"i": 1, "l": 2}
    for depth, width in product(_DEPTHS, range(1 + len(indices) // 2, len(_ROOTS) + 1)):
        roots = _ROOTS[:width]
        levels = [(t**depth, t, 2 * arb(t**depth).log()) for t in roots]
        values: dict[Letter, Any] = {N: fmpq(depth), WIDTH: fmpq(width)}
        values |= {DOUBLED: fmpq(2) ** (depth - 1)}
        values |= {letter: fmpq(own[symbol]) for symbol, letter in found.letters.items()}
        at = f"at N = {depth}, d = {width}, sigma^(1/N) = ({', '.join(map(str, roots))})"
        at += "".join(f", {letter.name} = {own[x]}" for x, letter in found.letters.items())
        try:
            if isinstance(side, PairProduct):
                decided = side.at(values, levels)
            else:
                decided = side.at(pair_values(values, *levels[:2]))
        except ZeroDivisionError:
            continue
        left = decided if isinstance(decided, arb) else rational(decided)
        sigma = [level[0] for level in levels]
        try:
            right = value_at(found.tree, depth, sigma, {**indices, **own}, allowed)
        except UndefinedError as error:
            yield f"{error} {at}, where what was decided is {shown(left)}"
        except UnclearError:
            continue
        else:
            if compared(left, right) is Verdict.REFUTED:
                yield f"it is {shown(right)} {at}, where what was decided is {shown(left)}"


# --- for all N and d ----------------------------------------------------------------------------


def _decide(side: Expression, found: Lettered) -> Decision:
    """Decide whether an expression is what was read: as words where a letter is a transpose."""
    domain = domain_of(found)
    if found.in_words:
        return decide_words(expression_of(found, domain), side)
    return decide_identity(expression_of(found, domain), side, domain)
