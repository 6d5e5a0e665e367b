"""Sentences are read back as they were decided; what is printed otherwise is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest
from random_sentences import Sentences

from dlnproof import formulas as f
from dlnproof.definitions import geometry as g
from dlnproof.definitions import hypotheses as h
from dlnproof.definitions.formulas import part, term_of, with_formulas
from dlnproof.definitions.letters import (
    D,
    G,
    N,
    U,
    V,
    W,
    X,
    Y,
    a,
    b,
    d,
    differential,
    e,
    i,
    j,
    l,
    n,
    s,
    sigma,
    t,
)
from dlnproof.kernel.terms import (
    INT,
    PROP,
    REAL,
    Symbol,
    Term,
    at_most,
    derivative,
    different,
    each,
    equal,
    every,
    frame_determinant,
    inner,
    less,
    limit_at_infinity,
    limit_at_zero,
    log,
    matrix_sort,
    number,
    orthonormal,
    positive,
    product,
    psd_power,
    psd_root,
    root,
    total,
    transpose,
    variable,
    within,
    zero,
)
from dlnproof.language.alike import same
from dlnproof.language.sentences import (
    UnreadError,
    Vocabulary,
    misread,
    read_formula,
    read_sentence,
    read_statement,
)
from dlnproof.notation.latex import latex
from dlnproof.notation.reading import read
from dlnproof.notation.terms import Writer

I_, L_ = i.term, l.term
PAIR = g.pair(I_, L_)
EIGENVECTOR = equal(g.OPERATOR(N, W, PAIR), part("distinct", i, l) * PAIR)
APART = different(sigma(I_), sigma(L_))
DISTINCT = each(i, 1, d, each(l, 1, d, every((), [APART], EIGENVECTOR)))
SUM = (1 / N) * total(j, 1, N, sigma(I_) ** (2 * (N - j.term) / N) * sigma(L_) ** (1 / N))

SENTENCES: dict[str, Term] = {
    **{
        f"{name} {k}": sentence
        for name in dir(h)
        if name.isupper() and isinstance(getattr(h, name), tuple)
        for k, sentence in enumerate(getattr(h, name))
    },
    "distinct": with_formulas(DISTINCT, {"distinct": f.EIGENVALUE}),
    "sum": each(i, 1, d, each(l, 1, d, equal(g.OPERATOR(N, W, PAIR), SUM * PAIR))),
    "basis": orthonormal(i, l, d, PAIR),
    "symmetry": every(
        (X, Y),
        (),
        equal(
            inner(X.term, g.OPERATOR(N, W, Y.term)),
            inner(g.OPERATOR(N, W, X.term), Y.term),
        ),
    ),
    "sign": every(
        X, (different(X.term, zero(d)),), positive(inner(X.term, g.OPERATOR(N, W, X.term)))
    ),
    "density": equal(
        root(g.METRIC_DETERMINANT(N, W))
        * frame_determinant(D, a, b, differential(D.term, a.term, b.term)),
        term_of(f.VOLUME_FORM),
    ),
    "flow": equal(g.coefficient(G, I_, L_), term_of(f.SUM_EIGENVALUE) * g.coefficient(W, I_, L_)),
    "orbit": equal(number(1), term_of(f.ORBIT_SQUARED)),
    "order": limit_at_zero(e, e.term ** (1 / N) * log(1 / e.term), number(0)),
    "depth": limit_at_infinity(n, n.term * (root(number(2)) - 1), log(number(2))),
    "motion": derivative(s, s.term**2 * W, t.term, 2 * t.term * W),
    **{
        made.name: equal(made(*(p.term for p in made.parameters)), made.body)
        for made in (g.OPERATOR, g.INFINITE_OPERATOR, g.METRIC, g.METRIC_DETERMINANT)
    },
}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_sentences_are_read_back_as_they_are(sentence: Term) -> None:
    text = Writer().sentence(sentence)
    assert misread(sentence, text) == ""
    for formula in re.findall(r"\$(.*?)\$", text):
        assert latex(read(formula)) == formula  # boxes, and so MathML and plain text


@pytest.mark.parametrize("first", range(0, 600, 50))
def test_random_terms_are_read_back_as_they_are(first: int) -> None:
    for seed in range(first, first + 50):
        term = Sentences(Random(seed)).anything(1 + seed % 3)
        text = Writer().sentence(term) if term.sort == PROP else Writer().formula(term)
        assert misread(term, text) == "", seed


# --- teeth ----------------------------------------------------------------------------------------

SPOILT = {
    "indices exchanged": (r"u_\{i\}v_\{l\}", "u_{l}v_{i}"),
    "index": (r"sigma_\{i\}", r"sigma_{l}"),
    "transpose dropped": (r"\^\{T\}", ""),
    "transpose moved": (r"WW\^\{T\}", "W^{T}W"),
    "factors exchanged": (r"ZV|sUa", "VZ"),
    "bound": (r"\^\{N\}|\^\{d\}", "^{N-1}"),
    "range": (r"1\\le", r"0\\le"),
    "strict": (r"(?<!\\)<(?!<)", r"\\le "),
    "order": (r"\\le (?=[dN])", ">"),
    "sign": (r"(?<=[\w}])-", "+"),
    "sign of all": (r"=(?=[^-0])", "=-"),
    "exponent": (r"\^\{2", "^{3"),
    "root": (r"/N\}", "/(2N)}"),
    "coefficient": (r"\\frac\{1\}\{N\}", r"\\frac{2}{N}"),
    "relation": (r"\\ne", "="),
    "equation": ("=", r"\\ne "),
    "quantifier": (r"for all \$[^$]*\$: ", ""),
    "condition": (r" with \$[^$]*\$", ""),
    "letter": (r"(?<![\\A-Za-z])W(?![_\w])", "U"),
    "point": ("s=0", "s=1"),
    "limit": (r"\\infty", "0+"),
    "brackets": (r"\(U\+sUa\)", "U+sUa"),
    "basis": ("orthonormal", "orthogonal"),
}


def spoilt(text: str) -> Iterator[tuple[str, str]]:
    """A text with one thing in it wrong, and what."""
    for what, (pattern, other) in SPOILT.items():
        for match in re.finditer(pattern, text):
            wrong = text[: match.start()] + match.expand(other) + text[match.end() :]
            if wrong != text:
                yield what, wrong


def test_what_is_printed_wrongly_is_an_error() -> None:
    seen = dict.fromkeys(SPOILT, 0)
    for name, sentence in SENTENCES.items():
        for what, wrong in spoilt(Writer().sentence(sentence)):
            assert misread(sentence, wrong), (name, what, wrong)
            seen[what] += 1
    assert all(seen.values()), seen


def test_a_product_in_another_order_is_an_error() -> None:
    left, right = equal(U * V, W), equal(V * U, W)
    assert Writer().formula(left) == "UV=W"
    assert "is read as" in misread(left, Writer().sentence(right))
    assert misread(right, Writer().sentence(right)) == ""


def _spoilt_writers() -> dict[str, type[Writer]]:
    class Indices(Writer):
        def formula(self, term: Term) -> str:
            return super().formula(term).replace("_{i}", "_{l}")

    class Dropped(Writer):
        def formula(self, term: Term) -> str:
            return super().formula(term).replace("^{T}", "")

    class Bounds(Writer):
        def formula(self, term: Term) -> str:
            return super().formula(term).replace("^{N}", "^{d}")

    class Signs(Writer):
        def formula(self, term: Term) -> str:
            return super().formula(term).replace("-", "+")

    class Exponents(Writer):
        def formula(self, term: Term) -> str:
            return super().formula(term).replace("2/N", "1/N")

    return {c.__name__: c for c in (Indices, Dropped, Bounds, Signs, Exponents)}


@pytest.mark.parametrize("name", _spoilt_writers())
def test_a_writer_that_is_spoilt_is_found_out(name: str) -> None:
    writer = _spoilt_writers()[name]()
    wrong = [x for x in SENTENCES.values() if writer.sentence(x) != Writer().sentence(x)]
    assert wrong
    for sentence in wrong:
        assert misread(sentence, writer.sentence(sentence))


# --- what prints alike, and what does not ---------------------------------------------------------

x, y, z = (variable(name, REAL).term for name in "xyz")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (x + (y + z), (x + y) + z),
        (x - (y - z), x - y + z),
        (U * (V * W), (U * V) * W),
        ((2 * x) * W, 2 * (x * W)),
        (number(N) - number(1), number(N - 1)),
        (-(x * y), (-x) * y),
        (
            each(i, 1, d, each(l, 1, d, APART)),
            every((i, l), (*within(l, 1, d), *within(i, 1, d)), APART),
        ),
        (at_most(j.term, N - 1), less(j.term, N)),
    ],
)
def test_what_associativity_makes_equal_is_alike(one: Term, other: Term) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (U * V, V * U),
        (x * y, y * x),
        (x + y, y + x),
        (x - y, y - x),
        (x - (y + z), x - y + z),
        (x / (y * z), x / y * z),
        ((x * y) ** 2, x * y**2),
        ((x**y) ** 2, x ** (y**2)),
        (transpose(U * V), transpose(V) * transpose(U)),
        (transpose(U) * V, transpose(U * V)),
        (psd_root(W, N), psd_power(W, 1 / N)),
        (psd_root(W, 2) * W, psd_root(W, 2) ** 2),
        (total(i, 1, d, x * sigma(I_)), x * total(i, 1, d, sigma(I_))),
        (total(i, 1, d, sigma(I_)), product(i, 1, d, sigma(I_))),
        (total(i, 1, d, sigma(I_)), total(i, 1, d - 1, sigma(I_))),
        (total(i, 1, d, sigma(I_)), total(i, 1, d, sigma(I_ + 1))),
        (at_most(x, y), less(x, y)),
        (at_most(x, y), at_most(y, x)),
        (at_most(I_, L_), less(I_, L_)),
        (equal(x, y), equal(y, x)),
        (APART, equal(sigma(I_), sigma(L_))),
        (each(i, 1, d, positive(sigma(I_))), each(i, 1, N, positive(sigma(I_)))),
        (each(i, 1, d, positive(sigma(I_))), each(i, 0, d, positive(sigma(I_)))),
        (
            each(i, 1, d, each(l, 1, d, less(sigma(I_), sigma(L_)))),
            each(i, 1, d, each(l, 1, d, less(sigma(L_), sigma(I_)))),
        ),
        (number(0) * x, number(0)),
        (x ** number(2), x ** number(3)),
        (root(x**2), x),
    ],
)
def test_nothing_else_is_alike(one: Term, other: Term) -> None:
    assert not same(one, other)


# --- what is not read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "for all $1\\le i\\le d$",
        "for all $1\\le i\\le d$: $\\sigma_{i}$",
        "for some $1\\le i\\le d$: $0<\\sigma_{i}$",
        "for all $1\\le i\\le d$: $0<\\sigma_{k}$",
        "for all $1\\le i\\le d$: $0<\\sigma_{i}$ and so on",
        "$0<\\sigma_{1$",
        "$u_{1}=v_{1}$",
        "$\\unknown{1}=0$",
        "$W_{N}\\cdots V_{1}=W$",
        "$U+1=W$",
        "$0<$",
    ],
)
def test_other_texts_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UnreadError, match=r".") as refused:
        read_sentence(text, Vocabulary.of(U, V, W, sigma(1), N))
    assert "\n" not in str(refused.value)


def test_two_letters_that_are_printed_alike_are_refused() -> None:
    other = Symbol("other", matrix_sort(d), (), "W")
    with pytest.raises(UnreadError, match="two letters are printed as W"):
        Vocabulary.of(W, other.term)


def test_what_a_text_does_not_know_is_not_guessed() -> None:
    assert read_formula("UV", Vocabulary.of(U, V)) == U * V
    with pytest.raises(UnreadError, match="'V'"):
        read_formula("UV", Vocabulary.of(U))


def test_variables_hide_letters_of_the_same_name() -> None:
    index = variable("i", INT)
    text = r"$\sum_{i=1}^{d}\sigma_{i}=\sigma_{i}$"
    found = read_sentence(text, Vocabulary.of(sigma(index.term), d))
    assert same(found, equal(total(index, 1, d, sigma(index.term)), sigma(index.term)))


def test_a_statement_is_read_in_whole() -> None:
    text = r"Depth: $1\le N$. Width: \[1\le d.\] Measured: nothing."
    found, rest = read_statement(text, ["Depth", "Width"], 0, Vocabulary.of(N, d))
    assert found == [at_most(1, N), at_most(1, d)]
    assert rest == "Measured: nothing."
    with pytest.raises(UnreadError, match="expected 'Height'"):
        read_statement(text, ["Depth", "Height"], 0, Vocabulary.of(N, d))
