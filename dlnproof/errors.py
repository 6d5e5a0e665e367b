"""What a user is told when the input is at fault, and how a program says how it ended."""

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Iterable

OK, FAILED, INTERRUPTED, INTERNAL, USAGE, NOTHING, IN_PART = range(7)
"""The exit statuses: all is well; a claim does not hold, or a training run diverged; interrupted;
a mistake of ours; the input is at fault; nothing is selected; nothing failed, but not everything
was decided or examined."""


def nearest(word: str, known: "Iterable[str]") -> str:
    """Return " (did you mean X?)" for a word that is nearly a known one, or nothing."""
    from difflib import get_close_matches  # only what fails takes its time

    near = get_close_matches(word, known, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


class InputError(ValueError):
    """The input is at fault: one line saying what, what was got, what was expected, what to do.

    The command line prints the line and exits with status 4; the library raises it. It is a
    ``ValueError``, so code that knows nothing of this package catches it too.
    """


class NothingSelectedError(InputError):
    """A selection (claims, ``-k``, depths, widths) leaves nothing to run: exit status 5."""
