"""The forms in which ``check`` gives its result: JSON, JUnit XML, Markdown; in files or printed."""

from __future__ import annotations

from argparse import Namespace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from dlnproof.errors import InputError
from dlnproof.files.output import output_file

if TYPE_CHECKING:
    from pathlib import Path

    from dlnproof.run.runner import Run

_OPTIONS: Final = ("--json", "--junit", "--summary-markdown")


def forms_asked(given: Namespace) -> dict[str, Path | None]:
    """Return the options of forms that were given, each with its file (None: standard output).

    Raises :class:`InputError` where a file cannot be written, or two forms have one place.
    """
    names = {option: getattr(given, option[2:].replace("-", "_")) for option in _OPTIONS}
    asked = {o: output_file(o, name) for o, name in names.items() if name is not None}
    for first, second in combinations(asked, 2):
        if asked[first] == asked[second]:
            raise InputError(
                f"{second}: got {names[second]!r}, which {first} writes to already; expected "
                "another file"
            )
    return asked


def in_form(option: str, run: Run) -> str:
    """Return a run as the text of the form that an option asks for."""
    if option == "--json":
        return run.record.dumps()
    if option == "--junit":
        from dlnproof.documents.writers.junit import junit_text

        return junit_text(run)
    from dlnproof.documents.writers.markdown import summary_markdown

    return summary_markdown(run.record, stopped=run.stopped)
