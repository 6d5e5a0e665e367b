"""Rules of logic and of equality."""

from __future__ import annotations

from collections.abc import Sequence

from dlnproof.kernel.terms import (
    BUILDERS,  # the same builders that substitution uses
    FALSE,
    INT,
    REAL,
    Put,
    Symbol,
    Term,
    at_most,
    different,
    equal,
    every,
    fresh_for,
    less,
    opened,
    rebuild,
    substitute,
    unfolded,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint


def assume(sentence: Term) -> Theorem:
    """Return s |- s."""
    return mint("assume", sentence, more=[sentence])


def weaken(theorem: Theorem, *more: Term) -> Theorem:
    """Return a theorem with more hypotheses."""
    return mint("weaken", theorem.conclusion, [theorem], more=more)


def cut(theorem: Theorem, *lemmas: Theorem) -> Theorem:
    """Return a theorem without those of its hypotheses that are the conclusions of others."""
    concluded = [lemma.conclusion for lemma in lemmas]
    for sentence in concluded:
        if sentence not in theorem.hypotheses:
            raise Refused(f"{sentence} is no hypothesis of {theorem}")
    kept = theorem.hypotheses - frozenset(concluded)
    more = frozenset(kept).union(*(lemma.hypotheses for lemma in lemmas))
    everything = theorem.hypotheses.union(*(lemma.hypotheses for lemma in lemmas))
    return mint("cut", theorem.conclusion, [theorem, *lemmas], less=everything - more)


def instance(theorem: Theorem, put: Put) -> Theorem:
    """Return a theorem with terms, or families, in place of free symbols."""
    hypotheses = [substitute(h, put) for h in theorem.hypotheses]
    conclusion = substitute(theorem.conclusion, put)
    return mint("instance", conclusion, [theorem], less=theorem.hypotheses, more=hypotheses)


def generalise(theorem: Theorem, v: Symbol | Sequence[Symbol], *conditions: Term) -> Theorem:
    """Return: for all v with the conditions, which are discharged, the conclusion."""
    variables = (v,) if isinstance(v, Symbol) else tuple(v)
    kept = theorem.hypotheses - frozenset(conditions)
    for symbol in variables:
        if any(symbol in h.free for h in kept):
            raise Refused(f"{symbol.name} is free in a hypothesis of {theorem}")
    sentence = every(variables, conditions, theorem.conclusion)
    return mint("generalise", sentence, [theorem], less=frozenset(conditions))


def specialise(theorem: Theorem, *values: Term) -> Theorem:
    """Return what holds for all, of values; its conditions become hypotheses."""
    if theorem.conclusion.op != "every":
        raise Refused(f"{theorem.conclusion} does not speak of all")
    *conditions, sentence = opened(theorem.conclusion, *values)
    return mint("specialise", sentence, [theorem], more=conditions)


def cases(*theorems: Theorem, on: Sequence[Term]) -> Theorem:
    """Return a conclusion reached in all cases: s or not s; <, =, >; of two integers <= and >.

    The k-th theorem may have the k-th sentence of ``on`` among its hypotheses.
    """
    if not _exhaust(on):
        raise Refused(f"{list(on)} are not all cases")
    if len(on) != len(theorems) or len({t.conclusion for t in theorems}) != 1:
        raise Refused("expected one theorem for each case, with the same conclusion")
    kept = frozenset[Term]().union(
        *(t.hypotheses - {case} for t, case in zip(theorems, on, strict=True))
    )
    everything = frozenset[Term]().union(*(t.hypotheses for t in theorems))
    return mint("cases", theorems[0].conclusion, theorems, less=everything - kept)


def negation(sentence: Term) -> Term:
    """Return the negation of an equation, or of an inequality."""
    a, b = sentence.args if sentence.op in ("=", "!=", "<=", "<") else (sentence, sentence)
    match sentence.op:
        case "=":
            return different(a, b)
        case "!=":
            return equal(a, b)
        case "<=":
            return less(b, a)
        case "<":
            return at_most(b, a)
    raise Refused(f"{sentence} has no negation among sentences")


def _exhaust(on: Sequence[Term]) -> bool:
    if len(on) == 2:
        return on[1] == negation(on[0])
    if len(on) == 3 and on[1].op == "=":
        a, b = on[1].args
        return a.sort in (INT, REAL) and on[0] == less(a, b) and on[2] == less(b, a)
    return False


def contradiction(theorem: Theorem, sentence: Term) -> Theorem:
    """Return a sentence whose negation, a hypothesis here, leads to what is false."""
    if theorem.conclusion != FALSE:
        raise Refused(f"{theorem.conclusion} is not false")
    wrong = negation(sentence)
    if wrong not in theorem.hypotheses:
        raise Refused(f"{wrong} is no hypothesis of {theorem}")
    return mint("contradiction", sentence, [theorem], less=[wrong])


def absurd(theorem: Theorem, other: Theorem) -> Theorem:
    """Return that a sentence and its negation are false."""
    if other.conclusion != negation(theorem.conclusion):
        raise Refused(f"{other.conclusion} is not the negation of {theorem.conclusion}")
    return mint("absurd", FALSE, [theorem, other])


# --- equality -------------------------------------------------------------------------------------


def reflexive(term: Term) -> Theorem:
    """Return |- a = a."""
    return mint("reflexive", equal(term, term))


def sides(theorem: Theorem) -> tuple[Term, Term]:
    """Return the two sides of an equation."""
    if theorem.conclusion.op != "=":
        raise Refused(f"{theorem.conclusion} is no equation")
    left, right = theorem.conclusion.args
    return left, right


def symmetric(theorem: Theorem) -> Theorem:
    """Return b = a from a = b."""
    left, right = sides(theorem)
    return mint("symmetric", equal(right, left), [theorem])


def transitive(first: Theorem, *others: Theorem) -> Theorem:
    """Return a = c from a = b and b = c, and so on."""
    left, right = sides(first)
    for other in others:
        a, b = sides(other)
        if a != right:
            raise Refused(f"{other.conclusion} does not begin with {right}")
        right = b
    return mint("transitive", equal(left, right), [first, *others])


def rewrite(theorem: Theorem, *equations: Theorem) -> Theorem:
    """Return a conclusion with the left sides of equations replaced by their right sides.

    One equation after the other, at all places, also in the scope of binders: an equation has no
    bound variables of the place where it is used.
    """
    conclusion = theorem.conclusion
    for equation in equations:
        left, right = sides(equation)
        changed = replaced(conclusion, left, right)
        if changed == conclusion:
            raise Refused(f"{left} does not stand in {conclusion}")
        conclusion = changed
    return mint("rewrite", conclusion, [theorem, *equations])


def replaced(term: Term, left: Term, right: Term) -> Term:
    """Return a term with one of its parts replaced, at all places."""
    if term == left:
        return right
    if not term.args or not left.free <= term.free:
        return term
    if term.op in BUILDERS:
        names = fresh_for(term)
        inside = opened(term, *(name.term for name in names))
        outer = tuple(replaced(arg, left, right) for arg in term.args[: term.data])
        return BUILDERS[term.op](outer, names, tuple(replaced(x, left, right) for x in inside))
    args = tuple(replaced(arg, left, right) for arg in term.args)
    return term if args == term.args else rebuild(term, args, {})


def exchange(theorem: Theorem, equation: Theorem, *path: int) -> Theorem:
    """Return a conclusion with one of its parts replaced by what that is equal to.

    It is the argument at the first place of the path, in this the one at the second, and so on;
    outside the scope of all binders.
    """
    conclusion = _exchanged(theorem.conclusion, path, *sides(equation))
    return mint("exchange", conclusion, [theorem, equation])


def _exchanged(term: Term, path: Sequence[int], left: Term, right: Term) -> Term:
    if not path:
        if term != left:
            raise Refused(f"{term} is not {left}")
        return right
    place, *more = path
    outer = term.data if term.op in BUILDERS else len(term.args)
    if not 0 <= place < outer:
        raise Refused(f"{term} has no argument in place {place}")
    args = list(term.args)
    args[place] = _exchanged(args[place], more, left, right)
    if term.op in BUILDERS:
        return BUILDERS[term.op](args[:outer], term.variables, args[outer:])
    return rebuild(term, args, {})


def unfold(term: Term) -> Theorem:
    """Return: a defined object is what it stands for."""
    return mint("unfold", equal(term, unfolded(term)))
