"""Recompute the exact evidence of a dlnproof record: python3 -I verify_record.py [record.json]

This file needs Python >= 3.9 and nothing else, and shares no code with the package. Take it from
dlnproof, not from whoever sent the record; with -I Python imports nothing that lies beside it. At
rational points it compares what is measured from the definition with the stated closed form, and
for each counterexample with what a source prints. A point is t_1 >= ... >= t_d >= 0 (t_1 > 0) and
orthogonal Q_0 = V, ..., Q_N = U; W_j = Q_j diag(t) Q_{j-1}^T, W = W_N ... W_1 = U diag(s) V^T,
s_i = t_i^N. dphi is the derivative of W, dphi^* its adjoint, A = (1/N) dphi dphi^*, g^N = A^-1.
Recomputed are exact evidence (both sides of every number, at points that are legal, of its number,
N and d, and different if d > 1; wrong variants of the closed form differ at some point from what is
measured, or are recorded as equal) and counterexamples (both sides, which are as recorded and
differ). A claim's title, source, names of sentences and of Coq's theorems, and what is printed of
it with its verdict, are those that its part here has the digest of; what training decided has its
own words. Every other piece, what a route found or became of a printed statement, is listed and
stands as written. So does UNSEEN. Of all only the form is examined: digest, fields, counts, what a
route can show, each claim's verdict by those of its evidence, that what is false here is recorded
as refuted. A part for a claim that is not dlnproof's is its author's, and marked as such.
Exit status: 0 nothing is wrong, 1 something is, 2 no readable record.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from fractions import Fraction as F
from pathlib import Path

from dlnproof.referee.geometry import AUTHORS, PAIRS, SAID, SCOPES, WRONG, Matrix, Point, flat

SCHEMA = "dlnproof-record/4"
# the fields of a record, its run, points, claims, evidence, printed statements, counterexamples
FIELDS = """schema digest version commit command seed run environment claims points expression
depths widths digits runs files formal stopped N d stratum t Q id title source verdict measured
sentences evidence as_printed route scope covers says failure steps worst_error order order_points
undecided strata findings assumptions premises discharges refused uses at mutants tried
rejected survivors name witness statement explanation counterexample claim point where left left_is
right right_is"""
SHOWS = {"derivation": "proved derived", "exact": "exact", "enclosure": "enclosed"}
SHOWS |= {"pullback": "sampled", "training": "observed", "formal": "proved"}  # at best
HOLDING = ["proved", "proved_with_Coq", "derived", "exact", "enclosed", "sampled", "observed"]
FAILING = ["vacuous", "not_observed", "undecided", "timeout", "error", "refuted"]
VERDICTS = [*HOLDING, "unexamined", *FAILING]
UNSEEN = "settings, versions, kinds of points, which sentences evidence is about, all words of what"
UNSEEN += " is as written and of authors' claims, and that nothing was left out"
rational = lambda x: F(x if re.fullmatch("-?[0-9]{1,999}(/[0-9]{1,999})?", x) else "no rational")


def named(claim):
    """Return a claim's id, without what only keys of printed statements have."""
    return claim["id"].replace(":", "?")


def by(name):
    """Return who says what is compared, if it is not dlnproof."""
    return ", by a part of its author's" * (name in AUTHORS)


def point(data, at):
    """Return a point, of bounded size."""
    N, d, t = data["N"], data["d"], [rational(x) for x in at["t"]]
    Q = [Matrix([rational(x) for x in row] for row in rows) for rows in at["Q"]]
    sizes = [len(x) for x in (t, *(x for M in Q for x in (M.rows, *M.rows)))]
    if not (1 <= N <= 256 and 1 <= d <= 16 and sizes == [d] * (1 + (N + 1) * (d + 1))):
        raise ValueError("expected t_1 ... t_d, Q_0 ... Q_N, N <= 256, d <= 16")
    return Point(N, t, Q)


def fault(key, p, case=None):
    """Return what is wrong with a claim at a point, or with a counterexample, or ""."""
    try:
        recorded = case and (rational(case["left"]), rational(case["right"]))
        found = list(PAIRS[key](p)) if (p := p or point(case, case["point"])).legal else []
        unequal = [(a, b) for a, b in found if a != b]
        a, b = (unequal or found)[0]
        return f"{a} against {b}"[:300] if (recorded not in unequal if case else unequal) else ""
    except Exception:  # of whatever kind: nothing is confirmed then
        return "not examined: unknown here, or without meaning at the point"


def rejected(name, variant, p):
    """Whether a variant differs at a point from what is measured, which it leaves as it is."""
    try:
        right, found = list(PAIRS[name](p)), list(PAIRS[name](p, **variant))
        return right != found and [a for a, _ in right] == [a for a, _ in found]
    except Exception:  # what fails rejects nothing
        return False


