"""Claims about volume: the SVD Jacobian, Theorem 1.1 and its limit."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route

_ROUTES: Final = (Route.DERIVATION, Route.EXACT, Route.PULLBACK)

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
            {"jacobian": f.per_pair(I.sigma**2 + L.sigma**2)},
        ),
        Mutant(
            "rectangular",
            "an extra factor det Sigma, as for matrices with one more row",
            {"jacobian": f.per_index(I.sigma, r"\det\Sigma") * f.SVD_JACOBIAN},
        ),
    ),
    as_printed=(
        AsPrinted(
            "lemma-2.7",
            Source("slides", "Lemma 2.7 as restated there"),
            Witness.SINGLE,
            "dW = van(Sigma^2) dSigma ^ dU ^ dV, with van(Sigma^2) = prod_{i<j} (sigma_i^2 - "
            "sigma_j^2)",
            r"dW=\operatorname{van}(\Sigma^{2})\,d\Sigma\wedge dU\wedge dV",
            "Holds as extracted, up to orientation: as an equation of forms its sign depends on "
            "the order of the factors, as one of volumes it does not.",
            as_stated=True,
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
    routes=_ROUTES,
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
            {"form": f.N_PER_PAIR * f.per_index(I.sigma / I.root) * f.VAN_ROOT},
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
            "Holds as extracted, with the sign of van that the slides use in their Lemma 2.7.",
            as_stated=True,
        ),
        AsPrinted(
            "van-reversed",
            Source("slides", "definition of the Vandermonde determinant"),
            Witness.SOURCE_FILE,
            "the same formula with van(x) = prod_{i<j} (x_j - x_i)",
            r"\operatorname{van}(\Lambda)=\prod_{1\le i<j\le d}(\lambda_j-\lambda_i)",
            "The slides define van twice with opposite signs, which differ by "
            "(-1)^(d(d-1)/2): with this one the volume density is negative for d = 2, 3 mod 4 in "
            "the ordering sigma_1 >= ... >= sigma_d.",
            {
                "form": f.N_PER_PAIR
                * f.DET_POWER
                * f.per_pair(L.root**2 - I.root**2, r"\prod_{i<l}(\sigma_l^{2/N}-\sigma_i^{2/N})")
            },
        ),
        AsPrinted(
            "assembled",
            Source("slides", "derivation of the form, step 4"),
            Witness.SINGLE,
            "dvol = (prod_{i,l} 1 / lambda_il)^(1/2) van(Sigma^2) dSigma dU dV",
            r"d\mathrm{vol}_{g^{N}}=\Bigl(\prod_{i,l=1}^{d}\frac{1}{\lambda_{il}^{N}}\Bigr)^{1/2}"
            r"\operatorname{van}(\Sigma^{2})\,d\Sigma\,dU\,dV",
            "Holds as extracted, and equals Theorem 1.1: of each pair i < l both orders occur, so "
            "the root has one factor 1 / lambda_il for each pair, 1 / sqrt(lambda_ii) for each i.",
            {"form": f.METRIC_ROOT * f.VAN_SIGMA2},
        ),
        AsPrinted(
            "det-product",
            Source("slides", "after Theorem 1.1"),
            Witness.SINGLE,
            "det(Sigma^2)^((1-N)/(2N)) = prod_i sigma_i^(1/N - 1)",
            r"\det(\Sigma^{2})^{\frac{1-N}{2N}}=\prod_{i=1}^{d}\sigma_i^{\frac{1}{N}-1}",
            "Holds as extracted.",
            {
                "form": f.N_PER_PAIR
                * f.per_index(I.root / I.sigma, r"\prod_{i}\sigma_i^{\frac{1}{N}-1}")
                * f.VAN_ROOT
            },
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
