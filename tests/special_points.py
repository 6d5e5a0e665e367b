"""Points made to violate one hypothesis of a claim alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise
from typing import Any

from bending_points import with_inverses
from closing_points import closing_point
from completion_points import (
    Completed,
    completion,
    extremes,
    near_observed,
    on_ray,
)
from decaying_points import alone
from diagonal_points import point_of, rank_one
from equilibrium_points import unsettled
from field_points import unlike_fields
from flint import arb, fmpq
from free_entry_points import off_line
from geodesic_points import no_geodesics
from momentum_points import no_depth as no_momenta
from momentum_points import not_of_hamilton, without_frames
from moving_points import (
    framing_point,
    out_of_balance,
    shrinking_point,
    without_differentials,
)
from points_of_claims import places
from rectangular_points import unlike_flow, unlike_volume
from regression_points import with_data
from strata_points import askew
from turning_points import descent, straight, with_speed
from two_value_points import otherwise
from unbalanced_points import unbalanced_point, with_blocks

from dlnproof.definitions import letters
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.letters import N, W, factor
from dlnproof.definitions.orbits import ROOTS
from dlnproof.definitions.shapes import whole as product_of_shapes
from dlnproof.kernel.terms import INT, product, variable
from dlnproof.numeric import values as v
from dlnproof.numeric.completions import beside
from dlnproof.numeric.directions import Along, line_point, towering_point
from dlnproof.numeric.geometric_points import Geometry, adjoint, diagonal, frobenius, moved
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.paths import turning_point, vanishing_point
from dlnproof.numeric.sentences import value
from dlnproof.numeric.shaped_points import shaped
from dlnproof.numeric.values import Jet, NotSmooth, Value

ONE, TWO, HALF = fmpq(1), fmpq(2), fmpq(1, 2)
Curve = Callable[[Value], Value]


def special(claim: str) -> Iterator[Point]:
    """Yield points for a claim, each of which is to violate one of its hypotheses."""
    yield from SPECIAL.get(claim, lambda: iter(()))()


def with_sizes(point: Point, *sizes: Value) -> Point:
    """Return the point with other singular values."""
    for i, size in enumerate(sizes, 1):
        point = point.with_entry("sigma", (i,), size)
    return point


# --- flows of width one ---------------------------------------------------------------------------


def _one(x: Value) -> Value:
    return v.matrix(1, 1, [x])


def scalar_flow(
    factors: Sequence[Curve], slope: Curve, during: tuple[Value, Value], start: Value = None
) -> Point:
    """Return a point of width one with curves of factors, for the loss c x.

    ``slope`` is c, or the gradient at a time where it is none. The velocities are the flow's.
    At time 0 the factors are ``start``, if that is given.
    """
    base = Geometry(len(factors), (ONE,), 0).point()

    def at(j: int, time: Value) -> Value:
        if start is not None and not isinstance(time, Jet) and time == 0:
            return start
        return factors[j - 1](time) if 1 <= j <= len(factors) else ONE

    def whole(time: Value) -> Value:
        found: Value = ONE
        for j in range(1, len(factors) + 1):
            found = v.times(found, at(j, time))
        return found

    def velocity(j: int, time: Value) -> Value:
        found = v.negative(slope(time))
        for k in range(1, len(factors) + 1):
            found = found if k == j else v.times(found, at(k, time))
        return _one(found)

    def sign(time: Value) -> Value:
        found = whole(time)
        return fmpq(-1 if v.sign(found.a if isinstance(found, Jet) else found) == -1 else 1)

    return base.with_values(
        **{
            "loss": lambda x: v.times(slope(ONE), v.entry(x, 0, 0)),
            "t_0": during[0],
            "t_1": during[1],
            "W_j(t)": lambda j, time: _one(at(j, time)),
            "W_j'(t)": velocity,
            "G(t)": lambda time: _one(slope(time)),
            "W(t)": lambda time: _one(whole(time)),
            "U(t)": lambda time: _one(sign(time)),
            "V(t)": lambda time: _one(ONE),
            "sigma(t)": lambda i, time: v.times(sign(time), whole(time)),
        }
    )


def _grown(time: Value) -> Value:
    return v.real_power(TWO, time)


def _unbalanced(sign: int) -> Curve:
    """Return 3/2^t + 2^t or 3/2^t - 2^t: a flow of 2 factors, for the loss x log 2."""
    return lambda t: v.plus(
        v.times(fmpq(3), v.inverse_of(_grown(t))), v.times(fmpq(sign), _grown(t))
    )


def _log_2(time: Value) -> Value:
    return arb(2).log()


def _constant(number: Value) -> Curve:
    return lambda time: number


def _line(start: fmpq, slope: fmpq) -> Curve:
    return lambda time: v.plus(start, v.times(slope, time))


def flows() -> Iterator[Point]:
    """Yield flows of two factors of width one, with one thing wrong."""
    curves = (_unbalanced(1), _unbalanced(-1))
    yield scalar_flow(curves, _log_2, (fmpq(1, 4), HALF), start=ONE)
    yield scalar_flow(curves, _log_2, (-ONE, -HALF), start=ONE)
    yield scalar_flow(curves, _log_2, (-HALF, HALF))
    straight = scalar_flow((_line(ONE, fmpq(1, 4)),) * 2, _constant(ONE), (-HALF, HALF))
    yield straight
    yield straight.with_values(**{"W_j'(t)": lambda j, time: _one(fmpq(1, 4))})


def frames() -> Iterator[Point]:
    """Yield flows whose singular vectors, or values, are others."""
    for geometry in (Geometry(2, (TWO, ONE), 1), Geometry(2, (ONE,), 2)):
        yield from other_frames(geometry.point())


def other_frames(point: Point) -> Iterator[Point]:
    """Yield U(t) or V(t) twice as large, and values with other signs, for the same product."""
    left, right, sizes = (point.values[name] for name in ("U(t)", "V(t)", "sigma(t)"))

    def times(number: fmpq, make: Callable[..., Value]) -> Callable[..., Value]:
        return lambda *args: v.times(number, make(*args))

    half = times(HALF, sizes)
    yield point.with_values(**{"U(t)": times(TWO, left), "sigma(t)": half})
    yield point.with_values(**{"V(t)": times(TWO, right), "sigma(t)": half})
    yield point.with_values(**{"U(t)": times(-ONE, left), "sigma(t)": times(-ONE, sizes)})
    if point.values["d"] == 2:
        yield point.with_values(
            **{
                "U(t)": partial(_swapped_after, left),
                "V(t)": partial(_swapped_after, right),
                "sigma(t)": lambda i, t: sizes(3 - i if _is_after(t) and i in (1, 2) else i, t),
            }
        )


def paths() -> Iterator[Point]:
    """Yield paths with other singular vectors, with two equal values, and with negative ones."""
    yield Geometry(2, (ONE, ONE), 1).point()
    point = Geometry(2, (TWO, ONE), 1).point()
    yield from other_frames(point)
    left, right, sizes = (point.values[name] for name in ("U(t)", "V(t)", "sigma(t)"))
    yield point.with_values(
        **{
            "U(t)": lambda t: v.negative(_swapped(left(t))),
            "V(t)": lambda t: _swapped(right(t)),
            "sigma(t)": lambda i, t: v.negative(sizes(3 - i if i in (1, 2) else i, t)),
        }
    )


def not_decaying() -> Iterator[Point]:
    """Yield factors at rest, of a constant loss, whose velocities are to be -mu W_j."""
    g = Geometry(2, (TWO, ONE), 1)
    moves = alone(g).values["W_j'(t)"]
    yield alone(g).with_values(
        **{
            "W_j(t)": lambda j, time: v.times(fmpq(j), g.factor(j)),
            "W_j'(t)": lambda j, time: moves(j, fmpq(0)),
        }
    )


def turning_paths() -> Iterator[Point]:
    """Yield paths with other frames, with equal or negative values, and of depth -1."""
    yield turning_point(Geometry(2, (ONE, ONE), 1))
    point = turning_point(Geometry(2, (TWO, ONE), 1))
    families = {name: f for name, f in point.values.items() if name.endswith("(t)")}
    sizes, stretch, eigenvalue = (families[name] for name in ("sigma(t)", "H(t)", "lambda(t)"))
    halved = {
        "sigma(t)": lambda i, t: v.times(HALF, sizes(i, t)),
        "H(t)": lambda t: v.times(HALF, stretch(t)),
    }
    for name in ("U(t)", "V(t)"):
        twice = {name: lambda t, make=families[name]: v.times(TWO, make(t))}
        yield point.with_values(**twice, **halved)

    def other(i: int) -> int:
        return 3 - i if i in (1, 2) else i

    def turned(name: str, sign: fmpq) -> Curve:
        return lambda t: v.times(
            sign, v.transpose(_swapped(v.transpose(_swapped(families[name](t)))))
        )

    exchanged = {
        "U(t)": lambda t: v.negative(_swapped(families["U(t)"](t))),
        "V(t)": lambda t: _swapped(families["V(t)"](t)),
        "alpha(t)": turned("alpha(t)", ONE),
        "beta(t)": turned("beta(t)", ONE),
        "H(t)": turned("H(t)", -ONE),
        "sigma(t)": lambda i, t: v.negative(sizes(other(i), t)),
        "lambda(t)": lambda i, l, t: eigenvalue(other(i), other(l), t),
    }
    yield point.with_values(**exchanged)
    for seed in range(8):  # where the sum from 1 to -1 has some value, it is seldom 0
        single = turning_point(Geometry(2, (ONE,), seed)).with_values(N=-1)
        frames = v.times(single.values["U"], single.values["V"])
        alone = v.entry(v.times(value(OPERATOR(N, W, W), single), frames), 0, 0)
        yield single.with_values(**{"lambda(t)": lambda i, l, t, alone=alone: alone})


def descending_paths() -> Iterator[Point]:
    """Yield the first of these paths as flows: W is the same where frames or values are others."""
    equal, *others = islice(turning_paths(), 4)
    for point, first in ((equal, ONE), *((point, TWO) for point in others)):
        g = Geometry(2, (first, ONE), 1)
        yield point.with_values(**{"G(t)": descent(turning_point(g), g).values["G(t)"]})


def closings() -> Iterator[Point]:
    """Yield flows to a matrix with other frames, values or another base, or from a later time."""
    point = closing_point(Geometry(2, (TWO, ONE), 1))
    yield from other_frames(point)
    sizes = point.values["sigma(t)"]
    yield point.with_values(**{"sigma(t)": lambda i, t: v.times(HALF, sizes(i, t))})
    single = closing_point(Geometry(1, (ONE,), 0))
    yield single.with_values(euler=Dependent(lambda at: arb(2).exp()))
    path, aim = single.values["W(t)"], single.values["Y"]

    def there_at_first(time: Value) -> Value:
        return aim if not isinstance(time, Jet) and time == 0 else path(time)

    yield single.with_values(**{"t_0": fmpq(1, 4), "W(t)": there_at_first})


def of_another_product() -> Iterator[Point]:
    """Yield two factors beside twice their product, with its decomposition."""
    point = unbalanced_point(Geometry(2, (TWO, ONE), 1), 1)
    sizes = (v.times(TWO, point.entries["sigma", str(i)]) for i in (1, 2))
    yield with_sizes(point.with_values(W=v.times(TWO, point.values["W"])), *sizes)


def one_block() -> Iterator[Point]:
    """Yield two factors in one and the same block."""
    point = with_blocks(unbalanced_point(Geometry(2, (TWO, ONE), 1), 1))
    yield point.with_values(F_2d=point.values["E_2d"])


def other_factors() -> Iterator[Point]:
    """Yield paths whose factors have another product, or the same one without balance."""
    point = Geometry(2, (TWO, ONE), 1).point()
    factors = point.values["W_j(t)"]
    for first, second in ((ONE, ONE), (ONE, -ONE)):
        grow = {1: first, 2: second}

        def grown(j: int, time: Value, grow: dict[int, fmpq] = grow) -> Value:
            return v.times(_grown(v.times(grow.get(j, fmpq(0)), time)), factors(j, time))

        yield point.with_values(**{"W_j(t)": grown})


def _is_after(time: Value) -> bool:
    """Whether a time is after 0; nearby it is before and after."""
    at = time.a if isinstance(time, Jet) else time
    if isinstance(time, Jet) and at == 0:
        raise NotSmooth("what jumps")
    return bool(at > 0)


def _swapped_after(make: Curve, time: Value) -> Value:
    return _swapped(make(time)) if _is_after(time) else make(time)


def _swapped(frame: Value) -> Value:
    return v.times(frame, v.matrix(2, 2, [fmpq(0), ONE, ONE, fmpq(0)]))


def no_depth() -> Iterator[Point]:
    """Yield points of depth -1: a product from 1 to -1 has some value, which is W."""
    j = variable("j", INT)
    for seed in range(8):
        base = Point({"N": -1, "d": 1}, seed)
        whole = v.entry(value(product(j, 1, N, factor(j.term)), base), 0, 0)
        if v.sign(whole) != 1:
            continue
        values: dict[str, Any] = {
            **scalar_flow((), _constant(ONE), (-ONE, ONE)).values,
            "N": -1,
            "U": _one(ONE),
            "V": _one(ONE),
            "W": _one(whole),
            "U(t)": lambda time: _one(ONE),
            "sigma(t)": lambda i, time, whole=whole: whole,
        }
        yield with_sizes(Point(values, seed, fixed=frozenset((*values, "sigma"))), whole)


def no_depth_between() -> Iterator[Point]:
    """Yield points of depth -1 with O at both ends."""
    for point in no_depth():
        entries = dict(point.entries)
        entries |= {(name, str(j)): _one(fmpq(0)) for name in ("a_j", "b_j") for j in (-1, 0)}
        yield replace(point, entries=entries)


# --- factors and their differential ---------------------------------------------------------------


def differentials() -> Iterator[Point]:
    """Yield points where dphi_j and its adjoint are twice what they are, or those of others."""
    for geometry in (Geometry(2, (TWO, ONE), 1), Geometry(3, (ONE,), 2)):
        point = geometry.point()

        def twice(name: str, point: Point = point) -> Dependent:
            make = point.values[name].value
            return Dependent(lambda *args: v.times(TWO, make(*args)))

        yield point.with_values(**{name: twice(name) for name in ("dphi_j", "dphi_j*")})
        other = Geometry(geometry.depth, tuple(3 * t for t in geometry.roots), 5)
        for j in range(1, geometry.depth + 1):
            point = point.with_entry("W_j", (j,), other.factor(j))
        yield point
    signed = Geometry(2, (TWO, ONE), 1)
    flipped = v.matrix(2, 2, [ONE, fmpq(0), fmpq(0), -ONE])
    left = signed.frame(2) * flipped
    yield with_sizes(signed.point().with_values(U=left), signed.sigma(1), -signed.sigma(2))


def out_of_order() -> Iterator[Point]:
    """Yield a point whose values increase, by far."""
    point = Geometry(2, (fmpq(5), HALF), 1).point()
    first, second = (point.entries["sigma", str(i)] for i in (1, 2))
    swapped = {name: _swapped(point.values[name]) for name in "UV"}
    yield with_sizes(point.with_values(**swapped), second, first)


# --- matrices that are observed in part -----------------------------------------------------------


def _swap(m: Value, sign: int = 1) -> Value:
    """Return the matrix with its two columns exchanged, and a sign."""
    return v.times(m, v.matrix(2, 2, [fmpq(0), fmpq(sign), fmpq(sign), fmpq(0)]))


def near() -> Iterator[Point]:
    """Yield points near what is observed, with other frames, values, or norms."""
    point = next(iter(near_observed(0)))
    first, second = (point.entries["sigma", str(i)] for i in (1, 2))
    left, right = point.values["U"], point.values["V"]
    for name, frame in (("U", left), ("V", right)):
        small = point.with_values(**{name: v.times(fmpq(1, 100), frame)})
        yield with_sizes(small, 100 * first, 100 * second)
    swapped = point.with_values(U=_swap(left), V=_swap(right))
    yield with_sizes(swapped, second, first)
    negative = point.with_values(U=_swap(left, -1), V=_swap(right), e=first / second)
    yield with_sizes(negative, -second, -first)
    yield point.with_values(c=fmpq(0), nu=lambda x: fmpq(0))
    yield point.with_values(c=fmpq(1, 100))
    yield point.with_values(nu=lambda x: min(frobenius(x), ONE, key=v.balls))
    yield scalar_flow((_cube, _constant(ONE)), _pole, (-ONE, fmpq(3)))
    crossing = scalar_flow((_line(ONE, -TWO),), _constant(TWO), (-ONE, TWO))
    waiting = scalar_flow((_constant(-ONE), _constant(ONE)), _constant(fmpq(0)), (HALF, TWO), ONE)
    yield from (crossing, waiting)
    for geometry in (Geometry(2, (TWO, ONE), 1), Geometry(2, (ONE,), 2)):
        yield from other_frames(geometry.point(mean=True))


def stretched() -> Iterator[Point]:
    """Yield points whose values are not singular values, as one of the frames stretches."""
    for point in islice(extremes(0), 2):
        first, second = (point.entries["sigma", str(i)] for i in (1, 2))
        for name, low, high in (
            ("U", HALF, ONE),
            ("U", ONE, HALF),
            ("V", HALF, ONE),
            ("V", ONE, HALF),
        ):
            frame = v.times(point.values[name], diagonal((low, high)))
            yield with_sizes(point.with_values(**{name: frame}), first / low, second / high)
        swapped = point.with_values(**{name: _swap(point.values[name]) for name in "UV"})
        yield with_sizes(swapped, second, first)
        for sizes in ((-first, -second), (first, -second), (-first, second)):
            signs = diagonal([x / abs(x) for x in sizes])
            yield with_sizes(point.with_values(U=v.times(point.values["U"], signs)), *sizes)
        yield point.with_values(rho=HALF / 50)


def _cube(time: Value) -> Value:
    return v.integer_power(v.minus(ONE, time), 3)


def _pole(time: Value) -> Value:
    """Return 3 / |1 - t|, and 0 at 1: the gradient along (1 - t)^3."""
    off = v.minus(ONE, time)
    if not isinstance(off, Jet) and v.sign(off) == 0:
        return fmpq(0)
    return v.times(fmpq(3), v.inverse_of(off if v.sign(off) == 1 else v.negative(off)))


def free_entries() -> Iterator[Point]:
    """Yield W = [[x, 1], [1, 0]] with a negative value, or functions that are no such norms."""
    for place in places("norm-conjecture"):
        point = place.point
        x = point.values["x"]
        first, second = (point.entries["sigma", str(i)] for i in (1, 2))
        sign = fmpq(1 if x * first > 0 else -1)
        yield with_sizes(point.with_values(U=point.values["V"]), sign * first, -sign * second)
        yield point.with_values(nu=lambda m: v.plus(ONE, _over_one_plus_square(m)))
        yield point.with_values(nu=partial(_tilted, -x))


def _over_one_plus_square(m: Value) -> Value:
    return v.inverse_of(v.plus(ONE, v.trace(v.times(v.transpose(m), m))))


def _tilted(by: fmpq, m: Value) -> Value:
    """Return |w_11 + r w_12| + |w_12| + |w_21| + |w_22|."""
    a, b, c, d = v.flat(m)
    total: Value = fmpq(0)
    for part in (v.plus(a, v.times(by, b)), b, c, d):
        total = v.plus(total, abs(part))
    return total


def diagonals() -> Iterator[Point]:
    """Yield completions of a diagonal where something is wrong with the decomposition."""
    one = Completed(fmpq(1, 5), fmpq(1, 3), fmpq(4), fmpq(0))
    point = completion(one, on_ray(one, fmpq(1, 7)), 2)
    yield with_sizes(point, fmpq(4), ONE)
    for name in ("U", "V"):
        column = point.values[name] * v.matrix(2, 2, [ONE, fmpq(0), fmpq(0), fmpq(0)])
        yield with_sizes(point.with_values(**{name: column}), fmpq(4), ONE)
    left, right = point.values["U"], point.values["V"]
    yield with_sizes(point.with_values(U=_swap(left), V=_swap(right)), fmpq(0), fmpq(4))
    yield with_sizes(point.with_values(U=_swap(left, -1), V=_swap(right)), fmpq(0), fmpq(-4))
    nothing = {name: fmpq(0) for name in ("b_11", "b_22", "x", "y")}
    empty = point.with_values(**nothing, W=v.null((2, 2)), U=v.eye(2), V=v.eye(2))
    yield with_sizes(empty, fmpq(0), fmpq(0))
    edge = Completed(fmpq(1, 3), fmpq(1, 3), fmpq(4), fmpq(0))
    yield completion(edge, on_ray(edge, fmpq(1, 7)), 2)


def rays() -> Iterator[Point]:
    """Yield a matrix on one ray, with another whose frame is not orthogonal on a second one."""
    one = Completed(fmpq(0), fmpq(1, 3), fmpq(3), ONE)
    other = on_ray(one, fmpq(1, 5))
    point = completion(one, other, 0)
    scale = one.second / other.second
    together = (
        (*one.sizes, scale * other.first, scale * other.second, *one.free, *other.free),
        *point.together[1:],
    )
    for name in ("U'", "V'"):
        larger = v.times(1 / scale, point.values[name])
        yield replace(point.with_values(**{name: larger}), together=together)
    y = point.values["y_0"]
    b, c, x, tau = (point.values[name] for name in ("b_11", "b_22", "x_0", "tau"))
    for changed in ({"y_0": y + 1}, {"tau": 2 * tau}):
        moved = point.with_values(**changed)
        at = (x, moved.values["y_0"])
        yield moved.with_values(**{"W(e)": partial(beside, b, c, at, moved.values["tau"])})


def three() -> Iterator[Point]:
    """Yield 3 x 3 matrices where something is wrong with the decomposition, or the diagonal."""
    point = rank_one((35, 72, 96))
    size = point.entries["sigma", "1"]
    zero = fmpq(0)
    yield with_sizes(point, size, ONE, zero)
    only = v.matrix(3, 3, [ONE, *[zero] * 8])
    for name in ("U", "V"):
        yield with_sizes(point.with_values(**{name: point.values[name] * only}), size, ONE, zero)
    turned = v.matrix(3, 3, [zero, ONE, zero, ONE, zero, zero, zero, zero, ONE])
    left, right = point.values["U"], point.values["V"]
    yield with_sizes(point.with_values(U=left * turned, V=right * turned), zero, size, zero)
    last = v.matrix(3, 3, [zero, zero, ONE, zero, ONE, zero, ONE, zero, zero])
    minus = v.times(-ONE, left * last)
    yield with_sizes(point.with_values(U=minus, V=right * last), zero, zero, -size)
    p = [fmpq(1), fmpq(2), fmpq(3)]
    yield point_of(v.eye(3), (TWO, zero, zero), v.eye(3), None, p)
    for letter in "uv":
        yield point.with_values(**{letter: fmpq(7)})


def descents() -> Iterator[Point]:
    """Yield flows of width one beside descent, where something is wrong with one of them."""
    for flow in (*flows(), *no_depth()):
        yield with_data(flow, 2, 2, (ONE, HALF), 0)
    stuck = scalar_flow((_constant(ONE), _constant(-ONE)), _constant(fmpq(0)), (HALF, TWO), ONE)

    def loss(x: Value) -> Value:
        off = v.plus(v.entry(x, 0, 0), ONE)
        return v.times(HALF, v.times(off, off))

    yield with_data(stuck.with_values(loss=loss), 2, 2, (ONE, HALF), 0)
    flow = Geometry(2, (ONE,), 0).point()
    plain = with_data(flow, 1, 2, (HALF, fmpq(0)), 1)
    kernel, after = plain.tried[2], plain.values["w(k)"]
    yield plain.with_values(**{"w(k)": lambda k: v.plus(after(k), kernel)})
    yield plain.with_values(**{"w(k)": lambda k: v.times(fmpq(k), kernel)})
    steep = with_data(flow, 2, 2, (TWO, ONE), 0)
    yield steep
    low = steep.with_entry("lambda", (1,), ONE)
    yield low
    yield low.with_entry("lambda", (2,), fmpq(1, 4)).with_values(Q=v.times(TWO, steep.values["Q"]))


def other_differentials() -> Iterator[Point]:
    """Yield points where dW is twice what it is."""
    for roots in ((ONE,), (TWO, ONE)):
        point = Geometry(2, roots, 1).point()
        make = point.values["dW"].value
        yield point.with_values(dW=Dependent(lambda *args, make=make: v.times(TWO, make(*args))))


def framings() -> Iterator[Point]:
    """Yield points with a diagonal matrix and two skew ones, where dW is twice what it is."""
    for roots in ((ONE,), (TWO, ONE)):
        point = framing_point(Geometry(2, roots, 1))
        make = point.values["dW"].value
        yield point.with_values(dW=Dependent(lambda *args, make=make: v.times(TWO, make(*args))))
        yield point.with_values(N=0)


def negative_values() -> Iterator[Point]:
    """Yield a point of depth 3 where all values are negative, and U is the opposite."""
    point = Geometry(3, (TWO, ONE), 1).point()
    opposite = (v.negative(point.entries["sigma", str(i)]) for i in (1, 2))
    yield with_sizes(point.with_values(U=v.negative(point.values["U"])), *opposite)


def negative_actions() -> Iterator[Point]:
    """Yield the same point with orthogonal matrices and the inverse."""
    for point in negative_values():
        yield point.with_values(Q=point.values["V"], R=v.eye(2), E=point.values["W"].inv())


def negative_paths() -> Iterator[Point]:
    """Yield a path to rank 0 of such values."""
    point = shrinking_point(Geometry(3, (TWO, ONE), 1), 0)
    opposite = (v.negative(point.entries["sigma", str(i)]) for i in (1, 2))
    yield with_sizes(point.with_values(U=v.negative(point.values["U"])), *opposite)


def limited_paths() -> Iterator[Point]:
    """Yield lines of numbers with one thing wrong: frames, values, velocity, speed, or base."""
    point = straight(Geometry(1, (ONE,), 0))
    families = {name: point.values[name] for name in ("U(t)", "V(t)", "W'(t)", "sigma(t)")}

    def scaled(**by: fmpq) -> Point:
        put = {f"{x}(t)": s for x, s in by.items()}
        return point.with_values(
            **{
                name: lambda *at, name=name, s=s: v.times(s, families[name](*at))
                for name, s in put.items()
            }
        )

    yield scaled(sigma=TWO)
    yield scaled(U=HALF, sigma=TWO)
    yield scaled(V=HALF, sigma=TWO)
    yield scaled(**{"W'": HALF}).with_values(c=fmpq(1, 4))
    yield scaled(U=-ONE, sigma=-ONE).with_values(c=ONE)
    yield point.with_values(c=-TWO)
    yield point.with_values(N=-1)
    g = Geometry(3, (TWO, ONE), 1)
    opposite = with_speed(g.point(), g, fmpq(50))
    sizes = (v.negative(opposite.entries["sigma", str(i)]) for i in (1, 2))
    yield with_sizes(opposite.with_values(U=v.negative(opposite.values["U"])), *sizes)
    yield point.with_values(c=ONE, euler=Dependent(lambda at: arb(1) / 2))


def opposite_values() -> Iterator[Point]:
    """Yield a point whose two values are opposite: they differ, and their squares do not."""
    point = Geometry(1, (ONE, ONE), 1).point()
    turned = v.times(point.values["V"], diagonal((ONE, -ONE)))
    yield with_sizes(point.with_values(V=turned), ONE, -ONE)


def powers() -> Iterator[Point]:
    """Yield points without factors, or with negative values, whose roots are some numbers."""
    yield _with_some_roots(Geometry(1, (TWO,), 1).point().with_values(N=0))
    yield _with_some_roots(with_sizes(Geometry(1, (TWO, ONE), 1).point(), -ONE, -TWO))


def _with_some_roots(point: Point) -> Point:
    """Return the point of depth 0 or 1 with the differentials of its roots and their powers."""
    depth, some = point.values["N"], value(ROOTS, point)
    roots = [v.entry(some, k, k) for k in range(point.values["d"])]

    def image(d: Value, *turns: Value) -> Value:
        kept = [v.times(fmpq(depth), v.entry(d, k, k)) for k in range(len(roots))]
        sizes = [v.integer_power(root, depth) for root in roots]
        return moved(point, sizes, diagonal(kept), *turns)

    point = point.with_values(dR=partial(moved, point, roots), df=image)
    return replace(point, fixed=point.fixed - {"W", "R"})


def towers() -> Iterator[Point]:
    """Yield points where P, its inverse, or the last factor is a multiple of what it is."""
    for polar, inverse, last in ((-1, -1, 1), (2, HALF, 1), (1, 2, 1), (1, 1, 2)):
        point = towering_point(Geometry(2, (TWO, ONE), 1))
        for name, scale in (("P", polar), ("E", inverse)):
            point = point.with_values(**{name: v.times(fmpq(scale), point.values[name])})
        for j in range(3):
            scale = fmpq(inverse) ** j * fmpq(last if j == 2 else 1)
            point = point.with_entry("V_j", (j,), v.times(scale, point.entries["V_j", str(j)]))
        yield point.with_entry("W_j", (2,), v.times(fmpq(last), point.entries["W_j", "2"]))


def lines() -> Iterator[Point]:
    """Yield lines where one thing is wrong: P, its inverse, a frame, a factor, or a direction."""
    swap, signs = v.matrix(2, 2, [fmpq(k in (1, 2)) for k in range(4)]), diagonal([ONE, -ONE])
    for along in Along:
        for depth in (2, 3):
            point = line_point(Geometry(depth, (TWO, ONE), 1), along)
            yield point.with_values(E=v.times(TWO, point.values["E"]))
            yield point.with_entry("H_j", (2,), v.times(TWO, point.entries["H_j", "2"]))
            P, K = point.values["P"], point.values["K"]
            yield _of_tower(point, depth, P, K, frame=TWO)
            yield _of_tower(point, depth, P, K, factor=TWO)
            yield _of_tower(point, depth, v.null((2, 2)), K)
            yield _of_tower(point.with_values(E=signs), depth, signs, swap)


def _of_tower(
    point: Point, depth: int, P: Value, K: Value, *, frame: fmpq = ONE, factor: fmpq = ONE
) -> Point:
    """Return the line along K of the tower of P, the last frame and the last factor multiplied."""
    frames = [point.entries["R_j", str(j)] for j in range(depth + 1)]
    frames[-1] = v.times(frame, frames[-1])
    factors = [v.times(v.times(b, P), v.transpose(a)) for a, b in pairwise(frames)]
    factors[-1] = v.times(factor, factors[-1])
    whole = v.times(v.times(frames[-1], K), v.transpose(frames[0]))
    point = point.with_values(P=P, K=K).with_entry("R_j", (depth,), frames[-1])
    for j, W_j in enumerate(factors, 1):
        point = point.with_entry("W_j", (j,), W_j)
        point = point.with_entry("H_j", (j,), adjoint(factors, j, whole))
    return point


def turned_frames() -> Iterator[Point]:
    """Yield points with factors made of frames that are not orthogonal, or of negative values."""
    plain = Geometry(2, (TWO, ONE), 1).point()
    for point, scale in ((plain, TWO), (with_sizes(plain, -ONE, -TWO), ONE)):
        frames = [v.times(scale, point.entries["R_j", str(j)]) for j in range(3)]
        middle = value(ROOTS, point)
        for j, frame in enumerate(frames):
            point = point.with_entry("R_j", (j,), frame)  # noqa: PLW2901
        for j, (before, after) in enumerate(pairwise(frames), 1):
            made = v.times(v.times(after, middle), v.transpose(before))
            point = point.with_entry("W_j", (j,), made)  # noqa: PLW2901
        yield point


def sheared_frames() -> Iterator[Point]:
    """Yield a point with frames that are not orthogonal, and the inverses that go with these."""
    point = Geometry(2, (TWO, ONE), 1).point()
    shear = v.matrix(2, 2, [ONE, ONE, fmpq(0), ONE])
    for j in range(3):
        point = point.with_entry("R_j", (j,), v.times(point.entries["R_j", str(j)], shear))
    yield with_inverses(point, 2, 2)


def shapes() -> Iterator[Point]:
    """Yield factors of a product with a negative value, and of depth -1."""
    for name, point in shaped(0, (2,), (1,)):
        if not name.startswith("depth 2, t = 0"):
            size = v.negative(point.of(letters.sigma, (1,), None))
            yield with_sizes(point.with_values(U=v.negative(point.values["U"])), size)
    for seed in range(8):
        sizes: dict[str, Any] = {"N": -1, "r": 1, "d_j": lambda j: 1}
        whole = value(product_of_shapes(1, N), Point(sizes, seed))
        if v.sign(v.entry(whole, 0, 0)) == 1:
            values = {**sizes, "U": _one(ONE), "V": _one(ONE), "W": whole}
            point = Point(values, seed, fixed=frozenset((*values, "sigma")))
            yield with_sizes(point, v.entry(whole, 0, 0))


def coinciding() -> Iterator[Point]:
    """Yield a point whose values coincide, where they are to be distinct."""
    yield vanishing_point(Geometry(2, (TWO, TWO), 0), 2)


def indefinite() -> Iterator[Point]:
    """Yield points of two factors whose product is no positive semidefinite matrix."""
    yield Geometry(2, (TWO, ONE), 0).point()


def opposite_frames() -> Iterator[Point]:
    """Yield two balanced factors with a negative value: one of U's columns turned around."""
    point = Geometry(2, (TWO, ONE), 0).point()
    turned = v.times(point.values["U"], v.matrix(2, 2, [ONE, fmpq(0), fmpq(0), -ONE]))
    sizes = (v.times(c, point.of(letters.sigma, (i,), None)) for i, c in ((1, ONE), (2, -ONE)))
    yield with_sizes(point.with_values(U=turned), *sizes)


