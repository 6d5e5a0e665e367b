"""The language of formulas: two notations, one tree, echoes that are read back."""

import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof.errors import InputError
from dlnproof.judge.judgement import understand
from dlnproof.language.reading import MAX_CHARACTERS, read
from dlnproof.language.tree import (
    SIGMA,
    Call,
    D,
    N,
    Negative,
    Node,
    Number,
    Operation,
    Over,
    Sigma,
    Symbol,
    number,
)
from dlnproof.language.typeset import latex_text
from dlnproof.language.written import plain_text

SAME = [
    (
        "N**(d*(d-1)/2) * det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))",
        r"N^{\frac{d(d-1)}{2}}\det(\Sigma^{2})^{\frac{1-N}{2N}}\mathrm{van}(\Sigma^{2/N})",
    ),
    (
        "N**(d*(d-1)/2) * det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))",
        r"$N^{d(d-1)/2}\;\det\left(\Sigma^2\right)^{\tfrac{1-N}{2N}}\,"
        r"\operatorname{van} \bigl(\Sigma^{2/N}\bigr)$",
    ),
    (
        "prod(i<j, (sigma[i]**2 - sigma[j]**2) / (sigma[i]**(2/N) - sigma[j]**(2/N)))",
        r"\prod_{1\le i<j\le d}\frac{\sigma_i^2-\sigma_j^2}{\sigma_i^{2/N}-\sigma_j^{2/N}}",
    ),
    ("prod(i<k, sigma[i] - sigma[k])", r"\prod_{i<k} (\sigma_i-\sigma_{k})"),
    ("prod(l<i, sigma[i])", r"\prod_{i>l}\sigma_i"),
    ("prod(i<=l, 2)", r"\prod_{i\le l} 2"),
    ("2*tr(Sigma)**2/tr(Sigma)", r"2\left\|W\right\|_{*}^2/\norm{W}_\ast"),
    ("prod(i<l, prod(l<m, sigma[i]*sigma[m]))*N", r"\prod_{i<l<m}\sigma_i\sigma_m N"),
    ("sum(1<=i<l<m<=d, sigma[l])", r"\sum_{1\le i<l<m\le d}\sigma_l"),
    ("sum(i<l<m, 2)", r"\sum_{m>l>i}^d 2"),
    ("prod(i!=l, 2)", r"\prod_{i \neq l} 2"),
    ("prod(i, l, 2)", r"\prod_{i,l=1}^{d} 2"),
    ("prod(i, l, 2)", r"\prod_{1\leq i,l\leq d} 2"),
    ("prod(i, sigma[i])", r"\prod_{i=1}^d\sigma_i"),
    ("prod(i, sigma[i])", r"\prod_i \sigma_i"),
    (
        "1/N*sum(j, 1, N, (sigma[i]**2)**((N-j)/N)*(sigma[l]**2)**((j-1)/N))",
        r"\frac1N\sum_{j=1}^N(\sigma_i^2)^{\frac{N-j}N}(\sigma_l^2)^{\frac{j-1}{N}}",
    ),
    ("sum(j, 1, N, j) + 2", r"\sum\limits^{N}_{j=1} j + 2"),
    ("c(d)**(N-1) * sqrt(pi)", r"c_d^{N-1}\sqrt\pi"),
    ("c(d)**(N-1)", "c_{d}^{N-1}"),
    ("det(Sigma)**(1/N)", r"\sqrt[N]{\det\Sigma}"),
    ("log(sigma[1])**2", r"\log^2\sigma_1"),
    ("log(sigma[1]**2)", r"\ln \sigma_1^2"),
    ("abs(sigma[1] - sigma[2]) * abs(N)", r"|\sigma_1-\sigma_2| |N|"),
    ("abs(sigma[1])", r"\left|\sigma_1\right|"),
    ("1/2 * tr(log(Sigma))", r"\tfrac12 \operatorname{Tr}(\log\Sigma)"),
    ("log(prod(i, sigma[i]))", r"\log\prod_i\sigma_i"),
    ("-(N*d)", r"$-N d$"),
    ("exp(-(1/2*N))", r"\exp(-\frac{1}{2}N)"),
    (
        "prod(i, sigma[i]) * prod(i<l, sigma[i]-sigma[l])",
        r"\prod_i\sigma_i\prod_{i<l}(\sigma_i-\sigma_l)",
    ),
    ("prod(i, sigma[i]) * N", r"\prod_i\sigma_i N"),
    ("prod(i, N * sigma[i])", r"\prod_i N\sigma_i"),
    ("sum(i, sigma[i] * N)", r"\sum_i\sigma_i N"),
    ("N ** 2", "N^2"),
    ("N**(d*(d-1)/2)", r"N^{\binom{d}{2}}"),
    ("pi/2", r"\frac\pi2."),
    ("1/N", r"\frac 1 N,"),
    ("1/(2*N)", r"\frac1{2N}"),
]


