"""The verb ``replay``: counterexamples computed again, from the statement and the point alone."""

import sys
from argparse import ArgumentParser, Namespace

from dlnproof.cli import options
from dlnproof.cli.shared import add_extra, add_json
from dlnproof.errors import FAILED, OK, InputError
from dlnproof.limits import PRINTED


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``replay``."""
    parser.description = (
        "Read counterexamples from a record of 'check', from the JSON of 'errata' or "
        "'formula', or one alone, and compute both sides again at the exact point in the file. "
        "Exit status 1 if one is not confirmed."
    )
    parser.add_argument("file", metavar="FILE", help="JSON; - reads standard input")
    parser.add_argument("--claim", metavar="ID", help="only this claim's")
    parser.add_argument(
        "--as-printed", metavar="K", help="only that of the claim's K-th printed statement, from 1"
    )
    add_extra(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """Compute counterexamples again and say which are confirmed."""
    from dlnproof.files.output import Results

    number = None
    if given.as_printed is not None:
        number = options.integer("--as-printed", given.as_printed, PRINTED)
        if given.claim is None:
            raise InputError("--as-printed: got no claim, expected --claim ID beside it")
    results = Results(given.json, given.file)
    from dlnproof.documents.layout import screen
    from dlnproof.documents.replays import replay_text
    from dlnproof.files.json import shown
    from dlnproof.record.record import REPLAY_SCHEMA
    from dlnproof.run.chosen import chosen
    from dlnproof.run.replay import replay
    from dlnproof.run.select import claims_named
    from dlnproof.version import __version__

    claims_named(given.extra)
    read = chosen(given.file, given.claim, number)
    if read.edited:
        print(
            f"dlnproof replay: {shown(given.file)}: the record was edited: its digest is not that "
            "of its contents",
            file=sys.stderr,
        )
    done = [replay(found) for found in read.exact]
    if read.formula is not None:
        from dlnproof.files.json import named
        from dlnproof.judge.replay import replay_formula, resolved

        with named(given.file):
            formula = resolved(read.formula)
        done.append(replay_formula(formula))
    data = {
        "schema": REPLAY_SCHEMA,
        "version": __version__,
        "replayed": [found.as_json() for found in done],
        "not_replayed": list(read.inexact),
    }
    results.deliver(data, lambda: replay_text(done, read.inexact, screen()))
    return OK if all(found.confirmed for found in done) else FAILED
