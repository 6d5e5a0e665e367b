"""The verb ``check``: a run, its verdicts, and its forms: JSON, JUnit XML, Markdown."""

from __future__ import annotations

import sys
import warnings
from argparse import ArgumentParser, Namespace
from itertools import combinations

from dlnproof.cli import options
from dlnproof.cli.shared import add_selection
from dlnproof.errors import FAILED, IN_PART, NOTHING, OK, InputError
from dlnproof.limits import SLOWEST

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dlnproof.record.record import Record
    from dlnproof.run.runner import Run
    from dlnproof.run.shards import Shard

_AT_TAKES = "expected claims, --depth and --json alone"
_FORMS = {
    "--json": "the record as JSON (finished claims of a long run are kept in FILE.partial, from "
    "which the same command goes on)",
    "--junit": "JUnit XML, for CI services",
    "--summary-markdown": "a summary in Markdown, as GitHub shows it",
}


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``check``."""
    parser.description = (
        "Derive each claim, check it by independent numeric routes over a grid of "
        "exact points, and show that every wrong variant is rejected."
    )
    add_selection(parser)
    for option, what in _FORMS.items():
        parser.add_argument(option, metavar="FILE", help=f"also write {what}; - prints it instead")
    parser.add_argument(
        "--at",
        metavar="FILE",
        help="in place of all that: what the claims say at your own square matrix, read as "
        "'evaluate' reads it, and at balanced factors of it, at one --depth; --json writes it",
    )
    parser.add_argument(
        "--shard",
        metavar="I/N",
        help="only the I-th of N parts of the run, some of the claims each, for an array of jobs; "
        "--json writes the part, and 'merge' makes the record of all of them",
    )
    parser.add_argument("-x", dest="stop", action="store_true", help="stop at the first failure")
    parser.add_argument(
        "--durations",
        default=str(SLOWEST.usual),
        metavar="N",
        help="show the N slowest pieces",
    )


def run(given: Namespace) -> int:
    """Run the selected checks, write the forms asked for, print the verdicts."""
    if given.at is not None:
        return _at_matrix(given)
    slowest = options.integer("--durations", given.durations, SLOWEST)
    asked = _forms_asked(
        {option: getattr(given, options.field(option)) for option in _FORMS},
        given.claims,
    )
    shard = _shard_asked(given)
    from dlnproof.cli.selection import Selection, run_selected
    from dlnproof.documents.layout import screen
    from dlnproof.documents.verdicts import durations_text, record_text
    from dlnproof.files.output import emit, kept_beside, write_output
    from dlnproof.run.kept import DamagedClaimWarning

    selection, jobs = Selection.of(given), options.processes(given.jobs)
    beside = None if given.stop else asked.get("--json")
    keep = kept_beside("--json", beside) if beside else None
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", DamagedClaimWarning)
            done = run_selected(
                selection,
                jobs,
                scheduler=given.scheduler,
                stop_at_failure=given.stop,
                shard=shard,
                keep=keep,
            )
    except KeyboardInterrupt:
        left = "finished claims are kept; the same command goes on from them"
        raise KeyboardInterrupt(left if keep and keep.exists() else "") from None
    for warning in caught:
        print(f"dlnproof check: {warning.message}", file=sys.stderr)
    forms = {option: _in_form(option, done, shard) for option in asked}
    try:  # first the files: whoever reads the output may leave; and the output in any case
        for option, path in asked.items():
            if path is not None:
                write_output(path, forms[option])
        if done.kept:
            done.kept.remove()
    finally:
        printed = [forms[option] for option, path in asked.items() if path is None]
        emit(printed[0] if printed else record_text(done.record, screen(), stopped=done.stopped))
    sys.stderr.write(durations_text(done.durations[:slowest]))  # no part of the result
    return status_of(done.record, quick=selection.quick)


def _at_matrix(given: Namespace) -> int:
    """Say what the claims say at a user's matrix, with progress on a terminal."""
    from dlnproof.core.verdict import Verdict
    from dlnproof.documents.layout import screen
    from dlnproof.documents.own_matrix import own_matrix_json, own_matrix_text
    from dlnproof.documents.terminal import progress_of
    from dlnproof.files.output import Results
    from dlnproof.numeric.matrix_file import read_matrix
    from dlnproof.run.own_matrix import evaluated
    from dlnproof.run.select import claims_named

    # what says where and how checks are made has no meaning at one matrix
    names = [
        "expression",
        "quick",
        "formal",
        "stop",
        "width",
        "points",
        "digits",
        "runs",
        "seed",
        "shard",
        "scheduler",
    ]
    others = {n: f"--{n}" for n in names} | {"expression": "-k", "stop": "-x"}
    others |= {options.field(option): option for option in _FORMS if option != "--json"}
    for name, option in others.items():
        if getattr(given, name):
            raise InputError(f"--at: got {option} too, {_AT_TAKES}")
    if given.durations != str(SLOWEST.usual):
        raise InputError(f"--at: got --durations too, {_AT_TAKES}")
    if given.depth is None:
        raise InputError("--at: got no --depth, expected one: an integer >= 1, or inf")
    depth, claims = options.depth(given.depth), claims_named(given.claims)
    results, read = Results(given.json, given.at), read_matrix(given.at)
    with progress_of(len(claims)) as progress:
        found = evaluated(claims, read.matrix, depth, progress)
    rank = read.matrix.rank()
    data = own_matrix_json(found, read, rank, depth)
    results.deliver(data, lambda: own_matrix_text(found, read, rank, depth, screen()))
    verdicts = {at.verdict for at in found if not at.inapplicable}
    if not verdicts:
        return NOTHING
    return (
        FAILED if Verdict.REFUTED in verdicts else IN_PART if Verdict.UNDECIDED in verdicts else OK
    )


