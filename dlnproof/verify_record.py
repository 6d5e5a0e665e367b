"""Recompute the exact evidence of a dlnproof record: python3 -I verify_record.py [record.json]

This file needs Python >= 3.9 and nothing else, and shares no code with the package. Take it from
dlnproof, not from whoever sent the record; with -I Python imports nothing that lies beside it. At
rational points it compares what is measured from the definition with the stated closed form, and
for each counterexample with what a source prints. A point is t_1 >= ... >= t_d >= 0 (t_1 > 0) and
orthogonal Q_0 = V, ..., Q_N = U; W_j = Q_j diag(t) Q_{j-1}^T, W = W_N ... W_1 = U diag(s) V^T,
s_i = t_i^N. dphi is the derivative of W, dphi^* its adjoint, A = (1/N) dphi dphi^*, g^N = A^-1.
Recomputed are exact evidence (both sides of every number, at points that are legal, of its number,
N and d, and different if d > 1) and counterexamples (both sides, which are as recorded and differ).
Every other piece, what a route found or became of a printed statement, is listed and stands as
written. So does UNSEEN. Of all only the form is examined: digest, fields, counts, what a route can
show, each claim's verdict by those of its evidence, that what is false here is recorded as refuted.
Exit status: 0 nothing is wrong, 1 something is, 2 no readable record.
"""

# ruff: noqa: B905, E401, E731, I001, N817, PLR0912, PLR0915, RUF007 (for Python 3.9, and short)
# mypy: ignore-errors
import hashlib, json, re, sys
from collections import Counter
from fractions import Fraction as F
from functools import cache, reduce
from itertools import combinations, product
from math import isqrt, lcm, prod
from operator import add, mul, sub, truediv
from pathlib import Path

SCHEMA = "dlnproof-record/2"
# the fields of a record, its run, points, claims, evidence, printed statements, counterexamples
FIELDS = """schema digest version commit command seed run environment claims points expression
depths widths digits runs files formal stopped N d stratum t Q id title source verdict measured
sentences evidence as_printed route scope says failure steps worst_error order order_points
undecided strata findings assumptions uses in_words loose rewritten at mutants tried
rejected survivors name witness statement explanation counterexample claim point where left left_is
right right_is"""
SHOWS = {"derivation": "proved derived", "exact": "exact", "enclosure": "enclosed"}
SHOWS |= {"pullback": "sampled", "training": "observed", "formal": "proved"}  # at best
HOLDING = ["proved", "derived", "exact", "enclosed", "sampled", "observed"]
FAILING = ["vacuous", "not_observed", "undecided", "timeout", "error", "refuted"]
VERDICTS = [*HOLDING, "unexamined", *FAILING]
KNOWN = """balancedness: transposed; operator-spectrum; end-to-end-flow; metric-diagonalization;
riemannian-submersion: theorem-13; svd-jacobian; volume-form: van-reversed; infinite-depth; coarea;
orbit-volume: without-root whole-fibre; volume-divergence: any-singular-value orbit-diverges;
norm-divergence: entry-grows norms-grow; norm-conjecture: minimum-at-zero conjecture-1;
rank-one-minimizers; volume-corners: highest-at-corners; diagonal-3x3; recap: convergence"""
KNOWN = dict(x.strip().partition(": ")[::2] for x in KNOWN.split(";"))  # with what is false of it
WORDED = {"norm-conjecture": "x = t - 1/t, t rational", "diagonal-3x3": "u, v rational squares"}
WORDED["rank-one-minimizers"] = "b, x, y rational"  # scopes in words; all others are by N and d
UNSEEN = "all words, settings and versions, names of theorems, and that nothing was left out"
PRIME = 2**31 - 1  # in place of epsilon^(1/N) -> 0: its power in a rational is exact


