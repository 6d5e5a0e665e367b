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
from junk import JUNK, places

from dlnproof.claims import CATALOGUE, CLAIMS, module_of
from dlnproof.claims.studies import checker
from dlnproof.core.verdict import Route, Verdict
from dlnproof.record.evidence import ROUTES
from dlnproof.record.record import SCHEMA, ClaimRecord, Record, digest_of
from dlnproof.run.evidence import _listed
from dlnproof.run.grid import Grid
from dlnproof.run.runner import execute, plan
from dlnproof.selftest.corpus import RECORD_TEXTS
from dlnproof.selftest.forgeries import FORGERIES, Forgery
from dlnproof.selftest.hostile import MALFORMED, UNREADABLE, Malformed

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
def whole(whole_record: Record) -> Data:
    data: Data = whole_record.as_json()
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
    assert len(lines) < 350 + 20 * len(CATALOGUE)
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
    assert unseen.startswith("as written, too: all words, settings and versions")
    assert sorted(lines) == sorted(
        [f"{name}: {len(e['at'])} points, equal" for name, e in evidence.items()]
        + [f"{name}: counterexample confirmed" for name in cases]
        + written
    )
    assert "infinite-depth, derivation: proved, as written" in lines
    assert evidence.keys() == {c.id for c in CLAIMS.values() if Route.EXACT in c.routes}
    assert len(cases) == 13


COMPARED = {
    "balancedness": 18,
    "gd-defect": 36,
    "weight-decay-balances": 36,
    "operator-spectrum": 81,
    "end-to-end-flow": 36,
    "riemannian-submersion": 160,
    "three-way-splitting": 217,
    "balanced-polar-tower": 108,
    "metric-diagonalization": 82,
    "operator-derivative": 21,
    "svd-jacobian": 1,
    "metric-svd-frame": 10,
    "volume-form": 1,
    "power-map": 11,
    "volume-gradient": 3,
    "orbit-volume": 1,
    "entropy-gradient": 3,
    "coarea": 1,
    "jacobi-basis": 162,
    "volume-divergence": 9,
    "norm-divergence": 10,
    "norm-conjecture": 29,
    "rank-one-minimizers": 6,
    "volume-corners": 4,
    "diagonal-3x3": 12,
    "recap": 9,
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


# --- teeth: each closed form spoilt ---------------------------------------------------------------

SPOILT = {
    "balancedness": ("M, dM: dM @ M.T + M @ dM.T", "M, dM: dM @ M.T - M @ dM.T"),
    "operator-spectrum": ("diag([p.mu(i, l) / p.N for", "diag([p.mu(i, l) for"),
    "end-to-end-flow": ("(-p.mu(i, l) * along", "(-p.mu(i, l) / p.N * along"),
    "riemannian-submersion": ("lifted(p, 1)", "lifted(p, p.N)"),
    "three-way-splitting": ("[M - M.T for M in C]", "[M + M.T for M in C]"),
    "balanced-polar-tower": ("V[j + 1] @ P @ V[j].T", "V[j + 1] @ P @ V[j]"),
    "metric-diagonalization": ("D = [p.N / p.mu(i, l)", "D = [p.mu(i, l) / p.N"),
    "metric-svd-frame": ("(q * more + less / q)", "(q * less + more / q)"),
    "svd-jacobian": ("yield jacobian(p), van(p.s2)", "yield jacobian(p), van(p.s)"),
    "volume-form": ("jacobian(p), p.N ** len(p.less)", "jacobian(p), p.N ** p.d"),
    "power-map": ("yield volume, N**places", "yield volume, N ** len(p.less)"),
    "gd-defect": ("step**2 * (V", "step * (V"),
    "weight-decay-balances": ("-2 * mu * (B", "-mu * (B"),
    "volume-gradient": ("total -= 2 * p.s[i]", "total += 2 * p.s[i]"),
    "operator-derivative": ("slope(l, i) * H", "slope(i, l) * H"),
    "entropy-gradient": ("total += p.s[i] / (p", "total -= p.s[i] / (p"),
    "orbit-volume": ("squared(p, 1)", "squared(p, 2)"),
    "coarea": ("prod(a / (p.N * b) for", "prod(a / b for"),
    "jacobi-basis": ("a, b, c = p.t2[l], p.t2[i]", "a, b, c = p.t2[i], p.t2[l]"),
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
    assert "as written, too: all words, settings and versions, names of theorems" in unseen
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
