"""Printed formulas read back: is what their LaTeX says what was decided?

The reader is the judge's, which shares nothing with what typesets. What it reads is compared with
the formula at exact points, and proved equal to it for all N and d by the two engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, product
from types import MappingProxyType
from typing import Any, Final

from flint import arb, fmpq

from dlnproof.core import expression as core
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, as_expression
from dlnproof.core.identity import Decision, decide_identity
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.spectrum import DOUBLED, ORDERED, WIDTH, I, L, Level, N, pair_values
from dlnproof.core.step import Side
from dlnproof.core.verdict import Verdict
from dlnproof.core.words import decide_words
from dlnproof.errors import InputError
from dlnproof.judge.comparison import Relation, compared
from dlnproof.judge.judgement import shown
from dlnproof.judge.proofs import Outcome, decide
from dlnproof.judge.targets import Rooted, Target
from dlnproof.language import tree
from dlnproof.language.arithmetic import UnclearError, UndefinedError
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.factors import NoValueError
from dlnproof.language.lettered import TRANSPOSED, Lettered, MeaninglessError, read_lettered
from dlnproof.language.radical import rational
from dlnproof.language.reduction import factor_of
from dlnproof.language.tree import Negative, Node, Operation, Sigma, Symbol, rebuilt
from dlnproof.language.value import Allowance, value_at
from dlnproof.refute import examined

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


def read_back(
    side: Side,
    latex: str,
    values: Mapping[Letter, Expression | PairProduct] = MappingProxyType({}),
    *,
    finite: bool = True,
) -> Reading:
    r"""Return whether what is printed as ``latex`` is the formula that was decided.

    ``finite``: it is of finite depth, and ``\lambda_{il}`` the eigenvalue of the operator. What
    letters and names stand for in a proof, in letters that stand for nothing, are ``values``.

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
    names = {x: v for x, v in values.items() if isinstance(v, PairProduct) and x.latex in latex}
    defined = {x: v for x, v in values.items() if isinstance(v, Expression)}
    try:
        for formula, text in zip(formulas, texts, strict=True):
            spelled = _spelled_out(formula, defined)
            inside = (side, spelled, *names, *names.values())
            letters = frozenset().union(*(x.letters() for x in inside))
            found = read_lettered(text, letters, values, free=free, finite=finite)
            reading = _compared(spelled, found)
            if reading.verdict is not Verdict.PROVED:
                return reading
            for name, named in names.items():
                if name.latex == text and isinstance(spelled, PairProduct):
                    return _reading(decide_product(spelled, named))  # where they coincide, too
    except MeaninglessError as error:
        return Reading(Verdict.ERROR, str(error))
    except NoValueError:
        return Reading(Verdict.ERROR, "it divides by what is identically zero")
    except (InputError, NotReducibleError) as error:
        return Reading(Verdict.UNDECIDED, str(error))
    return Reading(Verdict.PROVED)


def _spelled_out(
    side: Expression | PairProduct, values: Mapping[Letter, Expression]
) -> Expression | PairProduct:
    if isinstance(side, PairProduct):
        return side.substitute(values, values)
    return side.substitute(values)


def _reading(decision: Decision | Outcome) -> Reading:
    decision = examined(decision) if isinstance(decision, Decision) else decision
    verdict = decision.verdict
    return Reading(Verdict.ERROR if verdict is Verdict.REFUTED else verdict, decision.why)


def _compared(side: Expression | PairProduct, found: Lettered) -> Reading:
    different = next(_differences(side, found), None)
    if different is not None:
        return Reading(Verdict.ERROR, different)
    if isinstance(side, PairProduct):
        return _reading(decide(_as_target(side), found.tree))
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
            if compared(left, right) is Relation.DIFFERENT:
                yield f"it is {shown(right)} {at}, where what was decided is {shown(left)}"


# --- for all N and d ----------------------------------------------------------------------------


def _as_target(side: PairProduct) -> Target:
    """Return the product as what a formula is judged by."""
    return Target("printed", "", "", (), lambda point: {}, Rooted(side), ())


def _decide(side: Expression, found: Lettered) -> Decision:
    """Decide whether an expression is what was read: as words where a letter is a transpose."""
    if any(letter.exponent == TRANSPOSED for letter in found.letters.values()):
        return decide_words(_words(found.tree, found.letters), side, ())
    levels = {symbol: Level(x, x, x) for symbol, x in found.letters.items()}
    levels["d"] = Level(WIDTH, WIDTH, WIDTH)
    entries = _as_entries(found.tree, frozenset(levels))
    domain = ORDERED | Domain(positive=frozenset({WIDTH, *found.letters.values()}))
    read = factor_of(entries, {**levels, "i": I, "l": L}, domain).expression()
    return decide_identity(read, side, domain)


def _as_entries(node: Node, names: frozenset[str]) -> Node:
    """Return a tree in which letters stand as singular values do: these are looked up by name."""
    match node:
        case Symbol(name) if name in names:
            return Sigma(node)
        case Operation("**", base, power):
            return Operation("**", _as_entries(base, names), power)
    return rebuilt(node, [_as_entries(part, names) for part in node.parts()])


def _words(node: Node, letters: Mapping[str, Letter]) -> Expression:
    """Return a tree as an expression whose products keep their order."""
    match node:
        case tree.Number(value):
            return as_expression(value)
        case Symbol(name) if name in letters:
            return letters[name]
        case Negative(of):
            return 0 - _words(of, letters)
        case Operation("**", base, tree.Number(value)) if value.denominator == 1:
            return _words(base, letters) ** int(value)
        case Operation("+" | "-" | "*" as sign, left, right):
            return core.Operation(sign, _words(left, letters), _words(right, letters))
    raise NotReducibleError("it is no sum of products of matrices")
