"""Every default and bound that the command line shows is the library's."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from inspect import signature
from math import inf
from typing import Any

import pytest

from dlnproof.cli import options
from dlnproof.cli.main import VERBS, parser
from dlnproof.cli.selection import Selection
from dlnproof.documents.appendix.tree import appendix_files
from dlnproof.documents.errata_tex import errata_tex
from dlnproof.documents.figures import FIGURES, UNTRAINED
from dlnproof.documents.figures.captions import SHOWN
from dlnproof.documents.fragment import fragment
from dlnproof.errors import InputError
from dlnproof.limits import DIGITS, JOBS, POINTS, RUNS, SEED, Whole
from dlnproof.numeric.balls.evaluate import evaluate
from dlnproof.record.record import Record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import plan
from dlnproof.run.runner import check
from dlnproof.run.verification import grid_of, plan_again
from dlnproof.training import Completion, train
from dlnproof.training.settings import METHODS, NOISE, checked_settings

SQUARE, WIDE = Completion((2, 2), {(0, 0): 1.0}), Completion((2, 3), {(0, 0): 1.0})


def default(function: Callable[..., Any], name: str) -> Any:
    """Return what a function takes where nothing is given."""
    return signature(function).parameters[name].default


def settings(problem: Completion, **given: Any) -> Any:
    """Return how a problem is trained where nothing else is said."""
    return checked_settings(problem, depth=2, runs=1, scale=1.0, **given)


def shown() -> Iterator[tuple[str, str, str]]:
    """Yield what help says is taken where nothing is given: verb, option, value."""
    for verb in VERBS:
        for action in parser(verb)._actions:
            told = (action.help or "").replace("%(default)s", str(action.default))
            for value in re.findall(r"\(default: ([^)]*)\)", told):
                yield verb, action.option_strings[0] if action.option_strings else "", value


WORDS = {
    "all",
    "print",
    "one per processor",
    "FIGURE.pdf in this directory",
    "that of the file, or the smallest square with all entries",
    "the smaller of the rows and columns",
    "by size",
}
"""Defaults that are no values of the library's."""
REQUIRED = {("train", "--runs"), ("train", "--scale")}
"""Defaults of the command line alone: the library takes none."""


def grid() -> dict[str, str]:
    here = Grid()
    return {
        "--depth": options.written(here.depths),
        "--width": options.written(here.widths),
        "--points": str(here.points),
        "--digits": str(here.digits),
        "--runs": str(here.runs),
        "--seed": str(here.seed),
    }


def figures() -> str:
    runs = {name: SHOWN[name].runs for name in FIGURES if name not in UNTRAINED}
    [few] = {count for count in runs.values() if count != max(runs.values())}
    names = " and ".join(name for name, count in runs.items() if count == few)
    return f"{max(runs.values())}; {few} for {names}"


def training() -> dict[str, str]:
    flow, descent, noisy = (settings(SQUARE, method=method) for method in METHODS)
    return {
        "--seed": str(default(train, "seed")),
        "--init": default(train, "init"),
        "--stop-loss": str(default(train, "stop_loss")),
        "--lr": str(descent.lr),
        "--max-steps": f"{flow.max_steps} of the flow, {descent.max_steps} of descent, "
        f"{noisy.max_steps} of langevin",
        **{f"--{name}": f"{getattr(noisy, name):g}" for name in NOISE},
        "--method": f"{settings(SQUARE).method}; {settings(WIDE).method} if W is rectangular",
    }


LAID_OUT: dict[str, Callable[..., Any]] = {
    "derive": fragment,
    "appendix": appendix_files,
    "errata": errata_tex,
}


def library() -> dict[tuple[str, str], str]:
    """Return what the library takes where nothing is given, by verb and option."""
    return {
        **{(verb, o): v for verb in ("check", "appendix", "report") for o, v in grid().items()},
        **{("train", option): value for option, value in training().items()},
        **{(v, "--columns"): str(default(f, "columns")) for v, f in LAID_OUT.items()},
        ("evaluate", "--digits"): str(default(evaluate, "digits")),
        ("figure", "--runs"): figures(),
        ("figure", "--seed"): str(Grid().seed),
    }


def test_every_default_in_help_is_the_librarys() -> None:
    told = {(v, o, value) for v, o, value in shown() if value not in WORDS}
    told = {(v, o, value) for v, o, value in told if (v, o) not in REQUIRED}
    assert told == {(*option, value) for option, value in library().items()}


def test_where_nothing_is_said_the_options_are_as_the_library_is() -> None:
    given = parser("check").parse_args([])
    assert Selection.of(given).grid == Grid()
    assert tuple(given.claims) == default(check, "claims")
    assert given.expression == default(check, "expression")
    assert default(check, "jobs") == JOBS.usual
    assert options.processes(None) == min(options.processors(), JOBS.most)


def made(grid: Grid) -> Record:
    """Return a record that says it was made on this grid."""
    return Record("1", "", grid.seed, (), plan([], grid).settings)


def asked(record: Record, name: str, value: int) -> Record:
    """Return the record with another of the settings of its run."""
    changed: Any = {name: value}
    return replace(record, run=replace(record.run, **changed))


def test_quick_is_the_same_for_check_and_verify_and_as_help_says() -> None:
    here = Selection.of(parser("check").parse_args(["--quick"])).grid
    assert here != Grid()
    assert plan_again(made(Grid()), quick=True).grid == here
    [told] = [a.help for a in parser("check")._actions if "--quick" in a.option_strings]
    words = str(told).removeprefix("a smaller grid: ").replace(", --", " --").split()
    assert Selection.of(parser("check").parse_args(words)).grid == here
    [told] = [a.help for a in parser("verify")._actions if "--quick" in a.option_strings]
    deepest = max(n for n in here.depths if n != inf)
    assert str(told).startswith(
        f"a smaller run: depths up to {deepest} and inf, widths up to {max(here.widths)}, one "
        f"point of each kind, {here.digits} digits, no training runs;"
    )
    assert (here.points, here.runs) == (1, 0)


@pytest.mark.parametrize(
    ("name", "of"), [("points", POINTS), ("digits", DIGITS), ("runs", RUNS), ("seed", SEED)]
)
def test_options_and_the_library_have_the_same_bounds(name: str, of: Whole) -> None:
    for value in (of.least, of.usual, of.most):
        chosen: Any = {name: value}
        assert getattr(Grid(**chosen), name) == options.integer(f"--{name}", str(value), of)
    for text in (str(of.least - 1), str(of.most + 1)):
        with pytest.raises(InputError, match=f"an integer from {of.least} to {of.most}"):
            options.integer(f"--{name}", text, of)
    below: Any = {name: of.least - 1}
    with pytest.raises(InputError, match=f"{name}: got .*, expected an integer >= {of.least}"):
        Grid(**below)


@pytest.mark.parametrize(("name", "of"), [("points", POINTS), ("digits", DIGITS), ("runs", RUNS)])
def test_a_record_of_any_run_that_the_options_make_is_read(name: str, of: Whole) -> None:
    record = made(Grid(runs=0))
    for value in (of.least, of.most):
        assert getattr(grid_of(asked(record, name, value)), name) == value
    with pytest.raises(
        InputError, match=f"{name}: got .*, expected an integer from .* to {of.most}"
    ):
        grid_of(asked(record, name, of.most + 1))
