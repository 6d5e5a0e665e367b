r"""An author's macros: ``\newcommand``, ``\def``, ``\DeclareMathOperator``, ``\let``, expanded.

Definitions hold for the whole paper: where TeX would know another at some place, because it is
defined again, in a group or on a condition, the macro is not read. Every token of an expansion
stands where the macro was called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from types import MappingProxyType
from typing import Final

from dlnproof.errors import InputError
from dlnproof.language.tokens import MOST_ARGUMENT, Token, group, joined, optional, tokens
from dlnproof.notation.symbols import ARGUMENTS, KINDS, SIZES, WORDS

MOST_TOKENS: Final = 50_000
"""How long a formula may become."""

_NEW: Final = frozenset(
    {r"\newcommand", r"\renewcommand", r"\providecommand", r"\DeclareRobustCommand"}
)
_DEF: Final = frozenset({r"\def", r"\gdef"})
_NOT_READ: Final = frozenset(
    {
        *(r"\edef", r"\xdef", r"\newcommandx", r"\renewcommandx", r"\newrobustcmd"),
        *(r"\renewrobustcmd", r"\providerobustcmd", r"\DeclareMathSymbol", r"\mathchardef"),
        *(rf"\{how}DocumentCommand" for how in ("New", "Renew", "Provide", "Declare")),
        *(rf"\{how}ExpandableDocumentCommand" for how in ("New", "Renew", "Provide", "Declare")),
    }
)
_DEFINES: Final = _NEW | _DEF | _NOT_READ | {r"\let"}
_OPENS: Final = {"{": "}", r"\begingroup": r"\endgroup", r"\bgroup": r"\egroup", r"\begin": r"\end"}
_TAKES: Final = {
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"), 2),
    **dict.fromkeys((r"\binom", r"\dbinom", r"\tbinom"), 2),
    **dict.fromkeys((r"\sqrt", r"\operatorname", r"\mathrm", r"\mathop", r"\text"), 1),
}
"""Commands whose arguments may be single tokens, and how many they take."""
_OTHERS: Final = (
    "Pr arccos arcsin arctan ast bullet cot coth coprod csc div gcd left mathit mathsf boldsymbol "
    "prime right sec star substack top vert Vert"
)
_OF_LATEX: Final = frozenset(
    f"\\{name.lstrip(chr(92))}"
    for names in (*KINDS.values(), ARGUMENTS, WORDS, SIZES, _TAKES, _OTHERS.split())
    for name in names
    if name != "tr"
)
"""What LaTeX and amsmath define themselves: ``\\providecommand`` leaves it as it is."""


@dataclass(frozen=True)
class Macro:
    """A macro: how many arguments it takes, what the first is if it is optional, and its body.

    ``unread`` says why it is not known what it prints. ``sized``: a star, or a size in square
    brackets, may stand before its argument, and only changes the size of brackets.
    """

    arguments: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None
    unread: str = ""
    sized: bool = False

    def same(self, other: Macro) -> bool:
        """Whether another prints the same, wherever it was defined."""
        return self._printed == other._printed

    @property
    def _printed(self) -> tuple[object, ...]:
        default = None if self.default is None else joined(self.default).split()
        return self.arguments, joined(self.body).split(), default, self.unread, self.sized


NO_MACROS: Final[Mapping[str, Macro]] = MappingProxyType({})


@dataclass
class _Defined(dict[str, Macro]):
    """The macros that were found so far; ``why`` those of this place cannot be read, if so."""

    why: str = ""

    def define(self, name: str, made: Macro, *, kept: bool = False) -> None:
        """Take a definition; ``kept``: an earlier one stays."""
        old = self.get(name)
        if self.why:
            self[name] = Macro(0, (), unread=self.why)
        elif old is None:
            self[name] = made
        elif not (kept or old.unread or old.same(made)):
            self[name] = Macro(0, (), unread="is defined more than once, and not alike")


def macros(stream: Sequence[Token]) -> dict[str, Macro]:
    """Return the macros that a paper defines.

    What cannot be read as a definition, stands in a group, a macro or a conditional, or is not the
    only one of its name, makes the macro one that is not read.
    """
    found = _Defined()
    aliases: dict[str, str] = {}
    begun = next((k for k in range(len(stream)) if _begins_document(stream, k)), len(stream))
    grouped, chosen = _within_groups(stream), _within_conditionals(stream)
    at = 0
    while at < len(stream):
        text, here, at = stream[at].text, at, at + 1
        found.why = (
            "is defined within a conditional, which is not read"
            if chosen[here]
            else "is defined within a group or another macro, and may mean something else here"
            if grouped[here]
            else ""
        )
        try:
            if text in (r"\renewcommand", r"\DeclareRobustCommand") and here > begun:
                named, _ = group(stream, _starred(stream, at))
                if joined(named).strip() not in found:  # LaTeX has it, and it was in use
                    found.why = found.why or "is defined again within the document"
            if text in _NEW:
                _new_command(stream, at, found, kept=text == r"\providecommand")
            elif text in _DECLARES:
                _DECLARES[text](stream, at, found)
            elif text in _DEF:
                at = _definition(stream, at, found)
            elif text == r"\let":
                at = _let(stream, at, found, aliases)
            elif text in _NOT_READ:
                named, _ = group(stream, at)
                found.why = f"is defined by {text}, which is not read; write \\newcommand"
                found.define(joined(named).strip(), Macro(0, ()))
        except InputError:  # a brace that is not closed: there is no more to define
            break
    for name in _named_by_letters(stream):
        found.why = "is defined by the letters of its name, which is not read"
        found.define(name, Macro(0, ()))
    for name, old in aliases.items():
        if old in found:
            found.why = f"is let to be {old}, which is defined later"
            found.define(name, found[name])
    return dict(found)


def _within_groups(stream: Sequence[Token]) -> list[bool]:
    """Return of each token whether it stands in a group, or an environment but the document."""
    depth = [0] * (len(stream) + 1)
    opened: dict[str, list[int]] = {closes: [] for closes in _OPENS.values()}
    for at, token in enumerate(stream):
        text = token.text
        if text in (r"\begin", r"\end") and _names_document(stream, at):
            continue
        if text in _OPENS:
            opened[_OPENS[text]].append(at)
        elif opened.get(text):
            depth[opened[text].pop()] += 1
            depth[at] -= 1
    return [deep > 0 for deep in accumulate(depth)]


def _named_by_letters(stream: Sequence[Token]) -> Iterator[str]:
    r"""Yield what ``\expandafter\def\csname p\endcsname`` and ``\@namedef{p}`` define."""
    for at, token in enumerate(stream):
        if token.text == r"\@namedef" and stream[at + 1 : at + 2]:
            end = next(
                (k for k in range(at, min(at + 50, len(stream))) if stream[k].text == "}"), at
            )
            yield "\\" + joined(stream[at + 2 : end])
        elif token.text == r"\csname" and at and stream[at - 1].text in _DEFINES:
            ahead = stream[at + 1 : at + 50]
            name = takewhile(lambda t: t.text != r"\endcsname", ahead)
            yield "\\" + joined(name).strip()


def _begins_document(stream: Sequence[Token], at: int) -> bool:
    return stream[at].text == r"\begin" and _names_document(stream, at)


def _names_document(stream: Sequence[Token], at: int) -> bool:
    return "".join(t.text for t in stream[at + 1 : at + 11]) == "{document}"


def _within_conditionals(stream: Sequence[Token]) -> list[bool]:
    r"""Return of each token whether it stands between an ``\if...`` and its ``\fi``."""
    depth = [0] * (len(stream) + 1)
    opened: list[int] = []
    for at, token in enumerate(stream):
        before = stream[at - 1].text if at else ""
        after = stream[at + 1].text if at + 1 < len(stream) else ""
        if before in (r"\newif", r"\let"):
            continue
        if token.text.startswith(r"\if") and token.text != r"\iff" and after != "{":
            opened.append(at)
        elif token.text == r"\fi" and opened:
            depth[opened.pop()] += 1
            depth[at] -= 1
    return [deep > 0 for deep in accumulate(depth)]


def _starred(stream: Sequence[Token], at: int) -> int:
    return at + (at < len(stream) and stream[at].text == "*")


def _new_command(stream: Sequence[Token], at: int, found: _Defined, *, kept: bool) -> None:
    name, at = group(stream, _starred(stream, at))
    if kept and joined(name).strip() in _OF_LATEX:
        return
    number, at = optional(stream, at)
    default, at = optional(stream, at)
    body, _ = group(stream, at)
    count = joined(number or ()).strip() or "0"
    given = None if default is None else tuple(default)
    made = Macro(0, (), unread="is defined in a way that is not read")
    if count.isdecimal() and int(count) < 10:
        made = Macro(int(count), tuple(body), given)
    found.define(joined(name).strip(), made, kept=kept)


def _operator(stream: Sequence[Token], at: int, found: _Defined) -> None:
    name, at = group(stream, _starred(stream, at))
    body, _ = group(stream, at)
    whole = (*tokens(r"\operatorname{"), *body, *tokens("}"))
    found.define(joined(name).strip(), Macro(0, whole))


def _delimiters(stream: Sequence[Token], at: int, found: _Defined) -> None:
    name, at = group(stream, at)
    left, at = group(stream, at)
    right, _ = group(stream, at)
    whole = (*tokens(r"\left"), *left, *tokens("#1"), *tokens(r"\right"), *right)
    found.define(joined(name).strip(), Macro(1, whole, sized=True))


_DECLARES: Final = {
    r"\DeclareMathOperator": _operator,
    r"\DeclarePairedDelimiter": _delimiters,
}


def _definition(stream: Sequence[Token], at: int, found: _Defined) -> int:
    name, at = group(stream, at)
    number = 0
    while at + 1 < len(stream) and stream[at].text == "#":
        number, at = number + 1, at + 2
    made = Macro(0, (), unread="is defined with arguments that have delimiters, which is not read")
    if at < len(stream) and stream[at].text == "{":
        made = Macro(number, tuple(group(stream, at)[0]))
    found.define(joined(name), made)
    return at


def _let(stream: Sequence[Token], at: int, found: _Defined, aliases: dict[str, str]) -> int:
    name, at = group(stream, at)
    at += at < len(stream) and stream[at].text == "="
    body, at = group(stream, at)
    new, old = joined(name), joined(body)
    if old not in found:
        aliases[new] = old
    found.define(new, found.get(old, Macro(0, tuple(body))))
    return at


def expanded(stream: Sequence[Token], known: Mapping[str, Macro]) -> list[Token]:
    """Return tokens with every macro expanded. Raises :class:`InputError` if it does not end."""
    rest = list(reversed(stream))
    found: list[Token] = []
    work = 0
    while rest:
        token = rest.pop()
        macro = known.get(token.text)
        if macro is None:
            found.append(token)
            _group_arguments(token, rest, known)
            continue
        if macro.unread:
            raise InputError(f"{token.text}: the macro {macro.unread}")
        body, used = _called(macro, rest)
        work += len(body) + 1
        if work > MOST_TOKENS:
            raise InputError(f"{token.text}: the macro expands without end, or beyond what is read")
        del rest[len(rest) - used :]
        rest += [token.printing(x.text) for x in reversed(body)]
    return found


def _group_arguments(token: Token, rest: list[Token], known: Mapping[str, Macro]) -> None:
    r"""Put a macro that is an argument of ``\frac`` and the like in braces, as TeX takes it whole.

    ``rest`` is what follows, from its end to its beginning.
    """
    at = len(rest) - 1
    last = max(0, at - MOST_ARGUMENT)
    for _ in range(_TAKES.get(token.text, 0)):
        while at >= last and (rest[at].is_space or _is_option(token, rest, at)):
            at = _closing_back(rest, at, "[", "]", last) if rest[at].text == "[" else at
            at -= 1
        if at < last:
            return
        taken = rest[at]
        macro = known.get(taken.text)
        if macro is not None and (macro.arguments or macro.unread):
            why = macro.unread or "stands as an argument without braces; write {...} around it"
            raise InputError(f"{taken.text}: the macro {why}")
        if macro is not None:
            rest[at : at + 1] = [taken.printing("}"), taken, taken.printing("{")]
        elif taken.text == "{":
            at = _closing_back(rest, at, "{", "}", last)
        at -= 1


def _is_option(token: Token, rest: Sequence[Token], at: int) -> bool:
    return token.text == r"\sqrt" and rest[at].text == "["


def _closing_back(rest: Sequence[Token], at: int, opens: str, closes: str, last: int) -> int:
    """Return where what opens there closes, or the last place that is looked at."""
    deep = 0
    for k in range(at, last - 1, -1):
        deep += (rest[k].text == opens) - (rest[k].text == closes)
        if not deep:
            return k
    return last


def _called(macro: Macro, rest: Sequence[Token]) -> tuple[list[Token], int]:
    """Return the body with its arguments put in, and how many tokens they took."""
    if not macro.arguments:
        return list(macro.body), 0
    ahead = list(reversed(rest[-MOST_ARGUMENT:]))
    at = 0
    if macro.sized:
        while at < len(ahead) and ahead[at].is_space:
            at += 1
        at = _starred(ahead, at)
        _, at = optional(ahead, at)
    values: list[Sequence[Token]] = []
    if macro.default is not None:
        given, at = optional(ahead, at)
        values.append(macro.default if given is None else given)
    while len(values) < macro.arguments:
        value, at = group(ahead, at)
        values.append(value)
    body: list[Token] = []
    k = 0
    while k < len(macro.body):
        token = macro.body[k]
        number = macro.body[k + 1].text if token.text == "#" and k + 1 < len(macro.body) else ""
        if number.isdecimal() and 0 < int(number) <= len(values):
            body += values[int(number) - 1]
            k += 2
        else:
            body.append(token)
            k += 1
    return body, at
