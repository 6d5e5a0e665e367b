"""The grammar of LaTeX formulas, and bars that open and close by their context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lark import Token
from lark.lark import PostLex

GRAMMAR: Final = r"""
start: sum
sum: (PLUS | MINUS)? term ((PLUS | MINUS) term)*
term: item+
item: scripted
    | FUNCTION script* -> function
    | (SUM | PROD) script* -> big
    | TIMES -> times
    | SLASH -> slash
scripted: atom script*
script: UNDER _OPEN range _CLOSE
    | UNDER _OPEN _SUBSTACK _OPEN range _CLOSE _CLOSE
    | UNDER single
    | CARET _OPEN sum _CLOSE
    | CARET single
range: list (RELATION list)*
list: sum (_COMMA sum)*
atom: NUMBER -> number
    | NAME -> symbol
    | PI -> pi
    | SIGMA -> sigma
    | MATRIX -> matrix
    | ("(" sum ")" | "[" sum "]" | BRACE sum ECARB) -> bracketed
    | _OPEN sum _CLOSE -> group
    | _LBAR sum _RBAR -> absolute
    | _ABS argument -> absolute
    | FRAC argument argument -> fraction
    | BINOM argument argument -> pairs
    | DIGITS -> digits
    | SQRT ("[" sum "]")? argument -> root
argument: _OPEN sum _CLOSE -> group
    | single
single: NUMBER -> digit
    | NAME -> symbol
    | PI -> pi
    | MATRIX -> matrix
    | TRANSPOSED -> transposed
PLUS: "+"
MINUS: "-"
TIMES: /\*|\\(?:cdot|times)(?![A-Za-z])/
SLASH: "/"
UNDER: "_"
CARET: "^"
_OPEN: "{"
_CLOSE: "}"
BRACE: "\\{"
_COMMA: "," | "\\\\"
_SUBSTACK: /\\substack(?![A-Za-z])/
TRANSPOSED: /\\top(?![A-Za-z])/
ECARB: "\\}"
_LBAR: /\\left\s*(?:\||\\vert(?![A-Za-z]))|\\[bB]igg?l\s*\||\\lvert(?![A-Za-z])/
_RBAR: /\\right\s*(?:\||\\vert(?![A-Za-z]))|\\[bB]igg?r\s*\||\\rvert(?![A-Za-z])/
_ABS: /\\abs(?![A-Za-z])\*?/
BAR: /\||\\vert(?![A-Za-z])/
RELATION: /<|>|=|\\(?:leqslant|geqslant|leq|geq|neq|le|ge|ne|lt|gt)(?![A-Za-z])/
SUM: /\\sum(?![A-Za-z])/
PROD: /\\prod(?![A-Za-z])/
FUNCTION.2: /\\(?:det|log|ln|exp|tr|Tr|van|Gamma|cos|sinh|cosh|tanh|coth|sech|csch)(?![A-Za-z])/
    | /\{\s*\\rm\s+[A-Za-z]+\s*\}|\\mathop\s*\{\s*\\mathrm\s*\{\s*[A-Za-z]+\s*\}\s*\}/
    | /\\(?:operatorname\*?|mathrm|mathop|mathsf|textrm|text)\s*\{\s*(\\rm)?\s*[A-Za-z]+\s*\}/
DIGITS.3: /\\[dt]?frac\s*[0-9]\s*([0-9]|[A-Za-z])/
FRAC.2: /\\(?:[cdt]|nice|s)?frac(?![A-Za-z])/
BINOM: /\\[dt]?binom(?![A-Za-z])/
SQRT: /\\sqrt(?![A-Za-z])/
PI: /\\pi(?![A-Za-z])/
SIGMA: /\\sigma(?![A-Za-z])/
MATRIX.3: /\\(?:boldsymbol|mathbf|mathsf|bm)\s*(?:\{\s*\\Sigma\s*\}|\\Sigma(?![A-Za-z]))/
    | /\\Sigma(?![A-Za-z])/
NUMBER: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
NAME: /[A-Za-z]/
SPACE.4: /[ \t\r\n~]+|\\[,;:! \t\r\n]/
    | /\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])(?!\s*(?:\||\\vert))/
    | /\\(?:q?quad|(display|text)style|(no)?limits)(?![A-Za-z])/
%ignore SPACE
"""

_OPENING: Final = frozenset({"LPAR", "LSQB", "_OPEN", "BRACE", "_LBAR"})

_CLOSING: Final = frozenset({"RPAR", "RSQB", "_CLOSE", "ECARB", "_RBAR"})


class Bars(PostLex):
    """Bare bars open and close in turn within the brackets around them."""

    always_accept = ("BAR",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens, each bar as an opening or a closing one."""
        open_bar = [False]
        for token in stream:
            kind = token.type
            if kind == "BAR":
                kind = "_RBAR" if open_bar[-1] else "_LBAR"
                open_bar[-1] = not open_bar[-1]
            elif kind in _OPENING:
                open_bar.append(False)
            elif kind in _CLOSING and len(open_bar) > 1:
                open_bar.pop()
            yield Token.new_borrow_pos(kind, token, token)
