"""What a pass rests on: meanings, theorems and files trusted, what is not shown, how to repeat.

Nothing here is a result; all of it is what a referee asks next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from dlnproof.claims.deduction import Account
from dlnproof.documents import model
from dlnproof.documents.content import literature
from dlnproof.documents.content.conventions import CONVENTIONS
from dlnproof.documents.content.statement import paragraphs_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.explanation import trusted_files
from dlnproof.documents.formulas import said, see
from dlnproof.documents.limits import limits
from dlnproof.documents.meanings import MEANINGS
from dlnproof.documents.model import Block, Text, To, code, listed, paragraph
from dlnproof.documents.words import count, word
from dlnproof.documents.words import listed as in_words
from dlnproof.record.record import Record


def conventions() -> list[Block]:
    """Return what the letters of every statement stand for."""
    return paragraphs_of(CONVENTIONS)


def meanings() -> list[Block]:
    """Return what the words of verdicts, routes and points mean."""
    return [
        paragraph("The verdicts are words with fixed meanings:"),
        model.Items([(f"{said}.",) for said in MEANINGS.values()], [word(v) for v in MEANINGS]),
        paragraph(
            model.Prose(
                "A claim's verdict is the weakest over its sentences. A sentence has the "
                "strongest verdict of the routes that are about it if all of them confirm it, "
                "otherwise the worst; one that is measured in training runs is observed at best; "
                "and a claim of which a sentence was not examined is confirmed in part. "
                "Beside a verdict stands how many premises the derivation takes as given in words. "
                "The routes share "
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
            )
        ),
        paragraph(
            "To show that the checks could fail, each is repeated with wrong variants of the "
            "statement (a dropped root, a shifted index, another normalisation), which are "
            "listed under each claim; a route that meets a wrong variant has to reject it. What "
            "the statement has no formula of (a matrix is symmetric, a residual vanishes) is asked "
            "of the same object made wrong too, and then the answer has to be no."
        ),
        paragraph(
            model.Prose(
                "A derivation is a list of theorems. A theorem is a sentence under hypotheses. "
                "Only rules of a fixed list make theorems, from definitions and from other "
                "theorems, and no rule loses a hypothesis or divides by what may vanish. A "
                "sentence of the statement is established by a theorem that is this sentence, "
                "under hypotheses that are printed. At the end of the list stands how often which "
                "rules were applied, which theorems of the literature were used, and what is taken "
                "as given in words, if anything is."
            )
        ),
    ]


def assumed(entries: Sequence[Entry]) -> list[Block]:
    """Return the theorems that the proofs cite by name, and which claims cite them."""
    users: dict[str, list[Text]] = {}
    for entry in entries:
        found = entry.record.derivation
        for name in (found and found.assumptions) or ():
            users.setdefault(name, []).append((see(entry.claim.id),))
    return cited(users, [entry.proof for entry in entries])


def cited(users: Mapping[str, Sequence[Text]], proofs: Iterable[Account]) -> list[Block]:
    """Return theorems by name, each with its textbook and with what uses it."""
    books = {named.name: named.book for proof in proofs for named in proof.named}
    if not users:
        return [paragraph("The derivations cite no theorem.")]
    items: list[Text] = []
    for name, using in sorted(users.items(), key=lambda item: item[0].lower()):
        source: Text = (" ", *literature.cited(books[name])) if name in books else ()
        items.append((*said(name), *source, ": used in ", *listed(using), "."))
    text = "The derivations take the following theorems as given."
    return [paragraph(text), model.Items(items)]


def trusted(entries: Sequence[Entry], record: Record) -> list[Block]:
    """Return the files, with their lengths, and the versions that the verdicts rely on."""
    groups = _trusted(entries)
    tables = (
        model.Section((title,), [model.Table(("Lines", "File"), "rl", _rows(files))], folded=True)
        for title, files in groups.items()
    )
    return [trusted_said(entries, record, "below"), *tables]


def trusted_said(entries: Sequence[Entry], record: Record, where: str) -> model.Paragraph:
    """Return how many files the verdicts rely on, listed ``where``, and the versions."""
    proof, checks = _trusted(entries).values()
    packages = record.environment.packages
    versions = in_words(f"{name} {version}" for name, version in packages.items())
    lines = [sum(length for _, length in files) for files in (proof, checks)]
    return paragraph(
        f"An error in one of {count(len(proof), 'file')} ({count(lines[0], 'line')}) could make a "
        f"derivation pass that is wrong; an error in one of {len(checks)} others "
        f"({count(lines[1], 'line')}) could do the same to a check. They are listed {where} with "
        "their lengths; a derivation that is a list of theorems is not among them, for it cannot "
        f"make one but by the rules. Beside them Python {record.environment.python} and its "
        f"packages {versions} are trusted; each identity of a derivation is decided by two engines "
        "(sympy and FLINT), which must agree. The Coq theorems rely on none of these files."
    )


def trusted_text(entries: Sequence[Entry]) -> str:
    """Return the files that the verdicts rely on, as plain text: a line for each, by length."""
    parts = (
        f"{title}\n" + "".join(f"{lines:6d} {name}\n" for name, lines in files)
        for title, files in _trusted(entries).items()
    )
    return "\n".join(parts)


def _trusted(entries: Sequence[Entry]) -> dict[str, Sequence[tuple[str, int]]]:
    proof, checks = trusted_files(*(entry.claim for entry in entries))
    return {"Files for the derivations": proof, "Further files for the checks": checks}


def _rows(files: Sequence[tuple[str, int]]) -> list[tuple[Text, ...]]:
    return [((f"{lines}",), (code(name.removeprefix("dlnproof/")),)) for name, lines in files]


def not_shown(entries: Sequence[Entry]) -> model.Items:
    """Return what a pass does not show."""
    return model.Items([(text,) for text in limits(entries)])


def again(record: Record, folder: str, carried: Collection[str]) -> list[Block]:
    """Return how to run the record again, and its digest; ``folder`` is where the record lies.

    Of the files that the record names those ``carried`` along can be opened.
    """
    files = record.run.files
    own = "".join(f" --with {folder}{name}" for name in files)
    name = f"{folder}record.json"
    items: list[Text] = [
        (
            code(f"python3 -I {folder}verify_record.py {name}"),
            " recomputes everything exact (evidence and counterexamples) with nothing but Python, "
            "in a file that is meant to be read first, and taken from dlnproof itself.",
        ),
        (
            code(f"dlnproof verify {name}{own}"),
            " makes the whole run again and compares it, verdict by verdict, and makes this "
            "document again, which has to be the same byte by byte.",
        ),
        (code(f"dlnproof replay {name}{own}"), " computes its counterexamples again."),
        (code(record.command), " made the run."),
    ]
    items += [
        (
            model.Link(To.FILE, f"{folder}{file}") if file in carried else code(file),
            " states claims that are not built in: a program, to be read before it is run.",
        )
        for file in files
    ]
    text: Text = (
        "The record is the file ",
        model.Link(To.FILE, name),
        ". The SHA-256 digest of its content is ",
        code(record.digest),
        "; a record that was edited does not have it.",
    )
    return [paragraph(*text), model.Items(items)]
