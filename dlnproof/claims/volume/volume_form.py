"""Volume form of the metric."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import PairProduct, determinant, van
from dlnproof.core.spectrum import I
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import METRIC_DETERMINANT
from dlnproof.definitions.hypotheses import DEPTH, FRAME, ORDERED, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import D, N, W, a, b, differential
from dlnproof.kernel.terms import equal, frame_determinant, root

METRIC_ROOT = PairProduct(I.root / I.sigma, f.METRIC_ENTRY, f.METRIC_ENTRY_COINCIDENT).root_of(
    f.METRIC_DETERMINANT
)

CLAIM = claim(
    "volume-form",
    title="Volume form of the metric",
    source=Source("CMV2023", "Theorem 1.1"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE, *ORDERED, *FRAME),
    sentences=(
        Sentence(
            "form",
            equal(
                root(METRIC_DETERMINANT(N, W))
                * frame_determinant(D, a, b, differential(D.term, a.term, b.term)),
                part("form"),
            ),
            "the volume form",
        ),
    ),
    parts={"form": f.VOLUME_FORM},
    quantities={"volume-form": ("form",)},
    routes=AT_POINTS,
    uses=("metric-diagonalization", "svd-jacobian"),
    mutants=(
        Mutant(
            "ordered-pairs",
            "$N^{d(d-1)}$ in place of $N^{d(d-1)/2}$",
            {"form": f.N_PER_PAIR * f.VOLUME_FORM},
        ),
        Mutant(
            "sum-normalisation",
            "the power of $N$ left out",
            {"form": f.DET_POWER * f.VAN_ROOT},
        ),
        Mutant(
            "inverted-determinant",
            r"the exponent $(N-1)/(2N)$ on $\det(\Sigma^2)$",
            {"form": f.N_PER_PAIR * determinant(root=-1, sigma=1) * f.VAN_ROOT},
        ),
        Mutant(
            "dropped-root",
            r"the exponent $(1-N)/N$ on $\det(\Sigma^2)$",
            {"form": f.N_PER_PAIR * f.DET_POWER * f.DET_POWER * f.VAN_ROOT},
        ),
        Mutant(
            "unsquared-root",
            r"$\operatorname{van}(\Sigma^{1/N})$ in place of $\operatorname{van}(\Sigma^{2/N})$",
            {"form": f.N_PER_PAIR * f.DET_POWER * van(I.root)},
        ),
        Mutant(
            "jacobian-only",
            r"$\operatorname{van}(\Sigma^2)$ in place of $\operatorname{van}(\Sigma^{2/N})$",
            {"form": f.N_PER_PAIR * f.DET_POWER * f.VAN_SIGMA2},
        ),
    ),
    as_printed=(
        AsPrinted(
            "theorem-1.1",
            Source("slides", "Theorem 1.1 as restated there"),
            Witness.SINGLE,
            r"$\sqrt{\det g^N}\,dW=N^{d(d-1)/2} \det(\Sigma^2)^{(1-N)/(2N)} "
            r"\operatorname{van}(\Sigma^{2/N})\,d\Sigma\,dU\,dV$, with "
            r"$\operatorname{van}(x)=\prod_{i<j} (x_i - x_j)$",
            r"\sqrt{\det g^{N}}\,dW=<<form>>\,d\Sigma\,dU\,dV",
            "Holds as extracted, with the sign of van that the slides use in their Lemma 2.7.",
            {
                "form": r"N^{\frac{d(d-1)}{2}}\det(\Sigma^{2})^{\frac{1-N}{2N}}"
                r"\operatorname{van}(\Sigma^{2/N})"
            },
        ),
        AsPrinted(
            "van-reversed",
            Source("slides", "definition of the Vandermonde determinant"),
            Witness.SOURCE_FILE,
            r"the same formula with $\operatorname{van}(x)=\prod_{i<j} (x_j - x_i)$",
            r"\operatorname{van}(\Lambda)=\prod_{1\le i<j\le d}(\lambda_j-\lambda_i)",
            "The slides define van twice with opposite signs, which differ by "
            "$(-1)^{d(d-1)/2}$: with this one the volume density is negative for $d=2$, 3 mod "
            r"4 in the ordering $\sigma_1\ge\dots\ge\sigma_d$.",
            {
                "form": r"N^{\frac{d(d-1)}{2}}\det(\Sigma^{2})^{\frac{1-N}{2N}}"
                r"\prod_{i<l}(\sigma_l^{2/N}-\sigma_i^{2/N})"
            },
        ),
        AsPrinted(
            "assembled",
            Source("slides", "derivation of the form, step 4"),
            Witness.SINGLE,
            r"$d\mathrm{vol}=(\prod_{i,l} 1 / \lambda_{il})^{1/2} "
            r"\operatorname{van}(\Sigma^2)\,d\Sigma\,dU\,dV$",
            r"d\mathrm{vol}_{g^{N}}=\Bigl(\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}^{N}}\Bigr)^{1/2}"
            r"\operatorname{van}(\Sigma^{2})\,d\Sigma\,dU\,dV",
            "Holds as extracted, and equals Theorem 1.1: of each pair $i<l$ both orders occur, "
            r"so the root has one factor $1 / \lambda_{il}$ for each pair, $1 / "
            r"\sqrt{\lambda_{ii}}$ for each $i$.",
            {"form": METRIC_ROOT * f.VAN_SIGMA2},
        ),
        AsPrinted(
            "det-product",
            Source("slides", "after Theorem 1.1"),
            Witness.SINGLE,
            r"$\det(\Sigma^2)^{(1-N)/(2N)}=\prod_i \sigma_i^{1/N - 1}$",
            r"\det(\Sigma^{2})^{\frac{1-N}{2N}}=\prod_{i=1}^{d}\sigma_i^{\frac{1}{N}-1}",
            "Holds as extracted.",
            {
                "form": r"N^{\frac{d(d-1)}{2}}\prod_{i=1}^{d}\sigma_i^{\frac{1}{N}-1}"
                r"\operatorname{van}(\Sigma^{2/N})"
            },
        ),
    ),
)
