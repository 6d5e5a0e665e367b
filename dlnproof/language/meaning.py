"""What the names in a formula refer to, and whether it is a number: before anything is computed."""

from __future__ import annotations

import re
from collections.abc import Collection

from dlnproof.errors import InputError
from dlnproof.language.tree import (
    ENTRYWISE,
    OF_MATRICES,
    RESERVED,
    Call,
    Negative,
    Node,
    Number,
    Operation,
    Over,
    Sigma,
    Symbol,
)


def check_meaning(tree: Node, free: Collection[str], *, finite: bool, target: str) -> None:
    """Check that a formula is a number for every spectrum, given its free indices.

    Raises :class:`InputError`: an unknown name, an index that is unbound or bound twice, N at
    infinite depth, a matrix where a number is expected.
    """
    if _is_matrix(tree, frozenset(free), _Target(target, tuple(free), finite)):
        raise InputError(
            "it is a diagonal matrix, expected a number: put Sigma into det(...), van(...) or "
            "tr(...), or write sigma[i] for a singular value"
        )


class _Target:
    def __init__(self, name: str, free: tuple[str, ...], finite: bool) -> None:
        self.name, self.free, self.finite = name, free, finite


def _is_matrix(node: Node, bound: frozenset[str], target: _Target) -> bool:
    match node:
        case Number():
            return False
        case Symbol("Sigma"):
            return True
        case Symbol("N"):
            if not target.finite:
                raise InputError(f"got N, which {target.name!r} does not have: its depth is inf")
            return False
        case Symbol("d" | "pi"):
            return False
        case Symbol(name):
            if name not in bound:
                raise InputError(_unknown(name, target))
            return False
        case Sigma(index):
            _number(index, bound, target, "an index of sigma")
            return False
        case Negative(of):
            return _is_matrix(of, bound, target)
        case Operation(sign, left, right):
            return _joined(sign, left, right, bound, target)
        case Call(name, of):
            matrix = _is_matrix(of, bound, target)
            if name in OF_MATRICES and not matrix:
                raise InputError(f"{name}: got a number, expected Sigma, Sigma**2, log(Sigma) ...")
            if name == "c" and of != Symbol("d"):
                raise InputError("c: got another argument than d, expected c(d), the volume of O_d")
            return matrix and name in ENTRYWISE
        case Over():
            return _over(node, bound, target)
    raise TypeError(f"unexpected {node!r}")


def _number(node: Node, bound: frozenset[str], target: _Target, what: str) -> None:
    if _is_matrix(node, bound, target):
        raise InputError(f"{what}: got a matrix, expected a number")


def _joined(sign: str, left: Node, right: Node, bound: frozenset[str], target: _Target) -> bool:
    first, second = _is_matrix(left, bound, target), _is_matrix(right, bound, target)
    if sign == "**" and second:
        raise InputError("an exponent: got a matrix, expected a number")
    if sign in "+-" and first is not second:
        raise InputError(
            f"got a number {sign} a matrix; expected two of a kind (is it meant entry by entry, or "
            "times the identity?)"
        )
    return first or second


def _over(node: Over, bound: frozenset[str], target: _Target) -> bool:
    for name in node.indices:
        if not re.fullmatch("[a-z]", name) or name in RESERVED:
            raise InputError(
                f"{node.kind}: got the index {name!r}, expected a lower case letter other than d, "
                "c and e"
            )
        if name in bound and not _is_related(node, bound):
            whose = f"a free index of {target.name!r}" if name in target.free else "bound outside"
            raise InputError(
                f"{node.kind}: it runs over {name}, which is also {whose}; expected another letter"
            )
    if len(set(node.indices)) < len(node.indices):
        raise InputError(f"{node.kind}: the index {node.indices[0]} twice, expected two letters")
    for end in (node.lower, node.upper):
        if end is not None:
            _number(end, bound, target, f"a bound of {node.kind}")
    if _is_matrix(node.body, bound | set(node.indices), target):
        raise InputError(f"{node.kind}: got matrices, expected numbers")
    return False


def _is_related(node: Over, bound: frozenset[str]) -> bool:
    """Whether one index of a pair is bound outside: the other runs, as in prod_i prod_{l > i}."""
    return node.relation in ("<", "<=", "!=") and len(set(node.indices) & bound) == 1


def _unknown(name: str, target: _Target) -> str:
    if re.fullmatch("[a-z]", name) and name not in RESERVED:
        free = f"; free indices of {target.name!r}: {', '.join(target.free)}" if target.free else ""
        return f"the index {name} is not bound, expected a sum or product over it around it{free}"
    near = re.fullmatch(r"(?:sigma|s)_?([a-z0-9])", name)
    hint = f"; did you mean sigma[{near[1]}]?" if near else ""
    if name == "e":
        hint = "; did you mean exp(...)?"
    if name == "W":
        hint = "; write |det W|, or W W^T in a determinant or trace, or Sigma"
    if name in ("U", "V"):
        hint = "; leave out dW or dSigma dU dV: give the density alone"
    return f"got the name {name[:40]!r}, expected N, d, pi, sigma[i], Sigma, c(d) or an index{hint}"
