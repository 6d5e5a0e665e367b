"""The scalar curvature, from the Taylor series of the metric, by pairs and triples."""

from fractions import Fraction as F
from functools import cache, reduce
from itertools import combinations, combinations_with_replacement, product
from operator import add, matmul

from dlnproof.referee.geometry import Matrix, diag, kron, one, states, unit, wrong


def join(X, Y, by=matmul):
    """Multiply series in two increments without squares: values, both derivatives, the mixed."""
    return [reduce(add, [by(X[k], Y[n - k]) for k in range(4) if k & n == k]) for n in range(4)]


def powers(p, M):
    """Return the powers of the N-th root of such a series, of which the value is Sigma^2."""
    mu, d = p.mu, range(p.d)
    solved = lambda X: Matrix([X.rows[i][l] / mu(i, l) for l in d] for i in d)
    X = [diag(p.t2), *map(solved, M[1:3]), 0 * M[3]]
    raised = lambda n: reduce(join, [X] * n, [one(M[0]), *[0 * M[0]] * 3])
    X[3] = solved(M[3] - raised(p.N)[3])
    return [raised(n) for n in range(p.N)]


def curvature(p):
    """That of the inverse of A, which is diagonal at Sigma; in the entries of U^T W V."""
    n, E, units = range(p.d**2), {}, [unit(p.d, *e) for e in p.columns]
    for a, b in combinations_with_replacement(n, 2):
        W = [diag(p.s), units[a], units[b], 0 * units[b]]
        T = [M.T for M in W]
        P, R = powers(p, join(W, T)), powers(p, join(T, W))
        A, X, Y, Z = (reduce(add, Q) for Q in zip(*(join(*Q, kron) for Q in zip(R, P[::-1]))))
        E[a, b], E[b, a] = (X, Y, Z), (Y, X, Z)
    r = [F(A.rows[k][k]) / p.N for k in n]
    g, c = diag([1 / x for x in r]), F(1, p.N)
    D = [(c * g @ E[a, a][0] @ g).rows for a in n]  # minus derivatives
    L = [[[(D[m][j][k] - D[j][m][k] - D[k][m][j]) / 2 for k in n] for j in n] for m in n]
    for a, b in product(n, n):
        (X, Y, Z), XX = E[a, b], E[a, a][2]
        yield (c * c * (X @ g @ Y + Y @ g @ X) - c * Z).rows[a][b]
        yield -r[a] / r[b] * (c * c * 2 * X @ g @ X - c * XX).rows[b][b]
        yield r[a] * sum(r[b] * r[k] * L[a][b][k] ** 2 for k in n)
    yield from (-r[m] * sum(r[j] * L[m][j][j] for j in n) ** 2 for m in n)


measured = cache(lambda p: sum(curvature(p)))


@states("scalar-curvature", said="7d295f8db8e718087dd13183ae55eb59")
@wrong("without-depth", times=0)
@wrong("half-angle", angle=1)
@wrong("negative-share", share=-2)
@wrong("of-a-triple", same=1)
@wrong("of-a-pair", thrice=3)
@wrong("half-twice", twice=2)
@wrong("sum-normalisation", scale=0)
@wrong("squared-depth", scale=2)
def scalar_curvature(p, times=1, angle=2, share=2, same=3, thrice=1, twice=4, scale=1):
    """What is stated of pairs and triples, whichever values coincide."""
    N, x, y, z, whole = p.N, p.t2, p.s2, [s**angle for s in p.s], 0
    equal = lambda i, by: F(N**2 - 1, by * N) / x[i]
    for i, l in p.less:
        a, b, u, v = x[i], x[l], y[i], y[l]
        if a == b:
            whole += equal(i, same)
        else:
            apart = F(1, N) / (a - b) ** 2 - N**times * u * v / (a * b * (u - v) ** 2)
            whole += 2 * (a + b) * apart
    for i, l, m in combinations(range(p.d), 3):
        if x[i] == x[m]:
            whole += equal(i, thrice)
        elif len({x[i], x[l], x[m]}) == 3:
            whole += share * sum(
                (x[j] - x[k]) * (z[j] + z[k]) / (z[j] - z[k]) / (x[k] - x[n]) / (x[n] - x[j])
                for j, k, n in ((i, l, m), (l, m, i), (m, i, l))
            )
        else:
            j, k = (i, m) if x[i] == x[l] else (m, i)
            a, b, u, v, gap = x[j], x[k], y[j], y[k], x[j] - x[k]
            first, second = N * u / a * gap - (u - v), a * u - b * v - (N + 1) * v * gap
            whole += twice * first * second / (N * ((u - v) * gap) ** 2)
    yield measured(p), whole / N**scale
