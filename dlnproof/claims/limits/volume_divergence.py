"""Behaviour of the volumes as singular values vanish."""

from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.spectrum import VANISHING, WIDTH, N
from dlnproof.core.verdict import Route

k = VANISHING
CLAIM = claim(
    "volume-divergence",
    title="Behaviour of the volumes as singular values vanish",
    source=Source("CMV2023", "consequence of Theorem 1.1"),
    statement=(
        r"Let $k$ singular values tend to $0$ like $\varepsilon$, with fixed ratios, the others "
        r"fixed and all distinct. The density of $g^{N}$ with respect to $d\Sigma\,dU\,dV$ behaves "
        r"like $\varepsilon$ to the power \[<<form>>,\] with respect to $dW$ like "
        r"$\varepsilon$ to the power \[<<density>>,\] and the volume of the orbit of balanced "
        r"factorizations like $\varepsilon$ to the power \[<<orbit>>.\] At infinite depth the "
        r"two densities behave like $\varepsilon$ to the powers $<<infinite_form>>$ and "
        r"$<<infinite_density>>$, both times $|\log\varepsilon|$ to the power $<<logarithms>>$."
    ),
    hypotheses=(r"$N\ge1$", r"$d\ge1$", r"$1\le k\le d$", "distinct singular values"),
    parts={
        "form": k * (k - N) / N,
        "density": 0 - k**2 * (N - 1) / N,
        "orbit": (k * (k - 1) / 2) * (1 - 1 / N),
        "infinite_form": 0 - k,
        "infinite_density": 0 - k**2,
        "logarithms": k * (WIDTH - k),
    },
    routes=(*AT_POINTS, Route.ENCLOSURE),
    uses=("volume-form", "infinite-depth", "orbit-volume"),
    infinite=True,
    mutants=(
        Mutant(
            "one-at-a-time",
            "$k$ times the exponent for one vanishing value",
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
        Mutant(
            "no-logarithms",
            "the infinite-depth densities without their logarithms",
            {"logarithms": 0 * k},
        ),
        Mutant(
            "exchanged-measures",
            "the two infinite-depth exponents exchanged",
            {"infinite_form": 0 - k**2, "infinite_density": 0 - k},
        ),
        Mutant(
            "independent",
            "$k$ times the behaviour for one vanishing value, at infinite depth",
            {"infinite_density": 0 - k, "logarithms": k * (WIDTH - 1)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "any-singular-value",
            Source("slides", "after Theorem 1.1"),
            Witness.DUPLICATED,
            r"the density of Theorem 1.1 diverges, like $\sigma_i^{1/N - 1}$, as any singular "
            "value tends to zero, that is, as $W$ approaches a lower rank",
            r"\sigma_i^{\frac{1}{N}-1}\to\infty",
            r"True for one vanishing value and $N\ge2$, and with respect to $dW$ for every "
            r"$N\ge2$. With respect to $d\Sigma\,dU\,dV$ and with $k$ values vanishing "
            "together it tends to a constant for $k=N$ and to zero for $k>N$.",
            {"form": r"k\Bigl(\frac{1}{N}-1\Bigr)"},
            least_depth=2,
        ),
        AsPrinted(
            "orbit-diverges",
            Source("slides", "after Theorem 10"),
            Witness.SOURCE_FILE,
            "the volume of the orbit diverges as singular values tend to zero",
            r"\operatorname{vol}(O_W)\to\infty",
            "The orbit is compact and its volume bounded: its exponent is never negative, and it "
            "tends to zero when two or more values vanish. What diverges has a negative exponent.",
            least_depth=2,
        ),
    ),
)
