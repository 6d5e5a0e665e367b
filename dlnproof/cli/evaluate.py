"""The verb ``evaluate``: certified quantities of the user's matrix."""

from argparse import ArgumentParser, Namespace

from dlnproof.cli import options
from dlnproof.cli.shared import add_json
from dlnproof.errors import OK
from dlnproof.limits import EVALUATED_DIGITS, EVALUATED_WIDTH, Whole


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``evaluate``."""
    parser.description = (
        "Read a matrix and print its singular values, log sqrt(det g^N), "
        "log det g^N, the log density of Theorem 1.1, the log volume of the orbit of balanced "
        "factorizations, the scalar curvature of g^N, the traces of the operator and of its "
        "inverse, and the squared norm of balanced factors, each with a certified radius. Entries "
        "of JSON, CSV and text files are exact decimals or fractions such as 7/3; floats of .npy "
        "are taken as the exact numbers they are. Digits that may be rounding of the entries are "
        "pointed out."
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help=".npy, .npz (FILE.npz:NAME, or 'FILE.npz:NAME[0]', one of several matrices), .json, "
        ".csv, Matrix Market or whitespace text",
    )
    parser.add_argument("--depth", required=True, metavar="N", help="an integer >= 1, or inf")
    parser.add_argument(
        "--digits",
        default=str(EVALUATED_DIGITS.usual),
        metavar="D",
        help="decimal digits (default: %(default)s)",
    )
    parser.add_argument(
        "--rank",
        metavar="R",
        help="the rank of the matrix, if lower than its shape allows: quantities are then those of "
        "the matrices of that rank",
    )
    parser.add_argument(
        "--gradients",
        action="store_true",
        help="also print the derivatives of log sqrt(det g^N) and of log vol(O_W) by each singular "
        "value, and the drift Delta W of Brownian motion in the frames of W (JSON has them always)",
    )
    add_json(parser)


def run(given: Namespace) -> int:
    """Print the certified quantities."""
    from dlnproof.files.output import Results

    depth = options.depth(given.depth)
    digits = options.integer("--digits", given.digits, EVALUATED_DIGITS)
    most = Whole(1, 1, EVALUATED_WIDTH)
    rank = None if given.rank is None else options.integer("--rank", given.rank, most)
    results = Results(given.json, given.file)
    from dlnproof.documents.layout import screen
    from dlnproof.documents.terminal import evaluation_text
    from dlnproof.numeric.exact_input import evaluate_file

    result = evaluate_file(given.file, depth, digits, rank)
    results.deliver(result.as_json(), lambda: evaluation_text(result, screen(), given.gradients))
    return OK