def status_of(record: Record, *, quick: bool = False) -> int:
    """Return the exit status: in part is a success only where the user left something out."""
    if record.failing:
        return FAILED
    asked = quick or record.run.expression or not record.run.runs
    return OK if asked or not record.in_part else IN_PART


def _shard_asked(given: Namespace) -> Shard | None:
    """Return the shard that is asked for, if one is; it has one form, and is done to its end."""
    if given.shard is None:
        return None
    from dlnproof.run.shards import Shard

    if given.json is None:
        raise InputError("--shard: got no --json, expected the file that 'dlnproof merge' reads")
    for option, other in (
        *((o, getattr(given, options.field(o))) for o in _FORMS),
        ("-x", given.stop),
    ):
        if other and option != "--json":
            raise InputError(f"--shard: got {option} too, which is of a whole run; merge it first")
    return Shard.named(given.shard)


def _forms_asked(names: dict[str, str | None], reads: Iterable[str]) -> dict[str, Path | None]:
    """Return the options of forms that were given, each with its file (None: standard output).

    Raises :class:`InputError` where a file cannot be written, or is read, or two forms have one
    place.
    """
    from dlnproof.files.output import output_file

    asked = {o: output_file(o, name, reads) for o, name in names.items() if name is not None}
    for first, second in combinations(asked, 2):
        if asked[first] == asked[second]:
            raise InputError(
                f"{second}: got {names[second]!r}, which {first} writes to already; expected "
                "another file"
            )
    return asked


def _in_form(option: str, run: Run, shard: Shard | None) -> str:
    """Return a run as the text of the form that an option asks for."""
    if shard is not None:
        from dlnproof.run.shards import shard_text

        return shard_text(shard, run.record)
    if option == "--json":
        return run.record.dumps()
    if option == "--junit":
        from dlnproof.documents.writers.junit import junit_text

        return junit_text(run)
    from dlnproof.documents.writers.markdown import summary_markdown

    return summary_markdown(run.record, stopped=run.stopped)
