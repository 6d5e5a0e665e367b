"""LaTeX as plain ASCII text, for terminals: only the LaTeX that this project writes."""

import re

_SYMBOLS = {
    "ne": "!=",
    "ge": ">=",
    "le": "<=",
    "dots": "...",
    "cdots": "...",
    "cdot": "*",
    "otimes": " kron ",
    "wedge": " ^ ",
    "infty": "inf",
    "varepsilon": "epsilon",
    "ell": "l",
    "quad": "  ",
    "qquad": "  ",
    "times": "x",
    "to": "->",
    "bigl": "",
    "bigr": "",
    "Bigl": "",
    "Bigr": "",
    "left": "",
    "right": "",
    "in": " in ",
}
_END = "\0"  # after a grouped script: what follows does not belong to it
_GROUPS = ("operatorname", "mathcal", "mathbb", "text", "emph")
_DISPLAY = re.compile(r"\\\[(.*?)\\\]", re.DOTALL)


def plain(latex: str) -> str:
    """Return LaTeX as readable text on one line.

    >>> plain(r"$\\lambda_{il}=\\frac{1}{2N}\\,\\sigma_i^{2/N}$")
    'lambda_il = (1/(2N)) sigma_i^(2/N)'
    """
    latex = re.sub(r"\\dot\s*([A-Z]|\\sigma_r)", r"d\1/dt ", latex.replace("$", ""))
    text = _commands(re.sub(r"\\[\[\],;!]", " ", latex.replace(r"\|", "|")))
    text = re.sub(rf"([_^][a-zA-Z0-9]{_END}?)(?=[a-zA-Z(])", r"\1 ", text)  # u_iv_l, W^TW
    text = re.sub(rf"(\){_END}[A-Z])(?=\()", r"\1 ", text)  # )^sZ(, a product
    text = text.replace(_END, "")
    text = re.sub(r"([_^])\{(\w+)\}(?=[a-zA-Z(])", r"\1\2 ", text)  # lambda_{il}x
    text = re.sub(r"([_^])\{(\w+)\}", r"\1\2", text)
    text = re.sub(r"\)(?=[a-zA-Z])", ") ", text).replace("d Sigma", "dSigma")
    text = re.sub(r"\s*(!=|>=|<=|->|=|(?<!-)>|<)\s*", r" \1 ", text)
    text = re.sub(r"([(=,]\s*)-\s+", r"\1-", re.sub(r"\s\+\s*", " + ", text))
    text = re.sub(r"\s+([,.;)])", r"\1", re.sub(r"\(\s+", "(", text))
    text = re.sub(r"\{[^{}]*\}", lambda group: group[0].replace(" ", ""), text)
    return re.sub(r"\s+", " ", text).strip()


def blocks(latex: str) -> list[tuple[bool, str]]:
    r"""Return LaTeX as pieces of text in order, each with whether it is a displayed formula.

    A display is broken where it has a ``\qquad``; a condition in brackets after a ``\quad`` is
    read as one.

    >>> blocks(r"Let \[a=b,\qquad c=d.\] Then")
    [(False, 'Let'), (True, 'a = b,'), (True, 'c = d.'), (False, 'Then')]
    """
    found: list[tuple[bool, str]] = []
    for k, piece in enumerate(_DISPLAY.split(latex)):
        displayed = k % 2 == 1
        conditional = re.sub(r"\\quad\s*\(([^()]*)\)", r"\\text{ if }\1", piece)
        parts = conditional.split(r"\qquad") if displayed else [piece]
        found += [(displayed, plain(part)) for part in parts if plain(part)]
    return found


def _commands(latex: str) -> str:
    """Translate the commands and the grouped sub- and superscripts, innermost groups first."""
    out, at = "", 0
    while at < len(latex):
        match = re.compile(r"\\([a-zA-Z]+)\s*|([\^_])\{").match(latex, at)
        if match is None:
            out, at = out + latex[at], at + 1
        elif match[2]:
            inner, at = _group(latex, match.end() - 1)
            out += match[2] + _script(match[2], _commands(inner).strip()) + _END
        elif match[1] in ("frac", "tfrac"):
            above, at = _group(latex, match.end())
            below, at = _group(latex, at)
            out += _fraction(_commands(above), _commands(below), latex[at:])
        elif match[1] == "sqrt":
            inner, at = _group(latex, match.end())
            out += f"sqrt({_commands(inner)}) "
        elif match[1] in _GROUPS:
            inner, at = _group(latex, match.end())
            out += _commands(inner)
        else:
            word, at = _SYMBOLS.get(match[1], match[1]), match.end()
            before = " " if out.rstrip(_END)[-1:].isalnum() and word.isalpha() else ""
            after = " " if word.isalpha() and latex[at : at + 1] not in "_^)}.,(" else ""
            out += before + word + after
    return out


def _group(latex: str, start: int) -> tuple[str, int]:
    """Return what a brace group (or a single character) holds, and where it ends."""
    if latex[start] != "{":
        return latex[start], start + 1
    depth = 0
    for at in range(start, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[at], 0)
        if depth == 0:
            return latex[start + 1 : at], at + 1
    raise ValueError(f"unbalanced braces in {latex!r}")


def _script(mark: str, inner: str) -> str:
    """Return a sub- or superscript, in brackets where it needs them."""
    if len(inner) == 1:
        return inner
    braces = mark == "_" or inner == "inf"  # removed again where they hold one word
    return f"{{{inner}}}" if braces else f"({inner.replace(_END, '')})"


def _fraction(above: str, below: str, following: str) -> str:
    """Return a fraction on one line, in brackets itself where a factor follows it."""
    above, below = above.strip().replace(_END, ""), below.strip().replace(_END, "")
    if not re.fullmatch(r"[\w ^/()*]+", above) or re.search(r"[a-z]{2,} ", above):
        # a sum, or a function's name; the exponents' own brackets may hold a sum
        above = f"({above})" if re.search(r"[-+ ]", re.sub(r"\([^()]*\)", "", above)) else above
    if not re.fullmatch(r"\d+|[A-Za-z]|[a-z]+_(\w|\{\w+\})(\^(\w|\([^()]*\)))?", below):
        below = f"({below})"
    alone = re.match(r"\s*($|[=.,;)}\]]|\\(\]|q|text))", following)
    return f" {above}/{below} " if alone else f" ({above}/{below}) "
