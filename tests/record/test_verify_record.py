"""The independent checker: one file without the package, and what it notices."""

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from fractions import Fraction
from importlib import import_module
from inspect import signature
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import LEFT_BY_PAIRS, MadeOnce, few, one_in
from junk import JUNK, places

from dlnproof.claims import CATALOGUE, CLAIMS, module_of
from dlnproof.claims.check import ExactCheck
from dlnproof.claims.studies import CHECKER as FILE_NAME
from dlnproof.claims.studies import checker
from dlnproof.core.verdict import Route, Verdict
from dlnproof.numeric.exact.points import ExactPoint, point
from dlnproof.record.evidence import ROUTES
from dlnproof.record.record import SCHEMA, ClaimRecord, Record, digest_of
from dlnproof.run.evidence import _listed
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import checks_of
from dlnproof.run.planning import plan
from dlnproof.run.point import check_at
from dlnproof.run.runner import execute
from dlnproof.selftest.corpus import RECORD_TEXTS
from dlnproof.selftest.forgeries import FORGERIES, Forgery
from dlnproof.selftest.hostile import MALFORMED, UNREADABLE, Malformed

FILE = Path(__file__).parents[2] / "dlnproof" / "verify_record.py"
SOURCE = checker(())
Data = dict[str, Any]


def module(source: str) -> Any:
    """Return the checker made from a source."""
    made = ModuleType("verify_record")
    exec(compile(source, FILE_NAME, "exec"), made.__dict__)
    return made


CHECKER = module(SOURCE)


@pytest.fixture(scope="module")
def whole(whole_record: Record) -> Data:
    data: Data = whole_record.as_json()
    return data


@pytest.fixture(scope="module")
def quick(request: pytest.FixtureRequest, made_once: MadeOnce) -> Data:
    """The record at its small points."""

    def make() -> Data:
        data = request.getfixturevalue("whole")
        small = [point["N"] <= 3 and point["d"] <= 3 for point in data["points"]]
        return at_points(data, lambda at: [n for n in at if small[n]])

    return made_once("quick record", make)


@pytest.fixture(scope="module")
def small(request: pytest.FixtureRequest, made_once: MadeOnce) -> Data:
    """A few claims of the record, at a few points each."""
    names = ("balancedness", "riemannian-submersion", "volume-form", "orbit-volume")

    def make() -> Data:
        data = request.getfixturevalue("quick")
        few = {**data, "claims": [claim for claim in data["claims"] if claim["id"] in names]}
        return at_points(few, lambda at: at[::8])

    return made_once("small record", make)


def at_points(data: Data, chosen: Callable[[list[int]], list[int]]) -> Data:
    """Return the record of a run at fewer points: of those of each claim the chosen ones."""
    data = copy.deepcopy(data)
    for evidence in exact_of(data).values():
        evidence["at"] = chosen(evidence["at"])
        evidence["points"] = len(evidence["at"])
    used = sorted({n for evidence in exact_of(data).values() for n in evidence["at"]})
    data["points"] = [data["points"][n] for n in used]
    points = points_of(data)
    for name, evidence in exact_of(data).items():
        evidence["at"] = [used.index(n) for n in evidence["at"]]
        equal = CHECKER.left(name, [points[n] for n in evidence["at"]])
        tried = evidence["mutants"]["tried"]
        left = {"survivors": equal} if equal else {}
        evidence["mutants"] = {"tried": tried, "rejected": tried - len(equal), **left}
        here = [data["points"][n] for n in evidence["at"]]
        if name not in CHECKER.SCOPES:
            evidence["scope"] = "; ".join(f"{x} = {_listed([p[x] for p in here])}" for x in "Nd")
    return signed(data)


def points_of(data: Data) -> list[Any]:
    """Return the points of a record, as the checker knows them."""
    return [CHECKER.point(place, place) for place in data["points"]]


def equal_of(variants: Collection[str]) -> str:
    """Return what the checker says of the wrong variants that are right where it looks."""
    return f"equal: {', '.join(sorted(variants))}" if variants else "none equal"


def at_of(evidence: Data) -> list[int]:
    found: list[int] = evidence.get("at", [])
    return found


def signed(data: Data) -> Data:
    """Return the record with the digest that a forger would give it."""
    return {**data, "digest": digest_of(data)}


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run the checker's main on data or text; return its status and what it printed."""

    def run(given: Any, checker: Any = CHECKER) -> tuple[int, str]:
        path = tmp_path / "record.json"
        text = given if isinstance(given, str | bytes) else json.dumps(given)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        status: int = checker.main(str(path))
        out, err = capsys.readouterr()
        assert (status == 2) == bool(err)
        return status, out or err

    return run


