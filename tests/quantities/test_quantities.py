"""Every quantity: measured from its definition alone, alike by every way of computing it."""

import ast
import json
import sys
from dataclasses import FrozenInstanceError, replace
from importlib import reload
from importlib.util import find_spec
from itertools import product
from math import inf, log
from pathlib import Path
from typing import Any

import pytest
import sympy
from flint import arb, arb_mat, fmpq

import dlnproof
from dlnproof import Grid, check, symbolic
from dlnproof.claims import CLAIMS, measured, module_of
from dlnproof.claims.deduction import Deduction
from dlnproof.claims.schema import CatalogueError
from dlnproof.claims.studies import Study
from dlnproof.cli.main import main
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.explanation import explanation_text
from dlnproof.documents.layout import Screen
from dlnproof.judge.targets import TARGETS
from dlnproof.language.arithmetic import ball
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum, point
from dlnproof.numeric.exact.stencil import fine_step, reach
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.quantity import Quantity, Root
from dlnproof.run.jobs import alone
from dlnproof.run.point import check_at

ROUTES = {Route.EXACT: "exact", Route.PULLBACK: "pullback", Route.ENCLOSURE: "balls"}
"""By route, the field of a quantity that measures by it."""

CHECKED = [
    (claim, name, route)
    for claim, made in CLAIMS.items()
    for name in made.quantities
    for route, field in ROUTES.items()
    if route in made.routes and getattr(QUANTITIES[name], field) is not None
    if claim != "end-to-end-flow"  # the same eigenvalues, checked along the flow by its own means
]


def each(field: str = "name") -> pytest.MarkDecorator:
    """Parametrize a test by the quantities that have something in a field."""
    having = [quantity for quantity in QUANTITIES.values() if getattr(quantity, field)]
    return pytest.mark.parametrize("quantity", having, ids=lambda quantity: quantity.name)


def at(quantity: Quantity, width: int = 2) -> ExactPoint:
    return point(PointKey(3 if quantity.finite else inf, width, Stratum.SIMPLE, 1, 0, 0))


# --- the definition -------------------------------------------------------------------------------


def test_no_quantity_sees_a_formula_that_a_claim_states() -> None:
    found = find_spec("dlnproof.quantities")
    assert found is not None
    assert found.submodule_search_locations is not None
    files = list(Path(found.submodule_search_locations[0]).glob("*.py"))
    assert len(files) > 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                assert not any("formulas" in name or ".claims" in name for name in names), file


@each()
def test_it_is_named_defined_and_measured(quantity: Quantity) -> None:
    assert quantity.finite is not quantity.name.startswith("infinite-")
    assert quantity.plain.isascii()
    assert "\\" not in quantity.plain
    others = [q for q in QUANTITIES.values() if q is not quantity]
    assert quantity.definition not in {q.definition for q in others}
    assert quantity.symbol not in {q.symbol for q in others}
    assert TARGETS[quantity.name].quantity is quantity
    with alone(50):
        values = quantity.values(at(quantity))
    everywhere = set(product((1, 2), repeat=len(quantity.indices)))
    assert set(values) == {k for k in everywhere if quantity.keys is None or k[0] != k[1]}
    with pytest.raises(TypeError):
        QUANTITIES[quantity.name] = quantity  # type: ignore[index]
    for made, field in ((quantity, "exact"), (quantity.pullback, "power"), (quantity.root, "log")):
        with pytest.raises(FrozenInstanceError if made else AttributeError):
            setattr(made, field, None)


def test_a_density_varies_but_where_values_coincide_and_where_it_is_one() -> None:
    source = QUANTITIES["volume-form"].pullback
    assert source is not None
    for depth, width, stratum, there in (
        (1, 1, Stratum.SIMPLE, False),
        (2, 1, Stratum.SIMPLE, True),
        (1, 2, Stratum.SIMPLE, True),
        (2, 2, Stratum.SIMPLE, True),
        (2, 2, Stratum.PAIR, False),
    ):
        assert source.truncates(point(PointKey(depth, width, stratum, 1, 0, 0))) is there


# --- the same by every way ------------------------------------------------------------------------


def normalised(quantity: Quantity) -> dict[str, str]:
    return {"normalization": "sum"} if "submersion" in quantity.name else {}


@each("floats")
@pytest.mark.parametrize("width", [1, 2, 3])
def test_public_functions_of_floats_agree(quantity: Quantity, width: int) -> None:
    here = at(quantity, width)
    given: Any = [float(s) for s in here.sigma]
    if quantity.floats in ("log_volume_density", "scalar_curvature"):
        given = [[float(x) for x in row] for row in here.W.tolist()]
    found = getattr(dlnproof, quantity.floats)(given, here.depth, **normalised(quantity))
    with alone(50):
        for indices, value in quantity.values(here).items():
            expected = float(ball(value))
            if quantity.floats.startswith("log_") and not (quantity.root and quantity.root.log):
                expected = log(expected)
            cell = found[tuple(k - 1 for k in indices)] if indices else found
            assert float(cell) == pytest.approx(expected, rel=1e-10, abs=1e-10)


