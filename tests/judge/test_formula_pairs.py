"""The pairs (N, d) at which formulas are tried: a grid, printed as a union of products."""

from collections.abc import Iterator
from itertools import product
from math import prod

import formulas_of_targets
import pytest
from conftest import one_in
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.judge import trial
from dlnproof.judge.judgement import formula
from dlnproof.judge.pairs import Pairs, products
from dlnproof.judge.places import DIGITS, Place, far_places, measured, places
from dlnproof.judge.targets import TARGETS, Target
from dlnproof.judge.trial import Trial, tried
from dlnproof.language.arithmetic import ball
from dlnproof.language.deciding import DECIDED, Outcome
from dlnproof.language.reading import read
from dlnproof.run.jobs import alone

FINITE = [target for target in TARGETS.values() if target.finite and target.provable]
INFINITE_DEPTH = [target for target in TARGETS.values() if not target.finite]
GRID = {*product((1, 2, 3, 4, 5), (1, 2, 3, 4, 5))}
BEYOND = (
    Pairs((1, 2), (1, 2, 3, 4, 5, 6)),
    Pairs((3, 4, 5, 6), (1, 2, 3, 4, 5)),
    Pairs((7, 8, 9, 10, 11, 12), (1, 2)),
)
RIGHT = {target: texts[0] for target, texts in formulas_of_targets.RIGHT.items()}


def all_places(target: Target) -> Iterator[Place]:
    for distinct in (True, False):
        yield from places(target, distinct=distinct)
    yield from far_places(target)


@given(st.sets(st.tuples(st.integers(1, 9) | st.just(INFINITE), st.integers(1, 6))))
def test_a_union_of_products_is_what_it_is_made_from(pairs: set[tuple[int | float, int]]) -> None:
    found = products(pairs)
    united = [pair for each in found for pair in product(each.depths, each.widths)]
    assert len(united) == len(set(united))
    assert set(united) == pairs
    for each in found:  # and what is printed says the same
        depths, widths = str(each).removeprefix("N = ").split(", d = ")
        assert (tuple(read_again(depths)), tuple(read_again(widths))) == (each.depths, each.widths)


def read_again(text: str) -> Iterator[int | float]:
    for part in text.split(", "):
        first, _, last = part.partition("..")
        yield from [INFINITE] if first == "inf" else range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("target", FINITE)
def test_the_grid_is_tried_and_a_factor_shows_there(target: Target) -> None:
    assert {(place.depth, place.width) for place in all_places(target)} >= GRID
    shown = {
        (place.depth, place.width)
        for place in all_places(target)
        if (found := measured(target.name, place))
        and not any(ball(value).contains(0) for value in found.values())
    }
    # logarithms are of 1 at N = 1, and of one factorization at d = 1; there is no pair, and no wave
    gradient = target.name.endswith("-gradient")
    late = gradient or target.name in ("entropy", "gram-eigenvalue")
    late = late or target.name.endswith("log-volume-density")
    pairs_alone = target.name in ("entropy-gradient", "gram-eigenvalue")
    widths = range(2, 6) if pairs_alone else range(1, 6)
    assert {*product(range(2, 7) if late else range(1, 6), widths)} <= shown


@pytest.mark.parametrize("target", INFINITE_DEPTH)
def test_five_widths_are_tried_at_infinite_depth(target: Target) -> None:
    assert {place.width for place in all_places(target)} >= {1, 2, 3, 4, 5}
    assert {place.depth for place in all_places(target)} == {INFINITE}


HIDDEN = [
    "(N-1)*(N-2)*(N-3)*(d-1)*(d-2)*(d-3)/1000",
    "(N-1)*(N-2)*(d-1)*(d-2)*(d-3)*(d-4)/1000",
    "(N-1)*(N-2)*(N-3)*(N-4)*(d-1)*(d-2)*(d-3)*(d-4)/1000",
    "(N-1)*(N-2)*(N-3)*(N-4)*(d-1)*(d-2)*(d-3)/10**9",
    "(N-1)*(N-2)*(N-3)*(N-4)*(d-5)*(d-2)*(d-3)/10**9",
]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("target", ["svd-jacobian", "volume-form", "eigenvalue", "orbit-volume"])
def test_what_hides_between_small_points_is_refuted(target: str, hidden: str) -> None:
    found = formula(target, f"{RIGHT[target]}*(1 + {hidden})")
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert (found.counterexample["N"], found.counterexample["d"]) in GRID
    # what differs at small points only is no correction, and is not taken for one
    assert found.diagnosis is not None
    assert found.diagnosis.startswith("a superfluous factor: 1 + (N - 1)")
    assert found.correction is not None
    assert found.correction.verdict in DECIDED


FAR = {
    "(1 + (d-1)*(d-2)*(d-3)*(d-4)*(d-5)*(d-6)/1000)": (1, 7),
    "(1 + (N-1)*(N-2)*(N-3)*(N-4)*(N-5)*(N-6)*(d-1)*(d-2)/1000)": (7, 3),
    "(-1)**((d-1)*(d-2)*(d-3)*(d-4)*(d-5)*(d-6)*(d-7)/5040)": (1, 8),
    "N**((d-1)*(d-2)*(d-3)*(d-4)*(d-5)*(d-6))": (2, 7),
    "2**((N-1)*(N-2)*(N-3)*(N-4)*(N-5)*(N-6)*(N-7))": (8, 1),
    "abs(N-20)/(20-N)": (21, 1),
    "sqrt((N-20)**2)/(20-N)": (21, 1),
}


