"""A derivation by steps: the words, the equations, what was taken as given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby
from operator import or_
from typing import Final

from dlnproof.core.domain import Domain, Pair
from dlnproof.core.engines import equal_by_flint
from dlnproof.core.expression import Expression, Number, Operation
from dlnproof.core.identity import Equation
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.spectrum import ORDERED, I, L
from dlnproof.core.step import Rule, Side, Step
from dlnproof.core.verdict import Verdict
from dlnproof.documents.content.statement import fitted
from dlnproof.documents.formulas import see
from dlnproof.documents.model import Block, Paragraph, Prose, Text, To, paragraph, strong
from dlnproof.notation.boxes import Row
from dlnproof.notation.display import INDENT, chunks, split, width
from dlnproof.notation.latex import latex, row
from dlnproof.notation.reading import as_written, written
from dlnproof.notation.tex import boxes, tex

CITED = {
    "singular value decomposition": "HJ2013",
    "spectral theorem": "HJ2013",
    "determinants": "HJ2013",
    "Kronecker products": "HJ1991",
    "nearest singular matrix": "HJ2013",
    "Ky Fan dominance": "HJ2013",
}
"""Where the theorems that proofs cite by name are found; the rest is first-year calculus."""


def proof_of(proof: Proof, verdict: Verdict) -> list[Block]:
    """Return a derivation, words and equations; its first line says so where it does not hold."""
    found: list[Block] = []
    if not verdict.holds:
        found.append(paragraph(strong(f"This proof is not complete: {verdict}.")))
    texts = [_text(proof, step) for step in proof.steps]
    for step, text, following in zip(proof.steps, texts, [*texts[1:], ("All",)], strict=False):
        found += _step(proof, step, text, following)
    return [*found, paragraph(Prose(_accounting(proof)))]


def equations(proof: Proof) -> str:
    """Return the equations of a proof for a notebook, which shows mathematics but no prose."""
    rows = [_equation(step, " &") for step in proof.steps if step.sides]
    return "\\begin{align}\n" + " \\\\\n".join(rows) + "\n\\end{align}"


def _equation(step: Step, mark: str = " &") -> str:
    return mark.join(map(latex, _parts(step)))


def _parts(step: Step) -> list[Row]:
    """Return the sides of a step, each but the first with the relation before it.

    Sides that are printed alike, one after another, are printed once.
    """
    if step.rule is Rule.CONSTANT:
        moving, *rest = map(boxes, step.sides)
        return [written(r"\frac{d}{dt}\bigl(", moving, r"\bigr)"), *_equal(_once(rest))]
    if step.rule is Rule.POSITIVITY:
        first, *rest = (written(boxes(side), f" {step.relation} 0") for side in step.sides[:-1])
        return [first, *(written(r",\quad ", sign) for sign in rest)]
    show = _matrix if step.rule is Rule.WORDS else boxes
    first, *rest = _once([show(side) for side in step.sides])
    return [first, *_equal(rest, step.relation)]


def _equal(sides: list[Row], relation: str = "=") -> list[Row]:
    return [written(f"{relation} ", side) for side in sides]


def _once(sides: list[Row]) -> list[Row]:
    return [side for side, _ in groupby(sides)]


def _matrix(side: Side) -> Row:
    """Return a matrix expression, in which the number 1 stands for the identity."""
    return written("I") if side == Number(1) else boxes(side)


def _step(proof: Proof, step: Step, text: Text, following: Text) -> list[Block]:
    before = [Paragraph(text)] if text else []
    if not step.sides:
        return [*before]
    # a sentence that goes on after the display is not closed by it
    begins = next((x.latex for x in following[:1] if isinstance(x, Prose)), "")
    goes_on = begins.lstrip("(")[:1].islower()
    mark = "" if goes_on and begins.startswith("(") else "," if goes_on else "."
    more = _how(proof, step, mark)
    shown = partial(split, _parts(step), "," if more else mark)
    label = f"dln:{proof.claim}:{step.name}"
    return [*before, fitted(shown, "equation", label=label, note=step.rule.value), *more]


def _text(proof: Proof, step: Step) -> Text:
    """Return the step's words, references resolved; a claim that is used is named."""

    def refer(match: re.Match[str]) -> str:
        target = proof[match[1]]
        if not target.sides:
            raise ProofError(
                f"claim '{proof.claim}': '{step.name}' refers to '{target.name}', "
                "which shows no equation"
            )
        return rf"\eqref{{dln:{proof.claim}:{target.name}}}"

    def asserted(match: re.Match[str]) -> str:
        return _rule(step.asserted[int(match[1]) - 1])

    words = re.sub(r"\[\[([\w-]+)\]\]", refer, re.sub(r"<<(\d+)>>", asserted, step.prose))
    if step.rule is Rule.CLAIM:
        return ("By the claim ", see(step.source, To.TITLE), ", ", Prose(words))
    return (Prose(words),) if words else ()


