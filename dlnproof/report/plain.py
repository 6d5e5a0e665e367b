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


def plain(latex: str) -> str:
    """Return LaTeX as readable text on one line.

    >>> plain(r"$\\lambda_{il}=\\frac{1}{N}\\,\\sigma_i^{2/N}$")
    'lambda_{il} = 1/N sigma_i^(2/N)'
    """
    text = _commands(re.sub(r"\\[\[\],;!]", " ", latex.replace("$", "")))
    text = re.sub(rf"([_^][a-zA-Z0-9]{_END}?)(?=[a-zA-Z(])", r"\1 ", text)  # u_iv_l, W^TW
    text = re.sub(r"\)(?=[a-zA-Z])", ") ", text.replace(_END, "")).replace("d Sigma", "dSigma")
    text = re.sub(r"\s*(!=|>=|<=|=|<|>)\s*", r" \1 ", text)
    text = re.sub(r"\s+([,.;)])", r"\1", re.sub(r"\(\s+", "(", text))
    return re.sub(r"\s+", " ", text).strip()


def _commands(latex: str) -> str:
    """Translate the commands and the grouped sub- and superscripts, innermost groups first."""
    out, at = "", 0
    while at < len(latex):
        match = re.compile(r"\\([a-zA-Z]+)\s*|([\^_])\{").match(latex, at)
        if match is None:
            out, at = out + latex[at], at + 1
        elif match[2]:
            inner, at = _group(latex, match.end() - 1)
            inner = _commands(inner).strip()
            left, right = ("{", "}") if match[2] == "_" else ("(", ")")
            out += match[2] + (inner if len(inner) == 1 else left + inner + right) + _END
        elif match[1] == "frac":
            above, at = _group(latex, match.end())
            below, at = _group(latex, at)
            out += f" {_wrapped(_commands(above))}/{_wrapped(_commands(below))} "
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


def _wrapped(text: str) -> str:
    """Return a numerator, denominator or exponent, in parentheses where it needs them."""
    text = text.strip().replace(_END, "")
    single = re.fullmatch(r"\w+|[a-z]+_(\w|\{\w+\})(\^(\w|\([^()]*\)))?", text)
    return text if single else f"({text})"