def left(name, points):
    """Return the wrong variants of a claim that no point rejects."""
    found = dict(WRONG.get(PAIRS[name], {}))
    for p in points:
        if found:
            found = {x: stated for x, stated in found.items() if not rejected(name, stated, p)}
    return sorted(found)


def variants(name, recorded, points):
    """Return what is amiss with the wrong variants that were rejected, and what became of them."""
    known, equal = WRONG.get(PAIRS[name], ()), left(name, points)
    if not known:
        return "", "no wrong variant is known"
    kept, tried = {*recorded.get("survivors", [])}, recorded["tried"]
    listed = lambda found: f"equal: {', '.join(sorted(found))}" if found else "none equal"
    said = f"{len(known)} wrong variants, {listed(equal)}"
    if tried == len(known) and {*equal} <= kept <= {*known}:
        return "", said
    return f"{tried!r:.9} wrong variants, {listed(kept):.150}, recorded; here {said}", said


def ranges(values):
    """Return integers as text, those that follow each other as a..b."""
    ends = [[n for n in sorted({*values}) if n + step not in values] for step in (-1, 1)]
    return ", ".join(str(a) if a == b else f"{a}..{b}" for a, b in zip(*ends))


def form(record):
    """Yield what is not as records are written, and why."""
    data = {key: record[key] for key in record if key != "digest"}
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    if record["digest"] != hashlib.sha256(text.encode()).hexdigest():
        yield "the record was edited", "its digest is not that of its contents"
    if record["schema"] != SCHEMA:
        yield "schema", f"{record['schema']!r:.99} recorded, {SCHEMA!r} here"
    if type(record["seed"]) is not int:
        yield "seed", f"{record['seed']!r:.99} recorded, which is no integer"
    parts = [("record", record), ("run", record["run"])]
    parts += [(f"point {n}", data) for n, data in enumerate(record["points"])]
    for claim in record["claims"]:
        name = named(claim)
        parts += [(name, claim), *((f"{name}, {e['route']}", e) for e in claim["evidence"])]
        parts += [(f"{name}: {x['name']}", x) for x in claim["as_printed"]]
    for where, data in parts:
        variants, case = data.get("mutants") or {}, data.get("counterexample") or {}
        if unknown := sorted({*data, *variants, *case} - {*FIELDS.split()}):
            yield where, f"unknown fields: {', '.join(unknown)}"
        tried, rejected = variants.get("tried", 0), variants.get("rejected", 0)
        if not 0 <= rejected <= tried == rejected + len(variants.get("survivors", "")):
            yield where, "not as many wrong variants rejected or left as tried"
    yield from ((x, "stands twice") for x, n in Counter(x for x, _ in parts).items() if n > 1)


def judged(found):
    """Return the verdict on a sentence by its evidence: the strongest if all hold, or the worst."""
    order = VERDICTS.index
    worst = max((e["verdict"] for e in found), key=order, default="unexamined")
    own = (e["verdict"] for e in found if e["route"] != "formal")
    return worst if worst in FAILING else min(own, key=order, default="unexamined")


def words(claim):
    """Return the digest of a claim's words: those that training found about it are none of them."""
    said = [claim["title"], claim["source"], sorted(claim["sentences"])]
    said += [claim.get("measured", []), claim.get("formal", [])]
    for x in claim["as_printed"]:
        case, trained = x["counterexample"] or {}, x["route"] == "training"
        said += [x[key] for key in ("name", "route", "source", "witness", "statement")]
        said += [] if trained else [x["verdict"], x["explanation"]]
        said += [case.get(key) for key in ("statement", "where", "left_is", "right_is")]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def verdicts(claim):
    """Yield the verdicts of a claim that are not those of its evidence."""
    name, said = named(claim), claim["verdict"]
    built = {e["route"]: e.get("discharges") for e in claim["evidence"]}.get("formal")
    covers = [(e, e.get("covers", claim["sentences"])) for e in claim["evidence"]]
    for n, (e, about) in enumerate(covers):
        if e["verdict"] == "derived" and built is not None and {*built} == {*e.get("premises", ())}:
            covers[n] = {**e, "verdict": "proved_with_Coq"}, about
    found = {x: judged([e for e, about in covers if x in about]) for x in claim["sentences"]}
    for e, about in covers:
        if odd := sorted({*about} - {*claim["sentences"]}):
            yield f"{name}, {e['route']}", f"about no sentence: {', '.join(odd)}", ""
    found["the claim"] = max(found.values(), key=VERDICTS.index)
    for x, word in {"the claim": said, **claim["sentences"]}.items():
        if word != found[x] or said in FAILING:
            yield name, f"{x} is recorded as {word}, by its evidence {found[x]}", ""
    if name not in PAIRS:
        yield name, "unknown here", ""
    elif (here := SAID.get(name)) != (there := words(claim)) and (here or name not in AUTHORS):
        what = "title, source, sentences, theorems or printed statements are others here"
        yield name, f"{what} (digest {here}, there {there})", ""