SPECIAL: dict[str, Callable[[], Iterator[Point]]] = {
    "end-to-end-flow": lambda: (p for f in (flows, frames, no_depth, differentials) for p in f()),
    "gd-backward-error": opposite_frames,
    "balanced-is-flattest": lambda: (p for f in (differentials, out_of_order) for p in f()),
    "riemannian-submersion": differentials,
    "entropy-shape": otherwise,
    "entropy-concavity": otherwise,
    "free-energy-equilibria": unsettled,
    "no-free-energy-minimiser": off_line,
    "orbit-volume-strata": askew,
    "rectangular-flow": unlike_flow,
    "volume-form-strata": unlike_volume,
    "entropy-fields": unlike_fields,
    "weight-decay-balances": not_decaying,
    "deficiency-margin": closings,
    "lambda-balanced": of_another_product,
    "two-layer-riccati": one_block,
    "geodesic-cone-law": no_geodesics,
    "geodesic-hamiltonian": lambda: chain(
        no_momenta(), not_of_hamilton(), *map(other_frames, without_frames())
    ),
    "three-way-splitting": lambda: (
        p for f in (without_differentials, no_depth_between) for p in f()
    ),
    "balanced-polar-tower": towers,
    "balanced-dimension": out_of_balance,
    "straight-horizontal-lines": lines,
    "bures-wasserstein": indefinite,
    "operator-derivative": turning_paths,
    "laplacian-of-matrix": turning_paths,
    "singular-vector-dynamics": descending_paths,
    "metric-svd-frame": framings,
    "distance-lower-bound": framings,
    "power-map": powers,
    "factor-norms": shapes,
    "riemannian-cone": negative_values,
    "polar-action": negative_actions,
    "eckart-young": negative_paths,
    "completeness": limited_paths,
    "jacobi-basis": turned_frames,
    "mean-curvature-orbits": sheared_frames,
    "volume-gradient": paths,
    "radial-laplacian": paths,
    "dyson-at-infinite-depth": paths,
    "entropy-gradient": lambda: (p for f in (paths, other_factors) for p in f()),
    "infinite-depth": other_differentials,
    "kubo-mori": opposite_values,
    "volume-divergence": coinciding,
    "norm-divergence": near,
    "rc2020-constants": stretched,
    "norm-conjecture": free_entries,
    "rank-one-minimizers": diagonals,
    "volume-corners": lambda: (p for f in (diagonals, rays) for p in f()),
    "diagonal-3x3": three,
    "recap": descents,
}
