"""What is read is what is written: boxes keep each formula of the catalogue as it is spelled."""

import re

import pytest
from conftest import shown_by
from hypothesis import given
from hypothesis import strategies as st

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.documents.content.statement import DISPLAY
from dlnproof.notation.boxes import Atom, Command
from dlnproof.notation.display import width
from dlnproof.notation.latex import latex, row
from dlnproof.notation.mathml import mathml
from dlnproof.notation.plain import formula
from dlnproof.notation.reading import LatexError, as_written, read
from dlnproof.notation.terms import Writer


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_formulas_are_read_and_written_back(claim: Claim) -> None:
    stated = claim.written
    found = [*DISPLAY.findall(stated), *re.findall(r"\$([^$]*)\$", DISPLAY.sub("", stated))]
    found += [printed.latex for printed in claim.as_printed]
    for theorem in shown_by(claim.id):
        found += re.findall(r"\$([^$]*)\$", Writer().sentence(theorem))
    for formula_ in found:
        assert latex(read(formula_)) == formula_


@given(st.text(r"ab1.2 \{}^_'&()|[]+-=,$~%frcsqtelihgmxn", max_size=30))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        box = read(text)
    except LatexError as error:
        assert "\n" not in str(error)  # noqa: PT017 - one line, or it was read
        assert latex(as_written(text)) == text
        return
    again = latex(box)
    assert latex(read(again)) == again
    assert width(box) == pytest.approx(width(read(again)))
    assert "\n" not in formula(box)


def test_the_name_of_a_command_does_not_run_into_a_letter() -> None:
    assert latex(row(Atom(r"\ne"), Atom("a"))) == r"\ne a"
    assert latex(row(Command("frac", (Atom("a"), Atom("b"))), Atom("c"))) == r"\frac abc"
    assert latex(read(r"\frac ab")) == r"\frac ab"
    assert latex(read(r"\frac 12 3")) == r"\frac12 3"


def test_what_is_not_known_is_refused_by_name() -> None:
    for text, what in (
        (r"\foo", r"'foo'"),
        ("x^", "too early"),
        (r"a & \\ }", r"'}'"),
        (r"x^\sqrt2", "without braces"),
        (r"\text{#}", "among words"),
        ("{" * 9000, "so often"),
        (r"\left(" * 9000, "so often"),
    ):
        with pytest.raises(LatexError, match=what):
            read(text)
    with pytest.raises(LatexError, match="no MathML"):
        mathml(as_written(r"\foo"))
