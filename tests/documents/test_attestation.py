"""Whose printed statements are, by what they are attested, and that nobody else is accused."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import AsPrinted, Claim, Witness
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.attestation import legend, outcome, reading
from dlnproof.documents.bibliography import as_text
from dlnproof.documents.meanings import WITNESSES
from dlnproof.record.record import PrintedRecord

PRINTED = [(c, p) for c in CLAIMS.values() for p in c.as_printed]
SLIDES = (
    'Karmakar, "Deep Linear Networks, Session 3: Characterizing the Minimizer" (lecture slides)'
)
VOLUME, ORBIT = CLAIMS["volume-form"], CLAIMS["orbit-volume"]  # of CMV2023 and of MY2025


def statement(
    witness: str, *, refuted: bool = False, source: str = "slides, p. 3"
) -> PrintedRecord:
    verdict = Verdict.REFUTED if refuted else Verdict.PROVED
    return PrintedRecord("a", source, witness, "1 = 2", verdict, Route.EXACT, "Why.", None)


def said(*errata: tuple[Claim, Sequence[PrintedRecord]]) -> str:
    return as_text(outcome(errata))


# --- the records of the catalogue -----------------------------------------------------------------


def test_the_sum_of_the_spectrum_is_no_erratum() -> None:
    assert CLAIMS["operator-spectrum"].as_printed == ()  # one extraction has i, the source has j


def test_what_the_authors_source_file_confirms() -> None:
    confirmed = {f"{c.id}: {p.name}" for c, p in PRINTED if p.witness is Witness.SOURCE_FILE}
    assert confirmed == {
        "balancedness: transposed",
        "single-output: claim-2",
        "single-output: discrete-update",
        "volume-form: van-reversed",
        "orbit-volume: without-root",
        "entropy-shape: low-rank",
        "entropy-shape: away-from-low-rank",
        "volume-divergence: orbit-diverges",
    }


@pytest.mark.parametrize(
    ("claim", "printed"), [pytest.param(c, p, id=f"{c.id}-{p.name}") for c, p in PRINTED]
)
def test_what_one_extraction_has_is_told_as_extracted(claim: Claim, printed: AsPrinted) -> None:
    assert printed.source.key in ("slides", "slides2", "slides4")  # no paper was read
    single = printed.witness is Witness.SINGLE
    assert reading(printed.witness) == ("as extracted" if single else "as printed")
    if single:
        assert not re.search(r"as printed|slides (print|define|say)", printed.explanation)
    else:
        assert not re.search(r"^As extracted|as extracted from the slides", printed.explanation)


# --- what is said of them together ----------------------------------------------------------------


def test_every_word_for_a_witness_has_its_meaning() -> None:
    assert set(WITNESSES) == set(Witness)
    assert legend([statement("source file"), statement("duplicated"), statement("duplicated")]) == (
        "Witness of what is printed: source file (the author's own source file) and duplicated "
        "(two machine extractions that agree)."
    )
    assert legend([]) == ""


def test_the_slides_are_named_and_the_witnesses_and_no_paper_is_accused() -> None:
    found = [
        *(statement("source file", refuted=True) for _ in range(3)),
        statement("single extraction", refuted=True),
        statement("single extraction"),
        statement("duplicated"),
    ]
    assert said((VOLUME, found[:2]), (ORBIT, found[2:])) == (
        f"Of 6 related statements as extracted from {SLIDES}, 4 are refuted as they stand, each "
        "with a counterexample in rational numbers: 3 attested by the author's own source file and "
        "1 attested by one machine extraction only, which may have misread it. Nothing is said of "
        "the wording of Cohen, Menon and Veraszto (2023) and Menon and Yu (2025)."
    )


def test_each_source_is_told_apart() -> None:
    paper = "MY2025, Theorem 4"
    found = said(
        (VOLUME, [statement("duplicated", refuted=True)]),
        (ORBIT, [statement("paper", source=paper), statement("paper", source=paper)]),
    )
    assert found == (
        f"Of 1 related statement as extracted from {SLIDES}, one is refuted as it stands, with a "
        "counterexample in rational numbers, attested by two machine extractions that agree. Of 2 "
        'related statements as printed in Menon and Yu, "An Entropy Formula for the Deep Linear '
        'Network" (2025), none is refuted. Nothing is said of the wording of Cohen, Menon and '
        "Veraszto (2023)."
    )


def test_an_unknown_source_is_named_by_its_key_which_latex_can_take() -> None:
    own = replace(VOLUME, source=replace(VOLUME.source, key="Me_2026"))
    found = outcome([(own, [statement("paper", source="Me_2026, p. 1", refuted=True)])])
    assert found.startswith(r"Of 1 related statement as printed in Me\_2026, one is refuted")


def test_nothing_is_said_of_nothing() -> None:
    assert outcome([(VOLUME, [])]) == ""


def test_the_catalogues_own_accuses_the_slides_alone() -> None:
    errata = [
        (c, [statement(p.witness, refuted=True, source=str(p.source)) for p in c.as_printed])
        for c in CLAIMS.values()
    ]
    accusing, *rest = re.split(r"(?<=\.) (?=Of|Nothing)", said(*errata))
    sessions = ("slides", "slides2", "slides4")
    third, second, fourth = (sum(p.source.key == key for _, p in PRINTED) for key in sessions)
    assert accusing.startswith(f"Of {third} related statements as extracted from {SLIDES}, ")
    for number, told in zip((second, fourth), rest, strict=False):
        assert told.startswith(f"Of {number} related statements as printed in Karmakar, ")
    assert rest[2:] == [
        "Nothing is said of the wording of Cohen, Menon and Veraszto (2023), Gunasekar et al. "
        "(2017), Menon and Yu (2025) and Razin and Cohen (2020)."
    ]