@pytest.mark.parametrize(("factor", "at"), FAR.items())
@pytest.mark.parametrize(
    "target", one_in(4, ["svd-jacobian", "volume-form", "eigenvalue", "orbit-volume"])
)
def test_a_factor_that_is_1_at_all_small_pairs_is_refuted_where_it_is_not(
    target: str, factor: str, at: tuple[int, int]
) -> None:
    found = formula(target, f"{RIGHT[target]}*{factor}")
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None
    assert (found.counterexample["N"], found.counterexample["d"]) == at


BEHIND = ["abs(N-70)/(70-N)", "abs(d-13)/(13-d)", "(1 + abs(d-13) + d - 13)"]


@pytest.mark.parametrize("factor", BEHIND)
@pytest.mark.parametrize("target", ["svd-jacobian", "volume-form", "eigenvalue"])
def test_what_hides_behind_the_pairs_tried_is_exact_there_and_only_there(
    target: str, factor: str
) -> None:
    found = formula(target, f"{RIGHT[target]}*{factor}")
    assert (found.verdict, found.decided) == (Verdict.EXACT, False)
    assert len(found.pairs) == 3
    assert found.scope == "; ".join(map(str, found.pairs))
    assert found.pairs == BEYOND


def test_a_pair_without_a_value_is_not_printed() -> None:
    found = formula("svd-jacobian", "sqrt(van(Sigma**2) + 2)**2 - 2 + (N-1)/(N-1) - 1")
    assert found.verdict is Verdict.EXACT
    assert found.scope == "N = 2, d = 1..6; N = 3..6, d = 1..5; N = 7..12, d = 1, 2"


def test_the_pairs_of_a_refuted_formula_are_those_before() -> None:
    found = formula("svd-jacobian", "van(Sigma**2)*(1 + (N-1)*(d-1))")
    assert found.scope == "N = 2, d = 2"
    assert found.pairs == (Pairs((1,), (1, 2, 3, 4)), Pairs((2,), (1,)))
    at_coincidence = "van(Sigma**2) + prod(i<l, 1 + 0**abs(sigma[i]-sigma[l])) - 1"
    assert (1, 2) not in {
        pair
        for each in formula("svd-jacobian", at_coincidence).pairs
        for pair in product(each.depths, each.widths)
    }


def by_points_alone(target: str, text: str, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """Return the trial of a formula about which nothing is decided for all N and d."""
    with monkeypatch.context() as patched, alone(DIGITS):
        patched.setattr(trial, "decide", lambda target, tree: Outcome(Verdict.UNDECIDED))
        return tried(TARGETS[target], read(text))


@pytest.mark.parametrize("target", one_in(2, RIGHT))
def test_the_right_formula_holds_at_all_pairs(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = by_points_alone(target, RIGHT[target], monkeypatch)
    assert found.verdict in (Verdict.EXACT, Verdict.ENCLOSED)
    if target == "gram-eigenvalue":  # of two factors and two values at least
        deeper = Pairs((3, 4, 5, 6), (2, 3, 4, 5)), Pairs((7, 8, 9, 10, 11, 12), (2,))
        assert found.pairs == (Pairs((2,), (2, 3, 4, 5, 6)), *deeper)
    elif target in (
        "infinite-eigenvalue",
        "infinite-metric-entry",
    ):  # no value at i = l, which is all that d = 1 has
        assert found.pairs == (Pairs((INFINITE,), (2, 3, 4, 5, 6)),)
    else:
        assert found.pairs == (
            BEYOND if TARGETS[target].finite else (Pairs((INFINITE,), (1, 2, 3, 4, 5, 6)),)
        )


# products of distances to few numbers, which are 0 at many pairs, and sums of them
ZEROS = st.frozensets(st.integers(1, 6), max_size=4)
TERMS = st.lists(st.tuples(st.integers(-3, 3), ZEROS, ZEROS), min_size=1, max_size=3)
Terms = list[tuple[int, frozenset[int], frozenset[int]]]


def value(terms: Terms, depth: int, width: int) -> int:
    return sum(c * prod(depth - k for k in n) * prod(width - k for k in d) for c, n, d in terms)


def written(terms: Terms) -> str:
    return " + ".join(
        "*".join([f"({c})", *(f"(N-{k})" for k in n), *(f"(d-{k})" for k in d)])
        for c, n, d in terms
    )


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(st.sampled_from([target.name for target in FINITE]), TERMS, st.sampled_from([1, 10**6]))
def test_a_polynomial_factor_of_degree_four_is_seen(target: str, terms: Terms, over: int) -> None:
    # far from its zeros; a polynomial that is 0 there, too, is 0
    assume(any(value(terms, N, d) for N in range(101, 106) for d in range(101, 106)))
    with pytest.MonkeyPatch.context() as patched:
        text = f"({RIGHT[target]})*(1 + ({written(terms)})/{over})"
        found = by_points_alone(target, text, patched)
    assert found.verdict is Verdict.REFUTED
    assert found.found is not None
    assert value(terms, int(found.found.place.depth), found.found.place.width) != 0


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([target.name for target in INFINITE_DEPTH]), TERMS)
def test_a_polynomial_factor_in_d_is_seen_at_infinite_depth(target: str, terms: Terms) -> None:
    terms = [(c, frozenset(), d) for c, _, d in terms]
    assume(any(value(terms, 0, d) for d in range(101, 106)))
    with pytest.MonkeyPatch.context() as patched:
        found = by_points_alone(target, f"({RIGHT[target]})*(1 + {written(terms)})", patched)
    assert found.verdict is Verdict.REFUTED
