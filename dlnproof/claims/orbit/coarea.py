"""Coarea formula for the balanced manifold."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core import spectrum
from dlnproof.core.expression import Number
from dlnproof.core.product import PairProduct, per_index, per_pair
from dlnproof.core.spectrum import DOUBLED, I
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH, ORDERED, POSITIVE, WIDTH
from dlnproof.definitions.letters import D, N, a, b, d, differential, i, j, k, l, m, s
from dlnproof.definitions.orbits import (
    FRAME_TANGENT,
    FRAMES_GRAM,
    INNER_GRAM,
    SUBMERSED,
    TURNED,
    TURNED_FRAME,
    VALUE_TANGENT,
    VALUES_GRAM,
    frame_curve,
    inner_sum,
    value_curve,
)
from dlnproof.kernel.terms import (
    Term,
    derivative,
    determinant,
    each,
    equal,
    every,
    frame_determinant,
    number,
    power,
)

_I, _J, _K, _L, _M = i.term, j.term, k.term, l.term, m.term
_S, _T, _ZERO = VALUE_TANGENT, FRAME_TANGENT, number(0)
_CURVE = frame_curve(_K, _J, _I, _L, s.term)
_ACROSS = inner_sum(lambda at: _S(at, _M), lambda at: _T(at, _J, _I, _L))
_GRAM = determinant(VALUES_GRAM) * FRAMES_GRAM
_JACOBIAN = frame_determinant(D, a, b, differential(D.term, a.term, b.term))


def _for_frames(sentence: Term) -> Term:
    """Return a sentence for each frame and each pair of indices."""
    return each(j, 0, N, each(i, 1, d, each(l, _I + 1, d, sentence)))


CLAIM = claim(
    "coarea",
    title="Coarea formula for the balanced manifold",
    source=Source("MY2025", "entropy formula, its proof"),
    given=(*DEPTH, *WIDTH, *POSITIVE, TURNED),
    chief=("coarea",),
    sentences=(
        Sentence(
            "value-tangent",
            each(
                m,
                1,
                d,
                each(k, 1, N, derivative(s, value_curve(_K, _M, s.term), _ZERO, _S(_K, _M))),
            ),
            "tangents where a value moves",
        ),
        Sentence(
            "frame-tangent",
            _for_frames(each(k, 1, N, derivative(s, _CURVE, _ZERO, _T(_K, _J, _I, _L)))),
            "tangents where a frame moves",
        ),
        Sentence(
            "across",
            each(m, 1, d, _for_frames(equal(_ACROSS, _ZERO))),
            "tangents of values and of frames",
        ),
        Sentence("gram", equal(_GRAM, part("gram")), "the Gram determinant of the tangents"),
        Sentence(
            "coarea",
            every(
                (),
                (*ORDERED, *TURNED_FRAME),
                equal(_GRAM, INNER_GRAM * (SUBMERSED * power(_JACOBIAN, 2))),
            ),
            "the volume elements of the orbit and downstairs, squared",
        ),
    ),
    parts={"gram": f.MANIFOLD_GRAM},
    quantities={"manifold-gram": ("gram",)},
    routes=AT_POINTS,
    uses=("operator-spectrum", "svd-jacobian"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "$g^N$ in place of $g^N / N$ downstairs",
            {"gram": PairProduct(index=spectrum.N, pair=spectrum.N**2) * f.MANIFOLD_GRAM},
        ),
        Mutant(
            "unrooted-orbit",
            "the orbit volume without its square root",
            {"gram": f.MANIFOLD_GRAM * f.ORBIT_SQUARED},
        ),
        Mutant(
            "single-frame",
            "the group's length 2 counted once instead of $N - 1$ times",
            {
                "gram": per_index(I.root**2 / (spectrum.N * I.sigma**2))
                * per_pair(Number(2))
                * f.VAN_ROOT
                * f.VAN_SIGMA2
            },
        ),
        Mutant(
            "density",
            r"$\operatorname{van}(\Sigma^{2/N})$ squared, without the orbit",
            {
                "gram": per_pair(DOUBLED)
                * per_index(I.root**2 / (spectrum.N * I.sigma**2))
                * f.VAN_ROOT**2
            },
        ),
    ),
)