@each("sympy")
@pytest.mark.parametrize("width", [1, 2, 3])
def test_sympy_objects_agree(quantity: Quantity, width: int) -> None:
    here = at(quantity, width)
    sigma = [sympy.Rational(str(s)) for s in here.sigma]
    depth = here.depth if quantity.finite else sympy.oo
    given = (width,) if quantity.sympy == "svd_jacobian" else (depth, width)
    found = getattr(symbolic, quantity.sympy)(*given, sigma=sigma, **normalised(quantity))
    with alone(50):
        for indices, value in quantity.values(here).items():
            cell = found[tuple(k - 1 for k in indices)] if indices else found
            measured, number = ball(value), arb(str(sympy.N(cell, 40)))
            near = abs(number - measured) < abs(measured) * arb("1e-35")
            assert near or (number.is_zero() and measured.is_zero())


def differences(quantity: Quantity, here: ExactPoint, step: fmpq, digits: int) -> list[arb]:
    """Return how far finite differences are off, relatively, for each pair of indices."""
    source = quantity.pullback
    assert source is not None
    with alone(digits):
        found = source.measure(here, step, digits)
    values = quantity.values(here)
    units = source.units(here) if source.units else [quantity.scale(here)]
    order: list[tuple[int, ...]] = [()]
    if isinstance(found, arb_mat):
        d = here.width
        order = [(i + 1, l + 1) for l in range(d) for i in range(d)]
    entries = [found[k, k] if isinstance(found, arb_mat) else found for k in range(len(order))]
    with alone(digits):
        expected = [
            (ball(values[k]) / u) ** source.power for k, u in zip(order, units, strict=True)
        ]
        return [abs(entry / value - 1) for entry, value in zip(entries, expected, strict=True)]


@each("pullback")
def test_finite_differences_agree_in_their_units(quantity: Quantity) -> None:
    errors = differences(quantity, at(quantity), fine_step(40), 40)
    assert all(error < arb(reach(40)) for error in errors)


@each("pullback")
@pytest.mark.parametrize("width", [1, 2])
def test_there_is_a_truncation_error_where_it_is_said(quantity: Quantity, width: int) -> None:
    here, source = at(quantity, width), quantity.pullback
    assert source is not None
    errors = differences(quantity, here, fmpq(1, 32), 40)
    assert any(error > arb("1e-15") for error in errors) is source.truncates(here)


def test_a_quantity_is_a_root_of_itself() -> None:
    quantity = QUANTITIES["svd-jacobian"]
    here = at(quantity)
    with alone(50):
        [value] = quantity.values(here).values()
        assert ball(Root(quantity).value(here)).overlaps(ball(value))


def test_the_entropy_is_the_logarithm_of_the_volume() -> None:
    here = at(QUANTITIES["entropy"])
    with alone(50):
        [entropy], [volume] = (
            QUANTITIES[n].values(here).values() for n in ("entropy", "orbit-volume")
        )
        assert ball(entropy).overlaps(ball(volume).log())


@pytest.mark.parametrize("of", ["", "submersion-", "infinite-"])
@pytest.mark.parametrize("width", [1, 2, 3])
def test_an_entry_of_the_metric_is_one_over_the_eigenvalue(of: str, width: int) -> None:
    entry, eigenvalue = QUANTITIES[f"{of}metric-entry"], QUANTITIES[f"{of}eigenvalue"]
    here = at(entry, width)
    with alone(50):
        entries, eigenvalues = entry.values(here), eigenvalue.values(here)
        products = [ball(entries[pair]) * ball(eigenvalues[pair]) for pair in entries]
    assert len(products) == width**2
    assert all(abs(one - 1) < arb("1e-40") for one in products)


@pytest.mark.parametrize(
    ("name", "power"),
    [("metric-determinant", 2), ("volume-density", 1), ("volume-form", 1)],
)
@pytest.mark.parametrize("width", [1, 2, 3])
def test_without_the_mean_a_metric_is_divided_by_the_depth(
    name: str, power: int, width: int
) -> None:
    mean, sum_ = QUANTITIES[name], QUANTITIES[f"submersion-{name}"]
    here = at(mean, width)
    assert here.depth == 3
    with alone(50):
        [ours], [theirs] = mean.values(here).values(), sum_.values(here).values()
        square = (ball(ours) / ball(theirs)) ** 2
        assert abs(square / arb(3) ** (power * width**2) - 1) < arb("1e-40")


@each("root")
def test_a_root_is_measured_through_what_it_is_the_root_of(quantity: Quantity) -> None:
    root, here = quantity.root, at(quantity, 3)
    assert root is not None
    with alone(50):
        own, through = ball(quantity.values(here)[()]), ball(root.value(here))
        other = ball(replace(root, degree=3).value(here))
    assert own.overlaps(through)
    assert not own.overlaps(other)


# --- what is broken is found ----------------------------------------------------------------------


