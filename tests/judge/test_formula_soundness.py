"""What is proved is true: random formulas, decided as functions and computed at other points."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.judge.asked import asked
from dlnproof.judge.comparison import Finding, findings
from dlnproof.judge.hypotheses import Hypotheses
from dlnproof.judge.judgement import formula
from dlnproof.judge.places import DIGITS, Place, far_places, places, places_where
from dlnproof.judge.proofs import decide
from dlnproof.judge.targets import TARGETS, Target
from dlnproof.language.arithmetic import UndefinedError
from dlnproof.language.reading import read
from dlnproof.language.tree import Node
from dlnproof.language.typeset import latex_text
from dlnproof.language.value import Allowance
from dlnproof.run.jobs import alone

ONE_INDEX = ["sigma[i]", "N", "2", "(sigma[i]+N)", "(1-sigma[i])", "sigma[i]**(1/N)", "-3"]
TWO_INDICES = [
    *ONE_INDEX,
    "sigma[l]",
    "(sigma[i]-sigma[l])",
    "(sigma[l]-sigma[i])",
    "(sigma[l]**2-sigma[i]**2)",
    "(sigma[i]+sigma[l])",
    "(sigma[i]**(2/N)-sigma[l]**(2/N))",
    "sum(j, 1, N, sigma[i]**(2*j/N)*sigma[l]**(-2*j/N))",
    "sum(j, 0, N-1, sigma[l]**(2*j/N)*sigma[i]**(-2*j/N))",
]
EXPONENTS = ["2", "-1", "1/2", "0", "(1/N)", "1"]


def _factors(bases: list[str]) -> st.SearchStrategy[str]:
    raised = st.builds("({})**{}".format, st.sampled_from(bases), st.sampled_from(EXPONENTS))
    wrapped = st.one_of(
        st.sampled_from(bases),
        raised,
        st.builds("abs({})".format, raised),
        st.builds("sqrt({})".format, raised),
        st.builds("exp(2*log({}))".format, st.sampled_from(bases)),
        st.builds("({})**2".format, raised),
    )
    return st.lists(wrapped, min_size=1, max_size=3).map("*".join)


PRODUCTS = st.one_of(
    st.builds("prod(i, {})".format, _factors(ONE_INDEX)),
    st.builds(
        "prod({}, {})".format,
        st.sampled_from(["i<l", "i<=l", "i!=l", "i, l"]),
        _factors(TWO_INDICES),
    ),
    st.sampled_from(
        ["N**d", "N**(d**2)", "2**(d*(d-1)/2)", "(-1)**(d*(d-1)/2)", "det(Sigma)", "van(Sigma)"]
    ),
    st.builds("sqrt({})".format, st.builds("prod(i<l, {})".format, _factors(TWO_INDICES))),
)


def found(target: Target, tree: Node, at: Iterator[Place]) -> list[tuple[Place, Finding]]:
    with alone(DIGITS):
        allowed = Allowance(10**6)
        return [(p, f) for p in at for f in findings(target, tree, p, allowed)]


@settings(max_examples=30, deadline=None)
@given(PRODUCTS, PRODUCTS, st.sampled_from(["{0}/({0})", "sqrt(({0})**2)/({0})", "{0}/({1})"]))
def test_what_is_proved_is_true_wherever_it_has_a_value(x: str, y: str, quotient: str) -> None:
    target = TARGETS["svd-jacobian"]
    tree = read(f"van(Sigma**2)*{quotient.format(x, y)}")
    assume(decide(target, tree).decided)
    for distinct in (True, False):
        seen = found(target, tree, places(target, distinct=distinct))
        for place, finding in seen:
            assert finding.verdict is not Verdict.REFUTED, place
        assert not distinct or any(f.verdict.holds for _, f in seen)


@settings(max_examples=12, deadline=None)
@given(_factors(TWO_INDICES), _factors(TWO_INDICES), st.booleans())
def test_what_is_proved_of_eigenvalues_is_true(x: str, y: str, same: bool) -> None:
    target = TARGETS["submersion-eigenvalue"]
    right = "sum(j, 1, N, sigma[i]**(2*(N-j)/N)*sigma[l]**(2*(j-1)/N))"
    tree = read(
        f"{right}*({x})/({x if same else y})".replace("sum(j", "sum(m")
        .replace("j/N", "m/N")
        .replace("(N-j)", "(N-m)")
        .replace("(j-1)", "(m-1)")
    )
    assume(decide(target, tree).decided)
    for place, finding in found(target, tree, places(target, distinct=True)):
        assert finding.verdict is not Verdict.REFUTED, place


@pytest.mark.parametrize(
    "text",
    [
        "-exp(log(-van(Sigma**2)))",  # no logarithm of a negative number
        "exp(log((-1)**3*van(Sigma**2)))*(-1)",
        "sqrt(-van(Sigma**2))**2*(-1)",
        "van(Sigma**2)*prod(i, sqrt(-sigma[i])/sqrt(-sigma[i]))",
    ],
)
def test_what_has_no_value_anywhere_is_not_proved(text: str) -> None:
    assert not formula("svd-jacobian", text).holds


@pytest.mark.parametrize(
    "text",
    [
        "sum(j, 1, N/2, 1)/sum(j, 1, N/2, 1)",  # N odd
        "sum(j, 1, N-2, 1)/(N-2)",  # N = 1, 2
        "N**log(N)/N**log(N)",
    ],
)
def test_what_has_no_value_at_some_depth_is_not_proved(text: str) -> None:
    found = formula("svd-jacobian", f"van(Sigma**2)*{text}")
    assert not found.decided


def test_an_empty_sum_is_zero_and_not_what_its_closed_form_says() -> None:
    found = formula("svd-jacobian", "van(Sigma**2)*(1 + sum(j, 1, N-3, 1) + 3 - N)")
    assert found.verdict is Verdict.REFUTED  # the sum is 0 at N = 1, not -2
    right = formula("svd-jacobian", "van(Sigma**2)*(sum(j, 1, N-1, 1) + 2 - N)")
    assert right.decided


def test_far_places_are_further_away() -> None:
    near = [*places(TARGETS["volume-form"], distinct=True)]
    far = far_places(TARGETS["volume-form"])
    assert not set(near) & set(far)
    assert max(place.width for place in far) > max(place.width for place in near)


def test_evaluation_and_reduction_agree_on_zero_to_the_zero() -> None:
    found = formula("svd-jacobian", "van(Sigma**2)*prod(i<l, (sigma[i]-sigma[l])**0)")
    assert found.decided
    assert found.notes[-1] == "coincident singular values: holds"
    with pytest.raises(InputError):
        formula("svd-jacobian", "0**0**(")
    assert issubclass(UndefinedError, ArithmeticError)


HYPOTHESES = ["N = 1", "N = 2", "N = 3", "d = 1", "d = 2", "sigma distinct", "N >= 2, d >= 2"]
AT_ONE_DEPTH = {
    "N = 1": "({0})*sigma[i]**(1/N)/sigma[i]",
    "N = 2": "({0})*sigma[i]**(2/N)/sigma[i]",
    "N = 3": "({0})*(sigma[i]**(1/N))**3/sigma[i]",
}
"""What is changed at other depths alone."""


def places_beyond(where: Hypotheses) -> Iterator[Place]:
    """Yield places that no trial looks at, where hypotheses hold."""
    for depth, roots in product(range(1, 6), (("7/3",), ("9/4", "1/5"), ("6", "7/2", "1/3"))):
        if where.admit_size(depth, len(roots)):
            yield Place(depth, roots)


@pytest.mark.long
@settings(max_examples=120, deadline=None)
@given(PRODUCTS, PRODUCTS, st.sampled_from(HYPOTHESES), st.booleans())
def test_what_is_proved_under_hypotheses_is_true_there(
    x: str, y: str, says: str, same: bool
) -> None:
    other = AT_ONE_DEPTH.get(says, "{0}")
    text = f"prod(i, {other.format('1')})*({x if same else y})"
    if says == "d = 2":
        text = f"({x if same else y})*van(Sigma)*det(Sigma)/((sigma_1-sigma_2)*sigma_1*sigma_2)"
    try:
        given_ = asked(f"= {x}", text, says)
    except InputError:
        return
    with alone(DIGITS):
        assume(decide(given_.target, given_.tree).decided)
    at = [*places_where(given_.target), *places_beyond(given_.target.where)]
    for place, finding in found(given_.target, given_.tree, iter(at)):
        assert finding.verdict is not Verdict.REFUTED, place


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(
    _factors(TWO_INDICES),
    _factors(TWO_INDICES),
    st.booleans(),
    st.sampled_from(["i = l", "i < l", "i != l", "sigma_i = sigma_l", "N = 2", "N = 2, i < l"]),
)
def test_what_is_proved_of_two_indices_under_hypotheses_is_true_there(
    x: str, y: str, same: bool, says: str
) -> None:
    factor = "sigma[i]/sigma[l]" if "=" in says[2:5] and "N" not in says else "1"
    right = x.replace("sum(j", "sum(m").replace("j/N", "m/N")
    given_ = asked(f"= {right}", f"({right if same else y})*{factor}", says)
    with alone(DIGITS):
        assume(decide(given_.target, given_.tree).decided)
    at = [*places_where(given_.target), *places_beyond(given_.target.where)]
    for place, finding in found(given_.target, given_.tree, iter(at)):
        assert finding.verdict is not Verdict.REFUTED, (place, finding.indices)


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(PRODUCTS, PRODUCTS, st.sampled_from(["1", "N", "2**d", "c(d)", "N**(d*(d-1)/2)"]))
def test_what_is_named_as_a_constant_is_one(x: str, y: str, constant: str) -> None:
    """Of proportional formulas: the constant that is named makes them equal."""
    text = rf"\propto {latex_text(read(f'({x})*{constant}/({y})*({y})'))}"
    seen = formula(f"= {x}", f"${text}$", diagnose=False)
    assert seen.verdict is not Verdict.ERROR
    assert seen.verdict is not Verdict.REFUTED
    if seen.decided:
        named = seen.scope.partition("it is ")[2].partition(" times")[0]
        again = formula(f"= {x}", f"({named})*({seen.understood.plain})", diagnose=False)
        assert again.holds
