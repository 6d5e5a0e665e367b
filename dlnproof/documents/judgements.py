"""What ``formula`` prints: a formula as it was understood, and the judgement on it."""

from __future__ import annotations

from collections.abc import Iterable

from dlnproof.core.verdict import Verdict
from dlnproof.documents.layout import Screen, paragraph
from dlnproof.documents.verdicts import short
from dlnproof.judge.judgement import Judgement
from dlnproof.language.authors import Notation
from dlnproof.notation.plain import plain
from dlnproof.quantities.quantity import Quantity


def judgement_text(found: Judgement, on: Screen) -> str:
    """Return the echo of the formula, then the verdict and what it rests on or fails at."""
    text = f"{found.target}\n" + _line("understood", found.understood.plain, on)
    if found.where:
        text += _line("where", found.where, on)
    text += _line("in LaTeX", found.understood.latex, on) + "\n"
    style = "green" if found.decided else "bold" if found.holds else "red"
    where = reach(found) if found.verdict is Verdict.REFUTED else f"({reach(found)})"
    text += f"{on.styled(found.verdict.value, style)} {where}\n"
    for note in found.notes:
        text += paragraph(note, on, first="  ", then="    ")
    if found.counterexample is not None:
        text += _counterexample(found, on)
    if found.diagnosis is not None:
        text += _line("diagnosis", found.diagnosis, on)
    if found.correction is not None:
        text += _line("corrected", found.correction.formula.plain, on)
        text += _line("", found.correction.formula.latex, on)
        text += _line("", f"{found.correction.verdict}: {found.correction.scope}", on)
    return text


def reach(found: Judgement, own: Notation | None = None) -> str:
    """Return where a formula was found false, or for what it holds, and by which derivations.

    It is told in the letters of an author's ``own`` notation.
    """
    scope = found.scope if own is None else own.back_plain(found.scope)
    if found.verdict is Verdict.REFUTED:
        return f"at {scope}"
    rests = f", by the derivation of {', '.join(found.rests_on)}" if found.rests_on else ""
    return f"{scope}{rests}"


def _counterexample(found: Judgement, on: Screen) -> str:
    data = found.counterexample
    assert data is not None
    root = "sigma" if data["N"] == "inf" else "sigma^(1/N)"
    at = f"N = {data['N']}, d = {data['d']}, {root} = ({', '.join(data['point']['t'])})"
    at += "".join(f", {name} = {index}" for name, index in data.get("indices", {}).items())
    text = _line("at", at, on)
    names = ("first", "second") if data["target"].startswith("=") else ("definition", "formula")
    for name, side in zip(names, ("left", "right"), strict=True):
        text += _line(name, short(data[side]), on)
    if found.ratio:
        text += _line("ratio", short(found.ratio), on)
    return text


def _line(name: str, value: str, on: Screen) -> str:
    return paragraph(value, on, first=f"  {name:<12}", then=" " * 14)


def targets_text(quantities: Iterable[Quantity], on: Screen) -> str:
    """Return each quantity's definition, symbols and conventions; then the language."""
    text = ""
    for quantity in quantities:
        text += on.styled(quantity.name, "bold") + "\n"
        text += _line("quantity", quantity.plain, on)
        text += _line("definition", plain(quantity.definition), on)
        for convention in quantity.conventions:
            text += _line("where", plain(convention), on)
        text += _line("symbols", _symbols(quantity), on) + "\n"
    return text + "".join(f"{paragraph(line, on)}" for line in _LANGUAGE)


def _symbols(quantity: Quantity) -> str:
    depth = "N, " if quantity.finite else ""
    group = ", c(d)" if quantity.root and quantity.root.group else ""
    free = "".join(f", sigma[{name}]" for name in quantity.indices[:2])
    wave = ", cos(m*pi/N)" if "m" in quantity.indices else ""
    return f"{depth}d, pi, Sigma{free}{wave}{group}"


_LANGUAGE = (
    "Formulas are plain text, with + - * / ** and brackets, sigma[i], Sigma (functions entry by "
    "entry: powers, log, sqrt), van(Sigma) = prod(i<l, sigma[i] - sigma[l]), det(...), tr(...), "
    "sum(i, ...) and prod(i, ...) over 1..d, prod(i<l, ...), prod(i<=l, ...), prod(i!=l, ...), "
    "prod(i, l, ...) over all pairs, prod(i, prod(l>i, ...)), sum(j, 1, N, ...), sqrt, exp, log "
    "(natural), abs, Gamma, cos, pi, c(d);",
    r"or LaTeX, as in N^{\frac{d(d-1)}{2}}\det(\Sigma^2)^{\frac{1-N}{2N}}"
    r"\operatorname{van}(\Sigma^{2/N}). They are read by a grammar, never evaluated.",
)
