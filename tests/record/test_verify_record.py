"""The independent checker: one file without the package, and what it notices."""

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dlnproof.claims import CATALOGUE, CLAIMS, module_of
from dlnproof.claims.studies import checker
from dlnproof.core.verdict import Route, Verdict
from dlnproof.record.evidence import ROUTES
from dlnproof.record.record import SCHEMA, ClaimRecord, Record, digest_of
from dlnproof.run.evidence import _listed
from dlnproof.run.grid import Grid
from dlnproof.run.runner import execute, plan

FILE = Path(__file__).parents[2] / "dlnproof" / "verify_record.py"
SOURCE = checker(())
Data = dict[str, Any]


def module(source: str) -> Any:
    """Return the checker made from a source."""
    made = ModuleType("spoilt")
    exec(compile(source, "spoilt", "exec"), made.__dict__)
    return made


CHECKER = module(SOURCE)


@pytest.fixture(scope="module")
def whole(default_record: Record) -> Data:
    data: Data = default_record.as_json()
    return data


@pytest.fixture(scope="module")
def quick(whole: Data) -> Data:
    """The record at its small points."""
    points = whole["points"]
    return at_points(
        whole, lambda at: [n for n in at if points[n]["N"] <= 3 and points[n]["d"] <= 3]
    )


@pytest.fixture(scope="module")
def small(quick: Data) -> Data:
    """A few claims of the record, at a few points each."""
    names = ("balancedness", "riemannian-submersion", "volume-form", "orbit-volume")
    few = {**quick, "claims": [claim for claim in quick["claims"] if claim["id"] in names]}
    return at_points(few, lambda at: at[::20])


def at_points(data: Data, chosen: Callable[[list[int]], list[int]]) -> Data:
    """Return the record of a run at fewer points: of those of each claim the chosen ones."""
    data = copy.deepcopy(data)
    for evidence in exact_of(data).values():
        evidence["at"] = chosen(evidence["at"])
        evidence["points"] = len(evidence["at"])
    used = sorted({n for evidence in exact_of(data).values() for n in evidence["at"]})
    data["points"] = [data["points"][n] for n in used]
    for evidence in exact_of(data).values():
        evidence["at"] = [used.index(n) for n in evidence["at"]]
        here = [data["points"][n] for n in evidence["at"]]
        if evidence["scope"].startswith("N ="):
            evidence["scope"] = "; ".join(f"{x} = {_listed([p[x] for p in here])}" for x in "Nd")
    return signed(data)


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
    assert len(lines) < 700
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


def test_it_runs_alone_and_confirms_the_default_record(whole: Data, tmp_path: Path) -> None:
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
    assert unseen.startswith("as written, too: all words, settings and versions")
    assert sorted(lines) == sorted(
        [f"{name}: {len(e['at'])} points, equal" for name, e in evidence.items()]
        + [f"{name}: counterexample confirmed" for name in cases]
        + written
    )
    assert "infinite-depth, derivation: proved, as written" in lines
    assert len(evidence) == 16
    assert len(cases) == 13


# --- teeth: each closed form spoilt ---------------------------------------------------------------

