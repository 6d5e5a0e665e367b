"""What several test files need: the command line, one run of all claims, made once, and
counterexamples."""

import fcntl
import gc
import os
import pickle
import signal
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import count
from math import inf
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import flint
import numpy as np
import numpy.typing as npt
import pytest
from forgotten import none_forgotten

from dlnproof.claims import CLAIMS, studies
from dlnproof.claims.deduction import Account
from dlnproof.cli import options
from dlnproof.cli.main import VERBS, main
from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import OK, USAGE
from dlnproof.kernel.terms import Term
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.formal_build import FormalBuild
from dlnproof.run.formal_evidence import formal_evidence
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import derive_claim, proof_verdict
from dlnproof.run.planning import plan
from dlnproof.run.printed import examine
from dlnproof.run.runner import execute

T = TypeVar("T")

# a shell starts what it leaves in the background deaf to some signals, and so what that starts
for _name in ("SIGINT", "SIGQUIT", "SIGHUP"):
    if (_number := getattr(signal, _name, None)) and signal.getsignal(_number) is signal.SIG_IGN:
        _heard = signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL
        signal.signal(_number, _heard)


def _restoring() -> Iterator[None]:
    before = dict(studies._FILES)
    yield
    studies._FILES.clear()
    studies._FILES.update(before)


@pytest.fixture(autouse=True, scope="session")
def nothing_is_shared_out_unless_asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A command called here starts no processes, which is dear, but with ``--jobs`` of its own.

    What it keeps for the next run is not the user's.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(options, "processors", lambda: 1)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="module")
def no_module_leaves_claims_loaded() -> Iterator[None]:
    """Claims of a user's file, once loaded, are known to the process: to no other test."""
    yield from _restoring()


@pytest.fixture(autouse=True)
def no_test_leaves_claims_loaded(no_module_leaves_claims_loaded: None) -> Iterator[None]:
    """The same, for what one test loads."""
    yield from _restoring()


