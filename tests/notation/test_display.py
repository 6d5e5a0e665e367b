"""Displays are broken at relations, signs and factors, and lose nothing by it."""

import re

import pytest
from conftest import shown_by

from dlnproof.claims import CLAIMS
from dlnproof.documents.content.deduction import sentence
from dlnproof.documents.content.statement import DISPLAY
from dlnproof.notation.boxes import Row
from dlnproof.notation.display import COLUMN, chunks, split, width
from dlnproof.notation.latex import latex, parted
from dlnproof.notation.reading import read
from dlnproof.notation.tex import boxes

SIDES = [
    boxes(side)
    for sides in (
        *(claim.parts.values() for claim in CLAIMS.values()),
        *(mutant.parts.values() for claim in CLAIMS.values() for mutant in claim.mutants),
    )
    for side in sides
]


def shown() -> list[Row]:
    """Return all displays of all derivations."""
    return [
        read(display)
        for name in CLAIMS
        for theorem in shown_by(name)
        for display in DISPLAY.findall(sentence(theorem))
    ]


def pieces_of(side: Row, room: float = COLUMN) -> list[str]:
    return [latex(piece) for piece in chunks(side, room)]


def bare(latex: str) -> str:
    """A formula without what breaking adds or drops: dots, thin spaces, lines under a root."""
    return re.sub(r"\\(?:begin|end)\{gathered\}|\\cdot|\\,|\s|&|\\\\|\\q?quad", "", latex)


def test_nothing_is_lost() -> None:
    for side in SIDES + shown():
        for room in (COLUMN, 80.0, 30.0):
            assert bare("".join(pieces_of(side, room))) == bare(latex(side))


def test_pieces_fit_a_column_and_are_balanced_in_braces() -> None:
    for side in SIDES:
        for piece in pieces_of(side):
            assert width(read(piece)) <= COLUMN + 15
            assert piece.count("{") == piece.count("}")
            assert len(re.findall(r"\\left\b", piece)) == len(re.findall(r"\\right\b", piece))


def test_an_equation_is_broken_at_its_relation_first() -> None:
    long = "a_1+a_2+a_3"
    assert split([read(long), read(f"= {long}")], ".") == f"{long}\n  = {long}."
    longer = "+".join([long] * 3)
    assert split([read(longer), read(f"= {long}")], ".").splitlines() == [
        r"\begin{split}",
        rf"  &{longer} \\",
        rf"  &\quad = {long}.",
        r"  \end{split}",
    ]


def test_a_line_ends_at_a_relation_where_that_takes_no_more_lines() -> None:
    left, right = "a_1+a_2+a_3+a_4", "b_1+b_2+b_3+b_4+b_5+b_6"
    assert split([read(f"{left}={right}")], room=170).splitlines()[1:3] == [
        rf"  &{left} \\",
        rf"  &\quad ={right}",
    ]
    assert split([read(f"x={right}+{right}")], room=170).splitlines()[1:3] == [
        rf"  x &={right} \\",
        rf"  &\qquad +{right}",
    ]
    far = split([read(f"{left}+{left}={right}")], room=160).splitlines()[1:-1]
    assert len(far) == 2  # and three, were it broken there
    assert far[1].startswith(r"  &\quad +a_")


@pytest.mark.parametrize("room", [30, 60, 100, 150])
def test_a_formula_of_the_judges_is_broken_at_any_width(room: float) -> None:
    formula = (
        r"\exp\left(\frac{n}{2} \, \log(L)\right) \, \det\left(\Sigma^{2}\right)^{\frac{1}{L}} \, "
        r"\operatorname{van}\left(\Sigma^{2/L}\right)+\sum_{k} s_{k}"
    )
    assert bare(split([read(formula)], room=room)).count("Sigma") == 2


def test_brackets_are_broken_into_only_where_nothing_else_helps() -> None:
    assert pieces_of(read("(a+b) (c+d)"), 50) == ["(a+b)", r"\cdot (c+d)"]
    assert pieces_of(read("(a+b+c)"), 30) == ["(a+b", "+c)"]
    assert pieces_of(read(r"\frac{a+b}{c+d}"), 10) == [r"\frac{a+b}{c+d}"]


def test_statements_keep_their_displays() -> None:
    for claim in CLAIMS.values():
        for display in DISPLAY.findall(claim.written):
            for part in parted(read(display), r"\qquad"):
                assert bare(split([part])).count("=") == bare(latex(part)).count("=")


@pytest.mark.parametrize(
    ("formula", "room", "lines"),
    [
        # not within (E - F), which a line has room for
        (
            r"\operatorname{Tr}((AW-W(B-C))^{T}(E-F)ZX)",
            115.0,
            [r"\operatorname{Tr}((AW-W(B-C))^{T}", r"\cdot (E-F)ZX)"],
        ),
        # within what no line has room for, at its signs
        (r"a(b_{1}+b_{2}+b_{3}+b_{4}+b_{5})", 75.0, [r"a(b_{1}+b_{2}+b_{3}", "+b_{4}+b_{5})"]),
        # between cosines, not within them
        (
            r"2\cos\Bigl(\frac{a}{N}-\frac{1}{2}\Bigr)\cos\Bigl(\frac{b}{N}-\frac{1}{2}\Bigr)",
            80.0,
            [
                r"2\cos\Bigl(\frac{a}{N}-\frac{1}{2}\Bigr)",
                r"\cdot \cos\Bigl(\frac{b}{N}-\frac{1}{2}\Bigr)",
            ],
        ),
    ],
)
def test_brackets_are_broken_where_no_line_has_room(
    formula: str, room: float, lines: list[str]
) -> None:
    assert pieces_of(read(formula), room) == lines


def test_what_stands_below_a_sum_takes_room_in_a_fraction_alone() -> None:
    below = r"\sum_{1\le i<l\le d}x"
    assert width(read(below)) < width(read(rf"\frac{{{below}}}{{2}}")) - 5


def test_an_index_has_no_room_for_spaces() -> None:
    spaced, tight = width(read("j=k+1")), width(read("x_{j=k+1}")) - width(read("x"))
    assert tight < 0.75 * (spaced - 9)
