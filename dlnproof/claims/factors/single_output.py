"""The operator at one row: a network of one output."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.rows import ROW_SVD, G, moves, projected, row
from dlnproof.kernel.terms import equal, every

_G: Final = G.term
_STATED: Final = part("gradient", i=1) * _G + part("projection", i=1) * projected(_G)
_SPEED: Final = f.SUM_EIGENVALUE_EDGE

CLAIM = claim(
    "single-output",
    title="The operator at one row",
    source=Source("slides2", "Claim 2, after Arora, Cohen and Hazan"),
    given=(*DEPTH, *ROW_SVD),
    sentences=(
        Sentence("operator", every(G, (), equal(moves(letters.N, row, _G), _STATED)), "one output"),
    ),
    parts={"gradient": _SPEED, "projection": (N - 1) * _SPEED},
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "exponent",
            r"$\sigma^{2-1/N}$ in place of $\sigma^{2-2/N}$",
            {"gradient": I.sigma**2 / I.root, "projection": (N - 1) * (I.sigma**2 / I.root)},
        ),
        Mutant("all", "$N$ in place of $N-1$", {"projection": N * _SPEED}),
        Mutant("mean", "the factor $1/N$ of the mean", {"gradient": _SPEED / N}),
        Mutant("plain", "the projection left out", {"projection": Number(0)}),
    ),
    as_printed=(
        AsPrinted(
            "claim-2",
            Source("slides2", "Claim 2"),
            Witness.SOURCE_FILE,
            "the dynamics of one output",
            r"\dot W_e=-\eta\|W_e\|^{2-\frac{2}{N}}\left(\nabla\mathcal{L}(W_e)"
            r"+(N-1)\Pr_{W_e}(\nabla\mathcal{L}(W_e))\right)",
            r"Holds as printed, where $W_e\ne0$.",
            as_stated=True,
        ),
        AsPrinted(
            "discrete-update",
            Source("slides2", "acceleration, part 3 of 4"),
            Witness.SOURCE_FILE,
            "a step of two factors of one output",
            r"w^{(t+1)}\leftarrow w^{(t)}-\eta\left(\|w^{(t)}\|\nabla\mathcal{L}(w^{(t)})"
            r"+\Pr_{w^{(t)}}(\nabla\mathcal{L}(w^{(t)}))\right)",
            r"The norm multiplies both terms, as Claim 2 there has it and the approximations "
            r"that follow. It is printed for $N=2$ alone.",
            {"projection": Number(1)},
            least_depth=2,
        ),
    ),
)
"""N A_{N,w} of a row w, for every N and d (Arora, Cohen and Hazan 2018, Claim 2)."""
