"""Formulas with a factor in N and d alone: proved if it is 1 for all N and d, and only then."""

import pytest
from conftest import one_in

from dlnproof.core.verdict import Verdict
from dlnproof.judge.judgement import formula

GEOMETRIC = "sum(j, 1, N, sigma[i]**(2*(N-j)/N)*sigma[l]**(2*(j-1)/N))"
ORBIT = "c(d)**(N-1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))"
RIGHT = {
    "svd-jacobian": "van(Sigma**2)",
    "volume-form": "N**(d*(d-1)/2)*det(Sigma)**(1/N-1)*van(Sigma**(2/N))",
    "eigenvalue": f"{GEOMETRIC}/N",
    "orbit-volume": ORBIT,
}
ONES = [
    "(N+d)/(d+N)",
    "(-1)**(d*(d-1)*(d-2))",
    "(-1)**(N*(N-1))",
    "N**(d**3)/N**(d**3)",
    "sqrt((N+d)**2)/(N+d)",
    "(d+1)**N/(d+1)**N",
    "sum(a, 1)/d",
    "(1+(-1)**(2*d))/2",
    "((N+1)**2-(N-1)**2)/(4*N)",
    "2**(d*(d-1)*(d-2))/4**(d*(d-1)*(d-2)/2)",
    "N**(2*(d+1)/(d+1))/N**2",
    "(-1)**(d*(d-1)*(d-2)*(d-3)/12)",
]
OTHERS = [
    "(-1)**(d*(d-1)/2)",
    "(-1)**(d*(d-1)*(d-2)*(d-3)/24)",
    "N**((d-1)*(d-2)*(d-3)*(d-4)*(d-5))",
    "(1+(N-1)*(N-2)*(N-3)*(d-1)*(d-2)*(d-3)/10**6)",
    "abs(N-20)/(20-N)",
    "sqrt((N-20)**2)/(20-N)",
    "van(Sigma)/abs(van(Sigma))*(-1)**(N*(N-1)/2)",
    "(1+(d-1)*(d-2)*(d-3)*(d-4)*(d-5)*(d-6)/10**6)",
    "prod(a, prod(b>a, 2))/2**(d*d*(d-1)/2)",
    "sum(a, sum(b>a, 1))/(d*d*(d-1)/2)",
]
HOLES = ["(N-2)/(N-2)", "(N-d)/(N-d)", "(N**2-9)/(N-3)/(N+3)", "0**(N-7)/0**(N-7)"]


@pytest.mark.parametrize("factor", one_in(2, ONES, first=1))
@pytest.mark.parametrize("target", RIGHT)
def test_a_factor_that_is_one_changes_nothing(target: str, factor: str) -> None:
    plain = formula(target, RIGHT[target])
    assert plain.decided
    found = formula(target, f"{RIGHT[target]}*{factor}")
    assert (found.verdict, found.scope) == (plain.verdict, plain.scope)
    assert formula(target, f"{factor}*({RIGHT[target]})").decided


@pytest.mark.parametrize("factor", one_in(4, OTHERS))
@pytest.mark.parametrize("target", RIGHT)
def test_a_factor_that_is_not_one_is_found(target: str, factor: str) -> None:
    found = formula(target, f"{RIGHT[target]}*{factor}")
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample is not None


@pytest.mark.parametrize("target", RIGHT)
def test_multiples_of_one_product_are_collected(target: str) -> None:
    right = f"({RIGHT[target]})"
    for text in (
        f"3*{right} - 2*{right}",
        f"N*{right}/(N+d) + {right}*d/(N+d)",
        f"{right} + (N-N)*d",
        f"-{right} + {right}*2",
    ):
        assert formula(target, text).decided, text
    for text in (f"3*{right} - {right}", f"{right} + (N-1)*(d-1)*{right}", f"{right} - N + 1"):
        assert formula(target, text).verdict is Verdict.REFUTED, text


@pytest.mark.parametrize("factor", HOLES)
def test_a_factor_without_a_value_somewhere_is_not_decided(factor: str) -> None:
    found = formula("svd-jacobian", f"van(Sigma**2)*{factor}")
    assert found.verdict is Verdict.UNDECIDED
    assert any("no value where the definition has one" in note for note in found.notes)


def test_what_is_off_by_another_factor_is_not_proved() -> None:
    assert formula("volume-form", f"{RIGHT['volume-form']}*N**(d*(d-1)*(d-2))").verdict is (
        Verdict.REFUTED
    )