def alone(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the file in an isolated interpreter without site-packages."""
    called = ["-c", code] if code else [str(FILE)]
    command = [sys.executable, "-I", "-S", "-W", "error", *called, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def exact_of(data: Data) -> dict[str, Data]:
    """Return the exact evidence of each claim."""
    return {
        claim["id"]: evidence
        for claim in data["claims"]
        for evidence in claim["evidence"]
        if evidence["route"] == "exact"
    }


def cases_of(data: Data) -> dict[str, Data]:
    """Return the printed statements that are refuted with a counterexample."""
    return {
        f"{claim['id']}: {printed['name']}": printed["counterexample"]
        for claim in data["claims"]
        for printed in claim["as_printed"]
        if printed["counterexample"]
    }


def written_of(data: Data) -> list[str]:
    """Return the line for each piece that is not recomputed."""
    return [
        f"{claim['id']}, {e['route']}: {e['verdict']}, as written"
        for claim in data["claims"]
        for e in claim["evidence"]
        if e["route"] != "exact"
    ] + [
        f"{claim['id']}: {x['name']}: {x['verdict']}, as written"
        for claim in data["claims"]
        for x in claim["as_printed"]
        if not x["counterexample"]
    ]


# --- what it is ----------------------------------------------------------------------------------


def test_it_is_short_and_plain() -> None:
    lines = SOURCE.splitlines()
    assert len(lines) < 400 + 31 * len(CATALOGUE)  # a Riemann tensor takes 50 by itself
    assert max(map(len, lines)) <= 100
    ast.parse(SOURCE, feature_version=(3, 9))
    assert [f"{name.replace('.', '/')}.py" for name in sorted(CATALOGUE)] == [
        line.split()[2] for line in lines if line.startswith("# --- ") and ".py" in line
    ]


def test_it_imports_the_standard_library_only() -> None:
    names: set[str] = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    assert "fractions" in names
    assert names <= sys.stdlib_module_names


def test_it_runs_alone_and_confirms_a_record_of_all_claims(whole: Data, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(whole))
    code = (
        "import runpy, sys\n"
        f"sys.argv = ['verify_record.py', {str(path)!r}]\n"
        "try:\n"
        f"    runpy.run_path({str(FILE)!r}, run_name='__main__')\n"
        "finally:\n"
        "    names = {name.split('.')[0] for name in sys.modules}\n"
        "    print(sorted(names - set(sys.stdlib_module_names) - {'__main__', '__mp_main__'}))\n"
    )
    found = alone(code=code)
    assert (found.returncode, found.stderr) == (0, "")
    *lines, unseen, last, foreign = found.stdout.splitlines()
    assert foreign == "[]"
    evidence, cases, written = exact_of(whole), cases_of(whole), written_of(whole)
    recomputed, pieces = len(evidence) + len(cases), len(evidence) + len(cases) + len(written)
    assert last == f"{recomputed} of {pieces} pieces recomputed, {len(written)} taken as written"
    assert unseen.startswith("as written, too: settings, versions, kinds of points, which sent")
    assert sorted(lines) == sorted(
        [
            f"{name}: {len(e['at'])} points, equal; {len(variants_of(name))} wrong variants, "
            + equal_of(e["mutants"].get("survivors", ()))
            for name, e in evidence.items()
        ]
        + [f"{name}: counterexample confirmed" for name in cases]
        + written
    )
    assert "infinite-depth, derivation: proved, as written" in lines
    assert evidence.keys() == {c.id for c in CLAIMS.values() if Route.EXACT in c.routes}
    assert len(cases) == 15


COMPARED = {
    "balancedness": 8,
    "gd-defect": 16,
    "weight-decay-balances": 16,
    "geodesic-cone-law": 22,
    "geodesic-hamiltonian": 13,
    "operator-spectrum": 16,
    "operator-trace": 1,
    "factor-norms": 2,
    "regulariser-minimised-on-balanced": 6,
    "single-output": 2,
    "not-a-gradient": 4,
    "end-to-end-flow": 16,
    "balanced-is-flattest": 13,
    "gd-backward-error": 4,
    "riemannian-submersion": 45,
    "three-way-splitting": 58,
    "balanced-polar-tower": 48,
    "balanced-dimension": 10,
    "straight-horizontal-lines": 36,
    "metric-diagonalization": 17,
    "deficiency-margin": 6,
    "lambda-balanced": 24,
    "two-layer-riccati": 48,
    "operator-derivative": 8,
    "singular-vector-dynamics": 10,
    "rectangular-flow": 20,
    "svd-jacobian": 1,
    "metric-svd-frame": 5,
    "distance-lower-bound": 12,
    "volume-form": 1,
    "power-map": 7,
    "volume-gradient": 2,
    "radial-laplacian": 11,
    "laplacian-of-matrix": 20,
    "orbit-volume": 1,
    "entropy-gradient": 2,
    "entropy-shape": 6,
    "entropy-concavity": 10,
    "free-energy-equilibria": 1,
    "orbit-volume-strata": 8,
    "entropy-fields": 16,
    "volume-form-strata": 14,
    "coarea": 1,
    "mean-curvature-orbits": 4,
    "no-free-energy-minimiser": 6,
    "jacobi-basis": 32,
    "riemannian-cone": 50,
    "polar-action": 82,
    "eckart-young": 34,
    "completeness": 10,
    "scalar-curvature": 1,
    "curvature-sign": 3,
    "ricci-sectional": 3,
    "bures-wasserstein": 20,
    "volume-divergence": 6,
    "norm-divergence": 19,
    "rc2020-constants": 22,
    "norm-conjecture": 22,
    "rank-one-minimizers": 6,
    "volume-corners": 4,
    "diagonal-3x3": 12,
    "recap": 8,
}
"""How many comparisons a claim's part makes at its last small point."""


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_compared_of_a_claim_is_equal_and_no_less(quick: Data, name: str) -> None:
    if name not in exact_of(quick):
        assert name not in COMPARED
        return
    assert not noticed(CHECKER, quick, name)
    last = quick["points"][at_of(exact_of(quick)[name])[-1]]
    assert len(list(CHECKER.PAIRS[name](CHECKER.point(last, last)))) == COMPARED[name]


def test_one_point_is_a_point(small: Data) -> None:
    data = at_points(small, lambda at: at[-1:])
    assert {len(evidence["at"]) for evidence in exact_of(data).values()} == {1}
    points = points_of(data)
    told = [line for claim in data["claims"] for line in CHECKER.evidence(claim, points)]
    assert [amiss for _, amiss, _ in told if amiss] == []


# --- teeth: each closed form spoilt ---------------------------------------------------------------

SPOILT = {
    "balancedness": (
        "balancedness(p, of=lambda b, a: b.T @ b - a",
        "balancedness(p, of=lambda b, a: b.T @ b + a",
    ),
    "operator-spectrum": (
        "(p, value=lambda p, i, l: p.mu(i, l) / p.N):",
        "(p, value=lambda p, i, l: p.mu(i, l)):",
    ),
    "operator-trace": (
        "pair=lambda p, i, l: 2 * p.mu(i, l) / p.N",
        "pair=lambda p, i, l: p.mu(i, l)",
    ),
    "factor-norms": (
        "p.s2[i], share=lambda p, i: p.N * p.t2[i]):",
        "p.s2[i], share=lambda p, i: p.N * p.t[i]):",
    ),
    "regulariser-minimised-on-balanced": (
        "balanced(p, share=lambda p, i: p.N * p.t2[i]):",
        "balanced(p, share=lambda p, i: p.N * p.t[i]):",
    ),
    "single-output": ("further = lambda p: (p.N - 1)", "further = lambda p: p.N"),
    "not-a-gradient": ("(p.N - 1) * (2 - p.N), p.N)", "(p.N - 1) * (3 - p.N), p.N)"),
    "end-to-end-flow": (
        "(p, speed=lambda p, i, l: p.mu(i, l)):",
        "(p, speed=lambda p, i, l: p.mu(i, l) / p.N):",
    ),
    "balanced-is-flattest": (
        "longest=lambda p: 2 * p.t2[0] / (p.N",
        "longest=lambda p: p.t2[0] / (p.N",
    ),
    "gd-backward-error": ("correction=lambda: F(1, 4),", "correction=lambda: F(1, 8),"),
    "two-layer-riccati": ("cubic=lambda: F(1, 2)):", "cubic=lambda: F(1, 3)):"),
    "lambda-balanced": ("speed=lambda r, q: (r + q) / 2):", "speed=lambda r, q: r + q / 2):"),
    "deficiency-margin": ("weight=lambda p: 2 - F(2, p.N)", "weight=lambda p: 2 - F(1, p.N)"),
    "riemannian-submersion": ("(p, norm=lambda p, i, l: 1 / p", "(p, norm=lambda p, i, l: p.N / p"),
    "three-way-splitting": ("[M - M.T for M in C]", "[M + M.T for M in C]"),
    "balanced-polar-tower": ("V, P, last, own: V @ P @ last.T ", "V, P, last, own: V @ P @ last "),
    "balanced-dimension": ("r * n - F(r * (r + 1), 2)", "r * n - F(r * (r - 1), 2)"),
    "straight-horizontal-lines": ("square=lambda K: K @ K.T,", "square=lambda K: K @ K,"),
    "power-map": (
        "whole = lambda p: p.N ** (len(p.less) + p.d)",
        "whole = lambda p: p.N ** len(p.less)",
    ),
    "jacobi-basis": (
        "weighed = lambda p, i, l: (p.t2[l], p.t2[i]",
        "weighed = lambda p, i, l: (p.t2[i], p.t2[l]",
    ),
    "metric-diagonalization": (
        "(p, entry=lambda p, i, l: p.N / p.mu(i, l)",
        "(p, entry=lambda p, i, l: p.mu(i, l) / p.N",
    ),
    "metric-svd-frame": ("* more + apart(p, i, l) * less", "* less + apart(p, i, l) * more"),
    "riemannian-cone": ("way=lambda N: 2 * N,", "way=lambda N: N,"),
    "polar-action": ("    square=lambda N: N**2,", "    square=lambda N: N,"),
    "completeness": (", left**p.N * p.W.det()", ", left * p.W.det()"),
    "eckart-young": ("p.s[k], scale=lambda N: N, ", "p.s[k], scale=lambda N: N**2, "),
    "bures-wasserstein": ("half=F(1, 2), weight=2,", "half=F(1, 2), weight=3,"),
    "scalar-curvature": ("share=2, same=3", "share=2, same=2"),
    "curvature-sign": ("same=2, turning=-1", "same=2, turning=1"),
    "ricci-sectional": ("turn=1, same=2, power=2", "turn=1, same=1, power=2"),
    "distance-lower-bound": (", scale=lambda N: N):", ", scale=lambda N: N**2):"),
    "svd-jacobian": ("(p, form=lambda p: van(p.s2)):", "(p, form=lambda p: van(p.s)):"),
    "volume-form": ("return p.N ** (n * len(p.less))", "return p.N ** (n * p.d)"),
    "gd-defect": ("step**2 * drift", "step * drift"),
    "geodesic-cone-law": ("s**2 * second / 2,", "s**2 * second,"),
    "weight-decay-balances": ("(p, rate=lambda mu: 2 * mu):", "(p, rate=lambda mu: mu):"),
    "volume-gradient": ("by_root(p, i, l) - 2 * by_value", "by_root(p, i, l) + 2 * by_value"),
    "radial-laplacian": ("* (n - 1 + t * drift)", "* (n + t * drift)"),
    "laplacian-of-matrix": ("(L.rows[i][l], image(p, i) if", "(L.rows[i][l], own(p, i) if"),
    "operator-derivative": ("second(p, i, l) * H[l][l]", "second(p, i, l) * H[i][i]"),
    "entropy-gradient": ("adds = lambda p, i, l, n=1: by", "adds = lambda p, i, l, n=1: -by"),
    "volume-form-strata": ("scale=1, across", "scale=2, across"),
    "rectangular-flow": ("least, most = lambda p, i: p.s2[i]", "least, most = lambda p, i: p.s[i]"),
    "singular-vector-dynamics": ("fast = lambda p, i: p.N * p.s2", "fast = lambda p, i: p.s2"),
    "free-energy-equilibria": ("place = lambda p: F((p.d - 1)", "place = lambda p: F((p.d - 0)"),
    "no-free-energy-minimiser": ("p.N**pairs * prod", "(p.N + 1) ** pairs * prod"),
    "entropy-concavity": ("2 * s * t / D**2", "3 * s * t / D**2"),
    "entropy-shape": ("* p.s[0] / p.t2[0] - y", "* p.s[0] / p.t2[0] - 2 * y"),
    "orbit-volume": (
        "(p, of=lambda p, i, l: p.mu(i, l)):",
        "(p, of=lambda p, i, l: p.mu(i, l) ** 2):",
    ),
    "orbit-volume-strata": ("sum(1 + j % 2 for j in frames)", "sum(1 for j in frames)"),
    "entropy-fields": ("(p.d * more)) ** (b - 1)", "(p.d * more)) ** b"),
    "coarea": ("prod(a / (p.N * b) for", "prod(a / b for"),
    "mean-curvature-orbits": ("f(p, i, l) if p.t", "2 * f(p, i, l) if p.t"),
    "volume-divergence": ("F(k * (k - N), N)", "F(k * (1 - N), N - 0)"),
    "rc2020-constants": ("w**2 / (4 * m),", "w**2 / (5 * m),"),
    "norm-divergence": (
        "(p, speed=lambda p, i: p.s[i] / p.t2",
        "(p, speed=lambda p, i: p.s[i] / p.t",
    ),
    "norm-conjecture": ("nuclear=4,", "nuclear=2,"),
    "rank-one-minimizers": (
        "(p, determinant=lambda b, c, x, y: b * c - x",
        "(p, determinant=lambda b, c, x, y: b * c + x",
    ),
    "volume-corners": (
        "rank_one_norm = lambda b, c, x, y: (b + c) ** 2 + (x - y)",
        "rank_one_norm = lambda b, c, x, y: (b + c) ** 2 + (x + y)",
    ),
    "diagonal-3x3": ("+ u * v + 1 / (u * v)", ""),
    "recap": ("speed_at_one = lambda N, s, t: N * (s", "speed_at_one = lambda N, s, t: (s"),
}
MORE = {
    "operator-spectrum, coincident": ("self.N * a / x if", "a / x if"),
    "end-to-end-flow, powers": ("x ** (p.N - j) for x in p.t2])", "x**j for x in p.t2])"),
    "three-way-splitting, gradient": ("yield moved, -2 * sum", "yield moved, -1 * sum"),
    "metric-diagonalization, determinant": ("for i, l in all_of(p))", "for i, l in p.less)"),
    "volume-divergence, density": ("F(-(k**2) * (N - 1), N)", "F(-k * (N - 1), N)"),
    "volume-divergence, orbit": ("* (N - 1), 2 * N)", "* (N - 1), N)"),
    "norm-divergence, entry": (
        "least=lambda r: (1 - r) ** 2 / r):",
        "least=lambda r: (1 + r) ** 2 / r):",
    ),
    "norm-conjecture, determinant": ("determinant=-1,", "determinant=1,"),
    "norm-conjecture, Frobenius": ("frobenius=2,", "frobenius=1,"),
    "norm-conjecture, Schatten": ("max(y, least)", "max(y, least + 1)"),
    "norm-conjecture, tilted": ("another=2):", "another=3):"),
    "rank-one-minimizers, rank": ("stated == 0)", "stated != 0)"),
    "volume-corners, density": (
        "stretched = lambda p: p.N * shrunk",
        "stretched = lambda p: shrunk",
    ),
    "volume-corners, growth": ("[5 * b / 4, y]", "[4 * b / 5, y]"),
    "diagonal-3x3, least": ("least=9):", "least=10):"),
    "recap, stuck": ("least=F(1, 2),", "least=F(1),"),
    "recap, iterate": (
        "step_from = lambda X, y, z: X.T @ (z -",
        "step_from = lambda X, y, z: X.T @ (z +",
    ),
    "riemannian-submersion, balance": (
        "after.T @ dafter, dM @ M.T + M @ dM.T)",
        "after.T @ dafter, dM.T @ M + M.T @ dM)",
    ),
}


def spoil(old: str, new: str) -> Any:
    assert SOURCE.count(old) == 1, old
    return module(SOURCE.replace(old, new))


def noticed(checker: Any, quick: Data, name: str) -> bool:
    """Whether some point of the claim's evidence is no longer confirmed."""
    points = (
        checker.point(quick["points"][n], quick["points"][n]) for n in at_of(exact_of(quick)[name])
    )
    return any(checker.fault(name, point) for point in points)


OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
FIELDS = {"s": "t", "s2": "t2", "t2": "s2", "U": "V"}


class Slips(ast.NodeTransformer):
    """Make the n-th slip in what is computed: an operator, a number, or a field of the point."""

    def __init__(self, n: int) -> None:
        self.left = n

    def generic_visit(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.BinOp(op=op) if type(op) in OPERATORS:
                if self._now():
                    node.op = OPERATORS[type(op)]()
            case ast.Constant(value=int(value)):
                if self._now():
                    node.value = value + 1
            case ast.Attribute(attr=name) if name in FIELDS and self._now():
                node.attr = FIELDS[name]
        return super().generic_visit(node)

    def _now(self) -> bool:
        self.left -= 1
        return self.left == -1


def slips(name: str) -> Iterator[Any]:
    """Yield the checker with one slip each in the part of a claim."""
    file = Path(str(import_module(module_of(name, "referee")).__file__))
    for n in range(1000):
        part = Slips(n)
        spoilt = ast.unparse(part.visit(ast.parse(file.read_text("ascii"))))
        if part.left >= 0:
            return
        made = module(SOURCE)
        body = spoilt.partition("geometry import")[2].partition("\n")[2]
        exec(compile(f"PAIRS.clear()\n{body}", name, "exec"), made.__dict__)
        yield made


@pytest.mark.parametrize("name", CLAIMS)
def test_slips_in_the_part_of_every_claim_are_noticed(quick: Data, name: str) -> None:
    if name not in exact_of(quick):
        return
    assert any(noticed(spoilt, quick, name) for spoilt in slips(name))


@pytest.mark.parametrize("name", one_in(2, [*SPOILT, *MORE]))
def test_a_spoilt_closed_form_is_noticed(quick: Data, name: str) -> None:
    claim = name.split(",", maxsplit=1)[0]
    assert noticed(spoil(*{**SPOILT, **MORE}[name]), quick, claim)


PRINTED = {
    "balancedness: transposed": ("b.T @ b - a.T @ a)", "b.T @ b - a @ a.T)"),
    "riemannian-submersion: theorem-13": (
        "riemannian_submersion(p, lambda p, i, l: p.N",
        "riemannian_submersion(p, lambda p, i, l: 1",
    ),
    "volume-form: van-reversed": ("[-x for x in p.t2])", "p.t2)"),
    "orbit-volume: without-root": ("p.mu(i, l) ** 2)", "p.mu(i, l))"),
    "orbit-volume: whole-fibre": ("F(1, 4) * second.T", "F(1, 2) * second.T"),
    "volume-divergence: any-singular-value": (
        "powers[0], k * F(1 - p.N, p.N)",
        "powers[0], k * F(k - p.N, p.N)",
    ),
    "volume-divergence: orbit-diverges": ("powers[2], min(powers[2], 0)", "powers[2], powers[2]"),
    "norm-divergence: entry-grows": ("F(1, p.N) * Matrix([[0, b - 1]", "F(1) * Matrix([[0, b - 1]"),
    "norm-divergence: norms-grow": ("p.V).entries[::3])", "p.V).entries[::2])"),
    "norm-conjecture: minimum-at-zero": ("max(tilted(-1), tilted(0))", "tilted(-1)"),
    "norm-conjecture: conjecture-1": ("(1 - F(1, 200)) ** 2", "(1 + F(1, 200)) ** 2"),
    "volume-corners: highest-at-corners": ("[F(2), F(1, 100)]", "[F(2), F(1, 10)]"),
    "recap: convergence": ("yield F(1, 2), 0", "yield F(1), 0"),
    "entropy-shape: low-rank": ("[F(2), F(1, 2)], [F(2), F(1)]", "[F(2), F(1)], [F(2), F(1)]"),
    "single-output: discrete-update": ("projection=lambda p: 1)", "projection=lambda p: 2)"),
}


FAILS = {
    "balancedness: transposed": (108, 96),
    "riemannian-submersion: theorem-13": (1418, 84),
    "volume-form: van-reversed": (37, 19),
    "orbit-volume: without-root": (21, 20),
    "orbit-volume: whole-fibre": (160, 72),
    "volume-divergence: any-singular-value": (12, 4),
    "volume-divergence: orbit-diverges": (12, 4),
    "norm-divergence: entry-grows": (8, 4),
    "norm-divergence: norms-grow": (2, 2),
    "norm-conjecture: minimum-at-zero": (13, 13),
    "norm-conjecture: conjecture-1": (13, 13),
    "volume-corners: highest-at-corners": (6, 6),
    "recap: convergence": (12, 12),
    "entropy-shape: low-rank": (6, 6),
    "single-output: discrete-update": (20, 18),
}
"""What a printed form compares at the small points of its claim, and what of that is unequal."""


@pytest.mark.parametrize("name", FAILS)
def test_a_printed_form_fails_at_its_counterexample_and_where_its_hypotheses_hold(
    quick: Data, name: str
) -> None:
    assert not CHECKER.fault(name, None, cases_of(quick)[name])
    plain = CHECKER.diag([Fraction(1)] * 2)  # of depth 1 with det W > 0, as no other
    points, found = points_of(quick), []
    small = [points[n] for n in at_of(exact_of(quick)[name.partition(":")[0]])]
    for p in (*small, CHECKER.Point(1, [Fraction(2), Fraction(1)], [plain, plain])):
        with suppress(ValueError, ZeroDivisionError, RecursionError):  # of another width or rank
            found += list(CHECKER.PAIRS[name](p))
    assert (len(found), sum(a != b for a, b in found)) == FAILS[name]


@pytest.mark.parametrize("name", PRINTED)
def test_a_spoilt_printed_form_is_noticed(quick: Data, name: str) -> None:
    case = cases_of(quick)[name]
    assert set(PRINTED) == set(FAILS) == set(cases_of(quick))
    assert spoil(*PRINTED[name]).fault(name, None, case)


# --- wrong variants of exact evidence -------------------------------------------------------------


def variants_of(name: str) -> dict[str, Data]:
    found: dict[str, Data] = CHECKER.WRONG[CHECKER.PAIRS[name]]
    return found


EXACT = {
    name: check
    for name, stated in CLAIMS.items()
    for check in checks_of(stated)
    if isinstance(check, ExactCheck)
}


@pytest.mark.parametrize("name", EXACT)
def test_the_wrong_variants_are_those_of_the_exact_check_and_of_no_printed_one(name: str) -> None:
    tried = [x.name for x in CLAIMS[name].mutants if EXACT[name].covers & set(x.parts)]
    assert sorted(variants_of(name)) == sorted(tried)
    assert [key for key, pairs in CHECKER.PAIRS.items() if CHECKER.WRONG.get(pairs)] == [
        key for key in CHECKER.PAIRS if key in EXACT
    ]


def told_of(at: ExactPoint) -> Any:
    """Return a point as the checker knows it."""
    t, Q = at.roots, [[[str(x) for x in row] for row in M.tolist()] for M in at.frames]
    place = {"N": at.depth, "d": at.width, "t": [str(x) for x in t], "Q": Q}
    return CHECKER.point(place, place)


@pytest.mark.parametrize("name", EXACT)
def test_what_is_compared_of_three_values_is_equal(name: str) -> None:
    """The record at hand has points of one and two; of all strata, of what triples add."""
    keys = EXACT[name].visits(list(Grid(depths=(2,), widths=(3,), points=1).keys(CLAIMS[name])))
    for key in keys if (name, Route.EXACT) in LEFT_BY_PAIRS else keys[:1]:
        here = told_of(point(key))
        assert not CHECKER.fault(name, here)
        assert list(CHECKER.PAIRS[name](here))


@pytest.mark.parametrize("name", few(EXACT, first=1))
def test_a_point_rejects_the_wrong_variants_that_the_exact_check_rejects_there(name: str) -> None:
    keys = list(Grid(depths=(1, 2, 3), widths=(1, 2), points=1).keys(CLAIMS[name]))
    seen = set()
    for key in EXACT[name].visits(keys):
        here = told_of(point(key))
        for variant, verdict in check_at(CLAIMS[name], EXACT[name], key, 50).mutants.items():
            rejected = CHECKER.rejected(name, variants_of(name)[variant], here)
            assert rejected >= (verdict is Verdict.REFUTED), (variant, key)
            seen.add(rejected)
    assert True in seen


@pytest.mark.parametrize("name", few(EXACT))
def test_a_variant_that_is_right_or_fails_or_measures_something_else_is_noticed(
    quick: Data, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, points = exact_of(quick)[name], points_of(quick)
    few = [points[n] for n in at_of(found)]
    told, left = f"{len(variants_of(name))} wrong variants, ", found["mutants"].get("survivors", [])
    assert CHECKER.variants(name, found["mutants"], few) == ("", told + equal_of(left))
    pairs = CHECKER.PAIRS[name]
    for variant, stated in product(list(variants_of(name)), ({}, {"no_such_formula": 1})):
        with monkeypatch.context() as spoilt:
            spoilt.setitem(variants_of(name), variant, stated)
            assert variant in CHECKER.left(name, few[:3])
    with monkeypatch.context() as spoilt:
        spoilt.setitem(variants_of(name), variant, {})
        wrong, _ = CHECKER.variants(name, found["mutants"], few)
        assert wrong == f"{told}{equal_of(left)}, recorded; here {told}{equal_of({*left, variant})}"

    def moved(p: Any, **stated: Any) -> list[tuple[Any, Any]]:
        return [(a + bool(stated), b + bool(stated)) for a, b in pairs(p)]

    monkeypatch.setitem(CHECKER.WRONG, moved, variants_of(name))
    monkeypatch.setitem(CHECKER.PAIRS, name, moved)
    assert CHECKER.left(name, few[:3]) == sorted(variants_of(name))


def test_where_nothing_is_rejected_all_are_recorded_as_left() -> None:
    every = sorted(variants_of("volume-form"))
    left = {"tried": len(every), "rejected": 0, "survivors": every}
    assert CHECKER.variants("volume-form", left, [])[0] == ""
    assert CHECKER.variants("volume-form", {**left, "survivors": every[1:]}, [])[0]


def test_a_record_of_few_points_says_which_variants_are_left_and_no_more(
    check: Callable[..., tuple[int, str]],
) -> None:
    grid = Grid(depths=(1,), widths=(2,), points=1, runs=0)
    data = execute(plan(["volume-form"], grid, "exact"), "").record.as_json()
    trials = evidence(data, "volume-form")["mutants"]
    left = ["dropped-root", "inverted-determinant", "jacobian-only", "ordered-pairs"]
    left = sorted([*left, "sum-normalisation"])
    assert sorted(trials["survivors"]) == left
    status, out = check(data)
    assert f"volume-form: 8 points, equal; 6 wrong variants, equal: {', '.join(left)}\n" in out
    assert status == 0
    for spared in (trials["survivors"][1:], [*left[1:], "nobody"]):
        counts = {"tried": 6, "rejected": 6 - len(spared), "survivors": spared}
        evidence(data, "volume-form").update(mutants=counts)
        status, out = check(signed(data))
        assert status == 1
        recorded = f"6 wrong variants, equal: {', '.join(sorted(spared))}, recorded"
        assert f"volume-form: {recorded}; here 6 wrong variants, equal: dropped-root, " in out


def test_a_bound_that_is_kept_is_the_stated_one() -> None:
    """A lower one would be kept as well: nothing that is compared would show it."""

    def least(part: Any) -> Any:
        return signature(part).parameters["least"].default

    stated = least(CHECKER.norm_divergence)
    for rho in (Fraction(1, 2), Fraction(1, 10), Fraction(1, 200)):
        assert stated(rho) == (1 - rho) ** 2 / rho
    assert least(CHECKER.recap) == Fraction(1, 2)


def test_what_a_bound_is_about_is_measured() -> None:
    """More than that would keep the bound as well: nothing that is compared would show it."""
    turn = CHECKER.Matrix([[Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]])
    b, c = Fraction(3, 2), Fraction(1, 2)
    p = CHECKER.Point(2, [b, c], [turn, turn, turn.T])

    def measured(name: str) -> list[Any]:
        return [a for a, _ in CHECKER.PAIRS[name](p)]

    assert measured("recap")[:3] == [(w**4 + 1) / 2 + w**2 for w in (b, 0, Fraction(1, 100))]
    powers = [[u**q + u**-q for q in (1, 2, 3)] for u in (Fraction(1), b, c)]
    norms = measured("norm-conjecture")
    assert [norms[k : k + 3] for k in (5, 12, 19)] == powers
    unit = Fraction(3, 5), Fraction(-12, 25), Fraction(-16, 25)  # w12 - 1, w21 - 1, w22 over rho
    assert measured("norm-divergence")[1:] == [
        abs(((1 + r * u) * (1 + r * v) + x) / (r * w))
        for r in (Fraction(1, 2), Fraction(1, 10), Fraction(1, 200))
        for x in (Fraction(1, 1000), 1, 99)
        for u, v, w in ((0, 0, 1), unit)
    ]
    further = [CHECKER.Point(2, [Fraction(15, 8), y], p.Q) for y in (c, Fraction(2, 5))]
    turned = CHECKER.with_difference(p, 0, 1) * Fraction(1, 3) ** 2  # by the metric in the frame
    along = CHECKER.stretches(p, 0) + CHECKER.stretches(p, 1) * Fraction(3, 2) ** 2
    assert measured("distance-lower-bound")[-1] == (along + turned) / 2
    assert measured("volume-corners")[2:] == [CHECKER.stretched(q) for q in further]


def test_matrices_of_rank_one_are_compared_and_others(quick: Data) -> None:
    for name, ranks in (("diagonal-3x3", {True}), ("rank-one-minimizers", {True, False})):
        first = points_of(quick)[at_of(exact_of(quick)[name])[0]]
        assert {a for a, _ in CHECKER.PAIRS[name](first) if type(a) is bool} == ranks


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CLAIMS)
def test_the_digest_of_its_words_is_that_of_the_claim(whole: Data, name: str) -> None:
    digest = CHECKER.words(claim(whole, name))
    told = f'the words of {name} are others: its part of the checker is to say said="{digest}"'
    assert CHECKER.SAID[name] == digest, told


def in_printed(name: str, /, **change: Any) -> Callable[[Data], object]:
    def spoil(entry: Data) -> None:
        next(x for x in entry["as_printed"] if x["name"] == name).update(change)

    return spoil


def in_case(entry: Data) -> None:
    printed_of(entry, "van-reversed")["counterexample"]["where"] = "elsewhere"


def printed_of(entry: Data, name: str) -> Data:
    found: Data = next(x for x in entry["as_printed"] if x["name"] == name)
    return found


OTHER_WORDS: dict[str, Callable[[Data], object]] = {
    "title": lambda c: c.update(title="Volume"),
    "source": lambda c: c.update(source="Theorem 2"),
    "sentence": lambda c: c.update(sentences={"shape": "proved"}),
    "measured": lambda c: c.update(measured=["form"]),
    "formal": lambda c: c.update(formal=["riemann"]),
    "no erratum": lambda c: c["as_printed"].pop(),
    "order": lambda c: c["as_printed"].reverse(),
    "name": in_printed("assembled", name="put-together"),
    "printed source": in_printed("assembled", source="me"),
    "witness": in_printed("assembled", witness="rumour"),
    "statement": in_printed("assembled", statement="0 = 1"),
    "explanation": in_printed("assembled", explanation="Fails."),
    "verdict": in_printed("assembled", verdict="derived"),
    "proved, now observed": in_printed("assembled", verdict="observed", route="training"),
    "route": in_printed("assembled", route="exact"),
    "sides": in_printed("assembled", counterexample={"left_is": "a number"}),
    "where": in_case,
}


@pytest.mark.parametrize("name", OTHER_WORDS)
def test_other_words_are_noticed(
    small: Data, check: Callable[..., tuple[int, str]], name: str
) -> None:
    assert check(small)[0] == 0
    status, out = check(forged(lambda data: OTHER_WORDS[name](claim(data, "volume-form")), small))
    assert status == 1
    assert "volume-form: title, source, sentences, theorems or printed statements are other" in out


def test_of_a_claim_of_ours_the_words_are_known(
    small: Data, check: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(CHECKER.SAID, "volume-form")
    status, out = check(small)
    assert status == 1
    digest = CHECKER.words(claim(small, "volume-form"))
    assert f"statements are others here (digest None, there {digest})\n" in out


def test_what_training_decided_is_in_its_own_words_but_never_proved(
    quick: Data, check: Callable[..., tuple[int, str]]
) -> None:
    data = copy.deepcopy(quick)
    data["claims"] = [claim(data, "diagonal-3x3")]
    for verdict, status in (("observed", 0), ("unexamined", 0), ("proved", 1)):
        in_printed("one-rank-two", verdict=verdict, explanation="As it was.")(data["claims"][0])
        found, out = check(signed(data))
        assert found == status, out
        assert f"one-rank-two: {'recorded as ' * status}{verdict}, " in out
    assert "one-rank-two: recorded as proved, which it cannot show\n" in out


# --- teeth: forged records ------------------------------------------------------------------------


def forged(change: Callable[[Data], object], data: Data) -> Data:
    made = copy.deepcopy(data)
    change(made)
    return signed(made)


def claim(data: Data, name: str) -> Data:
    found: dict[str, Data] = {entry["id"]: entry for entry in data["claims"]}
    return found[name]


def evidence(data: Data, name: str, route: str = "exact") -> Data:
    found: dict[str, Data] = {entry["route"]: entry for entry in claim(data, name)["evidence"]}
    return found[route]


def printed(data: Data, name: str) -> Data:
    found: Data = claim(data, name)["as_printed"][0]
    return found


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
def test_a_forged_record_is_noticed_or_taken_as_written(
    small: Data, check: Callable[..., tuple[int, str]], forgery: Forgery
) -> None:
    made = forgery.of_data(small)
    status, out = check(made)
    assert status == bool(forgery.checker)
    *lines, unseen, last = out.splitlines()
    if forgery.checker:
        assert any(line.startswith(forgery.checker) for line in lines), out
        assert "taken as written; NOT confirmed: " in last
        return
    assert set(written_of(made)) <= set(lines)
    assert unseen.startswith("as written, too: settings, versions, kinds of points, which sent")
    assert "confirmed" not in last
    pieces = sum(len(c["evidence"]) + len(c["as_printed"]) for c in made["claims"])
    assert f" of {pieces} pieces recomputed, {len(written_of(made))} taken as written" in last


def test_a_point_of_no_meaning_is_noticed(
    small: Data, check: Callable[..., tuple[int, str]]
) -> None:
    def spoil(data: Data) -> None:
        [*_, single] = [n for n, p in enumerate(data["points"]) if p["N"] == 1]
        evidence(data, "balancedness").update(at=[single], points=1, scope="")

    assert check(small)[0] == 0
    status, out = check(forged(spoil, small))
    assert (status, "balancedness: point " in out) == (1, True)


@pytest.mark.parametrize(
    ("t", "turn", "legal"),
    [
        ((2, 1), 1, True),
        ((1, 1), -1, True),
        ((1, 0), 1, True),
        ((0, 0), 1, False),
        ((1, 2), 1, False),
        ((1, -1), 1, False),
        ((2, 1), 2, False),
    ],
)
def test_what_a_legal_point_is(t: tuple[int, int], turn: int, legal: bool) -> None:
    Q = [CHECKER.diag([Fraction(1), Fraction(x)]) for x in (1, turn)]
    assert CHECKER.Point(1, [Fraction(x) for x in t], Q).legal is legal


@pytest.mark.parametrize(("N", "d"), [(1, 1), (256, 1), (257, 1), (1, 16), (1, 17)])
def test_how_large_a_point_may_be(N: int, d: int) -> None:
    frame = [[str(int(r == c)) for c in range(d)] for r in range(d)]
    place = {"N": N, "d": d, "t": ["1"] * d, "Q": [frame] * (N + 1)}
    if N <= 256 and d <= 16:
        assert CHECKER.point(place, place).legal
    else:
        with pytest.raises(ValueError, match="expected t_1"):
            CHECKER.point(place, place)


def test_scopes_in_words_are_those_of_the_claims(
    quick: Data, check: Callable[..., tuple[int, str]]
) -> None:
    worded = {n: e["scope"] for n, e in exact_of(quick).items() if "; d = " not in e["scope"]}
    assert worded == CHECKER.SCOPES
    for name in worded:
        made = copy.deepcopy(quick)
        made["claims"] = [claim(made, name)]
        assert check(signed(made))[0] == 0
        evidence(made, name).update(scope="everywhere")
        told = f"{name}: scope: 'everywhere' recorded, {CHECKER.SCOPES[name]!r} here\n"
        assert told in check(signed(made))[1]


def test_points_of_width_one_may_coincide(check: Callable[..., tuple[int, str]]) -> None:
    grid = Grid(depths=(1,), widths=(1,), points=12, runs=0)
    data = execute(plan(["recap"], grid, "exact"), "").record.as_json()
    assert len({json.dumps(point) for point in data["points"]}) < len(data["points"])
    assert check(data)[0] == 0


def test_an_edit_without_a_new_digest_is_noticed(
    small: Data, check: Callable[..., tuple[int, str]]
) -> None:
    status, out = check({**small, "command": "dlnproof check --quick"})
    assert status == 1
    assert out.startswith("the record was edited: its digest is not that of its contents\n")
    assert out.endswith("NOT confirmed: 'the record was edited'\n")


def test_another_schema_is_noticed(small: Data, check: Callable[..., tuple[int, str]]) -> None:
    status, out = check(forged(lambda data: data.update(schema="dlnproof-record/9"), small))
    assert status == 1
    told = f"schema: 'dlnproof-record/9' recorded, {SCHEMA!r} here\n"
    assert out.startswith(told)


@pytest.mark.parametrize(
    ("routes", "measured", "expected"),
    [
        ({"derivation": "proved", "exact": "exact", "pullback": "sampled"}, [], "proved"),
        ({"derivation": "proved", "pullback": "undecided"}, [], "undecided"),
        ({"derivation": "proved", "exact": "exact", "training": "observed"}, ["near"], "observed"),
        ({"derivation": "proved", "exact": "exact", "training": "observed"}, [], "proved"),
        ({"derivation": "proved", "exact": "exact"}, ["near"], "unexamined"),
        ({"exact": "exact", "pullback": "sampled", "enclosure": "enclosed"}, [], "exact"),
        ({"formal": "proved", "pullback": "sampled"}, [], "sampled"),
        ({"formal": "proved", "derivation": "derived"}, [], "derived"),
        ({"formal": "proved"}, [], "unexamined"),
        ({"derivation": "refuted", "exact": "exact", "training": "error"}, ["near"], "refuted"),
    ],
)
def test_the_verdict_follows_the_rule_of_the_record(
    routes: dict[str, str], measured: list[str], expected: str
) -> None:
    about = {"training": tuple(measured)} if measured else {}
    found = tuple(
        ROUTES[Route(r)](
            Verdict(word),
            scope="",
            covers=about.get(r, ("formula",)) if measured else None,
        )
        for r, word in routes.items()
    )
    entry = ClaimRecord(
        "c", "", "", ("formula", *measured), found, measured=tuple(measured)
    ).as_json()
    assert entry["verdict"] == expected
    fine = Verdict(expected).holds or expected == "unexamined"
    for word in Verdict:
        without = [{**e, "at": [], "points": 0, "scope": ""} for e in entry["evidence"]]
        claims = [{**entry, "verdict": word.value, "evidence": without}]
        data = {"schema": SCHEMA, "points": [], "claims": claims, "seed": 0, "run": {}}
        said = [
            wrong
            for _, wrong, _ in CHECKER.examine(signed(data))
            if wrong.startswith("the claim is rec")
        ]
        said = [wrong for wrong in said if "by its evidence" in wrong]
        assert said == (
            []
            if fine and word == expected
            else [f"the claim is recorded as {word}, by its evidence {expected}"]
        )


def test_verdicts_are_those_of_the_record_from_the_strongest_to_the_worst() -> None:
    assert list(Verdict) == CHECKER.VERDICTS
    assert [v for v in Verdict if v.holds] == CHECKER.HOLDING
    assert {*Verdict} - {*CHECKER.HOLDING, "unexamined"} == {*CHECKER.FAILING}


@pytest.mark.parametrize("verdict", [v for v in Verdict if v.fails])
def test_one_route_that_fails_is_the_verdict(verdict: Verdict) -> None:
    shown = {"route": "derivation", "verdict": "proved"}
    assert CHECKER.judged([shown, {"route": "exact", "verdict": verdict}]) == verdict


@pytest.mark.parametrize(
    ("premises", "built", "verdict"),
    [
        (["a", "b"], ["b", "a"], "proved_with_Coq"),
        (["a", "b"], ["a"], "derived"),
        (["a"], ["a", "b"], "derived"),
        (["a"], None, "derived"),
        ([], [], "proved_with_Coq"),
    ],
)
def test_what_is_derived_is_proved_with_coq_where_the_run_built_each_premise(
    premises: list[str], built: list[str] | None, verdict: str
) -> None:
    found: list[Data] = [{"route": "derivation", "verdict": "derived", "premises": premises}]
    if built is not None:
        found.append({"route": "formal", "verdict": "proved", "discharges": built})
    for word in ("proved", "proved_with_Coq", "derived"):
        claim = {"id": "c", "verdict": word, "sentences": {"s": word}, "evidence": found}
        said = [wrong for _, wrong, _ in CHECKER.verdicts(claim) if "recorded as" in wrong]
        assert bool(said) == (word != verdict)


def test_a_record_without_exact_evidence_confirms_nothing(
    small: Data, check: Callable[..., tuple[int, str]]
) -> None:
    status, out = check(forged(lambda data: data["claims"].clear(), small))
    assert status == 1
    assert out.splitlines()[-1] == (
        "0 of 0 pieces recomputed, 0 taken as written; NOT confirmed: (nothing to confirm)"
    )


def test_exact_evidence_at_no_point_is_none() -> None:
    empty = {"route": "exact", "verdict": "exact", "at": [], "points": 0, "scope": "N = ; d = "}
    [(_, wrong, _)] = CHECKER.evidence({"id": "volume-form", "evidence": [empty]}, {})
    assert wrong == "no points"


def test_a_claim_that_fails_shows_its_own_counterexample(
    small: Data, check: Callable[..., tuple[int, str]]
) -> None:
    case = printed(small, "orbit-volume")["counterexample"]

    def fail(data: Data) -> None:
        claim(data, "orbit-volume").update(verdict="refuted")
        evidence(data, "orbit-volume").update(verdict="refuted", counterexample=case)

    status, out = check(forged(fail, small))
    assert status == 1
    assert "orbit-volume: the claim is recorded as refuted, by its evidence refuted\n" in out
    assert "orbit-volume: 113/4 against 113/4\n" in out  # the statement holds there


# --- files that are no record ---------------------------------------------------------------------


@pytest.mark.parametrize("malformed", MALFORMED, ids=lambda malformed: malformed.name)
def test_a_malformed_record_is_refused_in_one_line(
    small: Data, check: Callable[..., tuple[int, str]], malformed: Malformed
) -> None:
    found = check(malformed.of_data(small))
    assert found[0] == malformed.checker
    if malformed.checker == UNREADABLE:
        assert_one_line(found)


@pytest.mark.parametrize("name", RECORD_TEXTS)
def test_a_file_that_is_no_record_is_refused_in_one_line(
    check: Callable[..., tuple[int, str]], name: str
) -> None:
    assert_one_line(check(RECORD_TEXTS[name]))


def assert_one_line(found: tuple[int, str]) -> None:
    status, err = found
    assert status == 2
    assert err.startswith("no readable record: ")
    assert err.count("\n") == 1
    assert len(err) < 300
    assert err.isascii()


@pytest.mark.parametrize("arguments", [[], ["no-such-file.json"], ["."], ["a\nb"]])
def test_a_missing_file_is_refused_in_one_line(arguments: list[str]) -> None:
    found = alone(*arguments)
    assert found.stdout == ""
    assert_one_line((found.returncode, found.stderr))


def test_whatever_stands_anywhere_there_is_no_traceback(
    small: Data, check: Callable[..., tuple[int, str]]
) -> None:
    data = copy.deepcopy(small)
    data["claims"] = [claim(data, "volume-form")]
    made = signed(data)
    found = set()
    for turn, (container, key) in enumerate(list(places(made))[::2]):
        kept, container[key] = container[key], JUNK[turn % len(JUNK)]
        status, out = check(signed(made) if turn % 2 else made)
        found.add(status)
        assert out.isascii()
        assert all(len(line) < 400 for line in out.splitlines())
        # without a new digest no change passes
        assert status in (1, 2) or turn % 2 or repr(container[key]) == repr(kept)
        container[key] = kept
    assert found == {0, 1, 2}
    assert check(signed(made))[0] == 0
