"""A claim is its own files and one line of the catalogue: one is added, by CONTRIBUTING.md."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AFTER = '    "metric.metric_diagonalization",\n'
LINE = '    "metric.operator_determinant",\n'

CLAIM = '''"""The determinant of the operator."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.product import over_all_pairs, per_index
from dlnproof.core.spectrum import N
from dlnproof.definitions import letters
from dlnproof.definitions.formulas import part
from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, SVD, WIDTH
from dlnproof.definitions.letters import W, Z
from dlnproof.kernel.terms import equal, map_determinant

EQUAL = f.EIGENVALUE_COINCIDENT

CLAIM = claim(
    "operator-determinant",
    title="Determinant of the operator",
    source=Source("CMV2023", "Lemma 2.4"),
    given=(*DEPTH, *WIDTH, *SVD, *POSITIVE),
    sentences=(
        Sentence(
            "determinant",
            equal(map_determinant(Z, OPERATOR(letters.N, W, Z.term)), part("determinant")),
        ),
    ),
    parts={"determinant": over_all_pairs(f.LAMBDA, f.EIGENVALUE, EQUAL)},
    routes=AT_POINTS,
    uses=("operator-spectrum",),
    mutants=(
        Mutant("inverted", "det g^N", {"determinant": f.METRIC_DETERMINANT}),
        Mutant(
            "diagonal-only",
            "the product over i = l only",
            {"determinant": per_index(EQUAL)},
        ),
        Mutant(
            "sum-normalisation",
            "the factor 1/N left out",
            {"determinant": over_all_pairs(N * f.LAMBDA, N * f.EIGENVALUE, N * EQUAL)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "same",
            Source("slides", "nowhere"),
            Witness.SINGLE,
            "det A = det g^N",
            r"\\det\\mathcal{A}_{N,W}=\\det g^{N}",
            "They are the inverses of each other.",
            {"determinant": f.METRIC_DETERMINANT},
        ),
    ),
)
'''

DERIVATION = '''"""The determinant of the operator, for every N and d."""

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.letters import Z, i, l
from dlnproof.kernel.determinants import eigenbasis_determinant
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.ranges import chosen, pairs
from dlnproof.kernel.terms import choose
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import then
from dlnproof.tactics.settle import settle

from . import operator_spectrum
from .metric_diagonalization import A_OF_Z, BASIS, GIVEN, linear_operator
from .operator_spectrum import DIFFERENT, PLACE, SAME, coincident, distinct

VALUE = choose(SAME, sides(coincident())[1], sides(distinct())[1])


@cache
def value() -> Theorem:
    """Return the eigenvalue, by cases."""
    found = [
        transitive(closed, symmetric(chosen(VALUE, assume(case))))
        for case, closed in ((SAME, coincident()), (DIFFERENT, distinct()))
    ]
    return settle(cases(*found, on=(SAME, DIFFERENT)), *GIVEN, *PLACE)


@cache
def determinant() -> Theorem:
    """Return det A = prod_i lambda_ii prod_{i<l} lambda_il lambda_li."""
    eigenvector = specialise(operator_spectrum.derive().concluded["sum"], i.term, l.term)
    image = settle(then(eigenvector, value()), *GIVEN, *PLACE)
    images = generalise(image, (i, l), *PLACE)
    found = cut(eigenbasis_determinant(BASIS, images, Z, A_OF_Z), linear_operator())
    return settle(then(found, pairs(sides(found)[1])), *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about the determinant, for all N and d."""
    proof = Deduction("operator-determinant")
    proof.conclude("determinant", determinant(), "It is the product of the eigenvalues:")
    return proof
'''

CHECK = '''"""Numeric checks of the determinant of the operator."""

from flint import fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.numeric.exact.exact_geometry import sum_operator
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, product_value
from dlnproof.numeric.exact.pullback import determinant_pullback

COVERS = frozenset({"determinant"})


def measure_exact(point: ExactPoint) -> Groups:
    """The determinant of the sum over the factors."""
    return [[(sum_operator(point) * fmpq(1, int(point.depth))).det()]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The inverse determinant of the pulled-back metric."""
    return [[1 / determinant_pullback(point, step, digits)]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form."""
    return [[product_value(parts["determinant"], point)]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict),
    ConvergentCheck(COVERS, measure_pullback, predict, truncates=lambda point: point.depth > 1),
)
'''

REFEREE = '''"""The determinant of the operator."""

from math import prod

from dlnproof.referee.geometry import A, states, wrong


@states("operator-determinant")
@wrong("inverted", of=lambda p: prod(p.N / p.mu(i, l) for i, l in p.columns))
@wrong("diagonal-only", of=lambda p: prod(p.mu(i, i) / p.N for i in range(p.d)))
@wrong("sum-normalisation", of=lambda p: prod(p.mu(i, l) for i, l in p.columns))
def operator_determinant(p, of=lambda p: prod(p.mu(i, l) / p.N for i, l in p.columns)):
    """The product of all lambda_il."""
    yield A(p).det(), of(p)


@states("operator-determinant: same")
def same(p):
    """Its inverse."""
    yield A(p).det(), prod(p.N / p.mu(i, l) for i, l in p.columns)
'''

TEST = '''"""The determinant of the operator is one at an orthogonal W."""
'''

FILES = {
    "dlnproof/claims/metric/operator_determinant.py": CLAIM,
    "derivations/metric/operator_determinant.py": DERIVATION,
    "checks/metric/operator_determinant.py": CHECK,
    "referee/metric/operator_determinant.py": REFEREE,
    "tests/claims/test_operator_determinant.py": TEST,
}
FRAGMENT = "derivations/tex/operator_determinant.tex"
MADE = {FRAGMENT, "derivations/tex/main.tex", "docs/sentences.md"}
"""By commands: the claim's fragment, the document of all, and the table of sentences."""


def test_the_recipe_names_these_files_and_no_other() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    named = {*re.findall(r"`([^` ]*<slug>\.[a-z]+)`", text)}
    paths = {name.replace("metric/", "<chapter>/") for name in (*FILES, FRAGMENT)}
    made = {path.replace("operator_determinant", "<slug>") for path in paths}
    assert named == made
    assert "`dlnproof/claims/__init__.py` gets the line" in text
    assert "$ dlnproof derive -o derivations/tex\n" in text
    assert "$ python docs/update_sentences.py\n" in text


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def house(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns(".*", "build", "__pycache__", "*.egg-info")
    return Path(shutil.copytree(ROOT, tmp_path / "house", ignore=ignored))


def run(house: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=house, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


@pytest.mark.long
def test_a_claim_is_added_by_its_files_and_one_line(house: Path, tmp_path: Path) -> None:
    before = tree(house)
    for name, text in FILES.items():
        (house / name).write_text(text)
    catalogue = house / "dlnproof" / "claims" / "__init__.py"
    catalogue.write_text(catalogue.read_text().replace(AFTER, AFTER + LINE))

    name, record = "operator-determinant", str(tmp_path / "record.json")
    anc = tmp_path / "appendix" / "anc"
    grid = ("--depth", "1..2", "--width", "1..2", "--digits", "20")
    module, alone = ("-m", "dlnproof"), ("--jobs", "1")
    assert name in run(house, *module, "list")
    out = run(house, *module, "check", name, *grid, *alone, "--json", record)
    assert "The claim holds: proved." in out
    words = ("-I", "-S", str(house / "dlnproof" / "verify_record.py"), record)
    told = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    [digest] = re.findall(r"others here \(digest None, there ([0-9a-f]+)\)", told.stdout)
    part = house / "referee" / "metric" / "operator_determinant.py"
    key = f'@states("{name}"'
    part.write_text(part.read_text().replace(f"{key})", f'{key}, said="{digest}")'))
    verify = (*module, "verify", *alone)
    assert "The record is confirmed" in run(house, *verify, record)
    run(house, *module, "appendix", "--record", record, "--no-figures", "-o", str(anc.parent))
    assert "The record is confirmed" in run(
        house, *module, "verify", str(anc / "record.json"), *alone
    )
    for checker in (house / "dlnproof", anc):
        out = run(house, "-I", "-S", str(checker / "verify_record.py"), record)
        assert f"{name}: 24 points, equal; 3 wrong variants, none equal\n" in out
        assert f"{name}: same: counterexample confirmed\n" in out
    run(house, *module, "derive", "-o", "derivations/tex")
    script = "import runpy; runpy.run_path('docs/update_sentences.py', run_name='__main__')"
    run(house, "-c", script)  # which finds this house's package, not an installed one
    run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/laws/test_catalogue.py")

    after = tree(house)
    changed = {name for name in after if after[name] != before.get(name)}
    assert before.keys() <= after.keys()
    assert changed == {"dlnproof/claims/__init__.py", *FILES, *MADE}
    assert (
        catalogue.read_text().replace(LINE, "") == before["dlnproof/claims/__init__.py"].decode()
    )  # one line
