"""What is known for t_0 < t < t_1, from one of these times to another."""

from dlnproof.definitions.letters import s, t, t_0, t_1, x
from dlnproof.kernel.calculus import constant
from dlnproof.kernel.logic import assume, cases, cut
from dlnproof.kernel.signs import chain
from dlnproof.kernel.terms import Term, at_most, less
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.settle import settle

S, T, X = s.term, t.term, x.term


def from_to(theorem: Theorem, first: Term, last: Term) -> Theorem:
    """Return what holds for t_0 < t < t_1, for first <= t <= last: t_0 < first and last < t_1."""
    after = chain(assume(less(t_0, first)), assume(at_most(first, T)))
    before = chain(assume(at_most(T, last)), assume(less(last, t_1)))
    lemmas = [x for x in (after, before) if x.conclusion in theorem.hypotheses]
    return cut(theorem, *lemmas)


def same_at_two_times(rate: Theorem) -> Theorem:
    """f(s) = f(x) for two times, from f'(t) = 0 for t_0 < t < t_1."""
    found = []
    for first, last in ((S, X), (X, S)):
        here = from_to(rate, first, last)
        same = constant(here, t, S, X, between=(first, last))
        found.append(settle(same, at_most(S, X) if first == S else less(X, S)))
    return cases(*found, on=(at_most(S, X), less(X, S)))
