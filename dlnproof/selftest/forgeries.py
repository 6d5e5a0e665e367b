"""How a record is forged: every kind, each with what ``verify`` and the checker say of it.

A forger makes the digest again. What he changes is of the claim of :mod:`dlnproof.selftest.bench`,
which any record to be forged has.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, cast

from dlnproof.record.record import Record, digest_of
from dlnproof.selftest.bench import CLAIM

Data = dict[str, Any]


@dataclass(frozen=True)
class Forgery:
    """One change of a record.

    ``verify`` is among what the verb says of it, and ``checker`` how a line of the checker begins;
    without one the checker takes what was changed as written. ``named`` says that ``verify`` names
    the change and confirms the record: it is of no verdict, or no more than machines differ by.
    """

    name: str
    spoil: Callable[[Data], object]
    verify: str
    checker: str = ""
    named: bool = False

    def of(self, record: Record) -> Data:
        """Return the record forged, with the digest of what it holds."""
        data: Data = json.loads(record.dumps())
        return self.of_data(data)

    def of_data(self, given: Data) -> Data:
        """Return the data of a record forged."""
        data = deepcopy(given)
        self.spoil(data)
        return resealed(data)


def resealed(data: Data) -> Data:
    """Return the data of a record with the digest of what it holds."""
    return data | {"digest": digest_of(data)}


def claim(data: Data) -> Data:
    """Return the claim that is forged."""
    [found] = (entry for entry in data["claims"] if entry["id"] == CLAIM)
    return cast(Data, found)


def evidence(data: Data, route: str) -> Data:
    """Return what a route found about it."""
    [found] = (entry for entry in claim(data)["evidence"] if entry["route"] == route)
    return cast(Data, found)


def printed(data: Data) -> Data:
    """Return its first printed statement, which is refuted."""
    return cast(Data, claim(data)["as_printed"][0])


def _case(data: Data) -> Data:
    return cast(Data, printed(data)["counterexample"])


def _derivation(data: Data) -> Data:
    return evidence(data, "derivation")


def _exact(data: Data) -> Data:
    return evidence(data, "exact")


def _pullback(data: Data) -> Data:
    return evidence(data, "pullback")


def _enclosure(data: Data) -> Data:
    return evidence(data, "enclosure")


def _times(found: Data, factor: float) -> None:
    found.update(worst_error=f"{float(found['worst_error']) * factor:.1e}")


def _another(data: Data, name: str) -> Data:
    """Return the claim under another name, with nothing but its derivation."""
    return claim(data) | {"id": name, "evidence": [_derivation(data)], "as_printed": []}


def _of_route(given: Data, route: str, verdict: str) -> Data:
    """Return evidence as if by another route, without the figures that only its own has."""
    fields = ("scope", "points", "mutants")
    return {"route": route, "verdict": verdict} | {k: given[k] for k in fields if k in given}


def _trivial(data: Data) -> None:
    """Replace the exact points by others that are legal: their frames are the identity."""
    for place in data["points"]:
        d = place["d"]
        place["Q"] = [[[str(int(i == j)) for j in range(d)] for i in range(d)] for _ in place["Q"]]


def _twice(data: Data) -> None:
    data["points"].append(data["points"][_exact(data)["at"][0]])
    _exact(data)["at"].append(len(data["points"]) - 1)
    _exact(data).update(points=1 + _exact(data)["points"])


def _undecided(data: Data) -> None:
    for found in (claim(data), *claim(data)["evidence"]):
        found.update(verdict="undecided")
    claim(data)["sentences"].update(dict.fromkeys(claim(data)["sentences"], "undecided"))


def _measured(data: Data) -> None:
    claim(data).update(measured=["mu"])
    claim(data)["sentences"].update(mu=claim(data)["verdict"])


def _left(data: Data) -> None:
    """Let a wrong variant that exact points reject be left beside those that are."""
    trials = _exact(data)["mutants"]
    kept = [*trials.get("survivors", []), "inverted"]
    trials.update(survivors=kept, rejected=trials["tried"] - len(kept))


def _built(data: Data) -> None:
    """Let the Coq development have been built, and have said yes."""
    data["run"]["formal"] = True
    for entry in data["claims"]:
        _said_by_coq(entry)


def _said_by_coq(entry: Data) -> None:
    found = {"route": "formal", "verdict": "proved", "scope": "as its theorems state"}
    says = {"says": "21 files build", "mutants": {"tried": 0, "rejected": 0}}
    entry["evidence"].append(found | says)


def _discharged(data: Data) -> None:
    """Let Coq have discharged a premise that nobody took."""
    _built(data)
    _derivation(data).update(verdict="derived", premises=["0 = 1: believed"])
    claim(data)["evidence"][-1].update(discharges={"0 = 1: believed": "riemann"})
    claim(data).update(verdict="proved_with_Coq")
    claim(data)["sentences"] = dict.fromkeys(claim(data)["sentences"], "proved_with_Coq")


WORDS: Final = f"{CLAIM}: title, source, sentences, theorems or printed statements are others here"


def _unknown(where: Callable[[Data], Data]) -> Callable[[Data], None]:
    return lambda data: where(data).update(mine=1)


FORGERIES: Final = (
    # --- verdicts -----------------------------------------------------------------------------
    Forgery(
        "verdict of the claim",
        lambda d: claim(d).update(verdict="exact"),
        'verdict: got "exact", but the rest of the record gives "proved"',
        f"{CLAIM}: the claim is recorded as exact, by its evidence proved",
    ),
    Forgery(
        "verdict of a sentence",
        lambda d: claim(d)["sentences"].update(volume="exact"),
        'sentences.volume: got "exact", but the rest of the record gives "proved"',
        f"{CLAIM}: volume is recorded as exact, by its evidence proved",
    ),
    Forgery(
        "no evidence",
        lambda d: claim(d).update(evidence=[]),
        'verdict: got "proved", but the rest of the record gives "unexamined"',
        f"{CLAIM}: the claim is recorded as proved, by its evidence unexamined",
    ),
    Forgery(
        "a verdict that the evidence does not have",
        lambda d: _pullback(d).update(verdict="undecided"),
        'verdict: got "proved", but the rest of the record gives "undecided"',
        f"{CLAIM}: the claim is recorded as proved, by its evidence undecided",
    ),
    Forgery(
        "evidence a second time, with another verdict",
        lambda d: claim(d)["evidence"].insert(0, _pullback(d) | {"verdict": "refuted"}),
        'route "pullback" stands twice',
        f"{CLAIM}: the claim is recorded as proved, by its evidence refuted",
    ),
    Forgery(
        "exact points as a proof",
        lambda d: _exact(d).update(verdict="proved"),
        "exact: changed: proved -> exact",
        f"{CLAIM}: verdict: 'proved' recorded, 'exact' here",
    ),
    Forgery(
        "finite differences as a proof",
        lambda d: _pullback(d).update(verdict="proved"),
        "pullback: changed: proved -> sampled",
        f"{CLAIM}, pullback: recorded as proved, which it cannot show",
    ),
    Forgery(
        "undecided, all through",
        _undecided,
        "derivation: changed: undecided -> proved",
        f"{CLAIM}: the claim is recorded as undecided",
    ),
    # --- evidence that no run makes, or that is left out --------------------------------------
    Forgery(
        "a derivation less",
        lambda d: claim(d)["evidence"].remove(_derivation(d)),
        'verdict: got "proved", but the rest of the record gives "unexamined"',
        f"{CLAIM}: the claim is recorded as proved, by its evidence unexamined",
    ),
    Forgery(
        "finite differences less",
        lambda d: claim(d)["evidence"].remove(_pullback(d)),
        "pullback: new: nothing -> sampled",
    ),
    Forgery(
        "training that was never done",
        lambda d: claim(d)["evidence"].append(_of_route(_pullback(d), "training", "observed")),
        "training: missing: observed -> nothing",
    ),
    Forgery(
        "Coq, built by nobody",
        lambda d: _said_by_coq(claim(d)),
        "has formal evidence, but its run did not build the Coq files.",
    ),
    Forgery(
        "Coq, built elsewhere or by nobody",
        _built,
        "orbit-volume formal. ",
        named=True,
    ),
    Forgery(
        "a premise discharged by Coq",
        _discharged,
        "derivation: changed: derived -> proved",
    ),
    Forgery(
        "theorems of Coq",
        lambda d: claim(d).update(formal=["riemann"]),
        "claim: changed: formal: ['riemann'] -> ",
        WORDS,
    ),
    Forgery(
        "evidence twice",
        lambda d: claim(d)["evidence"].append(_pullback(d)),
        'route "pullback" stands twice',
        f"{CLAIM}, pullback: stands twice",
    ),
    Forgery(
        "exact evidence twice",
        lambda d: claim(d)["evidence"].append(_exact(d)),
        'route "exact" stands twice',
        f"{CLAIM}, exact: stands twice",
    ),
    # --- claims ---------------------------------------------------------------------------------
    Forgery(
        "a claim twice",
        lambda d: d["claims"].append(claim(d)),
        'claim "orbit-volume" stands twice',
        f"{CLAIM}: stands twice",
    ),
    Forgery(
        "an unknown claim",
        lambda d: d["claims"].append(_another(d, "perpetual-motion")),
        "perpetual-motion, claim: missing: proved -> nothing",
        "perpetual-motion: unknown here",
    ),
    Forgery(
        "a claim of the user's own",
        lambda d: claim(d).update(id="my-claim"),
        "my-claim, claim: missing: proved -> nothing",
        "my-claim: point ",
    ),
    Forgery(
        "a claim that is named like a printed statement",
        lambda d: claim(d).update(id="volume-divergence: orbit-diverges"),
        "volume-divergence: orbit-diverges, claim: missing: proved -> nothing",
        "volume-divergence? orbit-diverges: point ",
    ),
    Forgery(
        "title",
        lambda d: claim(d).update(title="Anything"),
        "claim: changed: title: Anything -> ",
        WORDS,
    ),
    Forgery(
        "source",
        lambda d: claim(d).update(source="me"),
        "claim: changed: source: me -> ",
        WORDS,
    ),
    Forgery(
        "measured sentences",
        _measured,
        "claim: changed: sentences differs; measured: ['mu'] -> nothing",
        WORDS,
    ),
    # --- derivations ----------------------------------------------------------------------------
    Forgery(
        "scope of a derivation",
        lambda d: _derivation(d).update(scope="all N, all fields"),
        "derivation: changed: scope: all N, all fields -> ",
    ),
    Forgery(
        "steps", lambda d: _derivation(d).update(steps=2200), "derivation: changed: steps: 2200 -> "
    ),
    Forgery(
        "digest of the statement",
        lambda d: _derivation(d).update(digest="0" * 64),
        "derivation: changed: digest: 0000",
    ),
    Forgery(
        "uses",
        lambda d: _derivation(d).update(uses=["x"]),
        "derivation: changed: uses: ['x'] -> []",
    ),
    Forgery(
        "assumptions",
        lambda d: _derivation(d).update(assumptions=["Zorn"]),
        "derivation: changed: assumptions: ['Zorn'] -> ",
    ),
    Forgery(
        "premises",
        lambda d: _derivation(d).update(premises=["0 = 1: believed"]),
        "derivation: changed: premises: ['0 = 1: believed'] -> []",
    ),
    Forgery(
        "failure",
        lambda d: _derivation(d).update(failure="none"),
        "derivation: changed: failure: none -> nothing",
    ),
    # --- wrong variants -------------------------------------------------------------------------
    Forgery(
        "wrong variants that were never tried",
        lambda d: _derivation(d)["mutants"].update(tried=99, rejected=99),
        "derivation: changed: mutants.tried: 99 -> ",
    ),
    Forgery(
        "more rejected than tried",
        lambda d: _derivation(d)["mutants"].update(rejected=900),
        "mutants.rejected: got 900, but the rest of the record gives ",
        f"{CLAIM}, derivation: not as many wrong variants rejected or left as tried",
    ),
    Forgery(
        "a survivor, and all rejected",
        lambda d: _derivation(d)["mutants"].update(survivors=["x"]),
        "mutants.rejected: got ",
        f"{CLAIM}, derivation: not as many wrong variants rejected or left as tried",
    ),
    Forgery(
        "a survivor",
        lambda d: _derivation(d)["mutants"].update(
            survivors=["x"], rejected=_derivation(d)["mutants"]["tried"] - 1
        ),
        "mutants.survivors: ['x'] -> nothing",
    ),
    Forgery(
        "wrong variants of exact evidence that there are not",
        lambda d: _exact(d)["mutants"].update(tried=99, rejected=99),
        "exact: changed: mutants.tried: 99 -> ",
        f"{CLAIM}: 99 wrong variants, ",
    ),
    Forgery(
        "no wrong variant of exact evidence",
        lambda d: _exact(d)["mutants"].update(tried=0, rejected=0),
        "exact: changed: mutants.tried: 0 -> ",
        f"{CLAIM}: 0 wrong variants, ",
    ),
    Forgery(
        "a survivor of exact evidence",
        _left,
        "mutants.survivors: ['inverted'] -> nothing",
    ),
    # --- exact points ---------------------------------------------------------------------------
    Forgery(
        "a point less",
        lambda d: _exact(d)["at"].pop(),
        "exact: changed: at differs",
        f"{CLAIM}: points: ",
    ),
    Forgery(
        "no point",
        lambda d: _exact(d).update(at=[], points=0, scope=""),
        "exact: changed: scope: -> ",
        f"{CLAIM}: no points",
    ),
    Forgery(
        "a point twice",
        lambda d: _exact(d)["at"].__setitem__(0, _exact(d)["at"][1]),
        "exact: changed: at: [",
        f"{CLAIM}: different points: ",
    ),
    Forgery(
        "a point twice, by two numbers",
        _twice,
        "exact: changed: points: ",
        f"{CLAIM}: different points: ",
    ),
    Forgery(
        "number of points",
        lambda d: _exact(d).update(points=1000),
        "exact: changed: points: 1000 -> ",
        f"{CLAIM}: points: 1000 recorded, ",
    ),
    Forgery(
        "depths",
        lambda d: _exact(d).update(scope="N = 2..9; d = 2..3"),
        "exact: changed: scope: N = 2..9; d = 2..3 -> ",
        f"{CLAIM}: scope: 'N = 2..9; d = 2..3' recorded, 'N = ",
    ),
    Forgery(
        "a depth between",
        lambda d: _exact(d).update(scope="N = 2, every N between and beyond, 3; d = 2"),
        "exact: changed: scope: N = 2, every N between and beyond, 3; d = 2 -> ",
        f"{CLAIM}: scope: 'N = 2, every N between and beyond, 3; d = 2' recorded, 'N = ",
    ),
    Forgery(
        "a scope in words",
        lambda d: _exact(d).update(scope="every N and every d"),
        "exact: changed: scope: every N and every d -> ",
        f"{CLAIM}: scope: 'every N and every d' recorded, 'N = ",
    ),
    Forgery("points that are trivial", _trivial, "the run, points: changed: point "),
    Forgery(
        "order of t",
        lambda d: next(p for p in d["points"] if len(set(p["t"])) > 1)["t"].reverse(),
        "the run, points: changed: point ",
        "point ",
    ),
    Forgery(
        "negative t",
        lambda d: d["points"][0]["t"].__setitem__(-1, "-1"),
        "the run, points: changed: point 0",
        "point 0: not legal",
    ),
    Forgery(
        "a frame that is not orthogonal",
        lambda d: d["points"][0]["Q"][0][0].__setitem__(0, "1/2"),
        "the run, points: changed: point 0",
        "point 0: not legal",
    ),
    Forgery(
        "more points", lambda d: d["points"].append(d["points"][0]), "the run, points: changed: "
    ),
    # --- figures --------------------------------------------------------------------------------
    Forgery(
        "kinds of points",
        lambda d: _pullback(d)["strata"].update(simple=10**6),
        "pullback: changed: strata.simple: 1000000 -> ",
    ),
    Forgery(
        "scope of finite differences",
        lambda d: _pullback(d).update(scope="everywhere"),
        "pullback: changed: scope: everywhere -> ",
    ),
    Forgery(
        "digits of finite differences",
        lambda d: _pullback(d).update(digits=10**6),
        "pullback: changed: digits: 1000000 -> ",
    ),
    Forgery(
        "no error to speak of",
        lambda d: _pullback(d).update(worst_error="1.0e-90"),
        "pullback: changed: worst_error: 1.0e-90 -> ",
    ),
    Forgery(
        "no error",
        lambda d: _pullback(d).update(worst_error="0"),
        "pullback: changed: worst_error: 0 -> ",
    ),
    Forgery(
        "a smaller error",
        lambda d: _times(_pullback(d), 1 / 20),
        "pullback: changed: worst_error: ",
    ),
    Forgery(
        "a larger error", lambda d: _times(_pullback(d), 20), "pullback: changed: worst_error: "
    ),
    Forgery(
        "an error as of another machine",
        lambda d: _times(_pullback(d), 3),
        "pullback: worst_error: ",
        named=True,
    ),
    Forgery(
        "radius of the balls",
        lambda d: _enclosure(d).update(worst_error="1.0e-90"),
        "enclosure: changed: worst_error: 1.0e-90 -> ",
    ),
    Forgery(
        "order of convergence",
        lambda d: _pullback(d).update(order=[x + 0.6 for x in _pullback(d)["order"]]),
        "pullback: changed: order: [",
    ),
    Forgery(
        "an order as of another machine",
        lambda d: _pullback(d).update(order=[x + 0.3 for x in _pullback(d)["order"]]),
        "pullback: order: [",
        named=True,
    ),
    Forgery(
        "points of an order",
        lambda d: _pullback(d).update(order_points=10**6),
        "pullback: changed: order_points: 1000000 -> ",
    ),
    # --- printed statements ---------------------------------------------------------------------
    Forgery(
        "refuted, now proved",
        lambda d: printed(d).update(verdict="proved", counterexample=None),
        "without-root: changed: proved -> refuted; counterexample.schema: nothing -> ",
        f"{CLAIM}: without-root: recorded as proved",
    ),
    Forgery(
        "refuted, now proved, with its counterexample",
        lambda d: printed(d).update(verdict="proved"),
        "without-root: changed: proved -> refuted",
        f"{CLAIM}: without-root: recorded as proved",
    ),
    Forgery(
        "no erratum",
        lambda d: claim(d)["as_printed"].pop(0),
        "without-root: new: nothing -> refuted",
        f"{CLAIM}: without-root: missing: it is printed, and known here as false",
    ),
    Forgery(
        "an erratum twice",
        lambda d: claim(d)["as_printed"].append(printed(d)),
        'printed statement "without-root" stands twice',
        f"{CLAIM}: without-root: stands twice",
    ),
    Forgery(
        "name of a printed statement",
        lambda d: printed(d).update(name="whatever"),
        "as printed: whatever: missing: refuted -> nothing",
        f"{CLAIM}: whatever: not examined",
    ),
    Forgery(
        "words of a printed statement",
        lambda d: printed(d).update(statement="0 = 1"),
        "without-root: changed: statement: 0 = 1 -> ",
        WORDS,
    ),
    Forgery(
        "source of a printed statement",
        lambda d: printed(d).update(source="nobody"),
        "without-root: changed: source: nobody -> ",
        WORDS,
    ),
    Forgery(
        "witness of a printed statement",
        lambda d: printed(d).update(witness="rumour"),
        "without-root: changed: witness: rumour -> ",
        WORDS,
    ),
    Forgery(
        "explanation",
        lambda d: printed(d).update(explanation="It is fine."),
        "without-root: changed: explanation: It is fine. -> ",
        WORDS,
    ),
    Forgery(
        "a printed statement that training decided",
        lambda d: claim(d)["as_printed"].append(
            printed(d) | {"name": "mine", "route": "training", "counterexample": None}
        ),
        "as printed: mine: missing: refuted -> nothing",
        f"{CLAIM}: mine: not examined",
    ),
    # --- counterexamples ------------------------------------------------------------------------
    Forgery(
        "no counterexample",
        lambda d: printed(d).update(counterexample=None),
        "without-root: changed: counterexample.schema: nothing -> ",
        f"{CLAIM}: without-root: not examined",
    ),
    Forgery(
        "left side",
        lambda d: _case(d).update(left="7"),
        "without-root: changed: counterexample.left: 7 -> ",
        f"{CLAIM}: without-root: 113/4 ",
    ),
    Forgery(
        "right side",
        lambda d: _case(d).update(right="7/3"),
        "without-root: changed: counterexample.right: 7/3 -> ",
        f"{CLAIM}: without-root: 113/4 ",
    ),
    Forgery(
        "both sides alike",
        lambda d: _case(d).update(right="113/4"),
        "without-root: changed: counterexample.right: 113/4 -> ",
        f"{CLAIM}: without-root: 113/4 against 12769/16",
    ),
    Forgery(
        "a counterexample elsewhere",
        lambda d: _case(d)["point"].update(t=["9", "1"]),
        "without-root: changed: counterexample.point: ",
        f"{CLAIM}: without-root: ",
    ),
    Forgery(
        "a counterexample where there is none",
        lambda d: _case(d).update(
            point={"t": ["1", "1"], "Q": [[["1", "0"], ["0", "1"]]] * 2}, N=1
        ),
        "without-root: changed: counterexample.N: 1 -> 2",
        f"{CLAIM}: without-root: 1 against 1",
    ),
    Forgery(
        "what the sides are",
        lambda d: _case(d).update(left_is="a number"),
        "without-root: changed: counterexample.left_is: a number -> ",
        WORDS,
    ),
    # --- fields that there are not --------------------------------------------------------------
    Forgery(
        "a field of the record",
        _unknown(lambda d: d),
        'record: field "mine" is unknown',
        "record: unknown fields: mine",
    ),
    Forgery(
        "a field of the run",
        _unknown(lambda d: d["run"]),
        'run: field "mine" is unknown',
        "run: unknown fields: mine",
    ),
    Forgery(
        "a field of a point",
        _unknown(lambda d: d["points"][0]),
        'points[0]: field "mine" is unknown',
        "point 0: unknown fields: mine",
    ),
    Forgery(
        "a field of a claim",
        _unknown(claim),
        ': field "mine" is unknown',
        f"{CLAIM}: unknown fields: mine",
    ),
    Forgery(
        "a field of evidence",
        _unknown(_pullback),
        ': field "mine" is unknown',
        f"{CLAIM}, pullback: unknown fields: mine",
    ),
    Forgery(
        "a field of wrong variants",
        _unknown(lambda d: _pullback(d)["mutants"]),
        '.mutants: field "mine" is unknown',
        f"{CLAIM}, pullback: unknown fields: mine",
    ),
    Forgery(
        "a field of a printed statement",
        _unknown(printed),
        '.as_printed[0]: field "mine" is unknown',
        f"{CLAIM}: without-root: unknown fields: mine",
    ),
    Forgery(
        "a field of a counterexample",
        _unknown(_case),
        '.counterexample: field "mine" is unknown',
        f"{CLAIM}: without-root: unknown fields: mine",
    ),
    # --- the run --------------------------------------------------------------------------------
    Forgery(
        "a seed that is none",
        lambda d: d.update(seed=1.5),
        "seed: got 1.5, expected an integer",
        "seed: 1.5 recorded, which is no integer",
    ),
    Forgery(
        "another seed", lambda d: d.update(seed=d["seed"] + 7), "the run, points: changed: point 0"
    ),
    Forgery(
        "more digits",
        lambda d: d["run"].update(digits=10**4 - 1),
        "digits: got 9999, expected an integer from 1 to 1000",
    ),
    Forgery(
        "training runs",
        lambda d: d["run"].update(runs=500),
        "The record's command is not that of its run: ",
    ),
    Forgery(
        "command",
        lambda d: d.update(command="dlnproof check"),
        "The record's command is not that of its run: dlnproof check",
    ),
    Forgery(
        "commit",
        lambda d: d.update(commit="0" * 40),
        "commit 0000000000000000000000000000000000000000; this is ",
        named=True,
    ),
    Forgery(
        "version",
        lambda d: d.update(version="99.0"),
        "The record is of dlnproof 99.0, commit ",
        named=True,
    ),
    Forgery(
        "versions of packages",
        lambda d: d["environment"]["packages"].update(sympy="99.1"),
        "sympy 99.1",
        named=True,
    ),
    Forgery(
        "schema",
        lambda d: d.update(schema="dlnproof-record/9"),
        'got schema "dlnproof-record/9", expected ',
        "schema: 'dlnproof-record/9' recorded, ",
    ),
)
"""Every kind, by what is changed."""