def _rule(equation: Equation) -> str:
    left, right = equation
    return f"{tex(left)}={latex(_matrix(right))}"


def _how(proof: Proof, step: Step, end: str) -> list[Block]:
    """Return the equations that were decided along with a step, and rules not yet in print."""
    if step.rule is Rule.INDUCTION:
        return _induction(step, end)
    if step.rule is Rule.PRODUCT:
        return _factors(step, end)
    if step.rule is Rule.CERTIFICATE:
        return _certificate(step, end)
    said = {stated for used in step.uses for stated in proof[used].asserted}
    rules = [rule for rule in step.rules if not {rule, rule[::-1]} & said]
    text = f"by {', '.join(f'${_rule(rule)}$' for rule in rules)}{end}"
    return [paragraph(Prose(text))] if rules else []


def _certificate(step: Step, end: str) -> list[Block]:
    """Return the identity behind an inequality, a term on each line where it is long."""
    [(difference, total)] = step.lemmas
    first, *rest = _summands(total)
    [stated] = (side for side in step.sides if isinstance(side, Inequality))
    given = ", ".join(f"${tex(h)}$" for h in stated.given)
    verb = "are" if len(stated.given) > 1 else "is"
    more = [paragraph(Prose(f"where {given} {verb} nonnegative{end}"))] if given else []
    end = "," if given else end
    left, whole = boxes(difference), written(boxes(difference), " = ", boxes(total))

    def display(room: float) -> str:
        if width(whole) <= room:
            return f"\\[\n  {latex(whole)}{end}\n\\]"
        head, *tail = map(latex, chunks(left, room))
        lines = [f"  &{head}", *(rf"  &\qquad {piece}" for piece in tail)]
        for k, term in enumerate((first, *rest)):
            head, *tail = map(latex, chunks(term, room - 30))
            lines.append(rf"  &\qquad + {head}" if k else rf"  &\quad = {head}")
            lines += [rf"  &\qquad\quad {piece}" for piece in tail]
        return "\\begin{align*}\n" + " \\\\\n".join(lines) + f"{end}\n\\end{{align*}}"

    return [paragraph("because"), fitted(display), *more]


def _summands(total: Expression) -> list[Row]:
    """Return the terms of a sum, in order."""
    if isinstance(total, Operation) and total.sign == "+":
        return [*_summands(total.left), boxes(total.right)]
    return [boxes(total)]


def _induction(step: Step, end: str) -> list[Block]:
    (base_left, base_right), (next_left, next_right) = step.lemmas
    left, right = (side for side in step.sides if isinstance(side, Expression))
    counter = next(x for x, (_, after) in step.domain.sequences.items() if after == x + 1)
    base = _once([boxes(base_left), boxes(base_right)])
    reads = "both sides are" if len(base) == 1 else "it reads"
    text = (
        f"by induction: at ${tex(counter)}=1$ {reads} ${'='.join(map(latex, base))}$, and "
        f"the difference of its sides at ${tex(counter)}+1$ is a multiple of that at "
        f"${tex(counter)}$,"
    )
    multiple = step.decision.multiple or Number(0)
    first, *rest = _once([boxes(next_left - next_right), boxes(multiple * (left - right))])
    shown = partial(split, [first, *_equal(rest)], end)
    return [paragraph(Prose(text)), fitted(shown, "equation*")]


def _factors(step: Step, end: str) -> list[Block]:
    """Return the factor-wise equations of a product step: they are what was decided."""
    products = [side for side in step.sides if isinstance(side, PairProduct)]
    sides = {
        "for each $i$": [p.index for p in products],
        r"for $\sigma_i>\sigma_l$": [p.pair for p in products],
        r"for $\sigma_i=\sigma_l$": [p.at_coincidence() for p in products],
    }
    zero = [where for where, found in sides.items() if equal_by_flint(found[0], Number(0))]
    shown = {where: _once([boxes(x) for x in found]) for where, found in sides.items()}
    rows = [(row, where) for where, row in shown.items() if len(row) > 1 and where not in zero]
    if not rows:
        return []
    ends = ["," for _ in rows[1:]] + [end]

    def display(room: float) -> str:
        lines = [_row(*row, mark, room) for row, mark in zip(rows, ends, strict=True)]
        body = "\\\\\n  ".join(lines)
        return f"\\begin{{gather*}}\n  {body}\n\\end{{gather*}}"

    both = f" (both sides vanish {' and '.join(zero)})" if zero else ""
    return [paragraph(Prose(f"because factor by factor{both}")), fitted(display)]


def _row(sides: list[Row], where: str, end: str, room: float) -> str:
    *first, last = [sides[0], *_equal(sides[1:])]
    note = as_written(rf"\quad \text{{{where}}}")
    whole = row(last, note)
    short = width(whole) + INDENT <= room
    return split([*first, whole] if short else [*first, last, note], end, room)


