"""One name, all rooms: the catalogue and its rooms hold the same claims in the same chapters."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from conftest import derivation_of

from dlnproof.claims import CATALOGUE, CLAIMS, module_of
from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, ExactCheck, TrainingCheck
from dlnproof.claims.deduction import Deduction
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Route
from dlnproof.run.jobs import checks_of

ROOT = Path(__file__).parents[2]

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


@pytest.mark.parametrize("folder", ["derivations", "checks", "referee"])
def test_each_folder_holds_one_module_for_each_claim(folder: str) -> None:
    paths = (path for path in (ROOT / folder).glob("*/*.py") if path.stem != "__init__")
    needed = {
        name
        for name, claim in zip(CATALOGUE, CLAIMS.values(), strict=True)
        if folder != "checks" or not claim.quantities
    }
    found = {f"{path.parent.name}.{path.stem}" for path in paths}
    assert needed <= found
    # a long one is several, whose names begin with the claim's; derivations share theorems too
    others = {name for name in found if not name.startswith(CATALOGUE)}
    assert folder == "derivations" or not others
    imports = " ".join(re.findall(r"^from \.[^(\n]*", all_text(folder), re.MULTILINE))
    assert {name.split(".")[1] for name in others} <= set(re.findall(r"\w+", imports))


def all_text(folder: str) -> str:
    return "".join(path.read_text("utf-8") for path in (ROOT / folder).glob("*/*.py"))


@each_claim
def test_a_module_is_named_after_its_claim(claim: Claim) -> None:
    assert module_of(claim.id, "claims").endswith(f".{claim.slug}")


def test_each_claim_has_its_tests() -> None:
    tests = {path.stem for path in (ROOT / "tests" / "claims").glob("*.py")}
    assert {f"test_{claim.slug}" for claim in CLAIMS.values()} <= tests


def test_each_claim_has_its_committed_fragment() -> None:
    fragments = {path.stem for path in (ROOT / "derivations" / "tex").glob("*.tex")}
    assert fragments == {claim.slug for claim in CLAIMS.values()} | {"main", "conventions"}


@each_claim
def test_the_routes_are_those_its_modules_provide(claim: Claim) -> None:
    provided = [check.route for check in checks_of(claim)]
    assert len(set(provided)) == len(provided)
    assert {*provided, Route.DERIVATION} == set(claim.routes)
    assert len(provided) >= 2  # of a user's claim one is enough
    kinds = {
        ExactCheck: Route.EXACT,
        EnclosureCheck: Route.ENCLOSURE,
        ConvergentCheck: Route.PULLBACK,
        TrainingCheck: Route.TRAINING,
    }
    assert all(kinds[type(check)] is check.route for check in checks_of(claim))
    derived = import_module(module_of(claim.id, "derivations")).derive()
    assert isinstance(derived, Deduction)


@each_claim
def test_every_part_is_tested_by_a_numeric_route(claim: Claim) -> None:
    covered = frozenset[str]().union(*(check.covers for check in checks_of(claim)))
    assert covered == set(claim.parts)


@each_claim
def test_no_route_is_about_nothing(claim: Claim) -> None:
    """What a route finds wrong counts: each formula that it tests makes up a sentence with those.

    Otherwise a refutation would be recorded beside a verdict that it does not touch.
    """
    for check in checks_of(claim):
        told = [s.parts for s in claim.sentences if s.parts <= check.covers]
        assert check.covers <= claim.empirical.union(*told)
        assert claim.about(check.covers)


@each_claim
def test_every_claim_has_teeth(claim: Claim) -> None:
    assert len(claim.mutants) >= 3
    touched = {part for mutant in claim.mutants for part in mutant.parts}
    assert touched == set(claim.parts)  # no part that nothing would notice going wrong
    for mutant in claim.mutants:
        for check in checks_of(claim):
            # a check must see all of a wrong variant or nothing of it, or else what it rejects is
            # a variant that nobody stated
            assert set(mutant.parts) <= check.covers or not set(mutant.parts) & check.covers or (
                claim.id, mutant.name, check.route
            ) in PARTIAL  # fmt: skip


PARTIAL = {("infinite-depth", "unsquared-log", Route.PULLBACK)}
"""It changes the density too, which the limit from factor space does not measure."""


@each_claim
def test_every_printed_statement_can_be_examined(claim: Claim) -> None:
    for printed in claim.as_printed:
        by_name = [
            c for c in checks_of(claim) if printed.name in (getattr(c, "printed", None) or {})
        ]
        assert len(by_name) + bool(printed.parts) + printed.as_stated == 1
        assert printed.statement.isascii()
        assert printed.latex.isascii()
        assert printed.explanation.isascii()


@each_claim
def test_its_source_is_in_the_bibliography(claim: Claim) -> None:
    bibliography = (ROOT / "derivations" / "tex" / "references.bib").read_text("ascii")
    assert f"{{{claim.source.key}," in bibliography


@each_claim
def test_a_proof_builds_on_the_claims_that_the_catalogue_names(claim: Claim) -> None:
    assert set(derivation_of(claim.id).claims_used) == set(claim.uses)
