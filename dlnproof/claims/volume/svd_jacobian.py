"""Jacobian of the singular value decomposition."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import PairProduct, determinant, van
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import FRAME, ORDERED, ORTHOGONAL, POSITIVE, WIDTH
from dlnproof.definitions.letters import D, a, b, differential
from dlnproof.kernel.terms import equal, frame_determinant

CLAIM = claim(
    "svd-jacobian",
    title="Jacobian of the singular value decomposition",
    source=Source("CMV2023", "Lemma 2.7"),
    given=(*WIDTH, *ORTHOGONAL, *POSITIVE, *ORDERED, *FRAME),
    sentences=(
        Sentence(
            "jacobian",
            equal(
                frame_determinant(D, a, b, differential(D.term, a.term, b.term)), part("jacobian")
            ),
            "the determinant, up to orientation",
        ),
    ),
    parts={"jacobian": f.SVD_JACOBIAN},
    quantities={"svd-jacobian": ("jacobian",)},
    routes=(Route.DERIVATION, Route.EXACT, Route.PULLBACK, Route.ENCLOSURE),
    mutants=(
        Mutant(
            "unsquared",
            r"$\operatorname{van}(\Sigma)$ in place of $\operatorname{van}(\Sigma^2)$",
            {"jacobian": van(I.sigma)},
        ),
        Mutant(
            "squared",
            r"$\operatorname{van}(\Sigma^2)$ squared",
            {"jacobian": f.SVD_JACOBIAN**2},
        ),
        Mutant(
            "sum-of-squares",
            r"$\sigma_i^2 + \sigma_l^2$ in place of the difference",
            {"jacobian": PairProduct(pair=I.sigma**2 + L.sigma**2)},
        ),
        Mutant(
            "rectangular",
            r"an extra factor $\det\Sigma$, as for matrices with one more row",
            {"jacobian": determinant(sigma=1) * f.SVD_JACOBIAN},
        ),
    ),
    as_printed=(
        AsPrinted(
            "lemma-2.7",
            Source("slides", "Lemma 2.7 as restated there"),
            Witness.SINGLE,
            r"$dW=\operatorname{van}(\Sigma^2)\,d\Sigma\wedge dU \wedge dV$, with "
            r"$\operatorname{van}(\Sigma^2)=\prod_{i<j} (\sigma_i^2 - \sigma_j^2)$",
            r"dW=<<jacobian>>\,d\Sigma\wedge dU\wedge dV",
            "Holds as extracted, up to orientation: as an equation of forms its sign depends on "
            "the order of the factors, as one of volumes it does not.",
            {"jacobian": r"\operatorname{van}(\Sigma^{2})"},
        ),
    ),
)
