"""Deciding a formula for all N and d: its factors against a closed form.

What is compared is an index factor, a pair factor and the pair factor at a coincidence, each by the
two engines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import lcm
from typing import Final

from dlnproof.core.domain import Domain
from dlnproof.core.engines import equal_by_flint
from dlnproof.core.expression import Expression, Number
from dlnproof.core.identity import Decision, decide_identity
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.spectrum import DOUBLED, ONE_INDEX, ORDERED, SWAP, I, L
from dlnproof.core.verdict import Verdict
from dlnproof.language.bounds import bounded, sign_of
from dlnproof.language.exponents import ZERO, Exponent, NotReducibleError, constant
from dlnproof.language.factors import ONE, Factor, NoValueError
from dlnproof.language.forms import Form, depth_minus_one, form_of
from dlnproof.language.reduction import factor_of
from dlnproof.language.refute import examined
from dlnproof.language.slopes import Sloped, sloped
from dlnproof.language.sums import Summed, summed
from dlnproof.language.tree import Node
from dlnproof.language.unit_ball import without_ball

DECIDED: Final = (Verdict.PROVED, Verdict.DERIVED)
"""The verdicts on a formula that was decided for all N and d, and is right."""


@dataclass(frozen=True)
class Eigenvalues:
    """A closed form with free indices i and l: where sigma_i and sigma_l differ, and where not.

    It is the root of these, of that ``degree``; they are >= 0 then.
    """

    distinct: Expression
    coincident: Expression
    degree: int = 1


@dataclass(frozen=True)
class Rooted:
    """c_d^(N-1), if ``group``, times the root of a product; the target is its logarithm if ``log``.

    ``degree`` is 1 or 2; the product is >= 0. ``depth`` is N where that is one number. If ``ball``,
    the volume of the unit ball of R^(d x d) stands in place of c_d^(N-1).
    """

    product: PairProduct
    degree: int = 1
    group: bool = False
    log: bool = False
    depth: int | None = None
    ball: bool = False

    @property
    def power_of_group(self) -> Exponent:
        """The power of c_d."""
        if not self.group:
            return ZERO
        return depth_minus_one() if self.depth is None else constant(self.depth - 1)


@dataclass(frozen=True)
class AtTwo:
    """A closed form at d = 2 that a claim measures at points, and does not prove, to be a quantity.

    ``pair`` is it in sigma_1 and sigma_2, as if these were sigma_i and sigma_l. With it a formula
    is seen to be the claim's, or not; nothing is proved.
    """

    pair: Eigenvalues


Closed = Eigenvalues | Rooted | Summed | Sloped | AtTwo
"""What is known of a quantity for all N and d."""


@dataclass(frozen=True)
class Cases:
    """The orders of sigma_i and sigma_l in which a formula is compared.

    ``before``: sigma_i > sigma_l; ``after``: sigma_i < sigma_l; ``coincident``: they are equal. A
    product over pairs is compared at both of the first, or (at d = 1) at no pair.
    """

    before: bool = True
    after: bool = True
    coincident: bool = True


ALL: Final = Cases()


@dataclass(frozen=True)
class Outcome:
    """What was decided for all N and d.

    PROVED or DERIVED, as the claims are that it rests on; REFUTED (no counterexample yet); or
    UNDECIDED. ``why`` says what stood in the way; ``at_coincidence`` is False where the formula has
    no value at coincident singular values, so that nothing was compared there. ``derived`` are
    those of the claims that are not proved; ``restricted``: it was decided under hypotheses alone.
    """

    verdict: Verdict
    why: str = ""
    at_coincidence: bool = True
    derived: tuple[str, ...] = ()
    restricted: bool = False

    @property
    def decided(self) -> bool:
        """Whether the formula is right for all N and d."""
        return self.verdict in DECIDED


def decide(closed: Closed, tree: Node, cases: Cases = ALL) -> Outcome:
    """Decide whether a formula equals a closed form for every N (if finite) and every d."""
    try:
        if isinstance(closed, Eigenvalues):
            return _decide_eigenvalue(closed, tree, cases)
        if isinstance(closed, Summed):
            return _decide_sum(closed, summed(tree), cases)
        if isinstance(closed, AtTwo):
            return Outcome(Verdict.UNDECIDED)
        if isinstance(closed, Sloped):
            return _decide_slope(closed, sloped(tree), cases)
        product = without_ball(tree) if closed.ball else tree
        return _decide_product(closed, form_of(product, log=closed.log), cases)
    except NotReducibleError as error:
        return Outcome(Verdict.UNDECIDED, str(error))
    except NoValueError:
        return Outcome(Verdict.UNDECIDED, "it divides by what is identically zero")


def _decide_eigenvalue(closed: Eigenvalues, tree: Node, cases: Cases) -> Outcome:
    """Decide both orders of sigma_i and sigma_l, and their coincidence."""
    decisions = []
    for occurs, levels, expected in (
        (cases.before, {"i": I, "l": L}, closed.distinct),
        (cases.after, {"i": L, "l": I}, closed.distinct.substitute(SWAP)),
    ):
        if occurs:
            factor = factor_of(tree, levels, ORDERED)
            decisions.append(_same(factor, expected, closed.degree, ORDERED))
    if not cases.coincident:
        return _outcome(decisions, at_coincidence=False)
    try:
        coincident = factor_of(tree, {"i": I, "l": I}, ONE_INDEX)
    except NoValueError:
        if not decisions:
            raise
        return _outcome(decisions, at_coincidence=False)
    decisions.append(_same(coincident, closed.coincident, closed.degree, ONE_INDEX))
    return _outcome(decisions, at_coincidence=True)


def _decide_sum(closed: Summed, found: Summed, cases: Cases) -> Outcome:
    """Decide term by term: of two equal sums for all d these are equal, as d = 1, 2, 3 show."""
    compared = [(found.constant, closed.constant, ONE_INDEX)]
    if not cases.before:  # d = 1: no pair
        one, other = (x.constant + x.index for x in (found, closed))
        compared = [(one, other, ONE_INDEX)]
    else:
        compared += [(found.index, closed.index, ONE_INDEX), (found.pair, closed.pair, ORDERED)]
    at_coincidence = cases.coincident and found.coincident is not None
    if at_coincidence and cases.before:
        assert found.coincident is not None
        assert closed.coincident is not None
        compared.append((found.coincident, closed.coincident, ONE_INDEX))
    return _outcome(_alike(compared), at_coincidence=at_coincidence)


def _decide_slope(closed: Sloped, found: Sloped, cases: Cases) -> Outcome:
    """Decide term by term: what is so at d = 1 and, of the first and last index, at d = 2."""
    compared = [(found.own, closed.own, ONE_INDEX)]
    compared += [(found.before, closed.before, ORDERED)] * cases.before
    compared += [(found.after, closed.after, ORDERED)] * cases.after
    return _outcome(_alike(compared), at_coincidence=False)


def _alike(compared: list[tuple[Expression, Expression, Domain]]) -> list[Decision]:
    return [
        _different(examined(decide_identity(left, right, domain)), left, right)
        for left, right, domain in ((bounded(x), bounded(y), z) for x, y, z in compared)
    ]


def _decide_product(closed: Rooted, form: Form, cases: Cases) -> Outcome:
    if not cases.before:
        closed, form = _closed_at_one(closed), _form_at_one(form)
    if not cases.coincident:
        form = replace(form, coincident=None)
    if (form.group - closed.power_of_group).terms:
        return Outcome(Verdict.REFUTED, "another power of c_d")
    if form.constant != ONE:
        decision = _same(form.constant, Number(1), 1, ONE_INDEX)
        if decision.verdict is not Verdict.PROVED:
            return Outcome(decision.verdict, "a constant factor that depends on neither i nor l")
    factors = [form.index, form.pair]
    if form.coincident is not None:
        factors.append(form.coincident)
    roots = [factor.rooted() for factor in factors]
    degree = lcm(closed.degree, *(root.degree for root in roots))
    for root, domain in zip(roots, (ONE_INDEX, ORDERED, ONE_INDEX), strict=False):
        # equal powers of even degree are equal numbers where both are >= 0
        if degree % 2 == 0 and not nonnegative(root.outer, domain):
            return Outcome(Verdict.REFUTED, "a factor that is not positive")
    powers = [root.to_power(degree) for root in roots]
    expected = closed.product ** (degree // closed.degree)
    equal_pair = powers[2] if len(powers) > 2 else expected.at_coincidence()
    decision = examined(decide_product(PairProduct(powers[0], powers[1], equal_pair), expected))
    if decision.verdict is Verdict.UNDECIDED:
        sides = (expected.index, expected.pair, expected.at_coincidence())
        for power, side in zip((powers[0], powers[1], equal_pair), sides, strict=True):
            decision = _different(decision, power, side)
    return _outcome([decision], at_coincidence=form.coincident is not None)


def _closed_at_one(closed: Rooted) -> Rooted:
    """Return a closed form at d = 1: there is no pair, and c_1 is 2."""
    index = closed.product.index
    if closed.group:
        power = DOUBLED if closed.depth is None else Number(2 ** (closed.depth - 1))
        index = index * power**closed.degree
    return replace(closed, product=PairProduct(index), group=False)


def _form_at_one(form: Form) -> Form:
    """Return a formula at d = 1: one index, no pair (any is right), and 2 for c_1."""
    group = Factor({Number(2): form.group} if form.group.terms else {})
    return Form(index=form.constant * group * form.index, coincident=form.coincident)


def nonnegative(expression: Expression, domain: Domain) -> bool:
    """Whether an expression is seen to be >= 0 on a domain."""
    return sign_of(expression, domain) > 0 or domain.shows(bounded(expression), strict=False)


def _same(factor: Factor, expected: Expression, degree: int, domain: Domain) -> Decision:
    """Decide whether a factor is the positive root of an expression."""
    root = factor.rooted()
    common = lcm(degree, root.degree)
    if common % 2 == 0 and not nonnegative(root.outer, domain):
        return Decision(Verdict.REFUTED, "not positive")
    power, side = root.to_power(common), expected ** (common // degree)
    return _different(examined(decide_identity(power, side, domain)), power, side)


def _different(decision: Decision, left: Expression, right: Expression) -> Decision:
    """Return the decision; where it is none, whether the two are different rational functions.

    (Then some point tells them apart, though none of the few that were tried.)
    """
    if decision.verdict is Verdict.UNDECIDED and equal_by_flint(left, right) is False:
        return Decision(Verdict.REFUTED, "different rational functions")
    return decision


def _outcome(decisions: list[Decision], *, at_coincidence: bool) -> Outcome:
    for decision in decisions:
        if decision.verdict is not Verdict.PROVED:
            verdict = (
                decision.verdict
                if decision.verdict in (Verdict.REFUTED, Verdict.ERROR)
                else Verdict.UNDECIDED
            )
            return Outcome(verdict, decision.why, at_coincidence)
    return Outcome(Verdict.PROVED, at_coincidence=at_coincidence)
