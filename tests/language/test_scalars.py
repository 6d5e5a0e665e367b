"""Factors in N and d: what has one form has the same value, and has a value everywhere."""

from itertools import product

import pytest
from flint import fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dlnproof.errors import InputError
from dlnproof.language.arithmetic import UndefinedError, Value, ball
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.radical import Radical
from dlnproof.language.reading import read
from dlnproof.language.scalars import Scalar, is_scalar, scalar, simplified
from dlnproof.language.tree import Node
from dlnproof.language.value import Allowance, value_at

PAIRS = [*product(range(1, 6), repeat=2)]
ONE = Scalar()


def value(node: Node, depth: int, width: int) -> Value:
    return value_at(node, depth, (fmpq(1),) * width, {}, Allowance(10**5))


def equal(x: Value, y: Value) -> bool:
    if isinstance(x, Radical) and isinstance(y, Radical):
        if x.rational == 0 or y.rational == 0:
            return bool(x.rational == y.rational)
        return (x * y.inverse()).as_rational() == 1
    return ball(x).overlaps(ball(y))


LEAVES = ["N", "d", "1", "2", "3", "(N-1)", "(d-2)", "(N+d)", "(N-d)", "(2*N-1)", "(N**2-N*d+d**2)"]
POWERS = [
    "2", "-1", "0", "N", "d", "(d-1)", "(d*(d-1)/2)", "(N*(N+1))", "(1/2)", "(1/N)",
    "(d*(d-1)*(d-2)/3)", "((N-1)*(d-1)*(d-2)/2)", "((2*N+2)/(N+1))", "(d/2)",
]  # fmt: skip


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("({})**{}".format, inner, st.sampled_from(POWERS)),
        st.builds("(-1)**{}".format, st.sampled_from(POWERS)),
        st.builds("{}({})".format, st.sampled_from(["sqrt", "abs", "-"]), inner),
        st.builds("exp({}*log({}))".format, st.sampled_from(POWERS), inner),
        st.builds("{}(i, {})".format, st.sampled_from(["sum", "prod"]), inner),
        st.builds("{}(i<l, {})".format, st.sampled_from(["sum", "prod"]), inner),
        st.builds("{}(j, 1, {}, {})".format, st.sampled_from(["sum", "prod"]), inner, inner),
        st.builds("{0}/({0})".format, inner),
    )


TEXTS = st.recursive(st.sampled_from(LEAVES), grown, max_leaves=5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS)
def test_the_one_form_has_the_same_value_everywhere(text: str) -> None:
    node = read(text)
    assert is_scalar(node)
    try:
        found = scalar(node)
    except NotReducibleError:
        return
    again = found.node()
    for depth, width in PAIRS:
        try:
            right = value(node, depth, width)  # a value there is, or this is an error
        except InputError:
            continue  # too many terms
        except UndefinedError:
            if "exp" in text and "(j" in text:
                continue  # a bound that is a ball is not seen to be an integer
            raise
        assert equal(right, value(again, depth, width)), (depth, width)
    assert scalar(again) == found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    TEXTS, st.sampled_from(["{0}*prod(i, {1})", "prod(i<l, {0})/{1}", "prod(i, prod(l>i, {0}))"])
)
def test_a_formula_is_the_same_when_simplified(text: str, within: str) -> None:
    node = read(within.format(text, "N"))
    other = simplified(node)
    assume(other != node)
    for depth, width in PAIRS:
        try:
            right = value(node, depth, width)
        except (ArithmeticError, InputError):
            continue  # where it has no value nothing is said
        try:
            again = value(other, depth, width)
        except InputError:
            continue  # it takes too many steps
        assert equal(right, again), (depth, width)


@pytest.mark.parametrize(
    "text",
    [
        "(N+d)/(d+N)",
        "(-1)**(d*(d-1))",
        "(-1)**(d*(d-1)*(d-2)*(d-3)/12)",
        "N**(d**3)/N**(d**3)",
        "4**d/2**(2*d)",
        "sqrt((N+d)**2)/(N+d)",
        "exp(log(N))/N",
        "abs((-1)**d)",
        "((N+1)**2-(N-1)**2)/(4*N)",
        "N**(1/N)*N**(-1/N)",
        "(2**N+2**N)/2**(N+1)",
        "sum(i<=l, 2)/(d*(d+1))",
        "prod(j, 1, N*d, 2)/2**(N*d)",
    ],
)
def test_what_is_one_is_seen_to_be(text: str) -> None:
    assert scalar(read(text)) == ONE


@pytest.mark.parametrize(
    "text",
    [
        "(-1)**(d*(d-1)/2)",
        "(-1)**(d*(d-1)*(d-2)*(d-3)/24)",
        "(-1)**((d-1)*(d-2)*(d-3)*(d-4)*(d-5)*(d-6)*(d-7)/5040)",
        "N**((d-1)*(d-2)*(d-3)*(d-4)*(d-5))",
        "2**((N-1)*(N-2)*(N-3))",
        "1 + (N-1)*(N-2)*(N-3)*(d-1)*(d-2)*(d-3)/10**9",
        "2**(N*d)/2**(N+d)",
    ],
)
def test_what_is_not_one_is_not(text: str) -> None:
    assert scalar(read(text)) != ONE


@pytest.mark.parametrize(
    "text",
    [
        "(N-2)/(N-2)",
        "1/(N-d)",
        "(d-1)**0/(d-1)**2",
        "abs(N-20)/(20-N)",
        "sqrt((N-20)**2)/(20-N)",
        "(N-1)**(d-1)",
        "sqrt((-1)**d)**2",
        "((-1)**d)**(1/d)",
        "(-1)**(1/N)",
        "(-1)**(d/2)",
        "exp(log(N-1))",
        "exp(log((-1)**d))",
        "sum(j, 1, N-2, 1)",
        "sum(i, sum(l>i, 1))",
        "prod(j, 1, N/2, 2)",
        "log(N)",
        "c(d)/c(d)",
    ],
)
def test_what_may_have_no_value_or_no_sign_is_not_read(text: str) -> None:
    with pytest.raises(NotReducibleError):
        scalar(read(text))


def test_an_index_that_runs_outside_is_no_other() -> None:
    assert not is_scalar(read("sum(l>i, 1)"), frozenset("i"))
    body = read("prod(i, prod(l>i, 2))")
    assert simplified(body) == body
    for text in ("sigma[1]", "pi", "det(Sigma)"):
        assert not is_scalar(read(text))
