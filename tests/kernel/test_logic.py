"""Rules of logic: each does what it says, and no hypothesis gets lost."""

import copy

import pytest

from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    cut,
    generalise,
    instance,
    negation,
    reflexive,
    replace_at,
    rewrite,
    specialise,
    symmetric,
    transitive,
    unfold,
    weaken,
)
from dlnproof.kernel.terms import (
    FALSE,
    INT,
    REAL,
    Definition,
    Family,
    SortError,
    Symbol,
    at_most,
    derivative,
    different,
    each,
    equal,
    every,
    identity,
    integer,
    less,
    matrix_sort,
    number,
    positive,
    psd,
    total,
    variable,
    zero,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint, premise

N, d, i, j, k = map(variable, "Ndijk")
s, t, x, y, z = (variable(name, REAL) for name in "stxyz")
sigma = Symbol("sigma", REAL, (INT,))
f = Symbol("f", REAL, (REAL,))


def test_a_theorem_is_made_by_a_rule_or_not_at_all() -> None:
    with pytest.raises(Refused, match="made by a rule"):
        Theorem(object(), frozenset(), FALSE, "", (), frozenset(), frozenset(), None)
    theorem = reflexive(x.term)
    for name in ("conclusion", "hypotheses", "premises"):
        with pytest.raises(Refused, match="not changed"):
            setattr(theorem, name, FALSE)
    with pytest.raises(TypeError):
        copy.copy(theorem)


def test_only_sentences_are_concluded() -> None:
    with pytest.raises(Refused, match="no sentence"):
        mint("", x.term)
    with pytest.raises(Refused, match="no sentence"):
        assume(x.term)


def test_a_bound_variable_is_in_no_theorem() -> None:
    body = each(j, 1, N.term, positive(sigma(j.term))).args[-1]
    with pytest.raises(Refused, match="out of its scope"):
        assume(body)


def test_a_premise_is_kept_and_has_an_argument() -> None:
    with pytest.raises(Refused, match="argument"):
        premise(FALSE, "  ")
    under = premise(FALSE, "so it is", given=[equal(x.term, y.term)])
    assert under.hypotheses == {equal(x.term, y.term)}
    taken = premise(equal(x.term, y.term), "so it is")
    [kept] = symmetric(taken).premises
    assert kept.argument == "so it is"
    both = transitive(taken, symmetric(taken))
    assert both.premises == taken.premises


def test_what_a_theorem_rests_on_is_remembered() -> None:
    schema = mint("schema", equal(x.term, x.term), named=Named("a theorem", "a book"))
    assert {n.name for n in rewrite(schema, assume(equal(x.term, y.term))).named} == {"a theorem"}
    assert [t.rule for t in symmetric(schema).origins()] == ["schema", "symmetric"]


def test_a_cut_keeps_all_other_hypotheses() -> None:
    a, b, c = positive(x.term), positive(y.term), positive(z.term)
    lemma = weaken(assume(b), c)
    first = weaken(assume(a), b)
    assert cut(first, lemma).hypotheses == {a, b, c}
    from_c = weaken(reflexive(x.term), b)
    proved = cut(weaken(from_c, a), weaken(premise(b, "so"), c))
    assert proved.hypotheses == {a, c}
    with pytest.raises(Refused, match="no hypothesis"):
        cut(reflexive(x.term), lemma)


def test_an_instance_changes_the_hypotheses_too() -> None:
    found = instance(assume(positive(x.term)), {x: y.term})
    assert found.hypotheses == {positive(y.term)}
    whole = instance(assume(positive(sigma(i.term))), {sigma: Family((k,), number(k.term))})
    assert whole.hypotheses == {positive(number(i.term))}


def test_what_a_hypothesis_speaks_of_is_not_generalised() -> None:
    with pytest.raises(Refused, match="free in a hypothesis"):
        generalise(assume(positive(x.term)), x)
    found = generalise(assume(positive(x.term)), x, positive(x.term))
    assert found.hypotheses == frozenset()
    assert found.conclusion == every(x, [positive(x.term)], positive(x.term))
    with pytest.raises(Refused, match="free in a hypothesis"):
        generalise(weaken(reflexive(x.term), at_most(1, N.term)), N)


def test_the_letters_of_what_is_defined_are_free() -> None:
    density = Definition("density", (), x.term)
    with pytest.raises(Refused, match="free in a hypothesis"):
        generalise(assume(positive(density())), x)


def test_the_size_of_a_matrix_is_free() -> None:
    with pytest.raises(Refused, match="free in a hypothesis"):
        generalise(assume(psd(zero(d.term))), d)
    M = variable("M", zero(d.term).sort)
    with pytest.raises(Refused, match="free in a hypothesis"):
        generalise(assume(psd(M.term)), d)


def test_what_holds_for_all_holds_under_its_conditions_only() -> None:
    known = assume(each(j, 1, N.term, positive(sigma(j.term))))
    found = specialise(known, integer(7))
    assert at_most(integer(7), N.term) in found.hypotheses
    assert at_most(1, integer(7)) in found.hypotheses
    with pytest.raises(Refused):
        specialise(reflexive(x.term), x.term)
    with pytest.raises(SortError):
        specialise(known, x.term)


def test_cases_are_all_cases() -> None:
    goal = equal(x.term, x.term)
    a, b, c = less(x.term, y.term), equal(x.term, y.term), less(y.term, x.term)
    theorems = [weaken(reflexive(x.term), case) for case in (a, b, c)]
    assert cases(*theorems, on=[a, b, c]).hypotheses == frozenset()
    two = [weaken(reflexive(x.term), case) for case in (a, negation(a))]
    assert cases(*two, on=[a, negation(a)]).conclusion == goal
    with pytest.raises(Refused, match="not all cases"):
        cases(theorems[0], theorems[2], on=[a, c])
    with pytest.raises(Refused, match="not all cases"):
        cases(*theorems, on=[a, b, less(y.term, z.term)])
    with pytest.raises(Refused, match="same conclusion"):
        cases(theorems[0], assume(negation(a)), on=[a, negation(a)])
    with pytest.raises(Refused, match="each case"):
        cases(theorems[0], on=[a, negation(a)])
    kept = cases(weaken(theorems[0], b), *theorems[1:], on=[a, b, c])
    assert kept.hypotheses == {b}  # each case discharges its own alone


def test_integers_have_no_gap() -> None:
    assert negation(at_most(i.term, j.term)) == at_most(j.term + 1, i.term)
    assert negation(less(i.term, j.term)) == at_most(j.term + 1, i.term + 1)


def test_a_contradiction_needs_the_negation() -> None:
    false = absurd(assume(equal(x.term, y.term)), assume(different(x.term, y.term)))
    assert false.conclusion == FALSE
    found = contradiction(false, equal(x.term, y.term))
    assert found.hypotheses == {equal(x.term, y.term)}
    with pytest.raises(Refused, match="no hypothesis"):
        contradiction(false, positive(x.term))
    with pytest.raises(Refused, match="not false"):
        contradiction(reflexive(x.term), equal(x.term, y.term))
    with pytest.raises(Refused, match="not the negation"):
        absurd(assume(equal(x.term, y.term)), assume(different(y.term, z.term)))


def test_equations_join_where_they_meet() -> None:
    a, b = assume(equal(x.term, y.term)), assume(equal(y.term, z.term))
    assert transitive(a, b).conclusion == equal(x.term, z.term)
    assert transitive(a, b).hypotheses == a.hypotheses | b.hypotheses
    with pytest.raises(Refused, match="does not begin"):
        transitive(b, a)
    with pytest.raises(Refused, match="no equation"):
        symmetric(assume(positive(x.term)))


def test_an_equation_is_used_everywhere() -> None:
    whole = assume(equal(total(j, 1, N.term, x.term * sigma(j.term)), x.term))
    found = rewrite(whole, assume(equal(x.term, y.term)))
    assert found.conclusion == equal(total(j, 1, N.term, y.term * sigma(j.term)), y.term)
    assert found.hypotheses == whole.hypotheses | {equal(x.term, y.term)}
    with pytest.raises(Refused, match="does not stand"):
        rewrite(whole, assume(equal(z.term, y.term)))


def test_what_is_known_of_one_index_is_not_known_of_all() -> None:
    whole = assume(equal(total(j, 1, N.term, sigma(j.term)), x.term))
    with pytest.raises(Refused, match="does not stand"):
        rewrite(whole, assume(equal(sigma(j.term), y.term)))


def test_what_is_known_at_one_time_is_not_known_at_all() -> None:
    moving = assume(derivative(s, f(s.term), t.term, x.term))
    with pytest.raises(Refused, match="does not stand"):
        rewrite(moving, assume(equal(f(t.term), y.term)))


def test_a_definition_is_what_it_stands_for() -> None:
    density = Definition("density", (i,), sigma(i.term) * x.term)
    assert unfold(density(k.term)).conclusion == equal(density(k.term), sigma(k.term) * x.term)
    opaque = Definition("density", (i,), y.term)
    assert unfold(opaque(k.term)).conclusion != unfold(density(k.term)).conclusion


def test_a_hypothesis_is_a_sentence_without_bound_variables() -> None:
    [bound] = total(k, 1, N.term, sigma(k.term)).variables
    for wrong in (x.term, equal(bound.term, N.term)):
        with pytest.raises(Refused):
            weaken(reflexive(x.term), wrong)


def test_one_part_is_put_for_another() -> None:
    same = assume(equal(x.term, y.term))
    theorem = assume(less(x.term + x.term, x.term))
    found = replace_at(theorem, same, 0, 1)
    assert found.conclusion == less(x.term + y.term, x.term)
    assert found.hypotheses == theorem.hypotheses | same.hypotheses
    with pytest.raises(Refused, match="is not"):
        replace_at(theorem, symmetric(same), 0, 1)
    with pytest.raises(Refused, match="is not"):
        replace_at(theorem, same, 0)
    with pytest.raises(Refused, match="no equation"):
        replace_at(theorem, assume(less(x.term, y.term)), 1)
    for place in (2, -1):
        with pytest.raises(Refused, match="no argument"):
            replace_at(theorem, same, place)


def test_no_part_is_put_for_another_in_a_scope() -> None:
    k, n, m = (variable(name) for name in "knm")
    f = Symbol("f", REAL, (INT, INT))
    whole = total(k, 1, n.term, f(k.term, n.term))
    same = assume(equal(n.term, m.term))
    found = replace_at(reflexive(whole), same, 1, 1)
    assert found.conclusion == equal(whole, total(k, 1, m.term, f(k.term, n.term)))
    with pytest.raises(Refused, match="no argument"):
        replace_at(reflexive(whole), same, 1, 2, 1)
    bound = whole.args[2].args[0]
    with pytest.raises(Refused):  # a hypothesis about a bound variable would be one of all
        replace_at(reflexive(whole), assume(equal(bound, m.term)), 1, 2, 0)


def test_a_part_of_a_shape_is_not_put_for_another() -> None:
    n, m = variable("n"), variable("m")
    family = Symbol("F", matrix_sort(n.term))
    theorem = reflexive(family.term * identity(n.term))
    with pytest.raises(SortError):
        replace_at(theorem, assume(equal(n.term, m.term)), 1, 1, 0)
