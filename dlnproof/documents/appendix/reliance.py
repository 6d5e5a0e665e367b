"""What a pass rests on: theorems taken as given, files to trust, what is not shown, how to repeat.

Nothing here is a result; all of it is what a referee asks next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from dlnproof.documents.entries import Entry
from dlnproof.documents.explanation import trusted_files
from dlnproof.documents.fragment import CITED
from dlnproof.documents.limits import limits as shared_limits
from dlnproof.documents.meanings import MEANINGS
from dlnproof.documents.wording import code, digest, items, paragraph, paragraphs, prose, see
from dlnproof.documents.words import count, listed
from dlnproof.notation.mathtext import escaped
from dlnproof.record.record import Record


def meanings() -> str:
    """Return what the words of verdicts, routes and points mean."""
    return "\n\n".join(
        (
            paragraph("The verdicts are words with fixed meanings:"),
            items([rf"\emph{{{v.value.replace('_', ' ')}}}: {t}." for v, t in MEANINGS.items()]),
            paragraph(
                "A claim's verdict is the weakest over its sentences. A sentence has the "
                "verdict of the derivation if every other route confirms it, otherwise the "
                "worst route's; one that is measured in training runs is observed at best; "
                "and a claim of which a sentence was not examined is confirmed in part. "
                "Beside a verdict stands how many steps of the derivation are arguments in "
                "words, and how many decided steps enter no sentence. The routes share "
                "nothing but the statement: the derivation; both sides in rational numbers, "
                "from the definitions, on the factors (exact); finite differences (pullback); "
                "ball arithmetic (enclosure); training runs; and the Coq development, where "
                "the run built it (formal). Points are rational: "
                r"$W_j=Q_j\operatorname{diag}(t)\,Q_{j-1}^{T}$ with $t_1\ge\dots\ge t_d\ge0$ "
                r"and orthogonal $Q_0=V,Q_1,\dots,Q_N=U$, so that $\sigma_i=t_i^N$ and every "
                "root in the formulas is rational. They are simple (distinct singular "
                "values), or have coincident, nearly coincident or equal singular values, a "
                "tiny one, or one that vanishes (rank deficient). The error of a comparison "
                "is relative to the largest number compared with it."
            ),
            paragraph(
                "To show that the checks could fail, each is repeated with wrong variants of the "
                "statement (a dropped root, a shifted index, another normalisation), which are "
                "listed under each claim; a route that meets a wrong variant has to reject it."
            ),
            paragraph(
                "At the end of each proof its equations are listed by the rule by which the "
                "software decided them: as rational functions (in a polynomial ring, over a common "
                "denominator); from earlier equations (the same, with these put in); by induction "
                "(base and step as rational functions); factor by factor (products over $i$ and "
                "over pairs $i<l$ whose factors agree, hence for every $d$); as words (products of "
                "matrices that do not commute, in a normal form by the rules given); by signs of "
                "coefficients, and as sums of terms that are not negative (inequalities). The "
                "words between the equations it did not decide."
            ),
        )
    )


def assumed(entries: Sequence[Entry]) -> str:
    """Return the theorems that the proofs cite by name, and which claims cite them."""
    users: dict[str, list[str]] = {}
    for entry in entries:
        found = entry.record.derivation
        for name in (found and found.assumptions) or ():
            users.setdefault(name, []).append(entry.claim.id)
    if not users:
        return paragraph("The derivations cite no theorem.")
    text = "The derivations take the following theorems as given."
    listed_ = []
    for name, using in sorted(users.items(), key=lambda item: item[0].lower()):
        source = rf" \cite{{{CITED[name]}}}" if name in CITED else ""
        listed_.append(f"{prose(name)}{source}: used in {listed(see(user) for user in using)}.")
    return f"{paragraph(text)}\n{items(listed_)}"


def trusted(entries: Sequence[Entry], record: Record) -> str:
    """Return the files, with their lengths, and the versions that the verdicts rely on."""
    proof, checks = trusted_files(*(entry.claim for entry in entries))
    packages = record.environment.packages
    versions = listed(f"{escaped(str(k))} {escaped(str(v))}" for k, v in packages.items())
    lines = [sum(length for _, length in files) for files in (proof, checks)]
    text = (
        f"An error in one of {count(len(proof), 'file')} ({count(lines[0], 'line')}) could make a "
        f"derivation pass that is wrong; an error in one of {len(checks)} others "
        f"({count(lines[1], 'line')}) could do the same to a check. They are listed below with "
        f"their lengths. Beside them Python {escaped(record.environment.python)} and its "
        f"packages {versions} are trusted; each identity of a derivation is decided by two engines "
        "(sympy and FLINT), which must agree. The Coq theorems rely on none of these files."
    )
    groups = {"For the derivations": proof, "Further, for the checks": checks}
    return f"{paragraph(text)}\n{_listing(groups)}"


def _listing(groups: Mapping[str, Sequence[tuple[str, int]]]) -> str:
    """Return files with their lengths, two beside each other."""
    lines = [r"{\scriptsize\begin{longtable}{@{}rlrl@{}}", r"\toprule\endhead"]
    for title, files in groups.items():
        lines.append(rf"\multicolumn{{4}}{{@{{}}l}}{{\emph{{{title}}}}} \\*[2pt]")
        cells = [f"{length} & {code(name.removeprefix('dlnproof/'))}" for name, length in files]
        half = (len(cells) + 1) // 2
        pairs = zip_longest(cells[:half], cells[half:], fillvalue="&")
        lines += [rf"{left} & {right} \\" for left, right in pairs]
        lines[-1] += "[4pt]"
    return "\n".join([*lines, r"\bottomrule", r"\end{longtable}}"])


def limits(entries: Sequence[Entry]) -> str:
    """Return what a pass does not show."""
    path = "formal/README.md"
    return items([text.replace(path, code(path)) for text in shared_limits(entries)])


def again(record: Record) -> str:
    """Return how to run the record again, and its digest."""
    verify = f"dlnproof verify anc/record.json{_own(record, 'anc/')}"
    commands = {
        "python3 -I verify_record.py anc/record.json": "recomputes everything exact (evidence and "
        "counterexamples) with nothing but Python, in a file that is meant to be read first, and "
        "taken from dlnproof itself",
        verify: "makes the whole run again and compares it, verdict by verdict, and makes this "
        "document again, which has to be the same byte by byte",
        record.command: "made the run",
    }
    listed_ = [rf"{code(command)} {what}." for command, what in commands.items()]
    return "\n\n".join(
        (
            paragraphs(
                rf"The record is the file {code('anc/record.json')}. The SHA-256 digest of its "
                rf"content is {digest(record.digest)}; a record that was edited does not have it."
            ),
            items(listed_),
        )
    )


def _own(record: Record, folder: str) -> str:
    """Return the options that give the files of the user's that a record speaks of."""
    return "".join(f" --with {folder}{name}" for name in record.run.files)


def readme(record: Record, sources: Mapping[str, str]) -> str:
    """Return the plain text that accompanies the record, for somebody without the paper."""
    listed_ = "\n".join(f"    {name:18} {what}" for name, what in sources.items())
    return f"""\
The record of a verification run of dlnproof {record.version} (commit {record.commit}).

{listed_}

Digest (SHA-256 of the record's content): {record.digest}

With dlnproof installed, the whole run is made again and compared, verdict by verdict, and these
files and those of the appendix are made again and compared, byte by byte, by

    dlnproof verify record.json{_own(record, "")}

The exact evidence and the counterexamples are checked with nothing but Python 3.9 or newer by

    python3 -I verify_record.py record.json

The copy here came with the record, and is no better than its sender: read it, and run the one of
dlnproof itself, from its sources or where it is installed:

    python3 -P -m dlnproof.verify_record record.json

(With -I or -P Python imports nothing that lies in this folder.)

The run was made by

    {record.command}
"""