def assumed(proof: Proof, among: dict[str, str]) -> list[Step]:
    """Return the steps that cite one of these theorems."""
    return [step for step in proof.assumptions if step.source in among]


def _accounting(proof: Proof) -> str:
    """Return what the proof divides by and what it takes as given, computed from its steps."""
    sentences = []
    if divided := "; ".join(_divided(proof, division) for division in divisions(proof)):
        sentences.append(f"Divisions, by what is not zero under the hypotheses named: {divided}.")
    given = {s.source: rf" \cite{{{CITED[s.source]}}}" for s in assumed(proof, CITED)}
    given = {s.source: given.get(s.source, "") for s in proof.assumptions}
    sentences.append(_decided(proof))
    sentences.append("The words between the equations are not.")
    if given:
        listed = ", ".join(f"{name}{cite}" for name, cite in given.items())
        sentences.append(f"Taken as given: {listed}.")
    return " ".join(sentences)


@dataclass(frozen=True)
class Division:
    """What some steps of a proof divide by, and their hypotheses, which keep it from vanishing."""

    where: Domain
    steps: list[Step]
    divisors: list[Expression]
    of_factors: bool


def divisions(proof: Proof) -> list[Division]:
    """Return what each step divides by, those with the same hypotheses together."""
    found: list[Division] = []
    for step in proof.steps:
        if divisors := step.decision.divisors:
            where = reduce(or_, (_hypotheses(step, divisor) for divisor in divisors))
            of_factors = step.rule is Rule.PRODUCT
            same = next((x for x in found if (x.where, x.of_factors) == (where, of_factors)), None)
            if same is None:
                found.append(same := Division(where, [], [], of_factors))
            same.steps.append(step)
            same.divisors.extend(x for x in divisors if x not in same.divisors)
    return found


_SIGMA: Final = {x: level.sigma for level in (I, L) for x in (level.root, level.log)}


def _hypotheses(step: Step, divisor: Expression) -> Domain:
    """Return what a step assumes of the letters of a divisor.

    Of sigma in place of its root and logarithm, which are as different, and positive with it. A
    product is one of factors of an index, or of a pair with sigma_i > sigma_l.
    """
    letters = divisor.letters()
    letters |= {_SIGMA[x] for x in letters & set(_SIGMA)}
    domain = ORDERED if step.rule is Rule.PRODUCT else step.domain

    def pairs(among: tuple[Pair, ...]) -> tuple[Pair, ...]:
        found = [pair for pair in among if set(pair) <= letters]
        return tuple(p for p in found if (_SIGMA.get(p[0]), _SIGMA.get(p[1])) not in found)

    positive = frozenset(
        x for x in domain.positive & letters if _SIGMA.get(x) not in domain.positive
    )
    nonnegative = domain.nonnegative & letters
    distinct, ordered = pairs(domain.distinct), pairs(domain.ordered)
    return Domain(positive, nonnegative=nonnegative, distinct=distinct, ordered=ordered)


def _divided(proof: Proof, division: Division) -> str:
    where = division.where
    signs = [(">", where.positive), (r"\ge ", where.nonnegative)]
    hypotheses = [
        f"${','.join(tex(x) for x in sorted(letters, key=lambda x: x.name))}{relation}0$"
        for relation, letters in signs
        if letters
    ]
    hypotheses += [rf"${tex(x)}\ne {tex(y)}$" for x, y in where.distinct]
    hypotheses += [f"${tex(x)}>{tex(y)}$" for x, y in where.ordered]
    divisors = ", ".join(f"${tex(divisor)}$" for divisor in division.divisors)
    steps = ", ".join(rf"\eqref{{dln:{proof.claim}:{step.name}}}" for step in division.steps)
    factors = "the factors of " * (division.of_factors)
    return f"in {factors}{steps} by {divisors}, for {' and '.join(hypotheses)}"


def _decided(proof: Proof) -> str:
    """Return which equations the software decided, by which rule."""
    names = {
        Rule.IDENTITY: "as rational functions",
        Rule.SUBSTITUTION: "from earlier equations",
        Rule.INDUCTION: "by induction",
        Rule.PRODUCT: "factor by factor",
        Rule.WORDS: "as words",
        Rule.CONSTANT: "as words",
        Rule.POSITIVITY: "by signs of coefficients",
        Rule.CERTIFICATE: "as sums of terms that are not negative",
    }
    listed = [
        (name, [rf"\eqref{{dln:{proof.claim}:{s.name}}}" for s in proof.steps if s.rule is rule])
        for rule, name in names.items()
    ]
    groups = "; ".join(f"{name} {', '.join(equations)}" for name, equations in listed if equations)
    return f"Decided by the software: {groups}."
