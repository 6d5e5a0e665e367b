"""Jobs: plain data that any process turns into a result."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from threading import RLock

from dlnproof.claims.check import Check, Parts, TrainingCheck
from dlnproof.claims.deduction import Account, Deduction, told
from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import contained, deduction, known, load, origin, study
from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.errors import InputError
from dlnproof.kernel.terms import SortError
from dlnproof.kernel.theorem import Refused
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.language.refute import unequal
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import PointKey
from dlnproof.record.evidence import Derivation
from dlnproof.record.record import PrintedRecord
from dlnproof.run.compare import Comparison
from dlnproof.run.discharges import in_coq, pairings
from dlnproof.run.point import PointResult, check_at, described
from dlnproof.run.training import TrainingResult
from dlnproof.run.trial import tried
from dlnproof.tactics.contradiction import contradictory

_GUARD_BITS = 64
_CONTRADICTORY = "the hypotheses contradict one another, so that anything follows from them"
_ALONE = RLock()


@dataclass(frozen=True)
class Job:
    """Check one claim by one route at some points, or make the runs of one experiment.

    Without points it is the claim's derivation; ``experiment`` counts those of its training check.
    ``origin`` is the file that a user's claim is loaded from, by whichever process does the job.
    """

    claim: str
    route: Route
    keys: tuple[PointKey, ...] = ()
    digits: int = 50
    experiment: int = 0
    runs: int = 0
    seed: int = 0
    origin: str = ""


@dataclass(frozen=True)
class DerivationResult:
    """What became of a derivation, of the same derivation of each wrong variant, and of what
    sources print, where no training decides that."""

    found: Derivation
    mutants: Mapping[str, Verdict]
    seconds: float
    printed: Mapping[str, PrintedRecord] = field(default_factory=dict)


Result = list[PointResult] | DerivationResult | TrainingResult


def checks_of(claim: Claim) -> tuple[Check, ...]:
    """Return the checks of a claim that is known."""
    return study(claim.id).checks


def derive_claim(claim: Claim, parts: Parts | None = None) -> Account:
    """Return what a claim's derivation establishes of its statement, or of one with other formulas.

    Raises :class:`InputError` where it breaks a rule of proofs, or uses what the claim does not.
    """
    parts = claim.parts if parts is None else parts
    try:
        proof = Account(_deduced(claim), claim.says(parts), claim.given)
        for name in proof.deduction.concluded.keys() - proof.sentences.keys():
            told_of = ", ".join(proof.sentences)
            raise Refused(f"it concludes '{name}', expected a sentence of the claim ({told_of})")
    except (Refused, SortError) as error:
        why = str(error).removeprefix(f"claim '{claim.id}': ")
        raise InputError(f"claim '{claim.id}': its derivation is not admitted: {why}") from error
    for used in proof.claims_used:
        if used not in claim.uses:  # which are known, and stated before it
            raise InputError(
                f"claim '{claim.id}': its derivation uses '{used}', expected one of the claim's "
                f"field 'uses' ({', '.join(claim.uses) or 'which is empty'}); mend the id, or name "
                "it there"
            )
    return proof


def _deduced(claim: Claim) -> Deduction:
    """Return the theorems of a claim, those of the claims that it names as used before it.

    So what it rests on is told by claims whatever else this process has derived.
    """
    for used in claim.uses:
        _deduced(known()[used])
    return deduction(claim.id)


def derive(claim: str) -> Account:
    """Return the proof of a claim, by id: the theorems, and what they establish of the statement.

    In a notebook it is displayed as its theorems. Raises :class:`InputError` for an unknown id.

    >>> derive("volume-form").verdict.value
    'proved'
    """
    from dlnproof.run.select import claims_named

    [chosen] = claims_named([claim])
    return derive_claim(chosen)


@cache
def proof_verdict(claim_id: str) -> Verdict:
    """Return the verdict of a claim's proof, the proofs that it builds on included."""
    return verdict_of(derive_claim(known()[claim_id]))


def verdict_of(proof: Account) -> Verdict:
    """Return the verdict of a proof: no better than those of the claims that it builds on."""
    used = [proof_verdict(claim) for claim in proof.claims_used]
    return worst([proof.verdict, *(v if v.holds else Verdict.UNDECIDED for v in used)])


@contextmanager
def alone(digits: int) -> Iterator[None]:
    """Run the block at a job's precision, and no other job beside it in this process.

    The precision belongs to the process, and some executors (a Dask worker's) run threads.
    """
    with _ALONE, working_precision(bits_of(digits) + _GUARD_BITS):
        yield


def run(job: Job) -> Result:
    """Do a job. The result depends on the job alone, not on the process that does it."""
    try:
        with alone(job.digits), contained():
            if job.origin:
                load(job.origin)
            claim = known()[job.claim]
            if job.route is Route.DERIVATION:
                return _derive(claim)
            [check] = (check for check in checks_of(claim) if check.route is job.route)
            if isinstance(check, TrainingCheck):
                return _train(check, job)
            return [check_at(claim, check, key, job.digits) for key in job.keys]
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a user's file may exit
        return failed(job, error)


