"""Points at which the hypotheses of statements hold: balanced factors, their SVD, and a flow.

The factors are W_j = Q_j Lambda Q_{j-1}^T, with rational orthogonal Q_j, sigma_i = t_i^N. The flow
is that of the loss sum_i L_i(u_i^T X v_i), with L_i such that sigma_i(t) is a logistic function of
the time, between bounds that keep the order: it is positive, and known, for all times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from flint import arb, fmpq

from dlnproof.definitions import letters
from dlnproof.numeric import values as v
from dlnproof.numeric.curvature_points import SUMS
from dlnproof.numeric.interpretation import Dependent, Point, orthogonal
from dlnproof.numeric.values import Jet, Value


@dataclass(frozen=True)
class Geometry:
    """Depth, N-th roots t_i of the singular values, and frames Q_0 = V, ..., Q_N = U."""

    depth: int
    roots: tuple[fmpq, ...]
    seed: int

    @property
    def width(self) -> int:
        """The width."""
        return len(self.roots)

    @property
    def place(self) -> str:
        """Which one it is, in words."""
        return f"depth {self.depth}, t = {', '.join(map(str, self.roots))}"

    @cache  # noqa: B019 - a few points, each for as long as it is used
    def frame(self, j: int) -> Value:
        """Return Q_j."""
        return orthogonal(Random(f"{self.seed}/{j}"), self.width)

    def sigma(self, i: int) -> fmpq:
        """Return sigma_i = t_i^N."""
        return self.roots[i - 1] ** self.depth

    @cache  # noqa: B019
    def factor(self, j: int) -> Value:
        """Return W_j."""
        return self._between(j, j - 1, list(self.roots))

    def _between(self, j: int, k: int, entries: Sequence[Value]) -> Value:
        middle = diagonal(entries)
        return v.times(v.times(self.frame(j), middle), v.transpose(self.frame(k)))

    def whole(self, entries: Sequence[Value]) -> Value:
        """Return U diag(entries) V^T."""
        return self._between(self.depth, 0, entries)

    # --- directions -------------------------------------------------------------------------------

    def in_kernel(self) -> list[Value]:
        """Return directions H_1, ..., H_N, in which the product does not move."""
        d = self.width
        count = self.depth * d * d
        factors = [self.factor(j) for j in range(1, self.depth + 1)]
        columns = [
            v.flat(partial(factors, j, v.unit(d, d, i, l)))
            for j in range(1, self.depth + 1)
            for i in range(d)
            for l in range(d)
        ]
        whole = v.matrix(d * d, count, [column[k] for k in range(d * d) for column in columns])
        reduced, rank = whole.rref()
        leading = [next(c for c in range(count) if reduced[r, c] != 0) for r in range(rank)]
        rng = Random(f"{self.seed}/kernel")
        found = [fmpq(rng.randint(-3, 3), 2) for _ in range(count)]
        for r, c in enumerate(leading):
            others = (reduced[r, k] * found[k] for k in range(count) if k not in leading)
            found[c] = -sum(others, fmpq(0))
        return [v.matrix(d, d, found[j * d * d : (j + 1) * d * d]) for j in range(self.depth)]

    # --- a flow -----------------------------------------------------------------------------------

    def _bounds(self, i: int) -> tuple[Value, Value]:
        """Return between what sigma_i(t) moves: intervals in the order of the sigma_i."""
        level = sorted(set(self.roots)).index(self.roots[i - 1])
        return fmpq(2 * level + 1), fmpq(2 * level + 2)

    def sigma_at(self, i: int, time: Value) -> Value:
        """Return sigma_i(t) = (a + b 2^t) / (1 + 2^t)."""
        low, high = self._bounds(i)
        grown = v.real_power(fmpq(2), time)
        return v.times(v.plus(low, v.times(high, grown)), v.inverse_of(v.plus(fmpq(1), grown)))

    def _speed(self, i: int, sigma: Value) -> Value:
        """Return sigma_i' = log 2 (sigma - a)(b - sigma) / (b - a)."""
        low, high = self._bounds(i)
        return v.times(
            v.times(arb(2).log(), v.inverse_of(v.minus(high, low))),
            v.times(v.minus(sigma, low), v.minus(high, sigma)),
        )

    def slope(self, i: int, sigma: Value) -> Value:
        """Return L_i'(sigma) = -sigma' / (N sigma^(2 - 2/N)); 0 where sigma is not positive."""
        if v.sign(sigma) != 1:
            return fmpq(0)
        power = v.real_power(sigma, fmpq(2, self.depth) - 2)
        return v.times(fmpq(-1, self.depth), v.times(power, self._speed(i, sigma)))

    def loss(self, x: Value) -> Value:
        """Return sum_i L_i(u_i^T X v_i), up to a constant: its derivative is that sum's."""
        inside = v.times(v.times(v.transpose(self.frame(self.depth)), x), self.frame(0))
        total: Value = fmpq(0)
        for i in range(1, self.width + 1):
            sigma = v.entry(inside, i - 1, i - 1)
            if isinstance(sigma, Jet):
                total = v.plus(total, Jet(sigma.a, v.times(self.slope(i, sigma.a), sigma.b)))
            else:
                total = v.plus(total, sigma)
        return total

    def factor_at(self, j: int, time: Value) -> Value:
        """Return W_j(t)."""
        power = fmpq(1, self.depth)
        here = [power_or_zero(self.sigma_at(i, time), power) for i in range(1, self.width + 1)]
        return self._between(j, j - 1, here)

    def velocity_at(self, j: int, time: Value) -> Value:
        """Return the derivative of W_j(t)."""
        found = []
        for i in range(1, self.width + 1):
            sigma = self.sigma_at(i, time)
            power = power_or_zero(sigma, fmpq(1, self.depth) - 1)
            found.append(v.times(fmpq(1, self.depth), v.times(power, self._speed(i, sigma))))
        return self._between(j, j - 1, found)

    def gradient_at(self, time: Value) -> Value:
        """Return the gradient of the loss at W(t)."""
        found = [self.slope(i, self.sigma_at(i, time)) for i in range(1, self.width + 1)]
        return self.whole(found)

    def product_at(self, time: Value) -> Value:
        """Return W_N(t) ... W_1(t)."""
        return self.whole([self.sigma_at(i, time) for i in range(1, self.width + 1)])

    def _speeds(self, time: Value) -> list[Value]:
        return [self._speed(i, self.sigma_at(i, time)) for i in range(1, self.width + 1)]

    def spread_at(self, time: Value) -> Value:
        """Return Sigma(t)."""
        return diagonal([self.sigma_at(i, time) for i in range(1, self.width + 1)])

    def stretch_at(self, time: Value) -> Value:
        """Return the derivative of Sigma(t)."""
        return diagonal(self._speeds(time))

    def product_velocity_at(self, time: Value) -> Value:
        """Return the derivative of W_N(t) ... W_1(t)."""
        return self.whole(self._speeds(time))

    def eigenvalue_at(self, i: int, l: int, time: Value) -> Value:
        """Return (1/N) sum_j sigma_i(t)^(2(N-j)/N) sigma_l(t)^(2(j-1)/N)."""
        power = fmpq(2, self.depth)
        a, b = (power_or_zero(self.sigma_at(index, time), power) for index in (i, l))
        total: Value = fmpq(0)
        for j in range(self.depth):
            last = self.depth - 1 - j
            total = v.plus(total, v.times(v.integer_power(a, last), v.integer_power(b, j)))
        return v.times(fmpq(1, self.depth), total)

    # --- as a point -------------------------------------------------------------------------------

    def point(self, *, mean: bool = False) -> Point:
        """Return the point, with values for the letters of statements.

        The directions H_j are in the kernel of dphi, or the lift of a matrix and such directions.
        Where ``mean``, W' = -A(G), and not -N A(G).
        """
        base = Point(seed=self.seed)
        size = (self.width, self.width)
        entries: dict[tuple[str, ...], Value] = {
            ("sigma", str(i)): self.sigma(i) for i in range(1, self.width + 1)
        }
        factors = [self.factor(j) for j in range(1, self.depth + 1)]
        entries |= {("W_j", str(j)): factor for j, factor in enumerate(factors, 1)}
        lifted = v.matrix(*size, [fmpq(self.seed % 2 * (k + 1), 3) for k in range(size[0] ** 2)])
        for j, direction in enumerate(self.in_kernel(), 1):
            entries["H_j", str(j)] = v.plus(direction, adjoint(factors, j, lifted))
        entries |= {("R_j", str(j)): self.frame(j) for j in range(self.depth + 1)}

        def inside(name: str, family: Any) -> Any:
            """Return a family where it is known, and other values elsewhere."""
            symbol = _LETTERS[name]

            def value(j: int, *rest: Value) -> Value:
                last = self.width if name == "sigma(t)" else self.depth
                if 1 <= j <= last:
                    return family(j, *rest)
                return base.of(symbol, (j, *rest), None if name == "sigma(t)" else size)

            return value

        def eigenvalue(i: int, l: int, time: Value) -> Value:
            if min(i, l) >= 1 and max(i, l) <= self.width:
                return self.eigenvalue_at(i, l, time)
            return base.of(letters.eigenvalue_at, (i, l, time), None)

        values = {
            "N": self.depth,
            "d": self.width,
            "U": self.frame(self.depth),
            "V": self.frame(0),
            "W": self.whole([self.sigma(i) for i in range(1, self.width + 1)]),
            "dW": Dependent(_differential),
            "R": self.whole(list(self.roots)),
            "dR": Dependent(_of_roots(powers=False)),
            "df": Dependent(_of_roots(powers=True)),
            "dphi_j": Dependent(_of_factors(partial)),
            "dphi_j*": Dependent(_of_factors(adjoint)),
            "loss": self.loss,
            "t_0": fmpq(-2),
            "t_1": fmpq(5, 2),
            "W_j(t)": inside("W_j(t)", self.factor_at),
            "W_j'(t)": inside("W_j'(t)", self.velocity_at),
            "G(t)": lambda time: v.times(fmpq(self.depth if mean else 1), self.gradient_at(time)),
            "W(t)": self.product_at,
            "W'(t)": self.product_velocity_at,
            "nu": frobenius,
            "c": fmpq(1),
            "U(t)": lambda time: self.frame(self.depth),
            "V(t)": lambda time: self.frame(0),
            "alpha(t)": lambda time: v.null(size),
            "beta(t)": lambda time: v.null(size),
            "H(t)": self.stretch_at,
            "lambda(t)": eigenvalue,
            **SUMS,
            "sigma(t)": inside("sigma(t)", self.sigma_at),
        }
        fixed = frozenset((*values, "sigma", "W_j", "H_j", "R_j"))
        other = v.plus(lifted, v.eye(self.width))
        tangent = v.plus(v.times(lifted, values["W"]), v.times(values["W"], other))
        together = (*TIMES, (lifted, other, tangent))
        return Point(
            values, self.seed, entries=entries, tried=(lifted,), together=together, fixed=fixed
        )