@pytest.mark.parametrize(("plain", "latex"), SAME)
def test_both_notations_are_read_as_one_tree(plain: str, latex: str) -> None:
    assert read(plain) == read(latex)


@pytest.mark.parametrize("text", [text for pair in SAME for text in pair])
def test_the_echo_is_read_back(text: str) -> None:
    tree = read(text)
    assert read(plain_text(tree)) == tree
    assert read(f"${latex_text(tree)}$") == tree


def test_arithmetic_is_that_of_python() -> None:
    assert read("-2**2") == Negative(Operation("**", number(2), number(2)))
    assert read("2**3**2") == read("2**(3**2)")
    assert read("8/4/2") == read("(8/4)/2")
    assert read("2**-1") == Operation("**", number(2), Negative(number(1)))
    assert read("0.5") == Number(Fraction(1, 2))
    assert plain_text(read("0.50")) == "0.5"


# --- a property: whatever tree, its echoes mean the same ------------------------------------------


def _trees(bound: tuple[str, ...], depth: int) -> st.SearchStrategy[Node]:
    """Numbers (not matrices) with the given indices."""
    leaves: list[st.SearchStrategy[Node]] = [
        st.sampled_from([N, D, Symbol("pi"), number(0), number(1), number(2), number(17)]),
        st.just(Number(Fraction(3, 8))),
        st.just(Call("c", D)),
        st.sampled_from([number(1), D]).map(Sigma),
    ]
    if bound:
        leaves.append(st.sampled_from(bound).map(Symbol))
        leaves.append(st.sampled_from(bound).map(Symbol).map(Sigma))
    if depth == 0:
        return st.one_of(leaves)
    inner = _trees(bound, depth - 1)
    matrices = _matrices(depth - 1)
    choices: list[st.SearchStrategy[Node]] = [
        *leaves,
        inner.map(Negative),
        st.builds(Operation, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(Call, st.sampled_from(["sqrt", "exp", "log", "abs"]), inner),
        st.builds(Call, st.sampled_from(["det", "tr", "van"]), matrices),
    ]
    free = [name for name in "ijkl" if name not in bound]
    if len(free) >= 2:
        one, two = (free[0],), (free[0], free[1])
        kind = st.sampled_from(["sum", "prod"])
        below = _trees((*bound, *one), depth - 1)
        choices.append(
            st.builds(Over, kind, st.just(one), st.just(""), st.none(), st.none(), below)
        )
        choices.append(st.builds(Over, kind, st.just(one), st.just(""), inner, inner, below))
        choices.append(
            st.builds(
                Over,
                kind,
                st.just(two),
                st.sampled_from(["<", "<=", "!=", ","]),
                st.none(),
                st.none(),
                _trees((*bound, *two), depth - 1),
            )
        )
    return st.one_of(choices)


def _matrices(depth: int) -> st.SearchStrategy[Node]:
    if depth <= 0:
        return st.just(SIGMA)
    inner = _matrices(depth - 1)
    scalars = _trees((), 0)
    return st.one_of(
        st.just(SIGMA),
        st.builds(Call, st.sampled_from(["log", "sqrt", "exp", "abs"]), inner),
        st.builds(lambda x, e: Operation("**", x, e), inner, scalars),
        st.builds(lambda x, e: Operation("*", e, x), inner, scalars),
        st.builds(lambda x, y: Operation("-", x, y), inner, inner),
    )


@settings(max_examples=600, deadline=None)
@given(_trees((), 4))
def test_every_echo_is_read_as_the_same_tree(tree: Node) -> None:
    if isinstance(tree, Over) and (tree.lower, tree.upper) == (number(1), D):
        return  # 1..d is written without a range
    for part in tree.walk():
        if isinstance(part, Over) and (part.lower, part.upper) == (number(1), D):
            return
    assert read(plain_text(tree)) == tree
    assert read(f"${latex_text(tree)}$") == tree


# --- what is refused ------------------------------------------------------------------------------

DEEP = "(" * 5_000 + "1" + ")" * 5_000
HOSTILE = [
    "",
    "   ",
    "(",
    ")",
    "1 +",
    "N 3",
    "2 3",
    "x",
    "sigma",
    "Sigma",
    "van",
    "van(2)",
    "det(N)",
    "van(Sigma + 1)",
    "2**Sigma",
    "sigma[Sigma]",
    "N.real",
    "N.__class__",
    "__import__('os').system('true')",
    "eval(1)",
    "exec(N)",
    "open(N)",
    "print(N)",
    "lambda: 1",
    "[1]*9",
    "{1}",
    "1 if N else 2",
    "N == 2",
    "van(Sigma) = 2 = 3",
    "sum(j, 1, N)",
    "sum(j, 1, 2, 3, 4)",
    "prod(i<l<=k, 1)",
    "prod(i<l>k, 1)",
    "prod(i<l<i, 1)",
    "prod(2<i<l, 1)",
    "prod(i<l<k<m, 1)",
    "prod(1<l, 1)",
    "prod(N, 2)",
    "prod(i, prod(i, 2))",
    "prod(i<i, 2)",
    "sqrt(1, 2)",
    "sqrt()",
    "c(2)",
    "c(N)",
    "log(i)",
    "1" * 41,
    "1e9",
    "0x10",
    "1_000",
    "N\0",
    "N\u0661",
    "\u03c3",
    "\u2160",
    "2\u22121",
    DEEP,
    "-" * 5_000 + "1",
    "1" + "+1" * 4_000,
    "2" + "**2" * 3_000,
    "N" * 1_000_000,
    "sqrt(" * 2_000 + "N" + ")" * 2_000,
    "\\" * 9_000,
    r"\input{/etc/passwd}",
    r"\def\x{1}\x",
    r"\foo",
    r"\sigma",
    r"\sigma_{ij}^{2",
    r"\pi^10",
    r"\binom{d}{3}",
    r"\frac{1}",
    r"1/2 \pi",
    r"\log\sigma_1\sigma_2",
    r"\log(\sigma_1)^2",
    r"\prod_{i=1}^{N-1}",
    r"\prod \sigma_1",
    r"\prod_{i<j\le k} \sigma_i",
    r"\prod_{2\le i<j<k\le d} \sigma_i",
    r"\prod_{i<j<k}^N \sigma_i",
    r"\prod_{i=2,l=1}^d \sigma_i",
    r"\sum_{j=1} j",
    r"\pi^2^3",
    r"c_2^\pi",
    r"N_i^{2}",
    r"\cdot N",
    r"N \cdot",
    r"N \cdot\cdot\pi",
    r"\mathrm{os}(\pi)",
    r"\begin{align}N\end{align}",
    r"|\pi",
    r"{" * 3_000 + r"\pi",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:24]) for text in HOSTILE])
