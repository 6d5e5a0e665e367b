"""Expressions as boxes, in the author's order."""

import re

from dlnproof.core.expression import Expression, Letter, Number, Operation, Power
from dlnproof.notation.boxes import Atom, Box, Command, Fenced, Row, Scripted
from dlnproof.notation.latex import group, row
from dlnproof.notation.reading import as_written, written


def body(x: Expression) -> Row:
    """Return what a product sign stands before: in brackets where it could end too early."""
    alone = isinstance(x, Letter | Power) or (isinstance(x, Operation) and x.sign == "/")
    return total(x) if alone else bracketed(x)


def bare(x: Expression) -> Expression:
    """Return the expression without factors 1, summands 0 and first powers around it."""
    if isinstance(x, Power):
        return bare(x.base) if x.exponent == 1 else x
    if not isinstance(x, Operation):
        return x
    left, right = bare(x.left), bare(x.right)
    neutral = Number(1) if x.sign in "*/" else Number(0)
    if right == neutral:
        return left
    if left == neutral and x.sign in "*+":
        return right
    return x


def total(x: Expression) -> Row:
    """Return an expression that stands alone."""
    match bare(x):
        case Operation("-", Number(0), right):
            return written("-", _factor(right))
        case Operation("+" | "-" as sign, left, right):
            return written(total(left), sign, _factor(right))
        case other:
            return row(_product(other))


def _product(x: Expression) -> Box:
    match x:
        case Number(value):
            return written(str(value))
        case Letter():
            return power(x, 1)
        case Power(base, exponent):
            return _raised(bare(base), exponent)
        case Operation("/", left, right):
            if (merged := _merged(left, right, 1)) is not None:
                return merged
            return Command("frac", (group(total(left)), group(total(right))))
        case Operation("*", left, right):
            between = _between(bare(left), bare(right))
            return written(_factor(left), between, _factor(right))
    raise TypeError(f"no LaTeX for {x!r}")


def _raised(base: Expression, exponent: int) -> Box:
    if isinstance(base, Letter):
        return power(base, exponent)
    if isinstance(base, Operation) and base.sign == "/":
        merged = _merged(base.left, base.right, exponent)
        if merged is not None:
            return merged
    alone = isinstance(base, Number) and base.value >= 0
    return scripted(total(base) if alone else bracketed(base), str(exponent))


def _merged(over: Expression, under: Expression, exponent: int) -> Row | None:
    r"""Return a power of sigma over one of its root, or the other way round, as one power.

    That is sigma^{2-2/N}; None for other fractions.
    """
    first, second = _as_power(over), _as_power(under)
    if first is None or second is None or first[0].latex != second[0].latex:
        return None
    (letter, a), (other, b) = first, second
    if {letter.exponent, other.exponent} != {"", "1/N"} or min(a, b, exponent) < 1:
        return None
    a, b = a * exponent, b * exponent
    shown = f"{a}-{b}/N" if not letter.exponent else f"{a}/N-{b}"
    return scripted(as_written(letter.latex), shown)


def _as_power(x: Expression) -> tuple[Letter, int] | None:
    """Return the letter and the exponent of a power."""
    match bare(x):
        case Letter() as letter:
            return letter, 1
        case Power(Letter() as letter, exponent):
            return letter, exponent
    return None


def scripted(box: Row, exponent: str) -> Row:
    """Return a row with an exponent at its last box."""
    *before, last = box.items
    base, scripts = (last.base, last.scripts) if isinstance(last, Scripted) else (last, ())
    return row(*before, Scripted(base, (*scripts, ("^", group(as_written(exponent))))))


def _factor(x: Expression) -> Row:
    inner = bare(x)
    is_sum = isinstance(inner, Operation) and inner.sign in "+-"
    is_negative = isinstance(inner, Number) and inner.value < 0
    return bracketed(inner) if is_sum or is_negative else total(inner)


def bracketed(x: Expression) -> Row:
    """Return an expression in brackets, which grow with a fraction."""
    tall = any(isinstance(part, Operation) and part.sign == "/" for part in x.parts())
    return row(Fenced("(", total(x), ")")) if tall else written(Atom("("), total(x), Atom(")"))


def power(letter: Letter, exponent: int) -> Row:
    """Return a power of a letter, which may carry an exponent itself."""
    base = as_written(letter.latex)
    bracketed = written(Atom("("), base, Atom(")"))
    if not letter.exponent and exponent == 1:
        return base
    if not letter.exponent:
        return scripted(bracketed if " " in letter.latex else base, str(exponent))
    if exponent == 1:
        return scripted(base, letter.exponent)
    carried = letter.exponent.removeprefix("1")  # sigma^{1/N} squared is sigma^{2/N}
    if re.search("[+-]|T", carried):  # a sum, or a transpose
        raised = written(Atom("("), scripted(base, letter.exponent), Atom(")"))
        return scripted(raised, str(exponent))
    return scripted(base, f"{exponent}{carried}")


def _between(left: Expression, right: Expression) -> str:
    """Return what stands between two factors: a dot before digits or the same base again."""
    first, last = _end(right, "left"), _end(left, "right")
    if isinstance(first, Number):
        return r"\cdot "
    if (
        isinstance(first, Letter)
        and isinstance(last, Letter)
        and first.latex == last.latex
        and "T" not in (first.exponent, last.exponent)
    ):
        return r"\cdot "
    fractions = [isinstance(y, Operation) and y.sign == "/" for y in (left, right)]
    return r"\," if any(fractions) else " "


def _end(x: Expression, side: str) -> Expression:
    """Return the first or last factor of a product, without its exponent."""
    while True:
        x = bare(x)
        if isinstance(x, Power):
            x = x.base
        elif isinstance(x, Operation) and x.sign == "*":
            x = x.left if side == "left" else x.right
        else:
            return x