def partial(factors: Sequence[Value], j: int, x: Value) -> Value:
    """Return W_N ... W_{j+1} X W_{j-1} ... W_1."""
    for factor in factors[j:]:
        x = v.times(factor, x)
    for factor in reversed(factors[: j - 1]):
        x = v.times(x, factor)
    return x


def adjoint(factors: Sequence[Value], j: int, z: Value) -> Value:
    """Return (W_N ... W_{j+1})^T Z (W_{j-1} ... W_1)^T."""
    for factor in reversed(factors[j:]):
        z = v.times(v.transpose(factor), z)
    for factor in factors[: j - 1]:
        z = v.times(z, v.transpose(factor))
    return z


def _of_factors(rule: Callable[..., Value]) -> Callable[..., Value]:
    """Return a family of maps made of the factors of a point; elsewhere it is another."""

    def found(point: Point, j: int, x: Value) -> Value:
        depth, width = point.values["N"], point.values["d"]
        if not 1 <= j <= depth:
            return v.times(fmpq(2), x)
        size = (width, width)
        factors = [point.of(letters.factor, (k,), size) for k in range(1, depth + 1)]
        return rule(factors, j, x)

    return found


def _differential(point: Point, d: Value, a: Value, b: Value) -> Value:
    """Return U (a Sigma + D + Sigma b^T) V^T."""
    width = point.values["d"]
    sizes = [point.of(letters.sigma, (i,), None) for i in range(1, width + 1)]
    return moved(point, sizes, d, a, b)