SPOILT = {
    "balancedness": ("M, dM: dM @ M.T + M @ dM.T", "M, dM: dM @ M.T - M @ dM.T"),
    "operator-spectrum": ("diag([p.mu(i, l) / p.N for", "diag([p.mu(i, l) for"),
    "end-to-end-flow": ("(-p.mu(i, l) * along", "(-p.mu(i, l) / p.N * along"),
    "riemannian-submersion": ("lifted(p, 1)", "lifted(p, p.N)"),
    "metric-diagonalization": ("D = [p.N / p.mu(i, l)", "D = [p.mu(i, l) / p.N"),
    "svd-jacobian": ("yield jacobian(p), van(p.s2)", "yield jacobian(p), van(p.s)"),
    "volume-form": ("jacobian(p), p.N ** len(p.less)", "jacobian(p), p.N ** p.d"),
    "orbit-volume": ("squared(p, 1)", "squared(p, 2)"),
    "coarea": ("prod(a / (p.N * b) for", "prod(a / b for"),
    "volume-divergence": ("stated = [k * (k - N),", "stated = [k * (1 - N),"),
    "norm-divergence": ("-sum(p.s[i] / p.t2[i] *", "-sum(p.s[i] / p.t[i] *"),
    "norm-conjecture": ("x**2 + 4)", "x**2 + 2)"),
    "rank-one-minimizers": ("(M.det(), b * c - x * y)", "(M.det(), b * c + x * y)"),
    "volume-corners": (
        "(a + b) ** 2 + (x - a * b / x) ** 2",
        "(a + b) ** 2 + (x + a * b / x) ** 2",
    ),
    "diagonal-3x3": ("+ u * v + 1 / (u * v)", ""),
    "recap": ("entries[0], p.N * (p.s[0] / p.t[0]) ** 2", "entries[0], (p.s[0] / p.t[0]) ** 2"),
}
MORE = {
    "operator-spectrum, coincident": ("self.N * s2[i] / t2[i] if", "s2[i] if"),
    "end-to-end-flow, powers": ("x ** (p.N - j) for x in p.t2])", "x**j for x in p.t2])"),
    "metric-diagonalization, determinant": ("A(p).det(), prod(D)", "A(p).det(), prod(D[: p.d])"),
    "volume-divergence, density": ("-(k**2) * (N - 1)", "-k * (N - 1)"),
    "volume-divergence, orbit": ("F(k * (k - 1), 2)", "F(k * (k - 1), 1)"),
    "norm-divergence, entry": ("max(0, (1 - r) ** 2 / r -", "max(0, (1 + r) ** 2 / r -"),
    "norm-conjecture, determinant": ("(M.det(), -1)", "(M.det(), 1)"),
    "norm-conjecture, Frobenius": ("(norm2(M), x**2 + 2)", "(norm2(M), x**2 + 1)"),
    "norm-conjecture, Schatten": ("max(0, 2 - u**q", "max(0, 3 - u**q"),
    "norm-conjecture, tilted": ("yield tilted(-1), 2", "yield tilted(-1), 3"),
    "rank-one-minimizers, rank": ("b * c - x * y == 0)", "b * c + x * y == 0)"),
    "volume-corners, density": ("yield g, N * (a * b)", "yield g, (a * b)"),
    "volume-corners, growth": ("[5 * a / 4, c]", "[4 * a / 5, c]"),
    "diagonal-3x3, least": ("max(0, 9 - norm2(M))", "max(0, 10 - norm2(M))"),
    "recap, stuck": ("max(0, F(1, 2) -", "max(0, F(1, 1) -"),
    "recap, iterate": ("(z - (X @ X.T @ z - y))", "(z + (X @ X.T @ z - y))"),
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


@pytest.mark.parametrize("name", [*SPOILT, *MORE])
def test_a_spoilt_closed_form_is_noticed(quick: Data, name: str) -> None:
    claim = name.split(",", maxsplit=1)[0]
    assert noticed(spoil(*{**SPOILT, **MORE}[name]), quick, claim)


PRINTED = {
    "balancedness: transposed": ("M, dM: dM.T @ M + M.T @ dM", "M, dM: dM @ M.T + M @ dM.T"),
    "riemannian-submersion: theorem-13": ("lifted(p, p.N)", "lifted(p, 1)"),
    "volume-form: van-reversed": ("[-x for x in p.t2])", "p.t2)"),
    "orbit-volume: without-root": ("squared(p, 2)", "squared(p, 1)"),
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
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_spoilt_printed_form_is_noticed(quick: Data, name: str) -> None:
    case = cases_of(quick)[name]
    assert set(PRINTED) == set(cases_of(quick))
    assert not CHECKER.fault(name, None, case)
    assert spoil(*PRINTED[name]).fault(name, None, case)


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


FORGERIES: dict[str, tuple[Callable[[Data], object], str]] = {
    "verdict of a sentence": (
        lambda data: claim(data, "orbit-volume")["sentences"].update(volume="exact"),
        "orbit-volume: volume is recorded as exact, by its evidence proved",
    ),
    "no evidence": (
        lambda data: claim(data, "orbit-volume").update(evidence=[]),
        "orbit-volume: the claim is recorded as proved, by its evidence unexamined",
    ),
    "verdict": (
        lambda data: claim(data, "orbit-volume").update(verdict="exact"),
        "orbit-volume: the claim is recorded as exact, by its evidence proved",
    ),
    "verdict of another route": (
        lambda data: evidence(data, "orbit-volume", "pullback").update(verdict="undecided"),
        "orbit-volume: the claim is recorded as proved, by its evidence undecided",
    ),
    "verdict of another route, written twice": (
        lambda data: claim(data, "orbit-volume")["evidence"].insert(
            0, {**evidence(data, "orbit-volume", "pullback"), "verdict": "refuted"}
        ),
        "orbit-volume: the claim is recorded as proved, by its evidence refuted",
    ),
    "verdict of the exact route": (
        lambda data: evidence(data, "orbit-volume").update(verdict="proved"),
        "orbit-volume: not so recorded",
    ),
    "left": (
        lambda data: printed(data, "orbit-volume")["counterexample"].update(left="7"),
        "orbit-volume: without-root: 113/4 against 12769/16",
    ),
    "right": (
        lambda data: printed(data, "orbit-volume")["counterexample"].update(right="7/3"),
        "orbit-volume: without-root: 113/4 against 12769/16",
    ),
    "left and right alike": (
        lambda data: printed(data, "orbit-volume")["counterexample"].update(right="113/4"),
        "orbit-volume: without-root: 113/4 against 12769/16",
    ),
    "t of a counterexample": (
        lambda data: printed(data, "orbit-volume")["counterexample"]["point"].update(t=["9", "1"]),
        "orbit-volume: without-root: ",
    ),
    "a counterexample where there is none": (
        lambda data: printed(data, "orbit-volume")["counterexample"].update(
            point={"t": ["1", "1"], "Q": [[["1", "0"], ["0", "1"]]] * 2}, N=1
        ),
        "orbit-volume: without-root: 1 against 1",
    ),
    "no counterexample": (
        lambda data: printed(data, "orbit-volume").update(counterexample=None),
        "orbit-volume: without-root: not examined",
    ),
    "printed verdict": (
        lambda data: printed(data, "orbit-volume").update(verdict="proved"),
        "orbit-volume: without-root: recorded as proved",
    ),
    "printed name": (
        lambda data: printed(data, "orbit-volume").update(name="whatever"),
        "orbit-volume: whatever: not examined",
    ),
    "refuted, now proved": (
        lambda data: printed(data, "orbit-volume").update(verdict="proved", counterexample=None),
        "orbit-volume: without-root: recorded as proved",
    ),
    "no erratum": (
        lambda data: claim(data, "orbit-volume")["as_printed"].pop(0),
        "orbit-volume: without-root: missing: it is printed, and known here as false",
    ),
    "a claim twice": (
        lambda data: data["claims"].append(claim(data, "orbit-volume")),
        "orbit-volume: stands twice",
    ),
    "evidence twice": (
        lambda data: claim(data, "orbit-volume")["evidence"].append(
            evidence(data, "orbit-volume", "pullback")
        ),
        "orbit-volume, pullback: stands twice",
    ),
    "exact evidence twice": (
        lambda data: claim(data, "orbit-volume")["evidence"].append(evidence(data, "orbit-volume")),
        "orbit-volume, exact: stands twice",
    ),
    "a printed statement twice": (
        lambda data: claim(data, "orbit-volume")["as_printed"].append(
            printed(data, "orbit-volume")
        ),
        "orbit-volume: without-root: stands twice",
    ),
    "more rejected than tried": (
        lambda data: evidence(data, "orbit-volume", "derivation")["mutants"].update(rejected=900),
        "orbit-volume, derivation: not as many wrong variants rejected or left as tried",
    ),
    "a survivor, and all rejected": (
        lambda data: evidence(data, "orbit-volume", "derivation")["mutants"].update(
            survivors=["x"]
        ),
        "orbit-volume, derivation: not as many wrong variants rejected or left as tried",
    ),
    "proved by finite differences": (
        lambda data: evidence(data, "orbit-volume", "pullback").update(verdict="proved"),
        "orbit-volume, pullback: recorded as proved, which it cannot show",
    ),
    "a depth between": (
        lambda data: evidence(data, "orbit-volume").update(
            scope="N = 2, every N between and beyond, 3; d = 2..3"
        ),
        "orbit-volume: not so recorded",
    ),
    "an unknown claim without exact evidence": (
        lambda data: data["claims"].append(
            claim(data, "orbit-volume")
            | {
                "id": "perpetual-motion",
                "evidence": [evidence(data, "orbit-volume", "derivation")],
                "as_printed": [],
            }
        ),
        "perpetual-motion: unknown here",
    ),
    "seed": (lambda data: data.update(seed=1.5), "digest: not that of the content"),
    "an unknown field": (lambda data: data.update(mine=1), "record: unknown fields: mine"),
    "an unknown field of the run": (
        lambda data: data["run"].update(mine=1),
        "run: unknown fields: mine",
    ),
    "an unknown field of a point": (
        lambda data: data["points"][0].update(mine=1),
        "point 0: unknown fields: mine",
    ),
    "an unknown field of a claim": (
        lambda data: claim(data, "orbit-volume").update(mine=1),
        "orbit-volume: unknown fields: mine",
    ),
    "an unknown field of evidence": (
        lambda data: evidence(data, "orbit-volume", "pullback").update(mine=1),
        "orbit-volume, pullback: unknown fields: mine",
    ),
    "an unknown field of wrong variants": (
        lambda data: evidence(data, "orbit-volume", "pullback")["mutants"].update(mine=1),
        "orbit-volume, pullback: unknown fields: mine",
    ),
    "an unknown field of a printed statement": (
        lambda data: printed(data, "orbit-volume").update(mine=1),
        "orbit-volume: without-root: unknown fields: mine",
    ),
    "an unknown field of a counterexample": (
        lambda data: printed(data, "orbit-volume")["counterexample"].update(mine=1),
        "orbit-volume: without-root: unknown fields: mine",
    ),
    "order of t": (
        lambda data: next(p for p in data["points"] if len(set(p["t"])) > 1)["t"].reverse(),
        "point ",
    ),
    "negative t": (lambda data: data["points"][0]["t"].__setitem__(-1, "-1"), "point 0: not legal"),
    "Q": (
        lambda data: data["points"][0]["Q"][0][0].__setitem__(0, "1/2"),
        "point 0: not legal",
    ),
    "a point less": (
        lambda data: evidence(data, "orbit-volume")["at"].pop(),
        "orbit-volume: not so recorded",
    ),
    "no point": (
        lambda data: evidence(data, "orbit-volume").update(at=[], points=0, scope=""),
        "orbit-volume: not so recorded",
    ),
    "a point twice": (
        lambda data: evidence(data, "orbit-volume")["at"].__setitem__(
            0, evidence(data, "orbit-volume")["at"][1]
        ),
        "orbit-volume: not so recorded",
    ),
    "a point twice, by two numbers": (
        lambda data: (
            data["points"].append(data["points"][evidence(data, "orbit-volume")["at"][0]]),
            evidence(data, "orbit-volume")["at"].append(len(data["points"]) - 1),
            evidence(data, "orbit-volume").update(
                points=1 + evidence(data, "orbit-volume")["points"]
            ),
        ),
        "orbit-volume: not so recorded",
    ),
    "points": (
        lambda data: evidence(data, "orbit-volume").update(points=1000),
        "orbit-volume: not so recorded",
    ),
    "depths": (
        lambda data: evidence(data, "orbit-volume").update(scope="N = 2..9; d = 2..3"),
        "orbit-volume: not so recorded",
    ),
    "widths": (
        lambda data: evidence(data, "orbit-volume").update(scope="N = 2..3; d = 1..3"),
        "orbit-volume: not so recorded",
    ),
    "a scope in words": (
        lambda data: evidence(data, "orbit-volume").update(scope="every N and every d"),
        "orbit-volume: not so recorded",
    ),
    "a point of no meaning": (
        lambda data: evidence(data, "balancedness").update(
            at=[n for n, p in enumerate(data["points"]) if p["N"] == 1][:1], points=1, scope=""
        ),
        "balancedness: point ",
    ),
    "a claim of the user's own": (
        lambda data: claim(data, "orbit-volume").update(id="my-claim"),
        "my-claim: point 1: not examined",
    ),
    "a claim that is named like a printed statement": (
        lambda data: claim(data, "orbit-volume").update(id="volume-divergence: orbit-diverges"),
        "volume-divergence? orbit-diverges: point ",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_record_is_noticed(
    small: Data, check: Callable[..., tuple[int, str]], name: str
) -> None:
    assert check(small)[0] == 0
    change, expected = FORGERIES[name]
    status, out = check(forged(change, small))
    assert status == 1
    assert any(line.startswith(expected) for line in out.splitlines()), out
    assert "taken as written; NOT confirmed: " in out.splitlines()[-1]


UNSEEN: dict[str, Callable[[Data], object]] = {
    "worst error": lambda data: evidence(data, "orbit-volume", "pullback").update(
        worst_error="1.0e-90", order=[9.0, 9.0], points=10**6, digits=10**6, scope="everywhere"
    ),
    "derivation": lambda data: evidence(data, "orbit-volume", "derivation").update(
        scope="all N, also rectangular", steps=2200, mutants={"tried": 900, "rejected": 900}
    ),
    "words": lambda data: (
        claim(data, "orbit-volume").update(title="Anything", source="nobody", formal=["riemann"]),
        printed(data, "orbit-volume").update(
            statement="0 = 0", witness="rumour", source="nobody", explanation="They made an error."
        ),
    ),
    "settings": lambda data: (
        data.update(command="rm -rf ~", version="9", commit="0", seed=7),
        data["run"].update(digits=10**6),
        data["environment"]["packages"].update(sympy="99"),
    ),
    "Coq": lambda data: (
        data["run"].update(formal=True),
        claim(data, "orbit-volume")["evidence"].append(
            {
                "route": "formal",
                "verdict": "proved",
                "scope": "",
                "mutants": {"tried": 0, "rejected": 0},
            }
        ),
    ),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_not_recomputed_is_listed_and_never_confirmed(
    small: Data, check: Callable[..., tuple[int, str]], name: str
) -> None:
    made = forged(UNSEEN[name], small)
    status, out = check(made)
    assert status == 0
    *lines, unseen, last = out.splitlines()
    assert set(written_of(made)) <= set(lines)
    assert "as written, too: all words, settings and versions, names of theorems" in unseen
    assert "confirmed" not in last
    pieces = sum(len(c["evidence"]) + len(c["as_printed"]) for c in made["claims"])
    assert f" of {pieces} pieces recomputed, {len(written_of(made))} taken as written" in last


def test_scopes_in_words_are_those_of_the_claims(
    quick: Data, check: Callable[..., tuple[int, str]]
) -> None:
    worded = {n: e["scope"] for n, e in exact_of(quick).items() if not e["scope"].startswith("N =")}
    assert worded == CHECKER.SCOPES
    for name in worded:
        made = copy.deepcopy(quick)
        made["claims"] = [claim(made, name)]
        assert check(signed(made))[0] == 0
        evidence(made, name).update(scope="everywhere")
        assert f"{name}: not so recorded\n" in check(signed(made))[1]


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
    assert out.startswith("digest: not that of the content, or of no record\n")
    assert out.endswith("NOT confirmed: 'digest'\n")


def test_another_schema_is_noticed(small: Data, check: Callable[..., tuple[int, str]]) -> None:
    status, out = check(forged(lambda data: data.update(schema="dlnproof-record/9"), small))
    assert status == 1
    assert out.startswith("digest: ")


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


def test_a_record_without_exact_evidence_confirms_nothing(
    small: Data, check: Callable[..., tuple[int, str]]
) -> None:
    status, out = check(forged(lambda data: data["claims"].clear(), small))
    assert status == 1
    assert out.splitlines()[-1] == (
        "0 of 0 pieces recomputed, 0 taken as written; NOT confirmed: (nothing to confirm)"
    )


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


def with_point(**changes: Any) -> Callable[[Data], object]:
    return lambda data: data["points"][0].update(changes)


UNREADABLE: dict[str, Callable[[Data], object]] = {
    "no digest": lambda data: data.pop("schema"),
    "no claims": lambda data: data.pop("claims"),
    "claims a number": lambda data: data.update(claims=5),
    "claims of text": lambda data: data.update(claims=["orbit-volume"]),
    "no id": lambda data: data["claims"][0].pop("id"),
    "id a list": lambda data: data["claims"][0].update(id=[]),
    "unknown verdict": lambda data: data["claims"][0]["evidence"][0].update(verdict="true"),
    "at beyond the points": lambda data: evidence(data, "orbit-volume").update(at=[10**6]),
    "at from the end": lambda data: evidence(data, "orbit-volume").update(at=[-1], points=1),
    "at a list": lambda data: evidence(data, "orbit-volume").update(at=[[0]]),
    "no t": lambda data: data["points"][0].pop("t"),
    "t a number": with_point(t=[1]),
    "zero denominator": with_point(t=["1/0"]),
    "exponent": with_point(t=["1e999999999"]),
    "decimal": with_point(t=["1.5"]),
    "long number": with_point(t=["9" * 10**5]),
    "huge N": with_point(N=10**12),
    "huge d": with_point(d=10**12),
    "N of text": with_point(N="inf"),
    "N a fraction": with_point(N=2.5),
    "no frames": with_point(Q=[]),
    "ragged Q": lambda data: data["points"][0]["Q"][0].append(["1"]),
    "other digits": with_point(t=["\u0661"]),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_malformed_record_is_refused_in_one_line(
    small: Data, check: Callable[..., tuple[int, str]], name: str
) -> None:
    made = forged(UNREADABLE[name], small)
    if name == "no digest":
        made.pop("digest")
    assert_one_line(check(made))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        "5",
        '"text"',
        '{"digest": 1e999}',
        '{"digest": ' + "9" * 10**5 + "}",
        "[" * 10**5,
        '{"a":' * 10**5,
        b"\xff\xfe\x00",
        b'{"digest": "\x00"}',
        '{"digest": "\\ud800", "points": ["\\ud800"], "claims": []}',
    ],
    ids=range(14),
)
def test_a_file_that_is_no_record_is_refused_in_one_line(
    check: Callable[..., tuple[int, str]], text: str | bytes
) -> None:
    assert_one_line(check(text))


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


JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    2.5,
    10**30,
    "",
    "x",
    "1/0",
    "-7",
    [],
    {},
    [[]],
    "\u2028\nall confirmed",
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where values stand: the container and the key or index."""
    for key in data if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from places(data[key])


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