@pytest.mark.parametrize(("claim", "name", "route"), CHECKED)
def test_a_measurement_wrong_in_a_late_digit_is_no_pass(
    claim: str, name: str, route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the sixtieth digit of rationals, the thirtieth of differences, the tenth of balls."""
    quantity, field = QUANTITIES[name], ROUTES[route]
    off = 1 + fmpq(1, 10 ** {Route.EXACT: 60, Route.PULLBACK: 30, Route.ENCLOSURE: 10}[route])
    right: Any = getattr(quantity, field)
    measure = right.measure if route is Route.PULLBACK else right

    def wrong(*given: Any) -> Any:
        found: Any = measure(*given)
        if isinstance(found, list):
            return [found[0] * off, *found[1:]]
        if quantity.indices:  # a matrix, which is the measurement's own
            found[0, 0] *= off
            return found
        return found * off

    made = replace(right, measure=wrong) if route is Route.PULLBACK else wrong
    changed: Any = {field: made}
    broken = replace(quantity, **changed)
    module = sys.modules.get(module_of(claim, "checks"))
    with monkeypatch.context() as patched:
        patched.setattr(measured, "quantity_named", {**QUANTITIES, name: broken}.__getitem__)
        if module:
            reload(module)  # its checks were made when it was imported
        grid = Grid(depths=(2,) if quantity.finite else (inf,), widths=(2,))
        [record] = check([claim], grid=grid, expression=route.value).claims
    if module:
        reload(module)
    assert not record.verdict.holds


@pytest.mark.parametrize(
    ("quantities", "said"),
    [
        ({"volume": ("form",)}, "got 'volume', expected one of eigenvalue, "),
        ({"volume-form": ("form", "form")}, "'volume-form': got 2 parts, expected 1"),
        ({"eigenvalue": ("form",)}, "'eigenvalue': got 1 parts, expected 2"),
        ({"volume-gradient": ("form",)}, "'volume-gradient': has one index, expected a check of"),
        ({"entropy": ("form",)}, "'entropy': is not measured over QQ, expected a check of it"),
    ],
)
def test_what_a_claim_says_of_quantities_is_checked(quantities: Any, said: str) -> None:
    claim = replace(CLAIMS["volume-form"], quantities=quantities)
    with pytest.raises(CatalogueError, match="claim 'volume-form': field 'quantities': ") as raised:
        Study(claim, lambda: Deduction(claim.id))
    assert said in str(raised.value)


def test_a_claim_that_gives_its_own_checks_keeps_them() -> None:
    claim = CLAIMS["volume-form"]
    own = measured.exact(claim.quantities)
    first, second = measured.completed(claim, (own,))
    assert first is own
    assert second.route is Route.PULLBACK


def test_a_claim_is_about_a_quantity_of_its_own() -> None:
    """The square of the Jacobian, measured as the square of what is measured there."""
    jacobian = QUANTITIES["svd-jacobian"]
    assert jacobian.exact is not None
    exact: Any = jacobian.exact
    own = replace(jacobian, name="own", exact=lambda here: exact(here) ** 2, pullback=None)
    made = CLAIMS["svd-jacobian"]
    squared: Any = made.parts["jacobian"]
    claim = replace(
        made,
        parts={"jacobian": squared**2},
        quantities={own: ("jacobian",)},
        routes=(Route.DERIVATION, Route.EXACT),
    )
    [check] = measured.completed(claim, ())
    found = check_at(claim, check, PointKey(2, 3, Stratum.SIMPLE, 1, 0, 0), 50)  # type: ignore[arg-type]
    assert found.comparison.verdict is Verdict.EXACT
    assert found.mutants["unsquared"] is Verdict.REFUTED
    assert "$" not in explanation_text(claim, Screen(100))
    with pytest.raises(CatalogueError, match="'own': is not measured by finite differences"):
        measured.completed(replace(claim, routes=made.routes), ())


def test_a_file_of_claims_without_a_check_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example, whose two checks are left out: each route finds what it finds with them."""
    example = Path(__file__).parents[2] / "examples" / "my_claims.py"
    source = example.read_text(encoding="utf-8").replace("volume-density", "without-checks")
    for old, new in (
        ("Study(VOLUME_DENSITY, derive, CHECKS,", "Study(VOLUME_DENSITY, derive,"),
        (
            'parts={"density": DENSITY},',
            'parts={"density": DENSITY}, quantities={"volume-density": ("density",)},',
        ),
    ):
        assert source.count(old) == 1
        source = source.replace(old, new)
    short = tmp_path / "short.py"
    short.write_text(source, encoding="utf-8")
    found = []
    for file in (example, short):
        assert main(["check", str(file), "--depth", "1..2", "--width", "1..2", "--json", "-"]) == 0
        [claim] = json.loads(capsys.readouterr().out)["claims"]
        found.append([(e["route"], e["verdict"], e.get("points")) for e in claim["evidence"]])
    assert found[0] == found[1]
    assert [verdict for _, verdict, _ in found[0]] == ["proved", "exact", "sampled"]