def failed(job: Job, error: BaseException) -> Result:
    """Return the result of a job that raised, or that was lost with the process doing it."""
    why = described(error)
    if job.route is Route.DERIVATION:
        claim = known().get(job.claim)
        scope = _scope(claim) if claim else "none"
        return DerivationResult(Derivation(Verdict.ERROR, scope=scope, failure=why), {}, 0.0)
    if job.route is Route.TRAINING:
        return TrainingResult(None, 0.0, why)
    lost = Comparison(Verdict.ERROR, why=why)
    return [PointResult(key, lost, {}, 0.0) for key in job.keys]


def _train(check: TrainingCheck, job: Job) -> TrainingResult:
    start = time.perf_counter()
    data = check.train(check.experiments[job.experiment], job.runs, job.seed)
    return TrainingResult(data, time.perf_counter() - start)


def training_jobs(claim: Claim, runs: int, seed: int) -> list[Job]:
    """Return the jobs of a claim's training check, if it has one."""
    return [
        Job(claim.id, Route.TRAINING, experiment=k, runs=runs, seed=seed, origin=origin(claim.id))
        for check in checks_of(claim)
        if isinstance(check, TrainingCheck)
        for k in range(len(check.experiments))
    ]


def _scope(claim: Claim) -> str:
    return plain(claim.speaks_of)


def _derive(claim: Claim) -> DerivationResult:
    from dlnproof.notation.tex import tex
    from dlnproof.run.printed import examined
    from dlnproof.run.typesetting import misprints

    start = time.perf_counter()
    proof = derive_claim(claim)
    premises, false = _premises(proof)
    found: list[Finding] = [
        *([(Verdict.ERROR, _CONTRADICTORY)] if contradictory(claim.given) else []),
        *islice(_missing(claim, proof), 1),
        *((Verdict.ERROR, why) for why in false[:1]),
        *((Verdict.ERROR, why) for why in islice(misprints(claim, proof, tex), 1)),
    ]  # of each kind the first, from which others often follow
    failures = [why for _, why in found]
    verdict, mutants = worst([verdict_of(proof), *(worse for worse, _ in found)]), {}
    for mutant in claim.mutants:
        if set(mutant.parts) <= claim.empirical:
            continue
        mutants[mutant.name] = _of_variant(claim, claim.with_parts(mutant.parts))
        if mutants[mutant.name].holds:
            verdict = Verdict.ERROR
            failures = [f"the wrong variant '{mutant.name}' is derived too"]
    figures = replace(
        _figures(claim, proof, verdict, premises), failure="; ".join(failures) or None
    )
    # here, where the theorems are, and not where the results are gathered
    return DerivationResult(figures, mutants, time.perf_counter() - start, examined(claim))


Finding = tuple[Verdict, str]
"""What is wrong with a derivation, and how it is told."""


def _missing(claim: Claim, proof: Account) -> Iterator[Finding]:
    """Yield what is found of sentences that a derivation does not establish: they may be false."""
    for name, why in proof.missing.items():
        if false := tried(proof.sentences[name], claim.given).false:
            yield Verdict.REFUTED, f"{name} is {false}"
        else:
            yield Verdict.UNDECIDED, f"not established: {name}: {why}"


def _premises(proof: Account) -> tuple[tuple[str, ...], list[str]]:
    """Return the premises as they are told, and those that are false at some point.

    A premise is tried for all values of its letters at which its own hypotheses hold; those of the
    claim stand in the statement, and are not told again. The Coq theorem that says it is named.
    """
    found, false = [], []
    paired = pairings(proof)
    for premise in proof.premises:
        trial, text = tried(premise.sentence, premise.given), told(premise.sentence)
        held = f"held at {trial.points} points" if trial.points else "untested"
        beyond = "; ".join(sorted(map(told, premise.given - frozenset(proof.given))))
        where = f", where {beyond}" if beyond else ""
        source = f", {premise.source}" if premise.source else ""
        coq = in_coq(paired, premise)
        found.append(f"{text}{where}: {plain(premise.argument + source)} ({held}{coq})")
        if trial.false:
            hint = "" if premise.given else "; if it needs hypotheses, name them (given=...)"
            false.append(f"the premise {text} is {trial.false}{hint}")
    return tuple(found), false


def _of_variant(claim: Claim, parts: Parts) -> Verdict:
    """Return the verdict of the derivation on a statement with other formulas.

    No theorem is a sentence that is false; it is refuted where a formula differs, at some point,
    from the one that the theorem of the claim itself has, or where a sentence is false at one.
    """
    proof = derive_claim(claim, parts)
    if proof.verdict.holds:
        return proof.verdict
    if derive_claim(claim).verdict.holds:
        changed = (name for name in claim.parts if parts[name] != claim.parts[name])
        found = any(unequal(claim.parts[name], parts[name]) for name in changed)
    else:
        found = any(tried(proof.sentences[name], claim.given).false for name in proof.missing)
    return Verdict.REFUTED if found else proof.verdict


def _figures(
    claim: Claim, proof: Account, verdict: Verdict, premises: tuple[str, ...]
) -> Derivation:
    """Return the figures of a derivation: what it decided, and what it takes as given."""
    return Derivation(
        verdict,
        scope=_scope(claim),
        digest=claim.digest,
        steps=proof.steps,
        premises=premises,
        assumptions=tuple(named.name for named in proof.named),
        uses=tuple(proof.claims_used),
    )
