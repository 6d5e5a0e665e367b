"""The options that several verbs take, each declared once."""

from argparse import ArgumentParser

from dlnproof.cli.options import QUICK, USUAL

CLAIMS = "claim ids, or FILE.py or FILE.toml with your own (default: all)"


def add_selection(parser: ArgumentParser) -> None:
    """Add what chooses claims, routes and the grid: the same for every verb that runs checks."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help=CLAIMS)
    parser.add_argument(
        "-k",
        dest="expression",
        default="",
        metavar="EXPR",
        help="only claims and routes that match, e.g. 'volume and not pullback'",
    )
    for name, metavar, what in (
        ("depth", "LIST", "depths, e.g. 1..8,inf"),
        ("width", "LIST", "widths, e.g. 1..4"),
        ("points", "K", "points of each kind"),
        ("digits", "D", "digits of finite differences and balls"),
        ("runs", "R", "training runs of one experiment, 0 for none"),
        ("seed", "S", "what points and runs are drawn from"),
    ):
        parser.add_argument(f"--{name}", metavar=metavar, help=f"{what} (default: {USUAL[name]})")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a smaller grid: " + ", ".join(f"--{name} {value}" for name, value in QUICK.items()),
    )
    add_jobs(parser, "; never changes the result")
    parser.add_argument(
        "--formal",
        action="store_true",
        help="also build the Coq development (two minutes; needs coqc) and count it as evidence",
    )


def add_folder(parser: ArgumentParser) -> None:
    """Add what the verbs share that make a folder of documents from a run."""
    add_selection(parser)
    parser.add_argument(
        "-o", dest="output", required=True, metavar="DIR", help="the folder, written whole"
    )
    add_record(parser, "take this record of 'check --json FILE' instead of running the checks")
    add_extra(parser)
    parser.add_argument("--no-figures", action="store_true", help="leave the training figures out")
    parser.add_argument(
        "--force",
        action="store_true",
        help="write into a folder that holds other files; those of other names are kept",
    )


def add_columns(parser: ArgumentParser) -> None:
    """Add what LaTeX is laid out for."""
    parser.add_argument(
        "--columns",
        type=int,
        choices=(1, 2),
        default=1,
        help="the columns of the page that LaTeX is laid out for (default: 1)",
    )


def add_jobs(parser: ArgumentParser, more: str = "") -> None:
    """Add who does the work."""
    parser.add_argument("--jobs", metavar="J", help=f"processes (default: one per processor){more}")
    add_scheduler(parser, "processes here")


def add_scheduler(parser: ArgumentParser, otherwise: str) -> None:
    """Add a cluster that does the work, in place of who does it ``otherwise``."""
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the workers of this Dask scheduler, tcp://HOST:PORT, or tls:// with the certificates "
        f"that Dask's configuration names, in place of {otherwise}",
    )


def add_record(parser: ArgumentParser, what: str) -> None:
    """Add a record that is read in place of a run."""
    parser.add_argument("--record", metavar="FILE", help=what)


def add_extra(parser: ArgumentParser) -> None:
    """Add what makes a user's own claims known where a verb names no claims, or only one."""
    parser.add_argument(
        "--with",
        dest="extra",
        action="append",
        default=[],
        metavar="FILE.py",
        help="know the claims of this file, too",
    )


def add_json(parser: ArgumentParser) -> None:
    """Add the result as data."""
    parser.add_argument("--json", metavar="FILE", help="also write JSON; - prints it instead")