class Matrix:
    """A rational matrix by rows. Products are taken in integers, over one denominator."""

    def __init__(self, rows):
        self.rows = [list(row) for row in rows]
        self.entries = [x for row in self.rows for x in row]
        self.scale = lcm(*(x.denominator for x in self.entries))
        self.whole = [[x.numerator * (self.scale // x.denominator) for x in r] for r in self.rows]

    def __matmul__(self, other):
        q, columns = self.scale * other.scale, list(zip(*other.whole))
        return Matrix([F(sum(map(mul, row, c)), q) for c in columns] for row in self.whole)

    def det(self):
        """Return the determinant, by Bareiss's elimination in integers; 1 of the empty matrix."""
        rows, last = self.whole, 1
        while rows and last:
            k = next((k for k, row in enumerate(rows) if row[0]), 0)
            top, rest = [(-1) ** k * x for x in rows[k]], rows[:k] + rows[k + 1 :]
            rows = [[(x * top[0] - r[0] * y) // last for x, y in zip(r[1:], top[1:])] for r in rest]
            last = top[0]
        return F(last, self.scale ** len(self.rows))

    T = property(lambda A: Matrix(zip(*A.rows)))
    __add__ = lambda A, B: Matrix(map(add, *rows) for rows in zip(A.rows, B.rows))
    __rmul__ = lambda A, c: Matrix([c * x for x in row] for row in A.rows)
    __sub__ = lambda A, B: A + -1 * B


class Point:
    """A rational point of the balanced manifold, if it is legal."""

    def __init__(self, N, t, Q):
        self.N, self.d, self.t, self.Q, self.U, self.V = N, len(t), t, Q, Q[-1], Q[0]
        self.s, self.s2, self.t2 = ([x**n for x in t] for n in (N, 2 * N, 2))
        self.factors = factors(t, Q)
        self.W = end(self.factors, Q[0])
        ordered = t == sorted(t, reverse=True) and t[0] > 0 and t[-1] >= 0
        self.legal = ordered and all((M.T @ M).rows == one(M).rows for M in Q)

    def moves(self, frames, stretch=False):
        """Return d(W_1, ..., W_N) by (Q_m^T dQ_m)_il, i < l, and by s_i (if stretch), as rows."""
        t, Q, d = self.t, self.Q, self.d  # W_j is affine in each: differences are derivatives
        turns = [one(Q[0]) + unit(d, i, l) - unit(d, l, i) for i, l in combinations(range(d), 2)]
        ways = [(t, [*Q[:m], Q[m] @ R, *Q[m + 1 :]]) for m in frames for R in turns]
        for i in range(d if stretch else 0):  # dt / ds = t / (N s)
            ways.append(([*t[:i], t[i] + t[i] / (self.N * self.s[i]), *t[i + 1 :]], Q))
        return Matrix(map(sub, flat(factors(*way)), flat(self.factors)) for way in ways)


diag = lambda x: Matrix([x[i] if i == l else 0 for l in range(len(x))] for i in range(len(x)))
unit = lambda d, i, l: Matrix([int((r, c) == (i, l)) for c in range(d)] for r in range(d))
kron = lambda A, B: Matrix([x * y for x in a for y in b] for a in A.rows for b in B.rows)
generic = lambda d: Matrix([F(1, 1 + 2 * r + 5 * c) for c in range(d)] for r in range(d))  # B
factors = lambda t, Q: tuple(after @ diag(t) @ before.T for before, after in zip(Q, Q[1:]))
flat = lambda X: [x for M in X for x in M.entries]
norm2 = lambda *X: sum(x * x for x in flat(X))  # Frobenius, squared
both = lambda *X: zip(*(M.entries for M in X))
van = lambda x: prod(a - b for a, b in combinations(x, 2))
order = lambda n: 0 if n % PRIME else 1 + order(n // PRIME)  # the power of PRIME in n
root = lambda x: r if (r := F(isqrt(x.numerator), isqrt(x.denominator))) ** 2 == x else F(0)
one = lambda M: diag([1] * len(M.rows))
end = lambda W, M: reduce(lambda first, after: after @ first, W, one(M))  # W_N ... W_1, if any
# (P_j, R_j) = (W_N ... W_{j+1}, W_{j-1} ... W_1); column-major vec takes P Z R to R^T kron P
sides = cache(lambda W: [(end(W[j + 1 :], M), end(W[:j], M)) for j, M in enumerate(W)])
dphi = lambda W, X: reduce(add, (P @ Y @ R for (P, R), Y in zip(sides(W), X)))
adjoint = lambda W, Y: [P.T @ Y @ R.T for P, R in sides(W)]
A = cache(lambda p: F(1, p.N) * reduce(add, (kron(R.T @ R, P @ P.T) for P, R in sides(p.factors))))
framed = cache(lambda p: kron(p.V, p.U).T @ A(p) @ kron(p.V, p.U))  # in the basis u_i v_l^T
density = cache(lambda p: 1 / root(A(p).det()))  # sqrt(det g^N); 1 / 0 if irrational
jacobian = cache(lambda p: abs(Point(1, p.s, [p.V, p.U]).moves((0, 1), stretch=True).det()))
gram = lambda moves: (moves @ moves.T).det()  # the squared volume density
rank_one = lambda M: all(x * M.entries[0] == a[0] * y for a in M.rows for x, y in zip(a, M.rows[0]))
rational = lambda x: F(x if re.fullmatch("-?[0-9]{1,999}(/[0-9]{1,999})?", x) else "no rational")
tilted = lambda x: abs(x + 1) + 2  # |w11 + w12| + |w12| + |w21| + |w22| of [[x, 1], [1, 0]]


def pairs(key, p):
    """Yield (measured, stated) for a claim, (measured, printed) for "claim: printed statement"."""
    N, d, t, s, t2, s2, U, V, W = p.N, p.d, p.t, p.s, p.t2, p.s2, p.U, p.V, p.factors
    columns, less = [(i, l) for l in range(d) for i in range(d)], list(combinations(range(d), 2))
    mu = lambda i, l: N * s2[i] / t2[i] if t[i] == t[l] else (s2[i] - s2[l]) / (t2[i] - t2[l])
    G = p.W - generic(d)  # the gradient of |W - B|^2 / 2
    dW, inner = dphi(W, adjoint(W, -1 * G)), (U.T @ G @ V).rows  # dW/dt along gradient flow
    if key in ("balancedness", "balancedness: transposed"):  # of factors that are not balanced
        W = tuple(1 / t[0] * M + F(1, 2 + j) * generic(d) for j, M in enumerate(W))
        X = adjoint(W, generic(d) - end(W, U))
        for M, dM, after, dafter in zip(W, X, W[1:], X[1:]):  # 0 = d/dt (W_{j+1}^T W_{j+1} - ...)
            this = dM @ M.T + M @ dM.T if key == "balancedness" else dM.T @ M + M.T @ dM
            yield from both(diag([0] * d), dafter.T @ after + after.T @ dafter - this)
    elif key == "operator-spectrum":  # A u_i v_l^T = (mu_il / N) u_i v_l^T: so A = A^T > 0
        yield from both(framed(p), diag([mu(i, l) / N for i, l in columns]))
    elif key == "end-to-end-flow":  # U^T (dW/dt) V; P_j P_j^T = (W W^T)^((N-j)/N)
        yield from zip((U.T @ dW @ V).T.entries, (-mu(i, l) * inner[i][l] for i, l in columns))
        for j, (P, _) in enumerate(sides(W), 1):
            yield from both(P @ P.T, U @ diag([x ** (N - j) for x in t2]) @ U.T)
    elif key in ("riemannian-submersion", "riemannian-submersion: theorem-13"):
        tangent, lifts = [(i, l) for i, l in columns if t[min(i, l)] > 0], []
        for Z in (U @ unit(d, i, l) @ V.T for i, l in tangent):  # lifts: X / |X|^2
            X = adjoint(W, Z)
            yield from both(dphi(W, X), norm2(*X) * Z)
            for M, dM, after, dafter in zip(W, X, W[1:], X[1:]):
                yield from both(dafter.T @ after + after.T @ dafter, dM @ M.T + M @ dM.T)
            lifts.append((1 / norm2(*X) * Matrix([flat(X)])).entries)
        norms = [(N if "13" in key else 1) / mu(i, l) for i, l in tangent]  # t_l may be 0
        yield from both(Matrix(lifts) @ Matrix(lifts).T, diag(norms))
    elif key == "metric-diagonalization":  # g^N = K D K^T with K = V kron U: K^T A K D = 1
        D = [N / mu(i, l) for i, l in columns]
        yield from both(framed(p) @ diag(D), one(framed(p)))
        yield 1 / A(p).det(), prod(D)
    elif key == "svd-jacobian":
        yield jacobian(p), van(s2)
    elif key in ("volume-form", "volume-form: van-reversed"):
        signed = van(t2 if key == "volume-form" else [-x for x in t2])
        yield density(p) * jacobian(p), N ** len(less) * prod(map(truediv, t, s)) * signed
    elif key in ("orbit-volume", "orbit-volume: without-root"):  # (vol / c_d^(N-1))^2
        stated = prod(mu(i, l) for i, l in less) ** (1 if key == "orbit-volume" else 2)
        yield gram(p.moves(range(1, N))) / 2 ** ((N - 1) * len(less)), stated
    elif key == "orbit-volume: whole-fibre" and N > 1:  # other factors of W, not balanced
        yield from both(end([2 * W[0], F(1, 2) * W[1], *W[2:]], U), p.W)
        yield from both(F(1, 4) * W[1].T @ W[1] - 4 * W[0] @ W[0].T, diag([0] * d))
    elif key == "coarea":
        stated = 2 ** ((N - 1) * len(less)) * prod(a / (N * b) for a, b in zip(t2, s2))
        yield gram(p.moves(range(N + 1), stretch=True)), stated * van(t2) * van(s2)
    elif key.startswith("volume-divergence"):  # powers of epsilon, the k least s_i vanish like it
        for k in range(1, d + 1):
            q = Point(N, [*t[: d - k], *(PRIME * x for x in t[d - k :])], p.Q)
            squares = (density(q) * jacobian(q)) ** 2, density(q) ** 2, gram(q.moves(range(1, N)))
            powers = [F(order(x.numerator) - order(x.denominator), 2 * N) for x in squares]
            if key == "volume-divergence":  # for ds dU dV, for dW, of the orbit
                stated = [k * (k - N), -(k**2) * (N - 1), F(k * (k - 1), 2) * (N - 1)]
                yield from zip(powers, (x / F(N) for x in stated))
            elif key == "volume-divergence: any-singular-value" and N > 1:
                yield powers[0], k * F(1 - N, N)
            elif key == "volume-divergence: orbit-diverges" and N > 1:
                yield powers[2], min(powers[2], 0)
    elif key == "norm-divergence":  # d/dt log |det W|, in time over N; |w11| >= (1 - rho)^2 / rho
        M = [Matrix([*p.W.rows[:k], dW.rows[k], *p.W.rows[k + 1 :]]).det() for k in range(d)]
        yield sum(M) / p.W.det() / N, -sum(s[i] / t2[i] * inner[i][i] for i in range(d))
        ways = [(0, 0, 1)]  # unit vectors: w12 - 1, w21 - 1, w22 over rho
        ways += [(u[0], u[2] * v[0], u[2] * v[2]) for u, v in [(U.entries, V.entries)] if d == 2]
        for r, x, (u, v, w) in product((F(1, 2), F(1, 10), F(1, 200)), (F(1, 1000), 1, 99), ways):
            w11 = ((1 + r * u) * (1 + r * v) + x) / (r * w)  # det W = x > 0
            yield max(0, (1 - r) ** 2 / r - abs(w11)), 0
    elif key in ("norm-divergence: entry-grows", "norm-divergence: norms-grow") and N > 1:
        (a, b), (c, e) = p.W.rows  # w12 = w21 = 1, w22 = 0 observed, det W > 0
        dW = dphi(W, adjoint(W, F(-1, N) * Matrix([[0, b - 1], [c - 1, e]])))
        entry, nuclear = dW.entries[0] * (-1) ** (a < 0), sum((U.T @ dW @ V).entries[::3])
        rate = entry if key.endswith("entry-grows") else nuclear
        yield from [(rate, max(rate, 0))] * (p.W.det() > 0 and (entry > 0 or rate is entry))
    elif key == "norm-conjecture":  # W_x = [[x, 1], [1, 0]], x = u - 1/u: singular values u, 1/u
        yield tilted(-1), 2
        for u, x, M in ((u, u - 1 / u, Matrix([[u - 1 / u, 1], [1, 0]])) for u in (F(1), *t)):
            yield from [(M.det(), -1), (norm2(M), x**2 + 2), ((u + 1 / u) ** 2, x**2 + 4)]
            yield norm2(M), u**2 + 1 / u**2  # and |det M| = 1
            yield from ((max(0, 2 - u**q - 1 / u**q), 0) for q in (1, 2, 3))
    elif key == "norm-conjecture: minimum-at-zero":
        yield tilted(-1), max(tilted(-1), tilted(0))
    elif key == "norm-conjecture: conjecture-1":  # (1 - rho)^2 / rho at rho = 1/200; |W_0|_*
        yield (1 - F(1, 200)) ** 2 * 200, 1 + 1
    elif key == "rank-one-minimizers":  # [[b, x], [y, c]]
        b, c, z = t[0], -t[-1], [*t, F(3, 2)][1]
        for x, y in ((z, b * c / z), (z, b * c / z + 1), (-z, z)):
            M = Matrix([[b, x], [y, c]])
            yield from [(M.det(), b * c - x * y), (rank_one(M), b * c - x * y == 0)]
    elif key == "volume-corners":  # sqrt(det g^N); s_1^2 at rank one; no growth with s_1
        (a, b), x, g = t, F(3, 2), density(p)
        yield g, N * (a * b) / (s[0] * s[1]) * (t2[0] - t2[1]) / (s2[0] - s2[1])
        yield norm2(Matrix([[a, x], [a * b / x, b]])), (a + b) ** 2 + (x - a * b / x) ** 2
        yield from ((max(0, density(Point(N, [5 * a / 4, c], p.Q)) - g), 0) for c in (b, 4 * b / 5))
    elif key == "volume-corners: highest-at-corners" and N == 2:  # s = (4, 1/10^4), (49/25, 1/25)
        far, near = (Point(2, x, p.Q) for x in ([F(2), F(1, 100)], [F(7, 5), F(1, 5)]))
        yield density(far), min(density(far), density(near))
    elif key == "diagonal-3x3":  # w_ij = x_i / x_j
        for x in ([*t, F(3, 2), F(-2)][:3], [t[0], -t[0], t[0]]):
            M, u, v = Matrix([a / b for b in x] for a in x), (x[0] / x[1]) ** 2, (x[1] / x[2]) ** 2
            yield from [(rank_one(M), True), *((x, 1) for x in M.entries[::4])]
            yield norm2(M), 3 + u + 1 / u + v + 1 / v + u * v + 1 / (u * v)
            yield max(0, 9 - norm2(M)), 0
    elif key == "recap":  # (w^2 + 1)^2 / 2 >= 1/2; the speed at d = 1; a step of descent
        yield from ((max(0, F(1, 2) - (w * w + 1) ** 2 / 2), 0) for w in (t[0], F(0), F(1, 100)))
        yield N * A(Point(N, t[:1], [diag([1])] * (N + 1))).entries[0], N * (s[0] / t[0]) ** 2
        X, y, z = map(Matrix, (generic(d + 2).rows[:d], zip(t), ([x + k] for k, x in enumerate(t))))
        yield from both(X.T @ z - X.T @ (X @ (X.T @ z) - y), X.T @ (z - (X @ X.T @ z - y)))
    elif key == "recap: convergence" and N % 2 == 0:  # (w^N + 1)^2 / 2 >= 1/2, at d = 1; 0
        yield F(1, 2), 0


def point(data, at):
    """Return a point, of bounded size."""
    N, d, t = data["N"], data["d"], [rational(x) for x in at["t"]]
    Q = [Matrix([rational(x) for x in row] for row in rows) for rows in at["Q"]]
    sizes = [len(x) for x in (t, *(x for M in Q for x in (M.rows, *M.rows)))]
    if not (1 <= N <= 256 and 1 <= d <= 16 and sizes == [d] * (1 + (N + 1) * (d + 1))):
        raise ValueError("expected t_1 ... t_d, Q_0 ... Q_N, N <= 256, d <= 16")
    return Point(N, t, Q)


def fault(key, p, case=None):
    """Return what is wrong with a claim at a point, or with a counterexample, or ""."""
    try:
        recorded = case and (rational(case["left"]), rational(case["right"]))
        found = list(pairs(key, p)) if (p := p or point(case, case["point"])).legal else []
        unequal = [(a, b) for a, b in found if a != b]
        a, b = (unequal or found)[0]
        return f"{a} against {b}"[:300] if (recorded not in unequal if case else unequal) else ""
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return "not examined: unknown here, or without meaning at the point"


def ranges(values):
    """Return integers as text, those that follow each other as a..b."""
    ends = [[n for n in sorted({*values}) if n + step not in values] for step in (-1, 1)]
    return ", ".join(str(a) if a == b else f"{a}..{b}" for a, b in zip(*ends))


def form(record):
    """Yield what is not as records are written, and why."""
    data = {key: record[key] for key in record if key != "digest"}
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    found = [record["schema"] == SCHEMA, type(record["seed"]), record["digest"]]
    if found != [True, int, hashlib.sha256(text.encode()).hexdigest()]:
        yield "digest", "not that of the content, or of no record"
    parts = [("record", record), ("run", record["run"])]
    parts += [(f"point {n}", data) for n, data in enumerate(record["points"])]
    for claim in record["claims"]:
        name = claim["id"].replace(":", "?")
        parts += [(name, claim), *((f"{name}, {e['route']}", e) for e in claim["evidence"])]
        parts += [(f"{name}: {x['name']}", x) for x in claim["as_printed"]]
    for where, data in parts:
        variants, case = data.get("mutants") or {}, data.get("counterexample") or {}
        if unknown := sorted({*data, *variants, *case} - {*FIELDS.split()}):
            yield where, f"unknown fields: {', '.join(unknown)}"
        tried, rejected = variants.get("tried", 0), variants.get("rejected", 0)
        if not 0 <= rejected <= tried == rejected + len(variants.get("survivors", "")):
            yield where, "not as many wrong variants rejected or left as tried"
    counts = Counter(where for where, _ in parts)
    yield from ((where, "stands twice") for where, n in counts.items() if n > 1)


def judged(found):
    """Return the verdict on a sentence by its evidence: the derivation's, if all else holds."""
    worst = max((e["verdict"] for e in found), key=VERDICTS.index, default="unexamined")
    derived = [e["verdict"] for e in found if e["route"] == "derivation"]
    return derived[0] if derived and worst in HOLDING else worst


def examine(record):
    """Yield what is examined, what is wrong with it or "", and what it is if nothing is wrong."""
    yield from ((where, wrong, "") for where, wrong in form(record))
    points = {n: point(data, data) for n, data in enumerate(record["points"])}
    yield from ((f"point {n}", "not legal", "") for n, p in points.items() if not p.legal)
    for claim in record["claims"]:
        name, said = claim["id"].replace(":", "?"), claim["verdict"]
        measured, mine = claim.get("measured", []), {True: [], False: []}
        for e in claim["evidence"]:
            mine[bool(measured) and e["route"] == "training"].append(e)
        found = {x: judged(mine[x in measured]) for x in claim["sentences"]}
        found["the claim"] = max(found.values(), key=VERDICTS.index)
        for x, word in {"the claim": said, **claim["sentences"]}.items():
            if word != found[x] or said in FAILING:
                yield name, f"{x} is recorded as {word}, by its evidence {found[x]}", ""
        if name not in KNOWN:
            yield name, "unknown here", ""
        for e in claim["evidence"]:
            route, word, at = e["route"], e["verdict"], e.get("at", [])
            if word in HOLDING and word not in SHOWS[route].split():
                yield f"{name}, {route}", f"recorded as {word}, which it cannot show", ""
            if route != "exact":
                yield f"{name}, {route}", "", f"{word}, as written"
                continue
            scope = "; ".join(f"{x} = {ranges([getattr(points[n], x) for n in at])}" for x in "Nd")
            kinds = {(p.N, *p.t, *flat(p.Q)) if p.d > 1 else n for n in at for p in [points[n]]}
            fair = 0 < len(kinds) == len(at) == e["points"] and word == "exact"
            fair = fair and e["scope"] == WORDED.get(name, scope)
            wrong = (f"point {n}: {x}" for n in at if (x := fault(name, points[n])))
            yield name, next(wrong, "" if fair else "not so recorded"), f"{len(at)} points, equal"
            if "counterexample" in e:
                yield name, fault(name, None, e["counterexample"]), "fails there"
        false = {*KNOWN.get(name, "").split()}
        for x in claim["as_printed"]:
            key, said, case = f"{name}: {x['name']}", x["verdict"], x["counterexample"]
            if case or said == "refuted" or x["name"] in false:
                wrong = (said != "refuted") * f"recorded as {said}" or fault(key, None, case)
                yield key, wrong, "counterexample confirmed"
            else:
                yield key, "", f"{said}, as written"
        for x in sorted(false - {x["name"] for x in claim["as_printed"]}):
            yield f"{name}: {x}", "missing: it is printed, and known here as false", ""


def main(path):
    """Print what was examined; return the exit status."""
    try:
        record = json.loads(Path(path).read_bytes())
        seen = [(ascii(x)[1:-1], wrong, good) for x, wrong, good in examine(record)]
        pieces = sum(len(claim["evidence"] + claim["as_printed"]) for claim in record["claims"])
    except Exception as error:
        sys.stderr.write(f"no readable record: {type(error).__name__}: {str(error)[:200]!a}\n")
        return 2
    good, bad = [x[2] for x in seen if not x[1]], [repr(x[0]) for x in seen if x[1]]
    exact, cases, written = (sum(w in x for x in good) for w in (", equal", "confirmed", "written"))
    bad += ["(nothing to confirm)"] * (not exact + cases)
    print(*(f"{x}: {ascii(y or z)[1:-1]}" for x, y, z in seen), sep="\n")
    print(f"as written, too: {UNSEEN}\n{exact + cases} of {pieces} pieces recomputed,", end=" ")
    print(f"{written} taken as written{'; NOT confirmed: ' * bool(bad)}{', '.join(bad)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main([*sys.argv, "record.json"][1]))
