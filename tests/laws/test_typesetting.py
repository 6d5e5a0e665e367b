"""Printed formulas are read back: what stands under a verdict is what was decided."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import few, one_in

from dlnproof import Grid, check
from dlnproof import formulas as f
from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import AsPrinted, CatalogueError, Claim, Mutant, Source, Witness
from dlnproof.claims.schema import claim as catalogued
from dlnproof.cli.main import main
from dlnproof.core.expression import Letter, Number
from dlnproof.core.form import Van
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct, determinant, per_index, per_pair, per_place, van
from dlnproof.core.side import Side
from dlnproof.core.spectrum import DOUBLED, WIDTH, I, L, N
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.errata_tex import errata_tex
from dlnproof.language.readback import read_back
from dlnproof.notation.tex import tex
from dlnproof.run.jobs import derive_claim
from dlnproof.run.printed import examine
from dlnproof.run.typesetting import misprints

SMALL = Grid(depths=(2,), widths=(2,))
QUICK = ["--quick", "--depth", "2", "--width", "2", "--jobs", "1"]


def printed(claim: Claim) -> Iterator[tuple[str, Side]]:
    """The formulas of a statement and of its variants."""
    yield from claim.parts.items()
    variants: tuple[Mutant | AsPrinted, ...] = (*claim.mutants, *claim.as_printed)
    for variant in variants:
        parts = claim.with_parts(variant.parts)
        yield from ((f"{variant.name}.{name}", parts[name]) for name in variant.parts)


FORMULAS = [(c, name, part) for c in CLAIMS.values() for name, part in printed(c)]


# --- the catalogue --------------------------------------------------------------------------------


@pytest.mark.parametrize("claim", few(CLAIMS.values()), ids=lambda claim: claim.id)
def test_every_formula_of_every_claim_is_read_and_proved_equal(claim: Claim) -> None:
    assert list(misprints(claim, derive_claim(claim), tex)) == []


MUTATIONS = {
    "exponent": [
        (r"\^\{2\}", "^{3}"),
        (r"\^\{2/N\}", "^{1/N}"),
        (r"\^\{1/N\}", "^{2/N}"),
        (r"d\(d-1\)", "d(d+1)"),
        (r"\{2N\}", "{N}"),
        (r"(?<=\})\^\{-\\frac\{1\}\{2\}\}", "^{-1}"),
    ],
    "sign": [("-", "+"), (r"(?<=[\w}])\+", "-")],
    "index": [
        (r"\\sigma_i", r"\\sigma_l"),
        (r"\\sigma_l", r"\\sigma_i"),
        ("i<l", r"i\\le l"),
        ("i,l=1", "i<l"),
    ],
    "swap": [
        (r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"\\frac{\2}{\1}"),
        (r"\(([^()+-]*)-([^()]*)\)(?!\^\{2\})", r"(\2-\1)"),
        (r"\\det", r"\\operatorname{van}"),
    ],
    "coefficient": [(r"(?<![\w^_{/])N(?![\w/])", "2N"), (r"\A", r"2\\,")],
}


def changed(latex: str) -> Iterator[tuple[str, str]]:
    """A formula with one thing in it wrong, and what."""
    for kind, pairs in MUTATIONS.items():
        for pattern, other in pairs:
            for match in re.finditer(pattern, latex):
                wrong = latex[: match.start()] + match.expand(other) + latex[match.end() :]
                if wrong != latex:
                    yield kind, wrong


@pytest.mark.parametrize("formula", one_in(3, FORMULAS), ids=lambda x: f"{x[0].id}-{x[1]}")
def test_a_formula_that_is_printed_wrongly_is_no_pass(formula: tuple[Claim, str, Side]) -> None:
    claim, _, part = formula
    for kind, wrong in changed(tex(part)):
        if (kind == "swap" and r"\right-x)^{2}" in wrong) or tex(part) in ("0", "0 k"):
            continue  # a square, nothing
        verdict = read_back(part, wrong, finite=claim.finite).verdict
        assert verdict is not Verdict.PROVED, wrong


def test_the_mutations_are_many_and_of_all_kinds() -> None:
    typed = [tex(part) for _, _, part in FORMULAS if isinstance(part, PairProduct)]
    assert len(typed) >= 30
    made = Counter(kind for latex in typed for kind, _ in changed(latex))
    assert set(made) == set(MUTATIONS)
    assert min(made.values()) >= 10


# --- powers ---------------------------------------------------------------------------------------

FRAGMENTS = Path(__file__).parents[2] / "derivations" / "tex"
LETTER = r"(?P<letter>\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?(?:\(\w\))?)"
POWER_OF = r"\^\{(?:[^{}]|\{[^{}]*\})*\}"
AVOIDED = {
    "1 over a fraction": re.compile(r"\\frac\{1\}\{\s*\\frac"),
    "two powers of one letter": re.compile(
        rf"\\frac\{{{LETTER}(?:{POWER_OF}\}}\{{(?P=letter)(?:{POWER_OF})?|\}}\{{(?P=letter){POWER_OF})\}}"
    ),
}


def test_proofs_print_one_power_where_one_says_it() -> None:
    for path in FRAGMENTS.glob("*.tex"):
        _, _, proof = path.read_text("ascii").partition(r"\begin{proof}")
        for what, pattern in AVOIDED.items():
            assert [m[0] for m in pattern.finditer(proof)] == [], f"{path.name}: {what}"


@pytest.mark.parametrize(
    ("latex", "what"),
    [
        (r"\frac{1}{\frac{\sigma_{i}^{2}}{N}}", "1 over a fraction"),
        (r"\frac{\sigma_{i}^{2}}{\sigma_{i}^{2/N}}", "two powers of one letter"),
        (r"\frac{\sigma_{i}(t)}{\sigma_{i}(t)^{\frac{2}{N}-1}}", "two powers of one letter"),
        (r"\frac{c^{2/N}}{c}", "two powers of one letter"),
        (r"\frac{\sigma_{i}^{2}}{\sigma_{l}^{2}}", ""),
        (r"\frac{1}{\sigma_{i}^{2}}", ""),
    ],
)
def test_what_one_power_says_is_noticed(latex: str, what: str) -> None:
    found = [name for name, pattern in AVOIDED.items() if pattern.search(latex)]
    assert found == ([what] if what else [])


# --- a false theorem ------------------------------------------------------------------------------


@pytest.fixture
def false_theorem(monkeypatch: pytest.MonkeyPatch) -> Claim:
    """Theorem 1.1 with van(Sigma^(1/N)) printed; the factors are right."""
    wrong = replace(f.VAN_ROOT, form=Van(I.root))
    claim = replace(CLAIMS["volume-form"], parts={"form": f.N_PER_PAIR * f.DET_POWER * wrong})
    monkeypatch.setitem(CLAIMS, "volume-form", claim)
    return claim


def test_a_theorem_printed_wrongly_is_not_proved(false_theorem: Claim) -> None:
    [record] = check(["volume-form"], grid=SMALL).claims
    [derivation] = [e for e in record.evidence if e.route is Route.DERIVATION]
    assert (record.verdict, derivation.verdict) == (Verdict.ERROR, Verdict.ERROR)
    failure = derivation.details["failure"]
    assert failure.startswith(f"the part form is printed as {tex(false_theorem.parts['form'])}: ")
    assert failure.endswith(
        "it is 3/2 at N = 1, d = 2, sigma^(1/N) = (7/2, 2), where what was decided is 33/4"
    )


def test_a_theorem_printed_wrongly_is_not_written_as_derived(
    false_theorem: Claim, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["derive", "volume-form"]) == 1
    done = capsys.readouterr()
    assert "A formula of this claim is printed otherwise than it was decided." in done.out
    assert r"volume-form: the part form is printed as" in done.err


@pytest.mark.parametrize("kind", ["mutants", "as_printed"])
def test_variants_are_read_back_too(kind: str) -> None:
    claim = CLAIMS["volume-form"]
    form = f.N_PER_PAIR * f.DET_POWER * replace(f.VAN_ROOT, pair=L.root**2 - I.root**2)
    variant = replace(getattr(claim, kind)[1], parts={"form": form})
    changes: dict[str, Any] = {kind: (variant,)}
    [found] = misprints(replace(claim, **changes), derive_claim(claim), tex)
    assert found.startswith(f"the part form of the variant {variant.name} is printed as N^{{")


def test_what_a_source_prints_is_read_and_refuted_where_it_differs() -> None:
    claim = CLAIMS["volume-form"]
    [stated] = [p for p in claim.as_printed if p.name == "theorem-1.1"]
    assert examine(claim, stated).verdict is Verdict.PROVED
    [text] = [part for part in stated.parts.values() if isinstance(part, str)]
    assert text in stated.latex
    assert "<<" not in stated.latex
    for old, new in (("{2N}", "{N}"), ("2/N", "1/N"), ("d(d-1)", "d(d+1)")):
        assert old in text
        wrong = replace(stated, parts={"form": text.replace(old, new)})
        assert examine(claim, wrong).verdict is Verdict.REFUTED
    unread = examine(claim, replace(stated, parts={"form": r"\mystery"}))
    assert (unread.verdict, "Not examined" in unread.explanation) == (Verdict.ERROR, True)


def test_a_writer_that_errs_is_no_pass() -> None:
    claim = CLAIMS["volume-form"]
    proof = derive_claim(claim)
    [*found] = misprints(claim, proof, lambda side: tex(side).replace("2/N", "1/N"))
    assert len(found) > 5
    [*found] = misprints(claim, proof, lambda side: r"\mystery")
    assert all("this is not read: " in why for why in found)
    assert len(found) > len(claim.parts)


# --- the reader -----------------------------------------------------------------------------------

X, Y = Letter("x", "x"), Letter("y", r"y_{1}")
A, A_T = Letter("A", "A"), Letter("A'", "A", "T")
POWER = Letter("m", r"\sigma_{1}", "p")


@pytest.mark.parametrize(
    ("part", "latex"),
    [
        (X / (1 + Y), r"\frac{x}{1+y_{1}}"),
        (X / (1 + Y), r"\dfrac{x}{y_{1}+1}"),
        (A_T * A - A * A_T, "A^{T} A-A A^{T}"),
        (POWER**2 + 1 / POWER, r"\sigma_{1}^{2p}+\frac{1}{\sigma_{1}^{p}}"),
        (X * WIDTH - N, "x d-N"),
        (I.log / 2, r"\log\sigma_i"),
        (PairProduct(pair=DOUBLED), r"2^{(N-1)\frac{d(d-1)}{2}}"),
        (PairProduct(pair=2 * DOUBLED), r"2^{N\frac{d(d-1)}{2}}"),
        (f.METRIC_DETERMINANT, r"\prod_{i,l=1}^{d}\lambda_{il}^{-1}"),
        (f.METRIC_DETERMINANT, r"\prod_{l,i=1}^{d}\frac{1}{\lambda_{ l i }}"),
        (Inequality(X, Y), r"x\ge y_{1}"),
    ],
)
def test_formulas_are_read_by_their_letters(part: Side, latex: str) -> None:
    assert read_back(part, latex).verdict is Verdict.PROVED, read_back(part, latex)


@pytest.mark.parametrize(
    ("part", "latex", "why"),
    [
        (A_T * A - A * A_T, "A A^{T}-A^{T} A", "different words"),
        (X + Y, "y_{1}+x+x", "it is 7 at .* x = 2, y = 3, where what was decided is 5"),
        (POWER, r"\sigma_{1}^{2p}", "where what was decided is 2"),
        (I.sigma, r"\sigma_l", "it is 2 at"),
        (PairProduct(index=I.sigma), r"\prod_i\sigma_j", "index j is not bound"),
        (X, "M", "got the name 'M'"),
        (PairProduct(pair=DOUBLED), r"2^{N\frac{d(d-1)}{2}}", "it is 2 at N = 1, d = 2"),
        (Inequality(X, Y), r"y_{1}\ge x", "where what was decided is 2"),
        (N - N, r"\frac{1}{N-N}", "divides by zero"),
    ],
)
def test_what_says_something_else_is_an_error(part: Side, latex: str, why: str) -> None:
    reading = read_back(part, latex)
    assert re.search(why, reading.why), reading
    assert reading.verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Letter("rate", r"\sigma_{i}") * 2, r"the letter rate is printed as \sigma_{i}, which"),
        (Letter("s_i", r"\sigma_l"), r"the letter s_i is printed as \sigma_l, which means"),
        (Letter("x", r"\lambda_{i l}"), "which means something else"),
        (f.VAN_ROOT * per_index(Letter("x", r"\Sigma")), "which means something else"),
        (Letter("x", "2") + 1, "the letter x is printed as 2, which means something else"),
        (Letter("x", ""), "printed as nothing"),
        (Letter("width", "d"), "the letter width is printed as d"),
        (X + Letter("z", "{x}"), "the letters x and z are printed alike"),
        (Letter("N", "N", "2") * N, "the letter N is printed as N"),
    ],
)
def test_a_letter_that_is_printed_as_another_is_an_error(part: Side, why: str) -> None:
    reading = read_back(part, tex(part))
    assert reading.verdict is Verdict.ERROR
    assert why in reading.why


@pytest.mark.parametrize(
    "latex",
    [
        "a+b",
        "-x",
        "xy",
        "2x",
        "x^{2}",
        "x%",
        r"x\phantom{y}",
        r"x\!",
        "x~",
        r"1+\mu_{il}",
        "x}{",
        "x/2",
    ],
)
def test_a_name_that_is_made_of_others_is_refused(latex: str) -> None:
    """(a+b)^2 would be printed as a+b^2, and p - x y as x y - x y."""
    q, y = Letter("q", latex), Letter("y", "y")
    part = q - X * y
    assert read_back(part, tex(part)).verdict is Verdict.ERROR


@pytest.mark.parametrize(
    "latex",
    [r"|w_{11}|", r"\dot W_j", r"\frac{dF}{ds}", r"S_n(a,b)", r"d\Sigma", r"\|W\|", "D^{N}"],
)
def test_a_name_of_several_signs_is_one(latex: str) -> None:
    part = Letter("q", latex) * X + Y
    assert read_back(part, tex(part)).verdict is Verdict.PROVED, read_back(part, tex(part))


def test_no_sign_is_assumed_of_letters_in_what_a_source_prints() -> None:
    """b_11 b_22 - x y, with absolute values: at x = 1, y = -1 it is another number."""
    claim = CLAIMS["rank-one-minimizers"]
    for text in (r"|b_{11} b_{22}|-|x y|", r"\sqrt{(b_{11} b_{22})^2}-\sqrt{x^2 y^2}"):
        printed = AsPrinted(
            "p", Source("S", "x"), Witness.PAPER, "it", "<<determinant>>", "", {"determinant": text}
        )
        assert examine(claim, printed).verdict is Verdict.ERROR
    right = replace(printed, parts={"determinant": "b_{11}b_{22}-x y"})
    assert examine(claim, right).verdict is Verdict.PROVED


def test_what_is_read_and_not_shown_is_shown_beside() -> None:
    claim = CLAIMS["volume-form"]
    shown = {p.name: p.read_as for p in claim.as_printed}
    assert shown["theorem-1.1"] == ()
    [text] = shown["van-reversed"]
    assert text in " ".join(
        errata_tex([(claim, [examine(claim, p) for p in claim.as_printed])]).split()
    )
    made = {"statement", "hypotheses"}  # of its sentences
    given: dict[str, Any] = {name: x for name, x in vars(claim).items() if name not in made}
    for latex in ("x=42 %<<form>>", r"x=2\phantom{<<form>>}", "x=<<from>>"):
        wrong = replace(claim.as_printed[0], latex=latex)
        with pytest.raises(CatalogueError, match="'<<', '%' or a phantom"):
            catalogued(**{**given, "as_printed": (wrong,)})


@pytest.mark.parametrize("latex", [r"\rho", r"\mathcal{V}_d", "x^", r"x\ge y\ge z", "", "\\"])
def test_what_is_not_read_is_said_to_be_unread(latex: str) -> None:
    assert read_back(f.VAN_ROOT, latex).verdict is Verdict.UNDECIDED
    assert read_back(Inequality(X, Y), latex).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "part",
    [
        PairProduct(),
        PairProduct(index=N),
        PairProduct(pair=DOUBLED**2),
        PairProduct(I.sigma + 1, N * I.sigma * L.root),
        PairProduct(I.root / I.sigma, f.METRIC_ENTRY, f.METRIC_ENTRY_COINCIDENT),
        f.VAN_ROOT * per_index(I.sigma),
        per_index(I.sigma) * f.VAN_ROOT,
        per_pair(Number(2)) ** 2,
        per_pair(N + 1),
        per_pair(1 / N),
        per_pair(DOUBLED),
        per_index(N),
        per_index(1 / N),
        per_place(N),
        per_place(DOUBLED),
        per_place(N + 1) * f.VAN_ROOT,
        per_pair(DOUBLED**2),
        determinant(sigma=1),
        determinant(sigma=3),
        determinant(sigma=-2),
        determinant(root=1),
        determinant(root=-1),
        determinant(root=3, sigma=-2),
        determinant(root=-2, sigma=1),
        determinant(root=-1, sigma=-1),
        determinant(root=1, sigma=2),
        van(I.root),
        van(I.log / 2),
        van(I.sigma**2 + I.root),
        f.VAN_ROOT**3,
        f.METRIC_DETERMINANT**2,
        PairProduct(I.root / I.sigma, f.METRIC_ENTRY, f.METRIC_ENTRY_COINCIDENT).root_of(
            f.METRIC_DETERMINANT
        ),
        f.ORBIT_SQUARED * f.MANIFOLD_GRAM,
        f.VAN_SIGMA2.over(f.VAN_ROOT * f.DET_POWER, f.SUM_EIGENVALUE_COINCIDENT),
    ],
)
def test_every_form_of_a_product_is_read_as_its_factors(part: PairProduct) -> None:
    assert read_back(part, tex(part)).verdict is Verdict.PROVED, (
        tex(part),
        read_back(part, tex(part)),
    )


# --- claims of one's own --------------------------------------------------------------------------

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_claims.py"
SYMBOL = "letters.sigma, letters.N.latex"


def example(tmp_path: Path, *pairs: tuple[str, str]) -> str:
    text = EXAMPLE.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "mine.py").write_text(text)
    return str(tmp_path / "mine.py")