def test_what_is_no_formula_is_refused_at_once(text: str) -> None:
    for known in ("2", r"\pi"):  # both parsers are made
        understand("volume-form", known)
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with pytest.raises(InputError) as refused:
            understand("volume-form", text)
    finally:
        sys.setprofile(before)
    # so many for each character, however deep it is nested
    assert calls <= 5_000 + 20 * min(len(text), MAX_CHARACTERS)
    message = str(refused.value)
    assert message.startswith("formula: ")
    assert "expected" in message
    assert len(message) < 400
    assert "\n" not in message


@pytest.mark.parametrize(
    ("target", "text", "why"),
    [
        ("eigenvalue", "sum(i, 1, N, sigma[l])", "runs over i, which is also a free index of"),
        ("eigenvalue", "sigma[i]**(N-j)", "the index j is not bound"),
        ("eigenvalue", "k*sigma[i]", "free indices of 'eigenvalue': i, l"),
        ("volume-form", "prod(i, prod(i, 2))", "runs over i, which is also bound outside"),
        ("volume-form", "s_i", "did you mean sigma[i]?"),
        ("volume-form", "Sigma**2", "it is a diagonal matrix, expected a number"),
        ("volume-form", "prod(i=2, 1)", "give the right-hand side alone"),
        ("volume-form", "N 2", "expected * between them"),
        ("volume-form", r"U\pi", "give the density alone"),
        ("volume-form", "2", ""),
        ("volume-form", r"\frac{1}{2}\hbar", r"'\hbar'"),
        ("volume-form", "N^10\\cdot 2", "expected {10}"),
        ("infinite-volume-form", "N*van(Sigma)", "its depth is inf"),
        ("volume-form", r"\prod_{i<l}^{N} 2", r"\prod: expected below it"),
    ],
)
def test_refusals_say_what_to_do(target: str, text: str, why: str) -> None:
    if not why:
        understand(target, text)
        return
    with pytest.raises(InputError) as refused:
        understand(target, text)
    assert why in str(refused.value)


def test_only_text_is_a_formula() -> None:
    with pytest.raises(InputError, match="got int, expected text"):
        understand("volume-form", 3)  # type: ignore[arg-type]
