"""The catalogue: every claim, in order of dependence."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.core.claim import AsPrinted, Mutant, Source, Witness, catalogue, claim
from dlnproof.core.expression import Number
from dlnproof.core.product import PairProduct, over_all_pairs
from dlnproof.core.spectrum import DOUBLED, NEXT, NEXT_T, THIS, THIS_T, VANISHING, I, L, N
from dlnproof.core.verdict import Route

k = VANISHING
_PROVED_AND_PULLED_BACK: Final = (Route.DERIVATION, Route.EXACT, Route.PULLBACK)

BALANCEDNESS = claim(
    "balancedness",
    title="Conservation of balancedness",
    source=Source("slides", "opening assumptions"),
    statement=(
        r"Under gradient flow on the factors of $W=W_N\cdots W_1$, for any differentiable loss of "
        r"$W$ and every $1\le j<N$, \[<<invariant>>\] is constant in time."
    ),
    hypotheses=("N >= 1", "d >= 1", "any differentiable loss"),
    parts={"invariant": NEXT_T * NEXT - THIS * THIS_T},
    routes=_PROVED_AND_PULLED_BACK,
    mutants=(
        Mutant(
            "transposed-next",
            "W_{j+1} W_{j+1}^T in place of W_{j+1}^T W_{j+1}",
            {"invariant": NEXT * NEXT_T - THIS * THIS_T},
        ),
        Mutant(
            "sum",
            "the sum in place of the difference",
            {"invariant": NEXT_T * NEXT + THIS * THIS_T},
        ),
        Mutant(
            "exchanged",
            "the two factors exchanged",
            {"invariant": THIS_T * THIS - NEXT * NEXT_T},
        ),
        Mutant(
            "doubled",
            "one of the two terms taken twice",
            {"invariant": NEXT_T * NEXT - 2 * (THIS * THIS_T)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "transposed",
            Source("slides", "opening assumptions"),
            Witness.SINGLE,
            "W_{l+1}^T W_{l+1} = W_l^T W_l, as the condition that the flow keeps",
            r"W_{l+1}^{T}(0)W_{l+1}(0)=W_l^{T}(0)W_l(0)",
            "As extracted from the slides the second factor is transposed the wrong way; that "
            "difference is not conserved. It should be W_l W_l^T.",
            {"invariant": NEXT_T * NEXT - THIS_T * THIS},
        ),
    ),
)

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


END_TO_END_FLOW = claim(
    "end-to-end-flow",
    title="Flow of the end-to-end matrix",
    source=Source("CMV2023", "gradient flow on the balanced manifold"),
    statement=(
        r"On the balanced manifold $(W_N\cdots W_{j+1})(W_N\cdots W_{j+1})^{T}=(WW^{T})^{(N-j)/N}$ "
        r"for each $j$, $d\phi\,d\phi^{*}=N\mathcal{A}_{N,W}$, and under gradient flow on the "
        r"factors $\dot W=-N\mathcal{A}_{N,W}(G)$ with $G$ the gradient of the loss at $W$: "
        r"\[u_i^{T}\dot Wv_l=-\mu_{il}\,u_i^{T}Gv_l,\qquad\mu_{il}=<<distinct>>\quad"
        r"(\sigma_i\ne\sigma_l),\qquad\mu_{il}=<<coincident>>\quad(\sigma_i=\sigma_l).\] "
        r"A simple singular value moves with $\dot\sigma_r=-N\sigma_r^{2-2/N}\,u_r^{T}Gv_r$."
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)", "balanced factors", "any differentiable loss"),
    parts={"distinct": f.SUM_EIGENVALUE, "coincident": f.SUM_EIGENVALUE_COINCIDENT},
    routes=_PROVED_AND_PULLED_BACK,
    uses=("balancedness", "operator-spectrum"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "the factor N left out: another unit of time",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "unsquared",
            "sigma in place of sigma^2 throughout",
            {
                "distinct": (I.sigma - L.sigma) / (I.root - L.root),
                "coincident": N * (I.sigma / I.root),
            },
        ),
        Mutant(
            "coincident-exponent",
            "sigma^(2 - 1/N) in place of sigma^(2 - 2/N) where the values coincide",
            {"coincident": N * (I.sigma**2 / I.root)},
        ),
        Mutant(
            "inverse",
            "the metric in place of its inverse, the operator",
            {"distinct": 1 / f.SUM_EIGENVALUE, "coincident": 1 / f.SUM_EIGENVALUE_COINCIDENT},
        ),
    ),
)

RIEMANNIAN_SUBMERSION = claim(
    "riemannian-submersion",
    title="Riemannian submersion",
    source=Source("MY2025", "Riemannian submersion; the slides' Theorem 13"),
    statement=(
        r"Let $W$ have rank $r\le d$. From the balanced factors of rank $r$, with the Frobenius "
        r"metric, onto the matrices of rank $r$, whose tangent space at $W$ is spanned by the "
        r"$u_iv_l^{T}$ with $\min(i,l)\le r$, the product $\phi$ is a Riemannian submersion for "
        r"the "
        r"metric $\operatorname{Tr}(Z_1^{T}(N\mathcal{A}_{N,W})^{+}Z_2)$. The lifts of the "
        r"$u_iv_l^{T}$ are orthogonal, of squared norm \[<<distinct>>\quad(\sigma_i\ne\sigma_l),"
        r"\qquad<<coincident>>\quad(\sigma_i=\sigma_l>0),\qquad<<edge>>\quad"
        r"(\sigma_i>0=\sigma_l).\] For invertible $W$ this metric is $\frac1Ng^{N}$."
    ),
    hypotheses=("N >= 1", "d >= 1", "any rank r >= 1", "balanced factors"),
    parts={
        "distinct": (I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2),
        "coincident": I.root**2 / (N * I.sigma**2),
        "edge": I.root**2 / I.sigma**2,
    },
    routes=_PROVED_AND_PULLED_BACK,
    uses=("operator-spectrum", "end-to-end-flow"),
    singular=True,
    mutants=(
        Mutant(
            "mean-normalisation",
            "the metric g^N itself: N times too large",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": N * (I.root**2 / I.sigma**2),
            },
        ),
        Mutant(
            "inverted",
            "the eigenvalues of the operator in place of their reciprocals",
            {
                "distinct": f.SUM_EIGENVALUE,
                "coincident": f.SUM_EIGENVALUE_COINCIDENT,
                "edge": f.SUM_EIGENVALUE_EDGE,
            },
        ),
        Mutant(
            "edge-as-limit",
            "the coincident value in place of the limit sigma_l -> 0 at a singular W",
            {"edge": I.root**2 / (N * I.sigma**2)},
        ),
        Mutant(
            "unsquared",
            "sigma in place of sigma^2 throughout",
            {
                "distinct": (I.root - L.root) / (I.sigma - L.sigma),
                "coincident": I.root / (N * I.sigma),
                "edge": I.root / I.sigma,
            },
        ),
    ),
    as_printed=(
        AsPrinted(
            "theorem-13",
            Source("slides", "Theorem 13, with the 1/N of Lemma 2.4"),
            Witness.SINGLE,
            "the metric g^N on the matrices of rank r, g^N = Tr(Z1^T A_{N,W}^(-1) Z2) with the 1/N "
            "of Lemma 2.4, is obtained from phi by Riemannian submersion",
            r"g^{N}\text{ is obtained from }\phi\text{ by Riemannian submersion}",
            "With the factor 1/N that the slides, as extracted, print in Lemma 2.4 the metric "
            "g^N is "
            "N times the one of the submersion; it becomes true when the metric upstairs is scaled "
            "by N.",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": N * (I.root**2 / I.sigma**2),
            },
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

ORBIT_VOLUME = claim(
    "orbit-volume",
    title="Volume of the orbit of balanced factorizations",
    source=Source("MY2025", "entropy formula; the slides' Theorem 10"),
    statement=(
        r"Let $O_W$ be the set of balanced factorizations of $W\in GL(d)$, an orbit of "
        r"$O_d^{N-1}$, with the Frobenius metric of the factors, and $c_d$ the volume of $O_d$ for "
        r"the metric $\operatorname{Tr}(\alpha^{T}\alpha)$ on skew-symmetric matrices. Then "
        r"\[\operatorname{vol}(O_W)=c_d^{N-1}\sqrt{<<squared>>}.\] At a coincidence "
        r"$\sigma_i=\sigma_l$ the factor of the pair is its limit, $N\sigma_i^{2-2/N}$."
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)"),
    parts={"squared": f.ORBIT_SQUARED},
    routes=_PROVED_AND_PULLED_BACK,
    uses=("operator-spectrum", "end-to-end-flow"),
    mutants=(
        Mutant(
            "inverted",
            "the inverse ratio",
            {
                "squared": PairProduct(
                    pair=1 / f.SUM_EIGENVALUE, coincident=1 / f.SUM_EIGENVALUE_COINCIDENT, latex="p"
                )
            },
        ),
        Mutant(
            "mean-normalisation",
            "an extra factor 1/N for each pair",
            {
                "squared": PairProduct(
                    pair=f.EIGENVALUE, coincident=f.EIGENVALUE_COINCIDENT, latex="p"
                )
            },
        ),
        Mutant(
            "unsquared",
            "van(Sigma) / van(Sigma^(1/N)) under the root",
            {
                "squared": PairProduct(
                    pair=(I.sigma - L.sigma) / (I.root - L.root),
                    coincident=N * (I.sigma / I.root),
                    latex="p",
                )
            },
        ),
        Mutant(
            "coincident-limit",
            "sigma^2 in place of N sigma^(2 - 2/N) where the values coincide",
            {"squared": PairProduct(pair=f.SUM_EIGENVALUE, coincident=I.sigma**2, latex="p")},
        ),
    ),
    as_printed=(
        AsPrinted(
            "without-root",
            Source("slides", "Theorem 10"),
            Witness.SINGLE,
            "vol(O_W) = c_d^(N-1) van(Sigma^2) / van(Sigma^(2/N))",
            r"\operatorname{vol}(O_W)=c_d^{N-1}\frac{\operatorname{van}(\Sigma^{2})}"
            r"{\operatorname{van}(\Sigma^{2/N})}",
            "As extracted, the slides print the formula without the square root: that is the "
            "square of the volume, over c_d^(N-1).",
            {"squared": f.ORBIT_SQUARED**2},
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

COAREA = claim(
    "coarea",
    title="Coarea formula for the balanced manifold",
    source=Source("MY2025", "entropy formula, its proof"),
    statement=(
        r"In the coordinates $\Sigma$, $U$, $V$ and the frames $Q_1,\dots,Q_{N-1}$, the volume "
        r"element of the balanced manifold is the product of the volume element of the orbit "
        r"and of "
        r"that of $\frac1Ng^{N}$ downstairs: its Gram determinant is \[<<gram>>.\]"
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)"),
    parts={"gram": f.MANIFOLD_GRAM},
    routes=_PROVED_AND_PULLED_BACK,
    uses=("volume-form", "riemannian-submersion", "orbit-volume"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "g^N in place of g^N / N downstairs",
            {"gram": PairProduct(index=N, pair=N**2, latex="p") * f.MANIFOLD_GRAM},
        ),
        Mutant(
            "unrooted-orbit",
            "the orbit volume without its square root",
            {"gram": f.MANIFOLD_GRAM * f.ORBIT_SQUARED},
        ),
        Mutant(
            "single-frame",
            "the group's length 2 counted once instead of N - 1 times",
            {
                "gram": f.per_index(I.root**2 / (N * I.sigma**2), "p")
                * f.per_pair(Number(2), "q")
                * f.VAN_ROOT
                * f.VAN_SIGMA2
            },
        ),
        Mutant(
            "density",
            "van(Sigma^(2/N)) squared, without the orbit",
            {
                "gram": f.per_pair(DOUBLED, "q")
                * f.per_index(I.root**2 / (N * I.sigma**2), "p")
                * f.VAN_ROOT**2
            },
        ),
    ),
)

VOLUME_DIVERGENCE = claim(
    "volume-divergence",
    title="Behaviour of the volumes as singular values vanish",
    source=Source("CMV2023", "consequence of Theorem 1.1"),
    statement=(
        r"Let $k$ singular values tend to $0$ like $\varepsilon$, with fixed ratios, the others "
        r"fixed and all distinct. The density of $g^{N}$ with respect to $d\Sigma\,dU\,dV$ behaves "
        r"like $\varepsilon$ to the power \[<<form>>,\] with respect to $dW$ like "
        r"$\varepsilon$ to the power \[<<density>>,\] and the volume of the orbit of balanced "
        r"factorizations like $\varepsilon$ to the power \[<<orbit>>.\]"
    ),
    hypotheses=("N >= 1", "d >= 1", "1 <= k <= d", "distinct singular values"),
    parts={
        "form": k * (k - N) / N,
        "density": 0 - k**2 * (N - 1) / N,
        "orbit": (k * (k - 1) / 2) * (1 - 1 / N),
    },
    routes=_PROVED_AND_PULLED_BACK,
    uses=("volume-form", "orbit-volume"),
    mutants=(
        Mutant(
            "one-at-a-time",
            "k times the exponent for one vanishing value",
            {"form": k * (1 - N) / N},
        ),
        Mutant(
            "doubled-pairs",
            "ordered in place of unordered pairs",
            {"form": k * (2 * k - 1 - N) / N, "orbit": k * (k - 1) * (1 - 1 / N)},
        ),
        Mutant(
            "infinite",
            "the exponents at infinite depth",
            {"form": 0 - k, "density": 0 - k**2},
        ),
        Mutant(
            "unrooted-orbit",
            "the exponent of the squared volume",
            {"orbit": k * (k - 1) * (1 - 1 / N)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "any-singular-value",
            Source("slides", "after Theorem 1.1"),
            Witness.DUPLICATED,
            "the density of Theorem 1.1 diverges, like sigma_i^(1/N - 1), as any singular values "
            "tend to zero",
            r"\sigma_i^{\frac{1}{N}-1}\to\infty",
            "True for one vanishing value and N >= 2, and with respect to dW for every N >= 2. "
            "With "
            "k values vanishing together and respect to dSigma dU dV it tends to a constant for "
            "k = N and to zero for k > N.",
            {"form": k * (1 - N) / N},
            least_depth=2,
        ),
        AsPrinted(
            "orbit-diverges",
            Source("slides", "after Theorem 10"),
            Witness.DUPLICATED,
            "the volume of the orbit diverges as singular values tend to zero",
            r"\operatorname{vol}(O_W)\to\infty",
            "The orbit is compact and its volume bounded: its exponent is never negative, and it "
            "tends to zero when two or more values vanish. (In the counterexample -1/N stands for "
            "the negative exponent that divergence would need.)",
            {"orbit": 0 - (k * (k - 1) / 2) * (1 - 1 / N) - 1 / N},
            least_depth=2,
        ),
    ),
)

CLAIMS: Final = catalogue(
    BALANCEDNESS,
    OPERATOR_SPECTRUM,
    END_TO_END_FLOW,
    RIEMANNIAN_SUBMERSION,
    METRIC_DIAGONALIZATION,
    SVD_JACOBIAN,
    VOLUME_FORM,
    INFINITE_DEPTH,
    ORBIT_VOLUME,
    COAREA,
    VOLUME_DIVERGENCE,
)
"""Every claim by id."""
