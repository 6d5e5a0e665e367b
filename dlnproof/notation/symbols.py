r"""LaTeX's symbols as characters, by the class that decides the space around them.

The classes are those of the TeXbook, chapter 18. Commands of letters stand without their backslash.
"""

from collections.abc import Mapping
from typing import Final

SLANTED: Final = {
    "alpha": "\u03b1", "beta": "\u03b2", "gamma": "\u03b3", "delta": "\u03b4",
    "epsilon": "\u03f5", "varepsilon": "\u03b5", "zeta": "\u03b6", "eta": "\u03b7",
    "theta": "\u03b8", "kappa": "\u03ba", "lambda": "\u03bb", "mu": "\u03bc", "nu": "\u03bd",
    "xi": "\u03be", "pi": "\u03c0", "rho": "\u03c1", "sigma": "\u03c3", "tau": "\u03c4",
    "phi": "\u03d5", "varphi": "\u03c6", "chi": "\u03c7", "psi": "\u03c8", "omega": "\u03c9",
    "ell": "\u2113", "partial": "\u2202", "vartheta": "\u03d1", "varpi": "\u03d6",
    "varrho": "\u03f1", "varsigma": "\u03c2", "upsilon": "\u03c5",
}  # fmt: skip
UPRIGHT: Final = {
    "Gamma": "\u0393", "Delta": "\u0394", "Theta": "\u0398", "Lambda": "\u039b", "Xi": "\u039e",
    "Pi": "\u03a0", "Sigma": "\u03a3", "Phi": "\u03a6", "Psi": "\u03a8", "Omega": "\u03a9",
    "Upsilon": "\u03a5", "infty": "\u221e", "emptyset": "\u2205", "nabla": "\u2207",
    r"\#": "#", r"\%": "%", r"\$": "$", r"\&": "&", r"\_": "_",
}  # fmt: skip
BINARY: Final = {
    "+": "+", "-": "\u2212", "*": "\u2217", "cdot": "\u22c5", "times": "\u00d7",
    "otimes": "\u2297", "oplus": "\u2295", "wedge": "\u2227", "circ": "\u2218", "pm": "\u00b1",
    "mp": "\u2213", "cup": "\u222a", "cap": "\u2229", "setminus": "\u2216",
}  # fmt: skip
RELATION: Final = {
    "=": "=", "<": "<", ">": ">", ":": ":", "le": "\u2264", "leq": "\u2264", "ge": "\u2265",
    "geq": "\u2265", "ll": "\u226a", "gg": "\u226b", "ne": "\u2260", "neq": "\u2260",
    "equiv": "\u2261", "approx": "\u2248", "sim": "\u223c", "simeq": "\u2243", "cong": "\u2245",
    "propto": "\u221d", "perp": "\u22a5", "mid": "\u2223", "in": "\u2208", "notin": "\u2209",
    "subset": "\u2282", "subseteq": "\u2286", "to": "\u2192", "rightarrow": "\u2192",
    "longrightarrow": "\u27f6", "leftarrow": "\u2190", "mapsto": "\u21a6",
    "uparrow": "\u2191", "downarrow": "\u2193",
    "Rightarrow": "\u21d2", "implies": "\u27f9", "Leftrightarrow": "\u21d4", "iff": "\u27fa",
}  # fmt: skip
OPENING: Final = {
    "(": "(", "[": "[", r"\{": "{", "lbrace": "{", "langle": "\u27e8", "lvert": "|",
    "lVert": "\u2016", "lfloor": "\u230a", "lceil": "\u2308",
}  # fmt: skip
CLOSING: Final = {
    ")": ")", "]": "]", r"\}": "}", "rbrace": "}", "rangle": "\u27e9", "rvert": "|",
    "rVert": "\u2016", "rfloor": "\u230b", "rceil": "\u2309", "!": "!",
}  # fmt: skip
BAR: Final = {
    "|": "|", r"\|": "\u2016",
}  # fmt: skip
"""Delimiters that open where none of them is open, and close otherwise."""
PUNCTUATION: Final = {
    ",": ",", ";": ";", ".": ".",
}  # fmt: skip
SOLID: Final = {
    "/": "/",
}  # fmt: skip
DOTS: Final = {
    "dots": "\u2026", "ldots": "\u2026", "cdots": "\u22ef",
}  # fmt: skip
LARGE: Final = {
    "sum": "\u2211", "prod": "\u220f", "int": "\u222b", "bigcup": "\u22c3", "bigoplus": "\u2a01",
    "bigotimes": "\u2a02",
}  # fmt: skip
FUNCTIONS: Final = {
    name: name
    for name in (
        *("arg", "cos", "cosh", "det", "dim", "exp", "inf", "ker", "lim", "ln", "log", "max"),
        *("min", "Pr", "sin", "sinh", "sup", "tan", "tanh", "tr"),
    )
}
WITH_LIMITS: Final = frozenset({*LARGE, "det", "inf", "lim", "max", "min", "Pr", "sup"} - {"int"})
ACCENTS: Final = {
    "dot": "\u02d9", "ddot": "\u00a8", "hat": "^", "widehat": "^", "bar": "\u00af",
    "overline": "\u00af", "tilde": "~", "widetilde": "~", "vec": "\u2192",
}  # fmt: skip
SPACES: Final = {
    r"\,": "0.167em", r"\:": "0.222em", r"\>": "0.222em", r"\;": "0.278em", r"\ ": "0.25em",
    "~": "0.25em", r"\!": "-0.167em", "enspace": "0.5em", "quad": "1em", "qquad": "2em",
}  # fmt: skip

KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "slanted": SLANTED, "upright": UPRIGHT, "bin": BINARY, "rel": RELATION, "open": OPENING,
    "close": CLOSING, "bar": BAR, "punct": PUNCTUATION, "solid": SOLID, "inner": DOTS,
    "large": LARGE, "function": FUNCTIONS, "space": SPACES,
}  # fmt: skip
"""The tables of what takes no argument."""

ALPHABETS: Final = {
    "mathcal": "SCRIPT", "mathbb": "DOUBLE-STRUCK", "mathfrak": "FRAKTUR", "mathbf": "BOLD",
}  # fmt: skip
WORDS: Final = frozenset({"operatorname", "mathrm", "text", *ALPHABETS})
"""Commands whose argument is letters."""
ARGUMENTS: Final = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "overset", "stackrel", "underset"), 2),
    **dict.fromkeys(("sqrt", "xrightarrow", *ACCENTS), 1),
}
"""Commands by the number of their arguments."""
SIZES: Final = {
    f"{name}{side}": size
    for name, size in (("big", "1.2em"), ("Big", "1.8em"), ("bigg", "2.4em"), ("Bigg", "3em"))
    for side in "lr"
}
DELIMITERS: Final = {**OPENING, **CLOSING, **BAR, ".": "", "/": "/"}
TABLES: Final = {
    "split": "aligned", "aligned": "aligned", "align": "aligned", "": "aligned",
    **dict.fromkeys(("gather", "gathered", "multline", "multlined"), "gathered"),
    **dict.fromkeys(("pmatrix", "matrix", "smallmatrix"), "matrix"), "cases": "cases",
}  # fmt: skip
"""Environments of rows, by how they are set."""


def kind_of(key: str) -> str | None:
    """Return the class of a symbol, None of what is none."""
    return next((kind for kind, table in KINDS.items() if key in table), None)
