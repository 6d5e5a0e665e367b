"""What the parts of the checker compute with: rational matrices, points, definitions."""

from fractions import Fraction as F
from functools import cache, cached_property, reduce
from itertools import combinations, combinations_with_replacement, product
from math import gcd, isqrt, lcm, prod
from operator import add, matmul, mul, sub

PAIRS = {}  # what is compared at a point
WRONG = {}  # variants of that: what they state, by formula
SAID = {}  # the digest of a claim's words
SCOPES = {}  # in words; all others are by N and d
AUTHORS = set()  # claims whose part is not dlnproof's


def states(key, said="", scope=""):
    """Register the pairs (measured, stated) that a function yields at a point.

    The key is a claim's, or "claim: name" of what is printed of it and false: (measured, printed).
    """
    SCOPES.update({key: scope} if scope else {})
    SAID.update({key: said} if said else {})
    return lambda pairs: PAIRS.setdefault(key, pairs)


def wrong(name, **stated):
    """Register a wrong variant of what a function states: other formulas, by its arguments."""
    return lambda pairs: WRONG.setdefault(pairs, {}).update({name: stated}) or pairs


class Matrix:
    """A rational matrix by rows: integers over one denominator, in lowest terms."""

    def __init__(self, rows, scale=0):
        """Take rationals, or integers over the denominator that is given."""
        rows = [list(row) for row in rows]
        if scale:
            q = gcd(scale, *(x for row in rows for x in row))
            self.whole, self.scale = [[x // q for x in row] for row in rows], scale // q
        else:
            self.scale = lcm(*(x.denominator for row in rows for x in row))
            self.whole = [[x.numerator * (self.scale // x.denominator) for x in r] for r in rows]

    def __matmul__(self, other):
        columns = list(zip(*other.whole))
        products = ([sum(map(mul, row, c)) for c in columns] for row in self.whole)
        return Matrix(products, self.scale * other.scale)

    def __add__(self, other):
        q = lcm(self.scale, other.scale)
        a, b = q // self.scale, q // other.scale
        sums = ([a * x + b * y for x, y in zip(*r)] for r in zip(self.whole, other.whole))
        return Matrix(sums, q)

    def det(self):
        """Return the determinant, by Bareiss's elimination in integers; 1 of the empty matrix."""
        rows, last = self.whole, 1
        while rows and last:
            k = next((k for k, row in enumerate(rows) if row[0]), 0)
            top, rest = [(-1) ** k * x for x in rows[k]], rows[:k] + rows[k + 1 :]
            rows = [[(x * top[0] - r[0] * y) // last for x, y in zip(r[1:], top[1:])] for r in rest]
            last = top[0]
        return F(last, self.scale ** len(self.whole))

    rows = cached_property(lambda A: [[F(x, A.scale) for x in row] for row in A.whole])
    entries = property(lambda A: [x for row in A.rows for x in row])
    T = property(lambda A: Matrix(zip(*A.whole), A.scale))
    __rmul__ = lambda A, c: Matrix(
        ([c.numerator * x for x in row] for row in A.whole), c.denominator * A.scale
    )
    __sub__ = lambda A, B: A + -1 * B


class Point:
    """A rational point of the balanced manifold, if it is legal."""

    def __init__(self, N, t, Q):
        self.N, self.d, self.t, self.Q, self.U, self.V = N, len(t), t, Q, Q[-1], Q[0]
        self.s, self.s2, self.t2 = ([x**n for x in t] for n in (N, 2 * N, 2))
        self.columns = [(i, l) for l in range(self.d) for i in range(self.d)]  # as vec takes them
        self.less = list(combinations(range(self.d), 2))  # i < l
        self.factors = factors(t, Q)
        self.W = end(self.factors, Q[0])
        ordered = t == sorted(t, reverse=True) and t[0] > 0 and t[-1] >= 0
        self.legal = ordered and all((M.T @ M).rows == one(M).rows for M in Q)

    def mu(self, i, l, n=2):
        """Return (s_i^n - s_l^n) / (t_i^n - t_l^n) or its limit: N lambda_il for n = 2.

        That is the eigenvalue of dphi dphi^* that claims state.
        """
        a, b, x, y = self.s[i] ** n, self.s[l] ** n, self.t[i] ** n, self.t[l] ** n
        return self.N * a / x if x == y else (a - b) / (x - y)

    def row(self):
        """Return the point of s_1 u_1 v_1^T, as one row with an output column u_1; u_1 and v_1."""
        first = Point(self.N, [self.t[0], *[F(0)] * (self.d - 1)], self.Q)
        return (first, *(Matrix(x[:1] for x in Q.rows) for Q in (self.U, self.V)))

    def moves(self, frames, stretch=False):
        """Return d(W_1, ..., W_N) by (Q_m^T dQ_m)_il, i < l, and by s_i (if stretch), as rows."""
        t, Q, d = self.t, self.Q, self.d  # W_j is affine in each: differences are derivatives
        turns = [one(Q[0]) + unit(d, i, l) - unit(d, l, i) for i, l in self.less]
        ways = [(t, [*Q[:m], Q[m] @ R, *Q[m + 1 :]]) for m in frames for R in turns]
        for i in range(d if stretch else 0):  # dt / ds = t / (N s)
            ways.append(([*t[:i], t[i] + t[i] / (self.N * self.s[i]), *t[i + 1 :]], Q))
        return Matrix(map(sub, flat(factors(*way)), flat(self.factors)) for way in ways)


def kept(W, X):
    """Pair the sides of balance, linearised, where the factors W move by X."""
    for M, dM, after, dafter in zip(W, X, W[1:], X[1:]):
        yield from both(dafter.T @ after + after.T @ dafter, dM @ M.T + M @ dM.T)


def moving(W, X):
    """Yield P_j and R_j, each with its derivative, where the factors W move by X."""
    for j, (P, R) in enumerate(sides(W)):
        parts = (slice(j + 1, None), slice(j))
        dP, dR = (dphi(W[part], X[part]) if W[part] else 0 * P for part in parts)
        yield P, dP, R, dR


def changes(W, X):
    """Yield P_j P_j^T and R_j^T R_j with their derivatives where the factors W move by X."""
    for P, dP, R, dR in moving(W, X):
        yield P @ P.T, dP @ P.T + P @ dP.T, R.T @ R, dR.T @ R + R.T @ dR


def moved(p, X):
    """Return the derivative of A, as a matrix, where the factors move by X."""
    both_sides = (kron(dT, S) + kron(T, dS) for S, dS, T, dT in changes(p.factors, X))
    return F(1, p.N) * reduce(add, both_sides)


@cache
def along(p):
    """Return the derivatives of A in the entries of U^T W V, in the basis u_i v_l^T."""
    frame, K = kron(p.V, p.U), framed(p).rows  # K is diagonal
    lift = lambda m, i, l: adjoint(p.factors, F(1, p.N) / K[m][m] * (p.U @ unit(p.d, i, l) @ p.V.T))
    return {e: (frame.T @ moved(p, lift(m, *e)) @ frame).rows for m, e in enumerate(p.columns)}


def laplacian(p):
    """Return that of U^T W V for g^N; the derivatives of log sqrt(det g^N) in its entries."""
    K, moves = [row[k] for k, row in enumerate(framed(p).rows)], [along(p)[e] for e in p.columns]
    slopes = [-sum(dA[k][k] / K[k] for k in range(len(K))) / 2 for dA in moves]
    divergence = map(sum, zip(*(dA[n] for n, dA in enumerate(moves))))
    found = list(map(add, divergence, map(mul, K, slopes)))
    return Matrix(found[k :: p.d] for k in range(p.d)), slopes


def spread(p):
    """Yield two factors with W_2^T W_2 - W_1 W_1^T = x I, x of either sign, and its values s."""
    most, Q = 2 * p.t[0], p.U @ p.V.T
    less, more = ([(most**2 / u + k * u) / 2 for u in (t or most for t in p.t)] for k in (-1, 1))
    for a, b, x in ((less, more, most**2), (more, less, -(most**2))):
        yield (Q @ diag(a) @ p.V.T, p.U @ diag(b) @ Q.T), x, list(map(mul, a, b))


def entropy_slope(p, i):
    """Return the derivative of log vol(O_W) by s_i: of the Gram matrix, changed row by row."""
    if p.N == 1 or p.d == 1:  # the orbit is points
        return F(0)
    # the tangents are linear in t
    T, alone = (
        Point(p.N, t, p.Q).moves(range(1, p.N))
        for t in (p.t, [t if k == i else F(0) for k, t in enumerate(p.t)])
    )
    G, change = T @ T.T, (alone @ T.T).rows  # half of G'
    ways = (Matrix([*G.rows[:k], change[k], *G.rows[k + 1 :]]) for k in range(len(change)))
    return sum(way.det() for way in ways) / G.det() / (p.N * p.s[i])


def columns(rows, cols):
    """Return the first columns of a reflection."""
    scale = F(2, sum(k * k for k in range(1, rows + 1)))
    whole = diag([1] * rows) - scale * Matrix(
        [i * k for k in range(1, rows + 1)] for i in range(1, rows + 1)
    )
    return Matrix(row[:cols] for row in whole.rows)


def thin(p):
    """Return frames R_j of more rows than columns, and orthogonal matrices that begin with them."""
    P = [columns(p.d + 1 + j % 2, p.d + 1 + j % 2) for j in range(p.N + 1)]
    R = [Matrix(row[: p.d] for row in whole.rows) @ Q for whole, Q in zip(P, p.Q)]
    return R, [Matrix([*A.T.rows, *B.T.rows[p.d :]]).T for A, B in zip(R, P)]


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


@cache
def metric_series(p):
    """Return g^N = A^-1 at Sigma by entries of U^T W V; its first, second derivatives."""
    first, second, units, c = {}, {}, [unit(p.d, *e) for e in p.columns], F(1, p.N)
    for a, b in combinations_with_replacement(range(p.d**2), 2):
        W = [diag(p.s), units[a], units[b], 0 * units[b]]
        T = [M.T for M in W]
        P, R = powers(p, join(W, T)), powers(p, join(T, W))
        A, X, Y, Z = (c * reduce(add, Q) for Q in zip(*(join(*Q, kron) for Q in zip(R, P[::-1]))))
        g = diag([1 / row[k] for k, row in enumerate(A.rows)])
        first[b] = (-1 * g @ Y @ g).rows
        second[a, b] = second[b, a] = (g @ (X @ g @ Y + Y @ g @ X - Z) @ g).rows
    return g, first, second


def riemann(p, x, y):
    """Return R(x, y, x, y) and the squared area, of directions by their entries that are not 0."""
    g, first, second = metric_series(p)
    form = lambda M, u, v: sum(M[a][b] * u[a] * v[b] for a, b in product(u, v))
    twice = lambda u, v, w, z: sum(u[a] * v[b] * form(second[a, b], w, z) for a in u for b in v)
    D, n = first, range(p.d**2)
    low = lambda m, a, b: (D[a][m][b] + D[b][m][a] - D[m][a][b]) / 2  # g of d_m and G_ab
    lows = lambda u, v: [sum(low(m, a, b) * u[a] * v[b] for a, b in product(u, v)) for m in n]
    xx, xy, yy = lows(x, x), lows(x, y), lows(y, y)
    bent = sum((xy[k] ** 2 - xx[k] * yy[k]) / row[k] for k, row in enumerate(g.rows))
    area = form(g.rows, x, x) * form(g.rows, y, y) - form(g.rows, x, y) ** 2
    return twice(x, y, x, y) - (twice(x, x, y, y) + twice(y, y, x, x)) / 2 + bent, area


def of_pairs(p, bare=1, by=3, times=1, same=2):
    """Yield i, l, kappa_il and theta_il as claims state them; S, K, D by entries that are not 0."""
    N, at = p.N, p.columns.index
    for i, l in p.less:
        a, b, u, v = p.t2[i], p.t2[l], p.s2[i], p.s2[l]
        pair, split = F(N**2 - 1, by * N) / a, same * F(N**2 - 1, 3 * N) / a
        if a != b:
            pair = 2 * (a + b) * (F(1, N) / (a - b) ** 2 - N**bare * u * v / (a * b * (u - v) ** 2))
            less = N**times * (u + v) / (u - v) - (a + b) / (a - b)
            split = 2 * p.s[i] * p.s[l] * (a + b) / (a * b * (u - v)) * less
        S, K = ({at((i, l)): F(1), at((l, i)): F(c)} for c in (1, -1))
        yield i, l, pair, split, S, K, {at((i, i)): p.s[i] / a, at((l, l)): -p.s[l] / b}


diag = lambda x: Matrix([x[i] if i == l else 0 for l in range(len(x))] for i in range(len(x)))
unit = lambda d, i, l: Matrix([int((r, c) == (i, l)) for c in range(d)] for r in range(d))
kron = lambda A, B: Matrix(
    ([x * y for x in a for y in b] for a in A.whole for b in B.whole), A.scale * B.scale
)
generic = lambda d: Matrix([F(1, 1 + 2 * r + 5 * c) for c in range(d)] for r in range(d))  # B
factors = lambda t, Q: tuple(after @ diag(t) @ before.T for before, after in zip(Q, Q[1:]))
flat = lambda X: [x for M in X for x in M.entries]
norm2 = lambda *X: sum(x * x for x in flat(X))  # Frobenius, squared
both = lambda *X: zip(*(M.entries for M in X))
van = lambda x: prod(a - b for a, b in combinations(x, 2))
root = lambda x: r if (r := F(isqrt(x.numerator), isqrt(x.denominator))) ** 2 == x else F(0)
one = lambda M: diag([1] * len(M.rows))
end = lambda W, M: reduce(lambda first, after: after @ first, W, one(M))  # W_N ... W_1, if any
raising = lambda p: [(k, p.mu(*place) / p.N) for k, place in enumerate(p.columns)]
ricci = lambda p, x: sum(riemann(p, x, {k: F(1)})[0] * r for k, r in raising(p))
inner = lambda p, G: (p.U.T @ G @ p.V).rows  # u_i^T G v_l
# (P_j, R_j) = (W_N ... W_{j+1}, W_{j-1} ... W_1); column-major vec takes P Z R to R^T kron P
sides = cache(lambda W: [(end(W[j + 1 :], M), end(W[:j], W[0].T)) for j, M in enumerate(W)])
dphi = lambda W, X: reduce(add, (P @ Y @ R for (P, R), Y in zip(sides(W), X)))
adjoint = lambda W, Y: [P.T @ Y @ R.T for P, R in sides(W)]
flow = lambda p, G: dphi(p.factors, adjoint(p.factors, -1 * G))  # dW/dt, with the gradient G
A = cache(lambda p: F(1, p.N) * reduce(add, (kron(R.T @ R, P @ P.T) for P, R in sides(p.factors))))
framed = cache(lambda p: kron(p.V, p.U).T @ A(p) @ kron(p.V, p.U))  # in the basis u_i v_l^T
density = cache(lambda p: 1 / root(A(p).det()))  # sqrt(det g^N); 1 / 0 if irrational
jacobian = cache(lambda p: abs(Point(1, p.s, [p.V, p.U]).moves((0, 1), stretch=True).det()))
# half the derivatives by s_i of log |s_i^2 - s_l^2| and of log |t_i^2 - t_l^2|
by_value = lambda p, i, l: p.s[i] / (p.s2[i] - p.s2[l])
by_root = lambda p, i, l: p.t2[i] / p.s[i] / (p.t2[i] - p.t2[l]) / p.N
# what values i and l add to the derivative of log vol(O_W) by s_i and by s_l, the roots n times
adds = lambda p, i, l, n=1: by_value(p, i, l) - n * by_root(p, i, l)
adds_too = lambda p, i, l, n=1: adds(p, l, i, n)
place = lambda p: F((p.d - 1) * (p.N - 1), 2 * p.N)  # that by log s_i, where all values are equal
gram = lambda moves: (moves @ moves.T).det()  # the squared volume density
rank_one = lambda M: all(x * M.entries[0] == a[0] * y for a in M.rows for x, y in zip(a, M.rows[0]))