@pytest.fixture
def stating(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let a claim state its first wrong variant."""

    def state(name: str) -> None:
        wrong, *others = CLAIMS[name].mutants
        stated = replace(
            CLAIMS[name], parts={**CLAIMS[name].parts, **wrong.parts}, mutants=tuple(others)
        )
        monkeypatch.setitem(CLAIMS, name, stated)
        proof_verdict.cache_clear()

    yield state
    proof_verdict.cache_clear()


class Said(NamedTuple):
    """What a command wrote, on standard output and on standard error."""

    out: str
    err: str


class Cli:
    """The command line, called in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def ended(self, words: Sequence[str]) -> tuple[int, Said]:
        """Run the words; return the exit status and what they wrote."""
        self._capsys.readouterr()
        return main(words), Said(*self._capsys.readouterr())

    def __call__(self, words: Sequence[str], status: int = OK) -> Said:
        """Run the words, which should end with this exit status; return what they wrote."""
        found, said = self.ended(words)
        assert found == status, said.err
        return said

    def refused(self, words: Sequence[str], status: int = USAGE) -> str:
        """Run words that are refused; return the one line that says so, on standard error."""
        out, err = self(words, status)
        assert (out, err.count("\n")) == ("", 1)
        verb = f" {words[0]}" if words and words[0] in VERBS else ""
        assert err.startswith(f"dlnproof{verb}: ")
        return err


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(capsys)


def one_in(
    step: int, values: Iterable[Any], dear: Collection[Any] = (), *, first: int = 0
) -> list[Any]:
    """Return values of a parameter: one in so many, of those that are not dear, and the others
    for the long run. Tests that begin elsewhere look at other values.
    """
    cheap = count()
    return [
        value
        if value not in dear and next(cheap) % step == first
        else pytest.param(value, marks=pytest.mark.long)
        for value in values
    ]


FEW: Final = 8


def few(values: Iterable[Any], dear: Collection[Any] = (), *, first: int = 0) -> list[Any]:
    """The same of what there is for each claim: some eight, however many claims there are."""
    listed = list(values)
    cheap = sum(value not in dear for value in listed)
    step = max(1, round(cheap / FEW))
    return one_in(step, listed, dear, first=first % step)


@cache
def derivation_of(claim: str) -> Account:
    """Return what became of a claim's derivation, made once in a process: to be read only."""
    return derive_claim(CLAIMS[claim])


def shown_by(claim: str) -> list[Term]:
    """Return the sentences that a claim's derivation shows."""
    return [shown.theorem.conclusion for shown in derivation_of(claim).deduction.shown]


class MadeOnce:
    """What is dear and needed in many tests: made by one test process, read by all others."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared

    def __call__(self, name: str, make: Callable[[], T]) -> T:
        """Return what ``make`` returns, whoever called it first. A process that ends lets go."""
        done = self._shared / f"{name}.pickle"
        with (self._shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                written = self._shared / f"{name}.{os.getpid()}"
                written.write_bytes(pickle.dumps(make()))
                written.replace(done)
        found: T = pickle.loads(done.read_bytes())
        return found


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return MadeOnce(Path(os.environ.get("DLNPROOF_MADE_ONCE", shared)))


GRID: Final = Grid(depths=(1, 2, 3, inf), widths=(1, 2))
COMMAND: Final = "dlnproof check --depth 1..3,inf --width 1..2"
"""All claims by all routes, as without options, over a third of the points."""

LEFT_BY_PAIRS: Final = {
    ("scalar-curvature", Route.EXACT): ("half-angle", "negative-share", "of-a-pair", "half-twice"),
    ("scalar-curvature", Route.PULLBACK): ("half-angle", "negative-share"),
    ("ricci-sectional", Route.EXACT): ("slope-of-values", "half-of-others"),
}
"""Wrong variants of what three singular values add, which points of width 2 do not reject."""


@pytest.fixture(scope="session")
def whole_record(made_once: MadeOnce) -> Record:
    """What that command records."""
    return made_once("record", lambda: execute(plan([], GRID), COMMAND, jobs=2).record)


def built(record: Record, *names: str) -> Record:
    """The record of these claims as if its run had built the Coq development."""
    gate = FormalBuild(Verdict.PROVED, "built")
    claims = tuple(
        replace(c, evidence=(*c.evidence, formal_evidence(CLAIMS[c.id], gate, c.evidence)))
        if c.formal
        else c
        for c in record.claims
        if c.id in (names or CLAIMS)
    )
    return replace(record, claims=claims, run=replace(record.run, formal=True))


def counted(claims: Iterable[ClaimRecord]) -> str:
    """Return how many claims of a record have which verdict, the strongest first."""
    found = Counter(claim.verdict for claim in claims)
    return ", ".join(f"{found[v]} {v.replace('_', ' ')}" for v in Verdict if found[v])


@dataclass(frozen=True)
class Counterexample:
    """A counterexample read by hand, in fractions: all arithmetic with it is theirs.

    ``t``: the roots, sigma^(1/N); ``Q``: the frames Q_0 = V, ..., Q_N = U, arrays of fractions.
    """

    N: int
    d: int
    t: list[Fraction]
    Q: list[npt.NDArray[Any]]
    left: Fraction
    right: Fraction


@pytest.fixture(scope="session")
def refuted() -> Callable[[str, str], Counterexample]:
    """The counterexample to a printed statement, by claim and name: every run finds the same."""

    def counterexample(claim: str, name: str) -> Counterexample:
        [printed] = (p for p in CLAIMS[claim].as_printed if p.name == name)
        record = examine(CLAIMS[claim], printed)
        assert record.verdict is Verdict.REFUTED
        found = record.counterexample
        assert found is not None
        return Counterexample(
            N=int(found.N),
            d=found.d,
            t=[Fraction(t) for t in found.point.t],
            Q=[np.array([[Fraction(x) for x in row] for row in Q]) for Q in found.point.Q],
            left=Fraction(found.left),
            right=Fraction(found.right),
        )

    return counterexample


@pytest.fixture(autouse=True)
def precision_is_left_alone() -> Iterator[None]:
    before = flint.ctx.prec
    yield
    assert flint.ctx.prec == before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process makes the record of all claims; the others do what needs none meanwhile.

    So the first test that needs it comes first, and the files of the others last.
    """
    needing = [item for item in items if "whole_record" in getattr(item, "fixturenames", ())]
    if needing:
        files = {item.path for item in needing}
        items.sort(key=lambda item: item is not needing[0] and 1 + (item.path in files))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Neighbours go to one process, which has made what they share, until one has nothing left."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded stays: let no collection of garbage look at it again (one part in twenty),
    and none look often.

    For few tests that costs more than it saves, above all in each process of tests/mutants.py.
    """
    if len(session.items) > 1000:
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 20, 50)


def pytest_unconfigure() -> None:
    """A process of several ends at once: taking apart what it made would take seconds."""
    if "PYTEST_XDIST_WORKER" in os.environ and "coverage" not in sys.modules:
        os._exit(0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what laws counted, which tests record as properties: the sums over all of them."""
    sums: dict[str, Counter[str]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, counts in report.user_properties:
            if isinstance(counts, dict):
                sums.setdefault(name, Counter()).update(counts)
    for name, total in sums.items():
        terminalreporter.section(name)
        for what, many in sorted(total.items()):
            terminalreporter.line(f"{many:6d} {what}")


@pytest.fixture(autouse=True)
def _no_rule_forgets_a_theorem(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the tests of the kernel's rules try."""
    with none_forgotten() if request.path.parent.name == "kernel" else nullcontext():
        yield
