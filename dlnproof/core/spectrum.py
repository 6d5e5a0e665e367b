"""The letters of a spectrum: N, and for two indices i and l the values sigma, sigma^(1/N), log.

Every closed form of the catalogue is an expression in these. With N symbolic, ``sigma`` and its
root are independent indeterminates of a field of fractions; the domains below say when that is
sound (see :mod:`dlnproof.core.domain`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Letter, Number

N: Final = Letter("N", "N")
WIDTH: Final = Letter("d", "d")
VANISHING: Final = Letter("k", "k")
"""How many singular values tend to zero."""
RANK: Final = Letter("r", "r")
ROWS, FIRST_ROWS, LAST_ROWS = (Letter(f"d_{j}", f"d_{{{j}}}") for j in "j0N")
"""The widths of layers: of any, of the first and of the last."""
DOUBLED: Final = Letter("2^(N-1)", "2", "N-1")
DECAY: Final = Letter("mu", r"\mu")
UNBALANCE: Final = Letter("lambda", r"\lambda")
"""By how much two factors are out of balance."""
ELAPSED: Final = Letter("s", "s")
"""The time from one moment to another."""
COSINE: Final = Letter("cos(m pi/N)", r"\cos\frac{m\pi}{N}")


@dataclass(frozen=True)
class Level:
    """The letters of one singular value: sigma, its root sigma^(1/N), and log sigma^2."""

    sigma: Letter
    root: Letter
    log: Letter

    def __iter__(self) -> Any:
        return iter((self.sigma, self.root, self.log))


def _level(index: str) -> Level:
    sigma = rf"\sigma_{index}"
    return Level(
        Letter(f"s_{index}", sigma),
        Letter(f"t_{index}", sigma, "1/N"),
        Letter(f"g_{index}", rf"\log {sigma}^{{2}}"),
    )


I: Final = _level("i")
L: Final = _level("l")

SPREAD_I, SPREAD_L = (
    Letter(f"sqrt(lambda^2+4s_{x}^2)", rf"\sqrt{{\lambda^{{2}}+4\sigma_{x}^{{2}}}}") for x in "il"
)

SWAP: Final = {**dict(zip(I, L, strict=True)), **dict(zip(L, I, strict=True))}
MERGE: Final = dict(zip(L, I, strict=True))
"""sigma_l = sigma_i: the substitution that makes a pair coincide."""

_SEQUENCES: Final = {
    N: (Number(1), N + 1),
    DOUBLED: (Number(1), 2 * DOUBLED),
    I.sigma: (I.root, I.root * I.sigma),
    L.sigma: (L.root, L.root * L.sigma),
}

_LOGS: Final = {I.log: I.sigma, L.log: L.sigma}

ONE_INDEX: Final = Domain(
    frozenset({N, DOUBLED, I.sigma, I.root}), sequences=_SEQUENCES, logs=_LOGS
)
"""A singular value sigma_i > 0, at every depth N >= 1."""

# x -> x^N and log are increasing on positive numbers: one relation of two gives the three
_PAIRS: Final = tuple(zip(I, L, strict=True))

DISTINCT: Final = ONE_INDEX | Domain(frozenset({L.sigma, L.root}), distinct=_PAIRS)
"""sigma_i != sigma_l, both positive, at every depth N >= 1."""

ORDERED: Final = DISTINCT | Domain(ordered=_PAIRS)
"""sigma_i > sigma_l > 0, at every depth N >= 1."""

STATED: Final = DISTINCT | Domain(positive=frozenset({WIDTH}))
"""What a statement assumes of these letters unless it says otherwise."""


def pair_values(
    common: Mapping[Letter, Any],
    i: Sequence[Any],
    l: Sequence[Any] | None = None,
) -> dict[Letter, Any]:
    """Return the values of the letters for one index, or for the pair (i, l).

    ``i`` and ``l`` hold (sigma, root, log) in that order; ``common`` holds N and the width.
    """
    values = {**common, **dict(zip(I, i, strict=True))}
    return values if l is None else {**values, **dict(zip(L, l, strict=True))}


# --- two neighbouring factors -------------------------------------------------------------------

NEXT: Final = Letter("W_{j+1}", "W_{j+1}")
NEXT_T: Final = Letter("W_{j+1}'", "W_{j+1}", "T")
THIS: Final = Letter("W_j", "W_{j}")
THIS_T: Final = Letter("W_j'", "W_{j}", "T")
NEXT_MOVES: Final = Letter("V_{j+1}", r"\dot W_{j+1}")
NEXT_MOVES_T: Final = Letter("V_{j+1}'", r"\dot W_{j+1}", "T")
THIS_MOVES: Final = Letter("V_j", r"\dot W_{j}")
THIS_MOVES_T: Final = Letter("V_j'", r"\dot W_{j}", "T")
SKEW: Final = Letter("a_j", "a_{j}")
SKEW_BEFORE: Final = Letter("a_{j-1}", "a_{j-1}")
STRETCH: Final = Letter("b_j", "b_{j}")
STRETCH_BEFORE: Final = Letter("b_{j-1}", "b_{j-1}")
TURN: Final = Letter("Q_j", "V_{j}")
TURN_T: Final = Letter("Q_j'", "V_{j}", "T")
TURN_BEFORE: Final = Letter("Q_{j-1}", "V_{j-1}")
TURN_BEFORE_T: Final = Letter("Q_{j-1}'", "V_{j-1}", "T")
LAST: Final = Letter("Q_N", "V_{N}")
SHARED: Final = Letter("P", "P")
POLAR_POWER: Final = Letter("P^N", "P", "N")
POLAR_BEFORE: Final = Letter("P_j", "(W_{j}^{T}W_{j})", "1/2")
SYMMETRIC: Final = Letter("X", "X")
FIRST: Final = Letter("R_0", "R_{0}")
FIRST_T: Final = Letter("R_0'", "R_{0}", "T")
"""Of a tower of polar decompositions: orthogonal frames, and one symmetric matrix."""

# --- straight lines of balanced factors -----------------------------------------------------------

FRAME: Final = Letter("R_j", "R_{j}")
FRAME_T: Final = Letter("R_j'", "R_{j}", "T")
FRAME_BEFORE_T: Final = Letter("R_{j-1}'", "R_{j-1}", "T")
POWER_AFTER: Final = Letter("P^(N-j)", "P", "N-j")
POWER_BEFORE: Final = Letter("P^(j-1)", "P", "j-1")
POWER_LESS: Final = Letter("P^(N-1)", "P", "N-1")
ALONG: Final = Letter("K", "K")
ALONG_T: Final = Letter("K'", "K", "T")
JOINT: Final = Letter("P^(N-1-j) K P^(j-1)", "(P^{N-1-j}KP^{j-1})")
JOINT_T: Final = Letter("(P^(N-1-j) K P^(j-1))'", "(P^{N-1-j}KP^{j-1})", "T")
"""Of factors R_j P R_{j-1}^T that move along a horizontal direction."""

# --- matrices that move, with their momenta -------------------------------------------------------

PLACE: Final = Letter("W", "W")
PLACE_T: Final = Letter("W'", "W", "T")
MOMENTUM: Final = Letter("Pi", r"\Pi")
MOMENTUM_T: Final = Letter("Pi'", r"\Pi", "T")
