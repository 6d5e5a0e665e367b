"""A formula typeset in LaTeX, which is read as the same tree."""

from __future__ import annotations

from typing import Final

from dlnproof.language.rows import free_indices
from dlnproof.language.tree import (
    Call,
    D,
    Negative,
    Node,
    Number,
    Operation,
    Over,
    Sigma,
    Symbol,
    of_matrix,
)
from dlnproof.language.written import decimal

_SUM, _TERM, _FACTOR, _ATOM = range(4)

_RELATION: Final = {"<": "<", "<=": r"\le ", "!=": r"\ne ", ",": ","}
_NAMED: Final = {
    "det": r"\det",
    "log": r"\log",
    "exp": r"\exp",
    "Gamma": r"\Gamma",
    "cos": r"\cos",
    "van": r"\operatorname{van}",
    "tr": r"\operatorname{tr}",
}


def latex_text(tree: Node) -> str:
    r"""Return the formula in LaTeX.

    >>> from dlnproof.language.tree import N, SIGMA, TWO
    >>> print(latex_text(Call("van", Operation("**", SIGMA, Operation("/", TWO, N)))))
    \operatorname{van}(\Sigma^{2/N})
    """
    return _text(tree, _SUM)


def _text(node: Node, level: int) -> str:
    text, own = _parts(node)
    return text if own >= level else _bracketed(text)


def _parts(node: Node) -> tuple[str, int]:
    match node:
        case Number(value):
            return decimal(value), _ATOM
        case Symbol("pi" | "Sigma" as name):
            return rf"\{name}", _ATOM
        case Symbol(name):
            return name, _ATOM
        case Sigma(index):
            return rf"\sigma_{{{_text(index, _SUM)}}}", _ATOM
        case Negative(of):
            return f"-{_text(of, _TERM)}", _SUM
        case Operation():
            return _operation(node)
        case Call(name, of):
            return _call(name, of)
        case Over():
            return _over(node), _TERM
    raise TypeError(f"unexpected {node!r}")


def _operation(node: Operation) -> tuple[str, int]:
    left, right = node.left, node.right
    match node.sign:
        case "+" | "-":
            # a leading minus belongs to the whole term that follows it
            return f"{_text(left, _SUM)}{node.sign}{_text(right, _TERM)}", _SUM
        case "/":
            return rf"\frac{{{_text(left, _SUM)}}}{{{_text(right, _SUM)}}}", _FACTOR
        case "**":
            return f"{_base(left)}^{{{_exponent(right)}}}", _FACTOR
    first = _text(left, _FACTOR if _draws_in(left, right) else _TERM)
    second = _text(right, _FACTOR if not isinstance(right, Over) else _TERM)
    return first + _between(left, second) + second, _TERM


def _draws_in(left: Node, right: Node) -> bool:
    """Whether a sum or product sign at the end of ``left`` would draw in ``right``."""
    while isinstance(left, Operation) and left.sign == "*":
        left = left.right
    if not isinstance(left, Over):
        return False
    inside = isinstance(left.body, Over | Operation) and _draws_in(left.body, right)
    return inside or left.kind == "sum" or bool(free_indices(right) & set(left.indices))


def _between(left: Node, second: str) -> str:
    if second[0].isdigit() or second[0] == ".":
        return r" \cdot "
    last = left.right if isinstance(left, Operation) and left.sign == "*" else left
    if last == D and second[0] == "\\":  # no differential
        return r" \, "
    if isinstance(last, Number) or (isinstance(last, Symbol) and len(last.name) == 1):
        return "" if second[0].isalpha() or second[0] == "(" else " "
    return r" \, "


def _bracketed(text: str) -> str:
    """Return text in brackets, which grow with what is tall."""
    tall = any(mark in text for mark in (r"\frac", r"\sum", r"\prod", r"\left", r"\sqrt"))
    return rf"\left({text}\right)" if tall else f"({text})"


def _base(node: Node) -> str:
    is_number = isinstance(node, Number)
    closed = isinstance(node, Call) and node.name in ("det", "van", "tr", "abs", "c")
    if (closed or not isinstance(node, Call)) and not (is_number and "." in _text(node, _SUM)):
        return _text(node, _ATOM)
    return _bracketed(_text(node, _SUM))


def _exponent(node: Node) -> str:
    match node:
        case Operation("/", Number() | Symbol(), Number() | Symbol()):
            return f"{_text(node.left, _ATOM)}/{_text(node.right, _ATOM)}"
    return _text(node, _SUM)


def _call(name: str, of: Node) -> tuple[str, int]:
    inner = _text(of, _SUM)
    match name:
        case "c":
            return "c_{d}", _ATOM
        case "sqrt":
            return rf"\sqrt{{{inner}}}", _ATOM
        case "abs" if of_matrix(of):  # bars would be a determinant
            return rf"\operatorname{{abs}}{_bracketed(inner)}", _SUM
        case "abs":
            return rf"\left|{inner}\right|", _ATOM
    return _NAMED[name] + _bracketed(inner), _ATOM


def _over(node: Over) -> str:
    first, *rest = node.indices
    head = first + "".join(_RELATION[node.relation] + name for name in rest)
    upper = ""
    if node.lower is not None and node.upper is not None:
        head = f"{first}={_text(node.lower, _SUM)}"
        upper = f"^{{{_text(node.upper, _SUM)}}}"
    return rf"\{node.kind}_{{{head}}}{upper} {_body(node)}"


def _body(node: Over) -> str:
    """Return the body so that all of it is read as the body."""
    body = node.body
    if node.kind == "sum" or not (isinstance(body, Operation) and body.sign == "*"):
        return _text(body, _TERM)
    ends = isinstance(body.right, Over) or not free_indices(body.right) & set(node.indices)
    return _text(body, _FACTOR if ends else _TERM)
