"""The verb ``selftest``: what the software withstands, tried here and now."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_json
from dlnproof.errors import FAILED, OK, InputError


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``selftest``."""
    parser.description = (
        "Try the software: wrong variants of claims, forged records and edited documents, crashes "
        "at changes of the file system, closed streams and full disks, hash seeds and processes, "
        "hostile input. Exit status 1 if something did not hold. All is done in a folder of its "
        "own, which is removed afterwards."
    )
    parser.add_argument(
        "--long", action="store_true", help="more of each: all claims, every crash point"
    )
    parser.add_argument(
        "-k",
        dest="expression",
        default="",
        metavar="EXPR",
        help="only sections that match, e.g. 'teeth or crashes'",
    )
    add_json(parser)


def run(given: Namespace) -> int:
    """Try the sections, print what held."""
    from dlnproof.files.output import Results

    results = Results(given.json)
    if not hasattr(os, "fork"):
        raise InputError("selftest: this system starts no process as a copy; it needs a POSIX one")
    from dlnproof.cli.main import main
    from dlnproof.cli.verify import verified
    from dlnproof.documents.layout import screen
    from dlnproof.documents.terminal import progress_of
    from dlnproof.selftest.bench import Verbs
    from dlnproof.selftest.run import chosen, selftest
    from dlnproof.selftest.table import selftest_text

    sections = chosen(given.expression)
    with progress_of(len(sections)) as progress:
        found = selftest(Verbs(main, verified), sections, long=given.long, progress=progress)
    results.deliver(found.as_json(), lambda: selftest_text(found, screen()))
    return OK if found.holds else FAILED
