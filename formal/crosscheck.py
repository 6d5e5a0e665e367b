"""The formulas of theorems.json against the left-hand sides, in exact numbers.

    python3 crosscheck.py

The right-hand sides in theorems.json are transcribed from the Coq statements by
hand.  Here the left-hand sides are computed from their definitions (matrices,
Gram matrices, determinants, with rational t_i and rational orthogonal Q_k) at
random rational points for d = 1, 2, 3 and N = 1, 2, 3, and compared.  Then every
formula is spoilt on purpose, and the spoilt formula must be noticed.  Uses only
Python's standard library, no floating point.  Exit status 0: all formulas agree
and all spoilt ones are noticed.
"""

import itertools
import json
import math
import random
import re
import sys
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent


def zeros(d):
    """The zero matrix."""
    return [[Fraction(0)] * d for _ in range(d)]


def unit(d, i, l):
    """The elementary matrix e_il."""
    matrix = zeros(d)
    matrix[i][l] = Fraction(1)
    return matrix


def diag(x):
    """The diagonal matrix of a list."""
    return [[x[i] if i == l else Fraction(0) for l in range(len(x))] for i in range(len(x))]


def mul(*factors):
    """A product of matrices."""
    result = factors[0]
    for factor in factors[1:]:
        columns = list(zip(*factor, strict=True))
        result = [
            [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns]
            for row in result
        ]
    return result