def _of_roots(*, powers: bool) -> Callable[..., Value]:
    """Return how U Sigma^(1/N) V^T moves with Sigma^(1/N), U and V; or (``powers``) U Sigma V^T."""

    def found(point: Point, d: Value, a: Value, b: Value) -> Value:
        width, depth = point.values["d"], point.values["N"]
        sizes = [point.of(letters.sigma, (i,), None) for i in range(1, width + 1)]
        if depth < 1 or (depth > 1 and any(v.sign(size) != 1 for size in sizes)):
            return v.times(fmpq(2), moved(point, sizes, d, a, b))
        roots = sizes if depth == 1 else [v.real_power(x, fmpq(1, depth)) for x in sizes]
        if not powers:
            return moved(point, roots, d, a, b)
        rates = [
            v.times(fmpq(depth), v.times(v.integer_power(t, depth - 1), v.entry(d, k, k)))
            for k, t in enumerate(roots)
        ]
        return moved(point, sizes, diagonal(rates), a, b)

    return found


def moved(point: Point, sizes: Sequence[Value], d: Value, a: Value, b: Value) -> Value:
    """Return U (a S + D + S b^T) V^T for the diagonal matrix S of some numbers."""
    size = (len(sizes), len(sizes))
    left, right = (point.of(x.data, (), size) for x in (letters.U, letters.V))
    middle = diagonal(sizes)
    inside = v.plus(v.plus(v.times(a, middle), d), v.times(middle, v.transpose(b)))
    return v.times(v.times(left, inside), v.transpose(right))