def evidence(claim, points):
    """Yield the evidence of a claim: what is exact is recomputed."""
    name = named(claim)
    for e in claim["evidence"]:
        route, word, at = e["route"], e["verdict"], e.get("at", [])
        if word in HOLDING and word not in SHOWS[route].split():
            yield f"{name}, {route}", f"recorded as {word}, which it cannot show", ""
        if route != "exact":
            yield f"{name}, {route}", "", f"{word}, as written"
            continue
        scope = "; ".join(f"{x} = {ranges([getattr(points[n], x) for n in at])}" for x in "Nd")
        kinds = {(p.N, *p.t, *flat(p.Q)) if p.d > 1 else n for n in at for p in [points[n]]}
        pairs = [("points", e["points"], len(at)), ("different points", len(at), len(kinds))]
        pairs += [("verdict", word, "exact"), ("scope", e["scope"], SCOPES.get(name, scope))]
        wrong = [f"{x}: {a!r:.99} recorded, {b!r} here" for x, a, b in pairs if a != b]
        wrong = wrong if at else ["no points"]
        faults = (f"point {n}: {x}" for n in at if (x := fault(name, points[n])))
        amiss = next(faults, "") or next(iter(wrong), "")
        odd, told = ("", "") if amiss else variants(name, e["mutants"], [points[n] for n in at])
        yield name, amiss or odd, f"{len(at)} points, equal; {told}{by(name)}"
        if "counterexample" in e:
            yield name, fault(name, None, e["counterexample"]), f"fails there{by(name)}"


def printed(claim):
    """Yield the printed statements of a claim: what is false is so at its counterexample."""
    name = named(claim)
    false = {key.partition(": ")[2] for key in PAIRS if key.startswith(f"{name}: ")}
    for x in claim["as_printed"]:
        key, said, case = f"{name}: {x['name']}", x["verdict"], x["counterexample"]
        if case or said == "refuted" or x["name"] in false:
            wrong = (said != "refuted") * f"recorded as {said}" or fault(key, None, case)
            yield key, wrong, f"counterexample confirmed{by(name)}"
        else:
            odd = said in HOLDING and said not in SHOWS.get(x["route"], "").split()
            yield key, odd * f"recorded as {said}, which it cannot show", f"{said}, as written"
    for x in sorted(false - {x["name"] for x in claim["as_printed"]}):
        yield f"{name}: {x}", "missing: it is printed, and known here as false", ""


def examine(record):
    """Yield what is examined, what is wrong with it or "", and what it is if nothing is wrong."""
    yield from ((where, wrong, "") for where, wrong in form(record))
    points = {n: point(data, data) for n, data in enumerate(record["points"])}
    yield from ((f"point {n}", "not legal", "") for n, p in points.items() if not p.legal)
    for claim in record["claims"]:
        yield from (*verdicts(claim), *evidence(claim, points), *printed(claim))


def main(path):
    """Print what was examined; return the exit status."""
    try:
        record = json.loads(Path(path).read_bytes())
        seen = [(ascii(x)[1:-1], wrong, good) for x, wrong, good in examine(record)]
        pieces = sum(len(claim["evidence"] + claim["as_printed"]) for claim in record["claims"])
    except Exception as error:
        sys.stderr.write(f"no readable record: {type(error).__name__}: {str(error)[:200]!a}\n")
        return 2
    good, bad = [x[2] for x in seen if not x[1]], [repr(x[0]) for x in seen if x[1]]
    exact, cases, written = (sum(w in x for x in good) for w in (", equal", "confirmed", "written"))
    bad += ["(nothing to confirm)"] * (not exact + cases)
    print(*(f"{x}: {ascii(y or z)[1:-1]}" for x, y, z in seen), sep="\n")
    print(f"as written, too: {UNSEEN}\n{exact + cases} of {pieces} pieces recomputed", end="")
    theirs = sum("author's" in x for x in good)
    print(f" ({theirs} by authors' parts)" * bool(theirs), end=", ")
    print(f"{written} taken as written{'; NOT confirmed: ' * bool(bad)}{', '.join(bad)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main([*sys.argv, "record.json"][1]))
