"""Training as evidence: experiments are jobs, findings become verdicts, failures stay apart."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import ExactCheck, Finding, Parts, TrainingCheck
from dlnproof.claims.schema import AsPrinted, CatalogueError, Claim, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.cli.main import main
from dlnproof.core.expression import Letter, Number
from dlnproof.core.verdict import Route, Verdict
from dlnproof.definitions.formulas import part
from dlnproof.documents.layout import Screen
from dlnproof.documents.verdicts import record_text
from dlnproof.kernel import terms
from dlnproof.notation.plain import plain
from dlnproof.record.evidence import Derivation, Evidence, Exact, Training
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run import jobs
from dlnproof.run.evidence import gather
from dlnproof.run.jobs import Job, checks_of, training_jobs
from dlnproof.run.planning import Plan, plan
from dlnproof.run.printed import examine, training_for
from dlnproof.run.runner import execute
from dlnproof.run.training import TrainingResult, observed, printed_finding
from dlnproof.run.visited import Visited

a, b = Letter("a", "a"), Letter("b", "b")
SHARE, DERIVED = Number(7), a + b
SYMBOLS = {x: terms.variable(x.name, terms.REAL).term for x in (a, b)}


def fake_claim(**given: Any) -> Claim:
    wrong = Mutant("wrong", "eight", {"share": Number(8)})
    other = Mutant("other", "minus", {"formula": a - b})
    settings = {
        "title": "Fake",
        "source": Source("slides", "nowhere"),
        "given": (terms.positive(SYMBOLS[a]),),
        "sentences": (Sentence("formula", terms.different(part("formula"), 0)),),
        "letters": SYMBOLS,
        "measured": "<<share>>",
        "parts": {"formula": DERIVED, "share": SHARE},
        "routes": (Route.DERIVATION, Route.EXACT, Route.TRAINING),
        "mutants": (wrong, other),
        "empirical": frozenset({"share"}),
    }
    return claim("fake", **(settings | given))


def read(parts: Parts, data: Sequence[Any]) -> list[Finding]:
    stated = parts["share"]
    assert isinstance(stated, Number)
    seen = stated.value == sum(data)
    verdict = Verdict.OBSERVED if seen else Verdict.NOT_OBSERVED
    return [Finding("sum", f"sum {sum(data)}", verdict)]


def fake_check(**given: Any) -> TrainingCheck:
    made = TrainingCheck(
        frozenset({"share"}),
        (3, 4),
        lambda e, runs, seed: e,
        read,
        settings="as said",
        trained=lambda runs: 2 * runs + 5,
    )
    return replace(made, **given)


def results(*data: Any) -> list[TrainingResult]:
    return [TrainingResult(found, 0.0) for found in data]


# --- findings become evidence ---------------------------------------------------------------------


def test_what_is_seen_is_observed() -> None:
    found = observed(fake_claim(), fake_check(), results(3, 4), 10)
    assert (found.route, found.verdict) == (Route.TRAINING, Verdict.OBSERVED)
    assert (found.tried, found.survivors) == (1, ())  # the other variant is not about training
    assert found.details == {
        "scope": "as said",
        "points": 25,
        "findings": [{"name": "sum", "text": "sum 7", "verdict": "observed"}],
    }
    assert json.loads(json.dumps(found.as_json()))["mutants"] == {"tried": 1, "rejected": 1}


def test_what_is_not_seen_is_not_observed() -> None:
    found = observed(fake_claim(), fake_check(), results(3, 5), 10)
    assert found.verdict is Verdict.NOT_OBSERVED
    assert not found.verdict.holds


def test_one_finding_of_many_decides() -> None:
    def two(parts: Parts, data: Sequence[Any]) -> list[Finding]:
        return [*read(parts, data), Finding("other", "", Verdict.NOT_OBSERVED)]

    assert observed(fake_claim(), fake_check(read=two), results(3, 4), 1).verdict is (
        Verdict.NOT_OBSERVED
    )


def test_no_findings_are_vacuous() -> None:
    found = observed(fake_claim(), fake_check(read=lambda parts, data: []), results(3, 4), 1)
    assert not found.verdict.holds


def test_a_wrong_variant_that_is_seen_too_decides_nothing() -> None:
    always = [Finding("any", "", Verdict.OBSERVED)]
    found = observed(fake_claim(), fake_check(read=lambda parts, data: always), results(3, 4), 1)
    assert (found.verdict, found.survivors) == (Verdict.UNDECIDED, ("wrong",))
    assert found.details["failure"] == "not told apart from wrong"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (results(3), "not all experiments were run"),
        ([], "not all experiments were run"),
        ([*results(3), TrainingResult(None, 0.0, "OSError: lost")], "OSError: lost"),
        (results(3, "four"), "TypeError"),
    ],
)
def test_what_cannot_be_read_is_an_error(given: list[TrainingResult], why: str) -> None:
    found = observed(fake_claim(), fake_check(), given, 1)
    assert found.verdict is Verdict.ERROR
    assert found.details["failure"].startswith(why)
    assert "findings" not in found.details


def test_a_reading_of_a_wrong_variant_that_fails_is_an_error_too() -> None:
    def fails(parts: Parts, data: Sequence[Any]) -> list[Finding]:
        if parts["share"] != SHARE:
            raise ZeroDivisionError
        return read(parts, data)

    found = observed(fake_claim(), fake_check(read=fails), results(3, 4), 1)
    assert found.verdict is Verdict.ERROR


def test_gathering_uses_the_training_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlnproof.run.evidence.checks_of", lambda claim: (fake_check(),))
    found = gather(fake_claim(), Route.TRAINING, results(3, 4), Grid(runs=4), Visited())
    assert (found.verdict, found.details["points"]) == (Verdict.OBSERVED, 13)


# --- printed statements ---------------------------------------------------------------------------

PRINTED = AsPrinted(
    "said", Source("slides", "nowhere"), Witness.SINGLE, "it is large", "x>5", "So it is."
)


def large(data: Sequence[Any]) -> Finding:
    verdict = Verdict.OBSERVED if sum(data) > 5 else Verdict.NOT_OBSERVED
    return Finding("said", f"Measured {sum(data)}.", verdict)


SPEAKING = fake_check(printed={"said": large})


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Claim:
    monkeypatch.setattr("dlnproof.run.printed.checks_of", lambda claim: (SPEAKING,))
    return fake_claim(as_printed=(PRINTED,))


@pytest.mark.parametrize(
    ("data", "verdict"), [((3, 4), Verdict.OBSERVED), ((1, 1), Verdict.NOT_OBSERVED)]
)
def test_a_printed_statement_is_decided_by_the_runs(
    data: tuple[int, ...], verdict: Verdict, speaking: Claim
) -> None:
    found = examine(speaking, PRINTED, results(*data))
    assert (found.verdict, found.counterexample) == (verdict, None)
    assert found.explanation == f"Measured {sum(data)}. So it is."


@pytest.mark.parametrize("given", [[], results(3)])
def test_without_its_runs_it_is_unexamined(given: list[TrainingResult], speaking: Claim) -> None:
    """Nothing is said but what is true without them."""
    assert printed_finding(SPEAKING, PRINTED, given) == Finding("said", "", Verdict.UNEXAMINED)
    found = examine(speaking, PRINTED, given)
    assert (found.verdict, found.explanation) == (Verdict.UNEXAMINED, PRINTED.explanation)


def test_runs_that_failed_are_an_error(speaking: Claim) -> None:
    found = examine(speaking, PRINTED, [*results(3), TrainingResult(None, 0.0, "OSError: lost")])
    assert found.verdict is Verdict.ERROR
    assert found.explanation == f"Not examined (OSError: lost). {PRINTED.explanation}"


def test_runs_that_cannot_be_read_are_an_error(speaking: Claim) -> None:
    found = examine(speaking, PRINTED, results(3, "four"))
    assert found.verdict is Verdict.ERROR
    assert found.explanation.startswith("Not examined (TypeError")


def test_runs_are_made_for_the_errata_only_where_they_speak() -> None:
    assert training_for([CLAIMS["recap"], CLAIMS["volume-form"]], 1, 0) == []
    speaking = training_for([CLAIMS["recap"], CLAIMS["diagonal-3x3"]], 1, 0)
    assert {job.claim for job in speaking} == {"diagonal-3x3"}


# --- jobs -----------------------------------------------------------------------------------------

rank_one = import_module("dlnproof.checks.completion.rank_one_minimizers")
recap = import_module("dlnproof.checks.convergence.recap")
GRID = Grid(depths=(2,), widths=(1, 2), runs=6)
BOTH = ["norm-conjecture", "rank-one-minimizers"]


def with_training(monkeypatch: pytest.MonkeyPatch, module: Any, **given: Any) -> None:
    changed = [replace(c, **given) if isinstance(c, TrainingCheck) else c for c in module.CHECKS]
    monkeypatch.setattr(module, "CHECKS", tuple(changed))


def test_each_experiment_is_a_job_of_its_own() -> None:
    wanted = training_jobs(CLAIMS["diagonal-3x3"], 30, 5)
    assert [(job.experiment, job.runs, job.seed) for job in wanted] == [
        (k, 30, 5) for k in range(len(wanted))
    ]
    assert len(wanted) >= 5
    assert all(job.route is Route.TRAINING and not job.keys for job in wanted)
    assert training_jobs(CLAIMS["volume-form"], 30, 5) == []


def test_the_plan_has_them_first_with_the_grids_runs_and_seed() -> None:
    planned = plan(BOTH, replace(GRID, seed=3)).jobs
    routes = [job.route for job in planned]
    assert routes[:3] == [Route.TRAINING] * 3
    assert Route.TRAINING not in routes[3:]
    assert {(job.runs, job.seed) for job in planned[:3]} == {(6, 3)}


def test_a_job_hands_its_settings_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with_training(monkeypatch, rank_one, train=lambda scale, runs, seed: (scale, runs, seed))
    done = jobs.run(Job("rank-one-minimizers", Route.TRAINING, experiment=2, runs=9, seed=4))
    assert isinstance(done, TrainingResult)
    assert (done.data, done.failure) == ((1e-4, 9, 4), "")


def test_a_job_that_raises_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(scale: float, runs: int, seed: int) -> Any:
        raise MemoryError("too many runs")

    with_training(monkeypatch, rank_one, train=fails)
    done = jobs.run(Job("rank-one-minimizers", Route.TRAINING, runs=9))
    assert isinstance(done, TrainingResult)
    assert done.data is None
    assert "too many runs" in done.failure
    lost = jobs.failed(Job("rank-one-minimizers", Route.TRAINING), OSError("gone"))
    assert isinstance(lost, TrainingResult)
    assert "gone" in lost.failure


def test_a_failing_experiment_is_an_error_of_its_claim_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(scale: float, runs: int, seed: int) -> Any:
        raise FloatingPointError("overflow in the flow")

    with_training(monkeypatch, rank_one, train=fails)
    record = check([*BOTH, "recap"], grid=GRID)
    verdicts = {found.id: found.verdict for found in record.claims}
    assert verdicts == {
        "norm-conjecture": Verdict.PROVED,
        "rank-one-minimizers": Verdict.ERROR,
        "recap": Verdict.PROVED,
    }
    text = record_text(record, Screen(100, colour=False))
    assert "rank-one-minimizers, training: error" in text
    assert "overflow in the flow" in text
    assert "2 of 3 claims hold: " in text
    assert json.loads(record.dumps())["claims"][1]["verdict"] == "error"


def test_the_record_renders_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    text = record_text(check(["recap"], grid=GRID), Screen(100, colour=False))
    assert "recap, training: descent at d = 1" in text
    assert "stuck: observed; N = 2" in text
    seen = Finding("stuck", "something else", Verdict.NOT_OBSERVED)
    with_training(monkeypatch, recap, read=lambda parts, data: [seen])
    record = check(["recap"], grid=GRID)
    assert record.claims[0].verdict is Verdict.NOT_OBSERVED
    assert not record.holds
    assert "stuck: not_observed; something else" in record_text(record, Screen(100, colour=False))


def test_the_record_does_not_depend_on_who_trains() -> None:
    planned = plan(["recap"], GRID, "training")
    assert execute(planned, "c", jobs=2).record.dumps() == execute(planned, "c").record.dumps()


def test_another_seed_gives_other_runs() -> None:
    first, again, other = (
        jobs.run(Job("rank-one-minimizers", Route.TRAINING, runs=3, seed=seed))
        for seed in (0, 0, 1)
    )
    for result in (first, again, other):
        assert isinstance(result, TrainingResult)
        assert [len(found.W) for found in result.data] == [3] * 5
    outcomes = [
        [found.W.tolist() for found in result.data]
        for result in (first, again, other)
        if isinstance(result, TrainingResult)
    ]
    assert outcomes[0] == outcomes[1] != outcomes[2]


# --- without training -----------------------------------------------------------------------------


def test_without_training_what_is_printed_about_it_is_not_examined() -> None:
    ids = ["norm-divergence", "rank-one-minimizers", "diagonal-3x3"]
    record = check(ids, grid=GRID, expression="not training")
    assert all(e.route is not Route.TRAINING for c in record.claims for e in c.evidence)
    speaking = {
        printed.name
        for name in ids
        for training in checks_of(CLAIMS[name])
        if isinstance(training, TrainingCheck)
        for printed in CLAIMS[name].as_printed
        if printed.name in training.printed
    }
    assert len(speaking) >= 4
    for found in record.claims:
        stated = CLAIMS[found.id].as_printed
        typed = {printed.name: plain(printed.explanation) for printed in stated}
        for printed in found.as_printed:
            assert (printed.verdict is Verdict.UNEXAMINED) is (printed.name in speaking)
            assert printed.explanation == typed[printed.name]
    assert not record.failing


@pytest.mark.parametrize("stated", CLAIMS.values(), ids=list(CLAIMS))
def test_what_is_typed_tells_no_outcome_of_training(stated: Claim) -> None:
    """How many runs, and whether it was seen, is told by the runs."""
    trained = [c for c in checks_of(stated) if isinstance(c, TrainingCheck)]
    names = {name for training in trained for name in training.printed}
    for printed in stated.as_printed:
        outcome = (
            r"%|per ?cent|\b(most|majority|median|prevail|levels off|stops short|stay bounded)\b"
        )
        assert not re.search(outcome, printed.explanation), printed.name
        assert not (printed.name in names and "holds" in printed.explanation.lower())


def test_nor_is_the_exit_status_affected(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["check", "rank-one-minimizers", "--depth", "2", "--jobs", "1", "-k", "not training"])
        == 0
    )
    out = " ".join(capsys.readouterr().out.split())
    assert "(slides, experiment on effective rank; duplicated): unexamined" in out
    assert not re.search(r"\d+ of \d+ \(|% interval", out)
    assert "The claim holds in part" in out


def test_a_failing_experiment_makes_the_status_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(scale: float, runs: int, seed: int) -> Any:
        raise FloatingPointError("overflow in the flow")

    with_training(monkeypatch, rank_one, train=fails)
    assert main(["check", "rank-one-minimizers", "--depth", "2", "--jobs", "1", "--runs", "6"]) == 1
    assert "overflow in the flow" in " ".join(capsys.readouterr().out.split())


# --- the verdict rule -----------------------------------------------------------------------------

PROVED = Derivation(Verdict.PROVED, scope="")
EXACT = Exact(Verdict.EXACT, scope="")


def verdict(*evidence: Evidence, measured: tuple[str, ...] = ("share",)) -> Verdict:
    """Return the verdict on two sentences: what is measured is covered by training alone."""
    about = {Route.TRAINING: measured or None}
    others = ("formula",) if measured else None
    found = tuple(replace(e, covers=about.get(e.route, others)) for e in evidence)
    return ClaimRecord("c", "", "", ("formula", "share"), found, (), measured).verdict


@pytest.mark.parametrize(
    ("seen", "measured", "expected"),
    [
        (Verdict.OBSERVED, (), Verdict.PROVED),  # nothing of the statement is measured
        (Verdict.OBSERVED, ("share",), Verdict.OBSERVED),
        (Verdict.NOT_OBSERVED, (), Verdict.NOT_OBSERVED),
        (Verdict.NOT_OBSERVED, ("share",), Verdict.NOT_OBSERVED),
        (Verdict.ERROR, ("share",), Verdict.ERROR),
        (Verdict.UNDECIDED, ("share",), Verdict.UNDECIDED),
    ],
)
def test_what_is_measured_is_observed_at_best(
    seen: Verdict, measured: tuple[str, ...], expected: Verdict
) -> None:
    training = Training(seen, scope="")
    assert verdict(PROVED, EXACT, training, measured=measured) is expected


def test_without_training_the_record_says_what_is_not_examined() -> None:
    decided = (replace(PROVED, covers=("formula",)), replace(EXACT, covers=("formula",)))
    claim = ClaimRecord("c", "", "", ("formula", "share"), decided, (), ("share",))
    assert claim.verdict is Verdict.UNEXAMINED
    assert claim.as_json()["sentences"] == {"formula": "proved", "share": "unexamined"}
    assert "in part (of 2 sentences 1 proved, 1 not examined)" in record_text(
        Record("0", "dlnproof check", 0, (claim,), Plan((), "", (), Grid(), ()).settings),
        Screen(None, False),
    )
    examined = replace(claim, evidence=(*decided, Training(Verdict.OBSERVED, scope="")))
    assert examined.unexamined == ()
    assert "c: observed (of 2 sentences 1 proved, 1 observed)" in record_text(
        Record("0", "dlnproof check", 0, (examined,), Plan((), "", (), Grid(), ()).settings),
        Screen(None, False),
    )


def test_an_observation_does_not_mend_a_derivation() -> None:
    training = Training(Verdict.OBSERVED, scope="")
    for bad in (Verdict.UNDECIDED, Verdict.REFUTED, Verdict.ERROR):
        assert verdict(Derivation(bad, scope=""), EXACT, training) is bad


# --- the catalogue --------------------------------------------------------------------------------


def test_measured_parts_need_runs_and_must_exist() -> None:
    with pytest.raises(CatalogueError, match="parts are measured, expected the route training"):
        fake_claim(routes=(Route.DERIVATION, Route.PULLBACK))
    with pytest.raises(CatalogueError, match="names an unknown part 'shares'"):
        fake_claim(empirical=frozenset({"shares"}))
    assert fake_claim().derived == {"formula": DERIVED}


@pytest.mark.parametrize(
    "name", [name for name, c in CLAIMS.items() if Route.TRAINING in c.routes and c.empirical]
)
def test_every_measured_part_is_covered_and_named_in_a_finding(name: str) -> None:
    stated = CLAIMS[name]
    [training] = (c for c in checks_of(stated) if isinstance(c, TrainingCheck))
    exact = [c for c in checks_of(stated) if isinstance(c, ExactCheck)]
    assert stated.empirical <= training.covers
    assert not any(stated.empirical & c.covers for c in exact)
    for measured in stated.empirical:  # and some wrong variant changes it
        assert any(measured in mutant.parts for mutant in stated.mutants)


@pytest.mark.parametrize("name", list(CLAIMS))
def test_printed_findings_belong_to_printed_statements(name: str) -> None:
    stated = CLAIMS[name]
    names = {printed.name for printed in stated.as_printed}
    for training in checks_of(stated):
        if isinstance(training, TrainingCheck):
            assert set(training.printed) <= names
            assert Route.TRAINING in stated.routes
            assert training.experiments
