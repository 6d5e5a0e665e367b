"""The program: ``dlnproof``, and ``python -m dlnproof``."""

import os
import sys

from dlnproof.cli import signals


def program() -> int:
    """Run the command line as the process that it is alone in; return the exit status."""
    if "_ARGCOMPLETE" in os.environ:  # a shell asks what may come next
        from dlnproof.cli.completion import complete

        complete()
    signals.listen()
    from dlnproof.cli.main import main

    return signals.heeding(main)


if __name__ == "__main__":
    sys.exit(program())
