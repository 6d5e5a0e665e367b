"""Each hypothesis is needed: without it a sentence is false, and its derivation does not end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from changed_sentences import establishes, lines, under_other_hypotheses
from conftest import few
from points_of_claims import DEAR, SENTENCES, STEEP
from violations import needed

from dlnproof.claims import CLAIMS
from dlnproof.definitions.completion import QUASI, SVD_OF_END
from dlnproof.definitions.free_entry import FACTORED
from dlnproof.definitions.hypotheses import (
    DEPTH,
    EULER,
    GRADIENT,
    POSITIVE,
    STRICT_AT,
    SVD,
    TURNING,
    WIDTH,
)
from dlnproof.definitions.orbits import TURNED
from dlnproof.definitions.rectangular import RANKED
from dlnproof.definitions.regression import SIZES
from dlnproof.definitions.shapes import SOME_RANK
from dlnproof.kernel.terms import Term

MOST = 6
"""How many changes of a hypothesis are tried."""

_EMPTY = "where there is nothing, every sentence is true"
NO_POINT: dict[tuple[str, Term], str] = {
    ("balancedness", GRADIENT[0]): "the gradients in the factors balance whatever that of l is",
    ("gd-defect", GRADIENT[0]): "the same",
    ("weight-decay-balances", GRADIENT[0]): "the same",
    ("weight-decay-balances", EULER[0]): "of no other number the logarithm is known",
    ("riemannian-submersion", WIDTH[0]): _EMPTY,
    ("riemannian-cone", WIDTH[0]): _EMPTY,
    ("polar-action", WIDTH[0]): _EMPTY,
    ("balanced-dimension", WIDTH[0]): _EMPTY,
    ("eckart-young", WIDTH[0]): _EMPTY,
    ("completeness", WIDTH[0]): _EMPTY,
    ("completeness", TURNING[0]): "the left frame is differentiable if the right one is",
    ("completeness", TURNING[1]): "and the right one if the left one is",
    ("completeness", EULER[0]): "of no other number the logarithm is known",
    ("kubo-mori", WIDTH[0]): _EMPTY,
    ("mean-curvature-orbits", WIDTH[0]): _EMPTY,
    ("ricci-sectional", WIDTH[0]): _EMPTY,
    ("inverse-operator-integral", WIDTH[0]): _EMPTY,
    ("inverse-operator-integral", SVD[0]): "with the values positive it says that W is invertible; "
    "of no other the inverse is known",
    ("radial-laplacian", STRICT_AT[0]): "the logarithm of a density is known where it is positive",
    ("dyson-at-infinite-depth", STRICT_AT[0]): "the same",
    ("laplacian-of-matrix", TURNING[0]): "frames of values that differ turn smoothly of themselves",
    ("laplacian-of-matrix", TURNING[1]): "the same",
    ("recap", SIZES[0]): _EMPTY,
    ("factor-norms", SOME_RANK[0]): "there is no matrix with a negative number of columns",
    ("orbit-volume-strata", SOME_RANK[0]): "the same",
    ("entropy-fields", WIDTH[0]): _EMPTY,
    ("rectangular-flow", DEPTH[0]): "no point without it is known",
    ("volume-form-strata", DEPTH[0]): "the same",
    ("volume-form-strata", RANKED[0]): _EMPTY,
    ("entropy-gradient", DEPTH[0]): "a product of no factors is I: no two of its values differ",
    ("entropy-shape", DEPTH[0]): "the same",
    ("entropy-concavity", DEPTH[0]): "the same",
    ("free-energy-equilibria", DEPTH[0]): "the same",
    (
        "free-energy-equilibria",
        TURNED,
    ): "the volume is a power of what multiplies all factors",
    ("no-free-energy-minimiser", DEPTH[0]): "a product of no factors is I: no entry of it moves",
    ("no-free-energy-minimiser", FACTORED[1]): "no orbit of other factors was seen to be smaller",
    ("gd-backward-error", DEPTH[0]): "without factors nothing moves",
    (
        "regulariser-minimised-on-balanced",
        DEPTH[0],
    ): "of no factors a root of a singular value is not known",
    (
        "regulariser-minimised-on-balanced",
        POSITIVE[0],
    ): "where a value is 0 the sentences hold too, which is not derived; of no negative one a root "
    "is known",
    ("deficiency-margin", DEPTH[0]): "of no other number of summands the operator is known",
    ("deficiency-margin", WIDTH[0]): _EMPTY,
    ("singular-vector-dynamics", DEPTH[0]): "of no other number of summands the operator is known",
    ("norm-divergence", SVD_OF_END[3]): "a sentence about these values assumes them positive",
    ("norm-divergence", QUASI[1]): "it follows from the next two: 0 = nu(X - X) <= 2 c nu(X)",
}
"""Hypotheses without which every sentence is true still, and why."""


@pytest.mark.parametrize("claim", few(SENTENCES, DEAR))
def test_without_a_hypothesis_a_sentence_is_false(claim: str) -> None:
    given = CLAIMS[claim].given
    hidden = {h for h in given if claim in STEEP and (claim, h) in NO_POINT}  # no point is known
    unshown = {h for h in given if needed(claim, h, 6 if h in hidden else 60) is None}
    assert unshown == {h for c, h in NO_POINT if c == claim}


@pytest.mark.parametrize("claim", few(SENTENCES, DEAR, first=1))
def test_without_a_hypothesis_the_derivation_does_not_end(claim: str) -> None:
    given, says = CLAIMS[claim].given, CLAIMS[claim].says()
    for place, hypothesis in enumerate(given):
        others = (*given[:place], *given[place + 1 :])
        ends = [establishes(claim, name, said, others) is not None for name, said in says.items()]
        assert not all(ends), hypothesis


@pytest.mark.parametrize("claim", few(SENTENCES, DEAR, first=2))
def test_under_another_hypothesis_nothing_false_is_established(
    claim: str, record_property: Callable[[str, object], None]
) -> None:
    tally = under_other_hypotheses(claim, MOST)
    record_property("changed hypotheses", lines(tally))
    assert not tally.false
    assert tally.counts