def power_or_zero(x: Value, e: Value) -> Value:
    """Return x^e, of an x >= 0 that moves: what is 0 stays 0, as a factor that does not move."""
    return fmpq(0) if v.is_zero(x) else v.real_power(x, e)


def diagonal(entries: Sequence[Value]) -> Value:
    """Return the diagonal matrix with these entries."""
    size = len(entries)
    zero = fmpq(0)
    return v.matrix(
        size, size, [entries[i] if i == l else zero for i in range(size) for l in range(size)]
    )


def frobenius(x: Value) -> Value:
    """Return the root of Tr(X^T X)."""
    square = v.trace(v.times(v.transpose(x), x))
    return v.real_power(square, fmpq(1, 2)) if v.sign(square) == 1 else fmpq(0)


_LETTERS = {
    symbol.name: symbol
    for symbol in (
        letters.factor_at,
        letters.velocity_at,
        letters.sigma_at,
    )
}

TIMES = tuple((fmpq(a, 2), fmpq(b, 2)) for a, b in ((0, 2), (2, -2), (1, 1), (-2, 3), (0, -1)))
"""Two times to try at a time."""

STRATA = ("simple", "unordered", "pair", "equal", "zero", "zeros")


def geometries(seed: int, depths: Sequence[int], widths: Sequence[int]) -> Iterator[Geometry]:
    """Yield one point for each depth, width and stratum."""
    for depth in depths:
        for width in widths:
            for stratum in STRATA:
                rng = Random(f"{seed}/{depth}/{width}/{stratum}")
                roots = _roots(rng, width, stratum)
                if roots is not None:
                    yield Geometry(depth, tuple(roots), rng.randrange(10**9))


def _roots(rng: Random, width: int, stratum: str) -> list[fmpq] | None:
    """Return t_1, ..., t_d, descending unless they are to be in no order."""
    down = [fmpq(n, 3) for n in sorted(rng.sample(range(1, 2 * width + 4), width), reverse=True)]
    match stratum:
        case "unordered":
            return down[1:] + down[:1] if width > 1 else None
        case "pair":
            return [down[0], down[0], *down[2:]] if width > 1 else None
        case "equal":
            return [down[0]] * width if width > 2 else None
        case "zero":
            return [*down[:-1], fmpq(0)]
        case "zeros":
            return [down[0], fmpq(0), fmpq(0)][:width] if width > 2 else None
    return down