def add(a, b, factor=1):
    """a + factor b."""
    return [[x + factor * y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def transpose(a):
    """The transpose."""
    return [list(row) for row in zip(*a, strict=True)]


def inner(a, b):
    """The Frobenius inner product."""
    return sum(x * y for r, s in zip(a, b, strict=True) for x, y in zip(r, s, strict=True))


def det(matrix):
    """The determinant, by elimination."""
    m, result = [row[:] for row in matrix], Fraction(1)
    for c in range(len(m)):
        pivot = next((r for r in range(c, len(m)) if m[r][c]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != c:
            m[c], m[pivot], result = m[pivot], m[c], -result
        result *= m[c][c]
        for r in range(c + 1, len(m)):
            k = m[r][c] / m[c][c]
            m[r] = [x - k * y for x, y in zip(m[r], m[c], strict=True)]
    return result


def inverse(matrix):
    """By Gauss and Jordan."""
    d = len(matrix)
    m = [row[:] + one for row, one in zip(matrix, diag([Fraction(1)] * d), strict=True)]
    for c in range(d):
        pivot = next(r for r in range(c, d) if m[r][c])
        m[c], m[pivot] = m[pivot], m[c]
        m[c] = [x / m[c][c] for x in m[c]]
        for r in range(d):
            if r != c:
                k = m[r][c]
                m[r] = [x - k * y for x, y in zip(m[r], m[c], strict=True)]
    return [row[d:] for row in m]


def adjugate(matrix):
    """The transposed cofactors, singular matrices included."""

    def minor(i, l):
        return [[*row[:l], *row[l + 1 :]] for k, row in enumerate(matrix) if k != i]

    d = len(matrix)
    return [[(-1) ** (i + l) * det(minor(i, l)) for i in range(d)] for l in range(d)]


def orthogonal(rng, d):
    """A rational orthogonal matrix of either sign: Cayley's transform and a flip."""
    skew = zeros(d)
    for i in range(d):
        for l in range(i + 1, d):
            skew[i][l] = Fraction(rng.randint(-5, 5), rng.randint(1, 4))
            skew[l][i] = -skew[i][l]
    one = diag([Fraction(1)] * d)
    signs = diag([Fraction(rng.choice((-1, 1))) for _ in range(d)])
    return mul(inverse(add(one, skew)), add(one, skew, -1), signs)


def van(x):
    """prod_{i<l} (x_i - x_l)."""
    return math.prod(x[i] - x[l] for i in range(len(x)) for l in range(i + 1, len(x)))


def power(matrix, k):
    """A power of a matrix."""
    result = diag([Fraction(1)] * len(matrix))
    for _ in range(k):
        result = mul(result, matrix)
    return result


def complete(k, a, b):
    """The complete homogeneous polynomial of degree k - 1."""
    return sum(a ** (k - j) * b ** (j - 1) for j in range(1, k + 1))


def pair_curvature(N, a, b):
    """What a pair adds to the scalar curvature, as a sum."""
    total = sum((N - k) * (a * b) ** (N - 1 - k) * complete(k, a, b) ** 2 for k in range(1, N))
    return 2 * (a + b) * total / (N * complete(N, a, b) ** 2)


def split_curvature(N, a, b, c):
    """How far two planes of a pair are apart, as a sum; c is sigma_i sigma_l."""
    total = sum(complete(k, a, b) * complete(N - k, a, b) for k in range(1, N))
    return 2 * c * (a + b) * total / (a * b * complete(N, a, b) ** 2)


def triple_curvature(N, a, b, c):
    """What a triple adds, as sums."""
    less = sum(b ** (N - 1 - j) * complete(j, a, c) for j in range(1, N))
    more = sum(a ** (j - 1) * (b * c) ** (N - j) * complete(j, b, c) for j in range(1, N + 1))
    return 4 * less * more / (complete(N, a, b) * complete(N, b, c) * complete(N, a, c))


class Squared:
    """The square root of a nonnegative fraction, kept as its square."""

    def __init__(self, square):
        self.square = Fraction(square)

    def __eq__(self, other):
        return isinstance(other, Squared) and self.square == other.square

    __hash__ = None


def points():
    """(variables, {theorem: left-hand side}) at random points."""
    rng = random.Random(7)
    for d in (1, 2, 3):
        for N in (1, 2, 3):
            yield from at_point(rng, d, N)


def at_point(rng, d, N):  # noqa: PLR0912, PLR0915
    """(variables, {theorem: left-hand side}) at one random point for d and N."""
    t = []
    while len(set(t)) < d:
        t = sorted(
            (Fraction(rng.randint(1, 30), rng.randint(1, 9)) for _ in range(d)), reverse=True
        )
    s = [x**N for x in t]
    Q = [orthogonal(rng, d) for _ in range(N + 1)]
    U, V = Q[N], Q[0]
    both = [(i, l) for i in range(d) for l in range(d)]
    pairs = [(i, l) for i, l in both if i < l]
    P = mul(U, diag([x**2 for x in t]), transpose(U))
    R = mul(V, diag([x**2 for x in t]), transpose(V))

    def operator(Z, P=P, R=R):
        total = zeros(d)
        for j in range(1, N + 1):
            total = add(total, mul(power(P, N - j), Z, power(R, j - 1)), Fraction(1, N))
        return total

    op = [[value for row in operator(unit(d, i, l)) for value in row] for i, l in both]

    def lam(i, l):
        u, v = [row[i] for row in U], [row[l] for row in V]
        Z = [[x * y for y in v] for x in u]
        return inner(operator(Z), Z)

    variables = {
        "N": N,
        "d": d,
        "t": t,
        "s": s,
        "lam": lam,
        "van": van,
        "prod": math.prod,
        "sqrt": Squared,
        "sum": sum,
        "range": range,
    }
    a, b = (Fraction(rng.randint(1, 20), rng.randint(1, 7)) for _ in range(2))
    while b == a:
        b += 1
    for n in (0, 1, 2, 3):

        def tridiagonal(size, end, a=a, b=b):
            return [
                [
                    (end if i in (0, size - 1) else a + b)
                    if i == j
                    else a
                    if j == i + 1
                    else b
                    if i == j + 1
                    else Fraction(0)
                    for j in range(size)
                ]
                for i in range(size)
            ]

        plain = det(tridiagonal(n, a + b))
        yield (
            {**variables, "a": a, "b": b, "n": n},
            {
                "geometric_sum": (a - b)
                * sum(a ** (N - j) * b ** (j - 1) for j in range(1, N + 1)),
                "det_tridiag_sum": plain,
                "det_tridiag": (a - b) * plain,
                "det_tridiag_ends": 4 * det(tridiagonal(n + 2, (a + b) / 2)),
            },
        )

    for i, l in both:
        left = {
            "operator_spectrum": lam(i, l),
            "lambda_difference": N * lam(i, l) * (t[i] ** 2 - t[l] ** 2),
        }
        left["lambda_coincident" if i == l else "lambda_closed_form"] = lam(i, l)
        left["lift_coincident" if i == l else "lift_distinct"] = 1 / (N * lam(i, l))
        pair = pair_curvature(N, t[i] ** 2, t[l] ** 2)
        left["curvature_pair_coincident" if i == l else "curvature_pair"] = pair
        if i != l:
            left["ricci_pair"] = t[i] ** 2 * t[l] ** 2 * pair / (t[i] ** 2 + t[l] ** 2)
        apart = split_curvature(N, t[i] ** 2, t[l] ** 2, t[i] ** N * t[l] ** N)
        left["curvature_split_coincident" if i == l else "curvature_split"] = apart
        if N == 2:
            left["curvature_two_factors"] = pair
        yield {**variables, "i": i, "l": l}, left
    for i, l, m in itertools.product(range(d), repeat=3):
        a, b, c = (t[k] ** 2 for k in (i, l, m))
        triple = triple_curvature(N, a, b, c)
        at = {**variables, "i": i, "l": l, "m": m}
        if i == l == m:
            yield at, {"curvature_triple_coincident": triple}
        elif i == l:
            yield at, {"curvature_first_two": triple}
        elif l == m:
            yield at, {"curvature_last_two": triple}
        elif i != m:
            yield at, {"curvature_triple": (a - b) * (b - c) * (c - a) * triple}
    for i in range(d):
        G = [[Fraction(rng.randint(-9, 9), rng.randint(1, 5)) for _ in range(d)] for _ in range(d)]
        u, v = [row[i] for row in U], [row[i] for row in V]
        Z = [[x * y for y in v] for x in u]
        yield (
            {**variables, "r": i, "g": inner(G, Z)},
            {"singular_value_flow": -N * inner(operator(G), Z)},
        )
        # sigma_l = 0: lambda_il with one and with two zeros.
        zero = sum((t[i] ** 2) ** (N - j) * Fraction(0) ** (j - 1) for j in range(1, N + 1)) / N
        left = {"lambda_rank_deficient": zero, "lift_at_edge": 1 / (N * zero)}
        yield {**variables, "i": i}, left
        if N > 1:
            none = sum(Fraction(0) ** (N - j) * Fraction(0) ** (j - 1) for j in range(1, N + 1)) / N
            yield {**variables, "i": i}, {"lambda_both_zero": none}

    product = det(op)
    left = {
        "prod_lambda": product,
        "operator_determinant": product,
        "metric_determinant": det(inverse(op)),
    }

    def turned(i, l):
        return add(unit(d, i, l), unit(d, l, i), -1)

    directions = []
    for i, l in both:
        if i == l:
            Z = unit(d, i, i)
        elif i < l:
            Z = mul(turned(i, l), diag(s))
        else:
            Z = add(zeros(d), mul(diag(s), turned(l, i)), -1)
        directions.append(Z)
    core = det([[Z[i][l] for i, l in both] for Z in directions])
    moved = [mul(U, Z, transpose(V)) for Z in directions]
    flat = [[Z[i][l] for i, l in both] for Z in moved]
    jacobian = det(flat)
    sign = det([[mul(U, unit(d, i, l), transpose(V))[j][k] for j, k in both] for i, l in both])
    gram = det(mul(flat, inverse(op), transpose(flat)))
    left.update(
        {
            "svd_jacobian": core,
            "svd_jacobian_squared": jacobian**2,
            "det_twist_sqr": sign**2,
            "volume_form_squared": gram,
            "volume_form": Squared(gram),
        }
    )
    powered = [
        [N * t[i] ** (N - 1) * x for x in Z] if i == l else Z
        for (i, l), Z in zip(both, flat, strict=True)
    ]
    left["power_map_density"] = Squared(det(inverse(op)) * det(powered) ** 2)
    if d == 2:
        left["density_closed_form"] = Squared(det(inverse(op)))
    x, p, q = (
        [Fraction(rng.randint(-9, 9), rng.randint(1, 5)) for _ in range(d)],
        zeros(d),
        zeros(d),
    )
    for i, l in pairs:
        p[i][l], q[i][l] = (Fraction(rng.randint(-9, 9), rng.randint(1, 5)) for _ in range(2))
        p[l][i], q[l][i] = -p[i][l], -q[i][l]
    moving = mul(U, add(add(mul(p, diag(s)), diag(x)), mul(diag(s), q), -1), transpose(V))
    row = [[moving[i][l] for i, l in both]]
    length = mul(row, inverse(op), transpose(row))[0][0]
    yield {**variables, "x": x, "p": p, "q": q}, {"metric_svd_frame": length}
    z = [Fraction(rng.randint(1, 9), rng.randint(1, 5)) for _ in range(d)]
    squares = diag([value**2 for value in t])
    diagonal = [
        [value for row in operator(unit(d, i, l), squares, squares) for value in row]
        for i, l in both
    ]
    first, second = ([[N * t[i] ** (N - 1) * y[i] * (i == l) for i, l in both]] for y in (x, z))
    [[flatness]] = mul(first, inverse(diagonal), transpose(second))
    yield {**variables, "x": x, "z": z}, {"section_flat": flatness}
    if jacobian != sign * core:
        raise SystemExit("svd_jacobian: the sign is not that of Z -> U Z V^T")
    algebra = van([x**2 for x in s]) ** 2 / product
    left.update({"volume_algebra_squared": algebra, "volume_algebra": Squared(algebra)})

    L = diag(t)

    def velocity(k, i, l):
        result = []
        for j in range(1, N + 1):
            Z = zeros(d)
            if j == k:
                Z = add(Z, mul(turned(i, l), L))
            if j - 1 == k:
                Z = add(Z, mul(L, turned(i, l)), -1)
            result.append(mul(Q[j], Z, transpose(Q[j - 1])))
        return result

    def determinant_of(tuples):
        return det([[sum(map(inner, x, y)) for y in tuples] for x in tuples])

    fibre = determinant_of([velocity(k, i, l) for k in range(1, N) for i, l in pairs])
    group = det(
        [
            [
                inner(turned(*p), turned(*q)) if k == m else Fraction(0)
                for m in range(1, N)
                for q in pairs
            ]
            for k in range(1, N)
            for p in pairs
        ]
    )
    stretch = [
        [mul(Q[j], unit(d, i, i), transpose(Q[j - 1])) for j in range(1, N + 1)] for i in range(d)
    ]
    turning = [velocity(k, i, l) for k in range(N + 1) for i, l in pairs]
    whole = determinant_of(stretch + turning)
    left.update(
        {
            "orbit_gram_det": fibre,
            "group_gram_det": group,
            "orbit_volume_squared": fibre * van([x**2 for x in t]),
            "orbit_volume": Squared(fibre / group),
            "balanced_gram_det": whole,
            "tangent_gram_determinants": determinant_of(turning)
            * determinant_of(stretch)
            * math.prod((t[i] / (N * s[i])) ** 2 for i in range(d)),
        }
    )
    for k in range(1, N):
        for i, l in pairs:
            moved_by, factors = (
                zeros(d),
                [mul(Q[j], L, transpose(Q[j - 1])) for j in range(1, N + 1)],
            )
            for j, X in enumerate(velocity(k, i, l)):
                moved_by = add(moved_by, mul(*reversed([*factors[:j], X, *factors[j + 1 :]])))
            left["orbit_vertical"] = inner(moved_by, moved_by)
    yield variables, left
    if N > 1:
        W = mul(U, diag(s), transpose(V))
        h = mul(transpose(U), G, V)
        yield (
            {**variables, "w": det(W), "h": [h[i][i] for i in range(d)]},
            {"det_velocity": inner(transpose(adjugate(W)), operator(G))},
        )


def agrees(formula, variables, expected):
    """Whether the formula gives the expected number; square roots are compared as
    squares, with the sign."""
    try:
        value = eval(formula, {"__builtins__": {}, **variables})
    except (ZeroDivisionError, IndexError, NameError, TypeError):
        return False
    if isinstance(expected, Squared):
        if isinstance(value, Squared):
            return value.square == expected.square
        return value >= 0 and value**2 == expected.square
    return value == expected


def spoilt(formula):
    """The formula with one number, exponent or index raised by 1, for every place."""
    for hit in re.finditer(r"\b(N|d|\d+|i|l|m)\b", formula):
        word = hit.group(0)
        around = formula[: hit.start()], formula[hit.end() :]
        if re.match(r"\s+(in|for)\b", around[1]) or around[0].endswith("for "):
            continue
        if around[0].endswith("range(") and around[1].startswith(") for l in range(i + 1, d)"):
            continue  # one more i, with no l: the same product
        new = str(int(word) + 1) if word.isdigit() else f"({word} + 1)"
        yield around[0] + new + around[1]


def main():
    """Compare all formulas; returns the exit status."""
    table = json.loads((HERE / "theorems.json").read_text(encoding="utf-8"))
    formulas = {e["theorem"]: e["formula"] for e in table if "formula" in e}
    values = {}
    for variables, left in points():
        for theorem, expected in left.items():
            values.setdefault(theorem, []).append((variables, expected))
    wrong = sorted(set(formulas) - set(values))
    for theorem in wrong:
        print(f"{theorem}: no left-hand side here")
    compared = missed = tried = 0
    for theorem, cases in values.items():
        formula = formulas[theorem]
        for variables, expected in cases:
            compared += 1
            if not agrees(formula, variables, expected):
                print(
                    f"{theorem}: d = {variables['d']}, N = {variables['N']}: "
                    f"the formula {formula} does not give the left-hand side"
                )
                wrong.append(theorem)
                break
        for version in spoilt(formula):
            tried += 1
            if all(agrees(version, variables, expected) for variables, expected in cases):
                print(f"{theorem}: the spoilt formula {version} was not noticed")
                missed += 1
    print(
        f"formal crosscheck: {len(formulas)} formulas, {compared} comparisons, {len(wrong)} wrong; "
        f"{tried} spoilt formulas, {missed} not noticed"
    )
    return 1 if wrong or missed else 0


if __name__ == "__main__":
    sys.exit(main())
