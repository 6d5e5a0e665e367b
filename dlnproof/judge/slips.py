"""The usual slips, undone one at a time: candidates for what an author meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dlnproof.judge.part_slips import Slip, factors_in, of_part
from dlnproof.judge.powers import divided, multiplied, raised
from dlnproof.judge.rescaling import SCALES, scaled
from dlnproof.judge.targets import Target
from dlnproof.language import tree
from dlnproof.language.exponents import HALF, TWICE, UNIT
from dlnproof.language.tree import (
    TWO,
    Call,
    Negative,
    Node,
    Operation,
)
from dlnproof.language.written import plain_text

_SIGN: Final = Operation("**", Negative(tree.ONE), tree.PAIRS)


def slips(target: Target, formula: Node) -> Iterator[Slip]:
    """Yield candidates, those that concern the whole formula first."""
    turned = tuple(_turned(formula))
    yield Slip("the negative of the right value", Negative(formula), sign=True, simpler=turned)
    if target.log:
        yield Slip("the logarithm is missing", Call("log", formula))
        yield from _multiples(formula)
    else:
        order = "wrong sign for $d$ = 2, 3 mod 4 (the order in van)"
        yield Slip(order, tree.times(_SIGN, formula), sign=True, simpler=turned)
        yield Slip("the logarithm of the right value", Call("exp", formula))
        yield from _powers(formula)
    yield from _measures(target, formula)
    for scale, what in SCALES:
        yield Slip(f"{what} throughout", scaled(formula, scale))
    for part in factors_in(formula, lambda other: other):
        yield from of_part(part, target.free)


def _turned(formula: Node) -> Iterator[Node]:
    """Yield the formula with one factor of the opposite sign."""
    for part in factors_in(formula, lambda other: other):
        match part.node:
            case Operation("**", Negative(tree.ONE)):
                yield part.with_other(tree.ONE)
            case Operation("-", left, right):
                yield part.with_other(Operation("-", right, left))
            case Call("van", Negative(of)):
                yield part.with_other(Call("van", of))


def _measures(target: Target, formula: Node) -> Iterator[Slip]:
    """Yield the density with respect to the other measure."""
    jacobian = Call("van", Operation("**", tree.SIGMA, TWO))
    if target.name.endswith("volume-form"):
        what = "the density with respect to dW: a factor $van(Sigma**2)$ is missing"
        yield Slip(what, multiplied(formula, jacobian, UNIT))
    if target.name.endswith("volume-density"):
        what = "the density with respect to dSigma dU dV: a factor $1/van(Sigma**2)$ is missing"
        yield Slip(what, multiplied(formula, jacobian, -UNIT))


def _powers(formula: Node) -> Iterator[Slip]:
    """Yield roots and powers of a formula, but not of the powers of c_d in it."""
    group, rest = _without_group(formula)
    whole = "" if group == tree.ONE else f", $c_d$ apart: ${plain_text(rest)}$"
    inverse = _inverse(rest)
    for what, made in (
        ("the square of the right value: a root is missing", raised(rest, HALF)),
        ("the square root of the right value", raised(rest, TWICE)),
        ("the inverse of the right value", inverse),
        ("the inverse of the square of the right value", raised(inverse, HALF)),
        ("the inverse of the square root of the right value", raised(inverse, TWICE)),
    ):
        yield Slip(what + whole, tree.times(group, made))


def _inverse(node: Node) -> Node:
    match node:
        case Operation("/", above, below):
            return Operation("/", below, above)
        case Call("sqrt", Operation("/", above, below)):
            return Call("sqrt", Operation("/", below, above))
    return Operation("/", tree.ONE, node)


def _multiples(formula: Node) -> Iterator[Slip]:
    """Yield a logarithm's half and double, and those of what has no c_d in it."""
    group, rest = _summands(formula)
    for kept, changed in ((None, formula), (group, rest)):
        if changed is None or (kept is None and group is not None and rest is None):
            continue
        apart = "" if kept is None else f" in ${plain_text(changed)}$"
        for what, made in (
            ("twice the right value: a root is missing", divided(changed, TWO)),
            ("half the right value", tree.times(TWO, changed)),
            ("the negative of the right value", Negative(changed)),
        ):
            yield Slip(what + apart, made if kept is None else Operation("+", kept, made))


def _summands(formula: Node) -> tuple[Node | None, Node | None]:
    """Return the sum of the terms with c_d, and of the others; None for a sum of none."""
    if isinstance(formula, Operation) and formula.sign in "+-":
        (a, x), (b, y) = _summands(formula.left), _summands(formula.right)
        return _joined(formula.sign, a, b), _joined(formula.sign, x, y)
    has_group = any(isinstance(node, Call) and node.name == "c" for node in formula.walk())
    return (formula, None) if has_group else (None, formula)


def _joined(sign: str, left: Node | None, right: Node | None) -> Node | None:
    if left is None or right is None:
        return left if right is None else Negative(right) if sign == "-" else right
    return Operation(sign, left, right)


def _without_group(formula: Node) -> tuple[Node, Node]:
    """Return the factors that are powers of c_d, and the others."""
    match formula:
        case Operation("*" | "/" as sign, left, right):
            (a, x), (b, y) = _without_group(left), _without_group(right)
            if sign == "*":
                return tree.times(a, b), tree.times(x, y)
            return _over(a, b), _over(x, y)
        case Call("c") | Operation("**", Call("c"), _):
            return formula, tree.ONE
    return tree.ONE, formula


def _over(above: Node, below: Node) -> Node:
    return above if below == tree.ONE else Operation("/", above, below)
