"""Laws of sentences: no mathematics in words, no weakening, no formula behind a definition."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof.claims import CLAIMS, module_of
from dlnproof.claims.schema import Claim
from dlnproof.kernel.terms import Definition

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)

MATHEMATICS = re.compile(
    r"[\d=<>\\^_{}|+*/]|\b(?:all|any|every|each|some|none?|exists?|only|unique|always|never|if|then"
    r"|iff|not|is|are|has|have|holds?|equals|vanish(?:es)?|at (?:most|least)|less|more|greater)\b",
    re.IGNORECASE,
)
"""Digits, relations, and words that quantify or assert."""


@each_claim
def test_labels_say_nothing(claim: Claim) -> None:
    for label in (claim.title, *(sentence.topic for sentence in claim.sentences)):
        assert MATHEMATICS.findall(label) == [], label


@pytest.mark.parametrize(
    "label", ["d = 1", "every norm", "the metric is positive", "rank 2", "a = b"]
)
def test_what_says_something_is_no_label(label: str) -> None:
    assert MATHEMATICS.search(label)


@each_claim
def test_a_statement_has_no_words_but_labels_and_sentences(claim: Claim) -> None:
    stated = claim.stated
    texts = [*map(stated.text, stated.sentences), *map(stated.definition, stated.definitions)]
    rest = claim.statement.removesuffix(claim.measured)
    for text in texts:
        ended = text.replace(r"\]", r".\]") if text.endswith(r"\]") else f"{text}."
        assert ended in rest
        rest = rest.replace(ended, "", 1)
    for sentence in stated.sentences:
        rest = rest.replace(f"{sentence.label}:", "", 1)
    rest = rest.replace("By definition", "").strip()
    assert rest == stated.coincidences


def test_the_table_of_sentences_is_what_the_claims_say() -> None:
    """A sentence, a hypothesis or a constant that changes is a change of the table."""
    docs = Path(__file__).parents[2] / "docs"
    script = runpy.run_path(str(docs / "update_sentences.py"))
    assert (docs / "sentences.md").read_text() == script["table"](), (
        "run: python docs/update_sentences.py"
    )


# --- opaque definitions ---------------------------------------------------------------------------

USED = {made.name for claim in CLAIMS.values() for made in claim.stated.definitions}

_OPAQUE = """
import sys
from dlnproof.kernel import terms

name = sys.argv[1]
made = terms.Definition.__init__

def opaque(self, given, parameters, body, latex=""):
    if given == name:  # a bare letter
        domain = tuple(p.sort for p in parameters)
        letter = terms.Symbol("opaque", body.sort, domain, "")
        body = letter(*(p.term for p in parameters))
    made(self, given, parameters, body, latex)

terms.Definition.__init__ = opaque

from dlnproof.claims import CLAIMS, module_of
from dlnproof.run.jobs import derive_claim

for claim in CLAIMS.values():
    about = {
        s.name for s in claim.sentences
        if any(p.op == "defined" and name in ("", p.data.name) for p in s.term.parts())
    }
    if about:
        try:
            established = set(derive_claim(claim).established)
        except Exception:  # whatever stops it: nothing is established
            established = set()
        for sentence in sorted(about & established):
            print(claim.id, sentence)
        print("tried", claim.id)
"""


def _established(code: str, name: str) -> list[str]:
    command = [sys.executable, "-c", code, name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert any(line.startswith("tried") for line in lines)
    return [line for line in lines if not line.startswith("tried")]


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(USED))
def test_nothing_is_established_about_a_bare_letter(name: str) -> None:
    """With the definition of a quantity made a letter no sentence about it is established."""
    assert _established(_OPAQUE, name) == []


@pytest.mark.long
def test_where_no_letter_is_bare_sentences_are_established() -> None:
    about = {
        f"{claim.id} {s.name}": {p.data.name for p in s.term.parts() if p.op == "defined"}
        for claim in CLAIMS.values()
        for s in claim.sentences
    }
    found = [about[line] for line in _established(_OPAQUE, "")]
    assert set[str]().union(*found) == {name for names in about.values() for name in names}


def test_definitions_are_few_and_short() -> None:
    made: dict[str, Definition] = {
        x.name: x for claim in CLAIMS.values() for x in claim.stated.definitions
    }
    assert len(made) <= 20
    assert all(len(repr(x.body)) < 600 for x in made.values())


# --- what a derivation knows ----------------------------------------------------------------------


def _told(source: str) -> list[str]:
    """Return what a derivation is told of the formulas that it has to find."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("CLAIM"):
            names = {f"CLAIM.{node.attr}"} - {"CLAIM.id"}
        else:
            continue
        found += [name for name in names if TELLING.search(name)]
    return found


TELLING = re.compile(
    r"^dlnproof\.formulas|^dlnproof\.definitions\.formulas|^dlnproof\.claims\.(?!deduction)(?!.*CLAIM$)"
    r"|^CLAIM\.|^dlnproof\.(?:quantities|core|numeric|language)\b"
)


@each_claim
def test_a_derivation_is_not_handed_what_it_has_to_find(claim: Claim) -> None:
    path = Path(*module_of(claim.id, "derivations").split(".")[1:]).with_suffix(".py")
    assert _told((Path(__file__).parents[2] / path).read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "from dlnproof import formulas",
        "from dlnproof.formulas import EIGENVALUE",
        "import dlnproof.formulas",
        "from dlnproof.claims import CLAIMS",
        "from dlnproof.definitions.formulas import term_of",
        "x = CLAIM.parts",
        "x = operator_spectrum.CLAIM.says()",
    ],
)
def test_what_would_hand_it_over_is_seen(source: str) -> None:
    assert _told(source) != []
