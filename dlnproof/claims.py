"""The catalogue: every claim, in order of dependence."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.core.claim import AsPrinted, Mutant, Source, Witness, catalogue, claim
from dlnproof.core.product import PairProduct, over_all_pairs
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Route

_PROVED_AND_PULLED_BACK: Final = (Route.DERIVATION, Route.EXACT, Route.PULLBACK)

OPERATOR_SPECTRUM = claim(
    "operator-spectrum",
    title="Spectrum of the operator",
    source=Source("CMV2023", "Lemma 2.4"),
    statement=(
        r"Let $W=U\Sigma V^{T}$ with columns $u_i$, $v_l$. Then $u_iv_l^{T}$ is an eigenvector of "
        r"$\mathcal{A}_{N,W}$, with eigenvalue \[\lambda_{il}=<<distinct>>\quad"
        r"(\sigma_i\ne\sigma_l),\qquad\lambda_{il}=<<coincident>>\quad(\sigma_i=\sigma_l).\] These "
        r"$d^{2}$ vectors are an orthonormal basis; $\mathcal{A}_{N,W}$ is self-adjoint and "
        r"positive definite."
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)"),
    parts={"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
    routes=_PROVED_AND_PULLED_BACK,
    mutants=(
        Mutant(
            "sum-normalisation",
            "the factor 1/N is left out",
            {"distinct": N * f.EIGENVALUE, "coincident": N * f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "shifted-index",
            "the exponent j - 1 is replaced by j",
            {
                "distinct": f.EIGENVALUE * L.root**2,
                "coincident": f.EIGENVALUE_COINCIDENT * I.root**2,
            },
        ),
        Mutant(
            "unsquared",
            "sigma in place of sigma^2 throughout",
            {
                "distinct": (I.sigma - L.sigma) / (N * (I.root - L.root)),
                "coincident": I.sigma / I.root,
            },
        ),
        Mutant(
            "unsquared-root",
            "sigma^(1/N) in place of sigma^(2/N)",
            {"distinct": (I.sigma**2 - L.sigma**2) / (N * (I.root - L.root))},
        ),
        Mutant(
            "coincident-limit",
            "sigma^2 in place of (sigma^2)^((N-1)/N) where the values coincide",
            {"coincident": I.sigma**2},
        ),
    ),
    as_printed=(
        AsPrinted(
            "summed-over-i",
            Source("slides", "Lemma 2.4 as restated there"),
            Witness.SINGLE,
            "lambda_il = (1/N) sum_{i=1}^N (sigma_i^2)^((N-j)/N) (sigma_l^2)^((j-1)/N)",
            r"\lambda_{il}^{N}=\frac{1}{N}\sum_{i=1}^{N}(\sigma_i^{2})^{\frac{N-j}{N}}"
            r"(\sigma_l^{2})^{\frac{j-1}{N}}",
            "As extracted from the slides the sum runs over i, which is also a free index; j is "
            "then unbound, and the formula fails for every value of j. It should run over j.",
        ),
    ),
)


METRIC_DIAGONALIZATION = claim(
    "metric-diagonalization",
    title="Diagonal form and determinant of the metric",
    source=Source("CMV2023", "proof of Theorem 1.1"),
    statement=(
        r"In the basis of column-major vectorisation, "
        r"$g^{N}=(V\otimes U)\,D^{N}\,(V\otimes U)^{T}$ with $D^{N}$ diagonal and, at $(i,l)$, "
        r"\[D^{N}_{il}=<<entry>>\quad(\sigma_i\ne\sigma_l),"
        r"\qquad D^{N}_{il}=<<entry_coincident>>\quad(\sigma_i=\sigma_l).\] Hence, with "
        r"$\lambda_{il}=1/D^{N}_{il}$, \[\det g^{N}=<<determinant>>.\]"
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)"),
    parts={
        "entry": f.METRIC_ENTRY,
        "entry_coincident": f.METRIC_ENTRY_COINCIDENT,
        "determinant": f.METRIC_DETERMINANT,
    },
    routes=_PROVED_AND_PULLED_BACK,
    uses=("operator-spectrum",),
    mutants=(
        Mutant(
            "not-inverted",
            "the eigenvalues themselves in place of their reciprocals",
            {
                "entry": f.EIGENVALUE,
                "entry_coincident": f.EIGENVALUE_COINCIDENT,
                "determinant": over_all_pairs(f.EIGENVALUE_COINCIDENT, f.EIGENVALUE, "p"),
            },
        ),
        Mutant(
            "unordered-pairs",
            "the product over i <= l only",
            {
                "determinant": PairProduct(
                    f.METRIC_ENTRY_COINCIDENT, f.METRIC_ENTRY, f.METRIC_ENTRY_COINCIDENT, "p"
                )
            },
        ),
        Mutant(
            "sum-normalisation",
            "the factor 1/N left out of the eigenvalues",
            {
                "entry": f.METRIC_ENTRY / N,
                "entry_coincident": f.METRIC_ENTRY_COINCIDENT / N,
                "determinant": over_all_pairs(
                    f.METRIC_ENTRY_COINCIDENT / N, f.METRIC_ENTRY / N, "p"
                ),
            },
        ),
        Mutant(
            "diagonal-only",
            "the product over i = l only",
            {"determinant": f.per_index(f.METRIC_ENTRY_COINCIDENT, "p")},
        ),
    ),
)

SVD_JACOBIAN = claim(
    "svd-jacobian",
    title="Jacobian of the singular value decomposition",
    source=Source("CMV2023", "Lemma 2.7"),
    statement=(
        r"In the coordinates $W=U\Sigma V^{T}$, up to orientation, "
        r"$dW=<<jacobian>>\,d\Sigma\wedge dU\wedge dV$, where $dU$ and $dV$ are the wedge products "
        r"over $i<l$ of the entries of $U^{T}dU$ and $V^{T}dV$."
    ),
    hypotheses=("d >= 1", "W in GL(d)"),
    parts={"jacobian": f.SVD_JACOBIAN},
    routes=(Route.DERIVATION, Route.EXACT, Route.PULLBACK, Route.ENCLOSURE),
    mutants=(
        Mutant(
            "unsquared",
            "van(Sigma) in place of van(Sigma^2)",
            {"jacobian": f.van(I.sigma, L.sigma, r"\Sigma")},
        ),
        Mutant(
            "squared",
            "van(Sigma^2) squared",
            {"jacobian": f.SVD_JACOBIAN**2},
        ),
        Mutant(
            "sum-of-squares",
            "sigma_i^2 + sigma_l^2 in place of the difference",
            {"jacobian": f.per_pair(I.sigma**2 + L.sigma**2, "p")},
        ),
        Mutant(
            "rectangular",
            "an extra factor det Sigma, as for matrices with one more row",
            {"jacobian": f.per_index(I.sigma, r"\det\Sigma") * f.SVD_JACOBIAN},
        ),
    ),
)

VOLUME_FORM = claim(
    "volume-form",
    title="Volume form of the metric",
    source=Source("CMV2023", "Theorem 1.1"),
    statement=(
        r"In the coordinates $W=U\Sigma V^{T}$, "
        r"\[\sqrt{\det g^{N}}\,dW=<<form>>\,d\Sigma\,dU\,dV.\]"
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)"),
    parts={"form": f.VOLUME_FORM},
    routes=_PROVED_AND_PULLED_BACK,
    uses=("metric-diagonalization", "svd-jacobian"),
    mutants=(
        Mutant(
            "ordered-pairs",
            "N^(d(d-1)) in place of N^(d(d-1)/2)",
            {"form": f.N_PER_PAIR * f.VOLUME_FORM},
        ),
        Mutant(
            "sum-normalisation",
            "the power of N left out",
            {"form": f.DET_POWER * f.VAN_ROOT},
        ),
        Mutant(
            "inverted-determinant",
            "the exponent (N-1)/(2N) on det(Sigma^2)",
            {"form": f.N_PER_PAIR * f.per_index(I.sigma / I.root, "p") * f.VAN_ROOT},
        ),
        Mutant(
            "dropped-root",
            "the exponent (1-N)/N on det(Sigma^2)",
            {"form": f.N_PER_PAIR * f.DET_POWER * f.DET_POWER * f.VAN_ROOT},
        ),
        Mutant(
            "unsquared-root",
            "van(Sigma^(1/N)) in place of van(Sigma^(2/N))",
            {"form": f.N_PER_PAIR * f.DET_POWER * f.van(I.root, L.root, r"\Sigma^{1/N}")},
        ),
        Mutant(
            "jacobian-only",
            "van(Sigma^2) in place of van(Sigma^(2/N))",
            {"form": f.N_PER_PAIR * f.DET_POWER * f.VAN_SIGMA2},
        ),
    ),
    as_printed=(
        AsPrinted(
            "theorem-1.1",
            Source("slides", "Theorem 1.1 as restated there"),
            Witness.SINGLE,
            "sqrt(det g^N) dW = N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N)) "
            "dSigma dU dV, with van(x) = prod_{i<j} (x_i - x_j)",
            r"\sqrt{\det g^{N}}\,dW=N^{\frac{d(d-1)}{2}}\det(\Sigma^{2})^{\frac{1-N}{2N}}"
            r"\operatorname{van}(\Sigma^{2/N})\,d\Sigma\,dU\,dV",
            "Holds as printed, with the sign of van that the slides use in their Lemma 2.7.",
        ),
        AsPrinted(
            "van-reversed",
            Source("slides", "definition of the Vandermonde determinant"),
            Witness.SINGLE,
            "the same formula with van(x) = prod_{i<j} (x_j - x_i)",
            r"\operatorname{van}(\Lambda)=\prod_{1\le i<j\le d}(\lambda_j-\lambda_i)",
            "As extracted, the slides define van twice with opposite signs, which differ by "
            "(-1)^(d(d-1)/2): with this one the volume density is negative for d = 2, 3 mod 4 in "
            "the ordering sigma_1 >= ... >= sigma_d.",
            {"form": f.N_PER_PAIR * f.DET_POWER * f.van(L.root**2, I.root**2, r"\Sigma^{2/N}")},
        ),
    ),
)

INFINITE_DEPTH = claim(
    "infinite-depth",
    title="The infinite-depth limit",
    source=Source("CMV2023", "infinite-depth limit"),
    statement=(
        r"The operator at infinite depth, "
        r"\[\mathcal{A}_{\infty,W}(Z)=\int_0^1 (WW^{T})^{1-s}Z(W^{T}W)^{s}\,ds,\] has "
        r"the eigenvectors $u_iv_l^{T}$ with eigenvalue \[\lambda_{il}=<<distinct>>\quad"
        r"(\sigma_i\ne\sigma_l),\qquad\lambda_{il}=<<coincident>>\quad(\sigma_i=\sigma_l),\] and "
        r"\[\sqrt{\det g^{\infty}}\,dW=<<form>>\,d\Sigma\,dU\,dV.\] It is the limit of depth $N$: "
        r"the logarithm of the ratio of the two volume forms is "
        r"$\frac{1}{N}\sum_{i}<<rate>>+O(N^{-2})$."
    ),
    hypotheses=("d >= 1", "W in GL(d)"),
    parts={
        "distinct": f.INFINITE_EIGENVALUE,
        "coincident": f.INFINITE_EIGENVALUE_COINCIDENT,
        "form": f.INFINITE_VOLUME_FORM,
        "rate": f.INFINITE_RATE,
    },
    routes=(Route.DERIVATION, Route.ENCLOSURE, Route.PULLBACK),
    uses=("metric-diagonalization", "svd-jacobian", "volume-form"),
    finite=False,
    infinite=True,
    mutants=(
        Mutant(
            "unsquared-log",
            "log sigma in place of log sigma^2",
            {
                "distinct": 2 * f.INFINITE_EIGENVALUE,
                "form": f.INFINITE_DET_POWER * f.van(I.log / 2, L.log / 2, r"\log\Sigma"),
            },
        ),
        Mutant(
            "arithmetic-mean",
            "the arithmetic in place of the logarithmic mean of sigma_i^2 and sigma_l^2",
            {"distinct": (I.sigma**2 + L.sigma**2) / 2},
        ),
        Mutant(
            "coincident-root",
            "sigma in place of sigma^2 where the values coincide",
            {"coincident": I.sigma},
        ),
        Mutant(
            "dropped-root",
            "det(Sigma^2)^(-1) in place of det(Sigma^2)^(-1/2)",
            {"form": f.INFINITE_DET_POWER * f.INFINITE_DET_POWER * f.VAN_LOG},
        ),
        Mutant(
            "rate-without-width",
            "the first-order coefficient without the factor d",
            {"rate": I.log / 2},
        ),
    ),
)

CLAIMS: Final = catalogue(
    OPERATOR_SPECTRUM,
    METRIC_DIAGONALIZATION,
    SVD_JACOBIAN,
    VOLUME_FORM,
    INFINITE_DEPTH,
)
"""Every claim by id."""
