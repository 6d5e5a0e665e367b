"""``dlnproof errata``: what the sources print, as text, JSON and LaTeX."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS, studies
from dlnproof.claims.schema import AsPrinted, CatalogueError, Claim, Witness, claim
from dlnproof.core.verdict import Verdict
from dlnproof.documents.errata import errata_text
from dlnproof.documents.errata_tex import errata_tex
from dlnproof.documents.layout import Screen
from dlnproof.documents.verdicts import counterexample_text, place, printed_text, short
from dlnproof.errors import NOTHING, USAGE
from dlnproof.limits import RUNS
from dlnproof.notation.plain import plain
from dlnproof.record.record import ClaimRecord
from dlnproof.run import jobs, printed
from dlnproof.run.printed import examine

PRINTED = [(c, p) for c in CLAIMS.values() for p in c.as_printed]


@pytest.fixture(autouse=True)
def few_training_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RUNS, "usual", 20)


@pytest.fixture(scope="module", autouse=True)
def the_same_runs_are_made_once() -> Iterator[None]:
    """Training follows from its job: these tests are of what is said of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printed, "run", cache(jobs.run))
        yield


@pytest.mark.long
def test_every_printed_statement_is_in_the_table(cli: Cli) -> None:
    out, err = cli(["errata"])
    assert (err, out.isascii()) == ("", True)
    table = out.partition("\n\n")[0].splitlines()
    assert table[0].split() == ["claim", "printed", "statement", "source", "witness", "verdict"]
    assert [line.split()[:2] for line in table[1:]] == [[c.id, p.name] for c, p in PRINTED]
    joined = " ".join(out.split())
    for _, statement in PRINTED:
        assert plain(statement.explanation) in joined
    assert out.count("  counterexample: ") == len(re.findall(" refuted$", "\n".join(table), re.M))


ELSEWHERE = {
    "transposed": "N = 2, d = 2, factors that are not balanced",
    "any-singular-value": "N = 2, d = 2, 2 of the singular values in proportion to epsilon",
    "orbit-diverges": "N = 2, d = 2, 2 of the singular values in proportion to epsilon",
    "minimum-at-zero": "W_x, with w11 = x, w12 = w21 = 1, w22 = 0",
    "conjecture-1": "w12 = w21 = 1, w22 = 0 observed, rho = 1/200",
    "highest-at-corners": "N = 2, d = 2, unit diagonal",
    "low-rank": "N = 2, d = 2",
    "convergence": "N = 2, d = 1, target -1",
}
"""Printed statements whose counterexamples are not at the exact point that they came from."""


@pytest.mark.parametrize(("chosen", "statement"), PRINTED, ids=[p.name for _, p in PRINTED])
def test_a_counterexample_says_what_is_compared(chosen: Claim, statement: AsPrinted) -> None:
    """The point is shown where it plays a part, and nowhere else."""
    found = examine(chosen, statement).counterexample
    if found is None:
        return
    text = counterexample_text(found)
    where = ELSEWHERE.get(statement.name)
    assert found.where == where
    at = plain(place(found.N, found.d, found.point.t))
    assert text.startswith(f"counterexample: {where or at}: {short(found.left)} (")
    assert f" against {short(found.right)} (" in text
    assert ("sigma^(1/N)" in text) is (where is None)
    if statement.parts and where is None:  # one quantity, twice
        assert str(found.left_is).endswith("from the definition")
        assert found.right_is == "from the formula"
    tex = errata_tex([(replace(chosen, as_printed=(statement,)), [examine(chosen, statement)])])
    assert ("(the point $P_{1}$)" in " ".join(tex.split())) is (where is None)
    assert ("The points, with" in tex) is (where is None)
    assert found.left_is != found.right_is


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_screen(width: int) -> None:
    chosen = CLAIMS["volume-divergence"]
    records = [examine(chosen, statement) for statement in chosen.as_printed]
    lines = errata_text([(chosen, records)], Screen(width)).splitlines()
    assert max(len(line) for line in lines) <= width


def test_one_extraction_alone_accuses_nobody() -> None:
    for chosen, statement in PRINTED:
        if statement.witness is Witness.SINGLE:
            text = printed_text(chosen.id, examine(chosen, statement), Screen())
            assert text.startswith(f"{chosen.id}, as extracted (slides, ")
            assert "as printed" not in text.lower()


def test_the_spectrum_has_no_erratum(cli: Cli) -> None:
    err = cli.refused(["errata", "operator-spectrum"], NOTHING)  # it sums over j, as it should
    assert "no printed statement of operator-spectrum is on record" in err


def test_the_end_names_the_source_and_what_the_witnesses_mean(
    cli: Cli,
) -> None:
    for words in (["errata", "orbit-volume"], ["errata", "orbit-volume", "--tex"]):
        out = " ".join(cli(words).out.split())
        assert "source file (the author's own source file)" in out
        said = "2 are refuted as they stand, each with a counterexample in rational numbers: 1"
        _, _, end = out.partition("Of 2 related statements as extracted from Karmakar, ")
        assert f"(lecture slides), {said} attested by the author's own source file and 1" in end
        assert "Nothing is said of the wording of Menon and Yu (2025)." in end
        assert "refuted as printed" not in out


def test_the_json_is_that_of_the_record(tmp_path: Path, cli: Cli) -> None:
    out = cli(["errata", "orbit-volume", "--json", "-"]).out
    data = json.loads(out)
    assert (data["schema"], len(data["claims"])) == ("dlnproof-errata/1", 1)
    statements = CLAIMS["orbit-volume"].as_printed
    expected = [examine(CLAIMS["orbit-volume"], statement).as_json() for statement in statements]
    assert data["claims"][0]["as_printed"] == expected
    words = ["errata", "orbit-volume", "--json", str(tmp_path / "e.json")]
    assert "without-root" in cli(words).out
    assert (tmp_path / "e.json").read_text() == out


@pytest.mark.long
def test_the_json_of_all_of_it_is_replayed(tmp_path: Path, cli: Cli) -> None:
    path = str(tmp_path / "e.json")
    refuted = cli(["errata", "--json", path]).out.count("  counterexample: ")
    assert f"\n{refuted} of {refuted} counterexamples confirmed." in cli(["replay", path]).out


def test_the_example_is_what_is_found_now() -> None:
    path = Path(__file__).parents[2] / "examples" / "orbit_without_root.json"
    statement, _ = CLAIMS["orbit-volume"].as_printed
    found = examine(CLAIMS["orbit-volume"], statement).counterexample
    assert found is not None
    assert json.loads(path.read_text()) == found.as_json() == dict(found)
    assert found["left"] == found.left


def test_a_failure_of_ours_is_shown_and_is_no_exit_status(
    monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(printed, "_verdict", fail)
    out = cli(["errata", "orbit-volume"]).out
    assert "error" in out
    assert "Not examined (RuntimeError: broken)" in out


# --- from a record --------------------------------------------------------------------------------


def recorded(folder: Path, *claims: str, **changed: Any) -> str:
    """Write a record of some claims, the first printed statement of orbit-volume changed."""
    found = check([*claims, "orbit-volume"], grid=Grid((2,), (1,), runs=0), expression="derivation")

    def with_change(claim: ClaimRecord) -> ClaimRecord:
        if claim.id != "orbit-volume":
            return claim
        first, *others = claim.as_printed
        return replace(claim, as_printed=(replace(first, **changed), *others))

    path = folder / "record.json"
    path.write_text(replace(found, claims=tuple(map(with_change, found.claims))).dumps())
    return str(path)


@pytest.fixture
def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def train(*given: object) -> None:
        raise AssertionError("trained")

    monkeypatch.setattr(printed, "training_for", train)


@pytest.mark.usefixtures("no_training")
def test_the_verdicts_of_a_record_are_printed_and_nothing_is_run(tmp_path: Path, cli: Cli) -> None:
    changed = {"verdict": Verdict.UNDECIDED, "counterexample": None}
    name = recorded(tmp_path, "rank-one-minimizers", **changed)  # which speaks of training
    out, err = cli(["errata", "--record", name])
    assert err == ""
    assert re.search(r"orbit-volume +without-root +slides, Theorem 10 +source file +undecided", out)
    kept = {c["id"]: c["as_printed"] for c in json.loads(Path(name).read_text())["claims"]}
    for words, claims in ((["orbit-volume"], ["orbit-volume"]), ([], list(kept))):
        entries = json.loads(cli(["errata", *words, "--record", name, "--json", "-"]).out)["claims"]
        assert entries == [{"id": name, "as_printed": kept[name]} for name in claims]
    found = re.findall(
        r"\\dlnpoint\{\\texttt.* \\textbf\{(.*?)\}",
        cli(["errata", "--record", name, "--tex"]).out,
    )
    assert (found[0], len(found)) == ("undecided", sum(map(len, kept.values())))


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize(
    ("words", "changed", "said"),
    [
        (["coarea"], {}, "got a record without coarea, expected one of the claims named"),
        (["nonsense"], {}, "'nonsense', which is not in the catalogue"),
        (["--tex"], {"name": "mine"}, "expected a record of 'check --json FILE'"),
    ],
)
def test_a_record_that_cannot_be_printed(
    words: list[str],
    changed: dict[str, Any],
    said: str,
    tmp_path: Path,
    cli: Cli,
) -> None:
    name = recorded(tmp_path, **changed)
    err = cli.refused(["errata", *words, "--record", name])
    assert said in err


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"witness": "source file"', '"witness": "paper"', "was changed after it was written"),
        ('"schema": "dlnproof-record', '"schema": "other', "got schema"),
    ],
)
def test_an_edited_record_is_refused(
    old: str, new: str, said: str, tmp_path: Path, cli: Cli
) -> None:
    path = Path(recorded(tmp_path))
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert said in cli(["errata", "--record", str(path)], USAGE).err


@pytest.mark.usefixtures("no_training")
def test_a_record_of_claims_of_ones_own_is_printed_with_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    own = str(Path(__file__).parents[2] / "examples" / "my_claims.py")
    monkeypatch.setattr(studies, "_FILES", {})
    name = recorded(tmp_path, own)
    assert "orbit-volume, as printed" in cli(["errata", "--record", name, "--with", own]).out
    monkeypatch.setattr(studies, "_FILES", {})
    assert "give it: --with my_claims.py" in cli(["errata", "--record", name], USAGE).err


def test_a_terminal_is_told_what_takes_minutes(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setattr(printed, "run", lambda job: time.sleep(0.3 * (job.experiment == 0)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    out, err = cli(["errata", "diagonal-3x3"])
    jobs = len(printed.training_for([CLAIMS["diagonal-3x3"]], 1, 0))
    assert jobs > 1
    assert f"0/{jobs + 1}" in err  # the runs, and one printed statement
    assert "training, for what is printed of it" in err
    assert "for what is printed" not in out


@pytest.mark.parametrize(
    ("words", "status", "fragment"),
    [
        (["coarea"], NOTHING, "no printed statement of coarea is on record"),
        (["nonsense"], USAGE, "'nonsense', which is not in the catalogue"),
        (["--tex", "--json", "-"], USAGE, "expected one of them on standard output"),
        (["--json", "nowhere/e.json"], USAGE, "'nowhere' is not a directory"),
        (["--json", ""], USAGE, "names no file"),
        (["--pdf"], USAGE, "got '--pdf'"),
    ],
)
def test_usage(words: list[str], status: int, fragment: str, cli: Cli) -> None:
    err = cli.refused(["errata", *words], status)
    assert fragment in err


@pytest.mark.long  # documents
def test_the_latex_compiles_with_what_it_says_it_needs(tmp_path: Path, cli: Cli) -> None:
    text = cli(["errata", "--tex"]).out
    assert text.isascii()
    macros = {"dlnsee", "dlnpoint"}
    assert set(re.findall(r"command\{\\(\w+)\}", text)) == macros
    assert text.count(r"\dlnpoint{\texttt{") == len(PRINTED)
    pdflatex = shutil.which("pdflatex")
    if pdflatex is None:
        pytest.skip("pdflatex is not on this machine")
    (tmp_path / "errata.tex").write_text(text)
    (tmp_path / "main.tex").write_text(
        "\\documentclass{article}\n\\usepackage{amsmath,amssymb,booktabs,longtable}\n"
        "\\begin{document}\n\\input{errata}\n\\end{document}\n"
    )
    command = [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("latin-1")[-2000:]
    assert "Overfull" not in (tmp_path / "main.log").read_text("latin-1")


def test_latex_of_a_statement_that_holds_and_of_long_numbers() -> None:
    chosen = CLAIMS["orbit-volume"]
    chosen = replace(chosen, as_printed=chosen.as_printed[:1])
    [statement] = chosen.as_printed
    record = examine(chosen, statement)
    assert record.counterexample is not None
    long = replace(record, counterexample=replace(record.counterexample, left="1" * 99))
    assert r"1111\dots 1111" in errata_tex([(chosen, [long])])
    holding = replace(record, verdict=Verdict.PROVED, counterexample=None)
    assert "Counterexample: " not in errata_tex([(chosen, [holding])]).split("longtable}")[-1]


@pytest.mark.parametrize(("name", "width"), [("any-singular-value", 2), ("orbit-diverges", 1)])
def test_nothing_is_held_against_a_statement_below_its_least_depth(name: str, width: int) -> None:
    chosen = CLAIMS["volume-divergence"]
    [statement] = [p for p in chosen.as_printed if p.name == name]
    assert statement.least_depth == 2
    for least in (2, 4):
        record = examine(chosen, replace(statement, least_depth=least))
        assert record.verdict is Verdict.REFUTED
        assert record.counterexample is not None
        assert least == record.counterexample.N
        assert record.counterexample.d >= width


def test_any_singular_value_fails_for_two_values_at_depth_2() -> None:
    chosen = CLAIMS["volume-divergence"]
    found = examine(chosen, chosen.as_printed[0]).counterexample
    assert found is not None
    # with k = 2 = N vanishing together the density tends to a constant: the exponent is 0, not -1
    assert (found.N, found.d, found.left, found.right) == (2, 2, "0", "-1")


def test_a_least_depth_is_a_depth() -> None:
    chosen = CLAIMS["orbit-volume"]
    wrong = replace(chosen.as_printed[0], least_depth=0)
    made = ("statement", "hypotheses")  # from the sentences
    given = {n: getattr(chosen, n) for n in chosen.__dataclass_fields__ if n not in made}
    with pytest.raises(CatalogueError, match="'without-root': 'least_depth' is not a depth"):
        claim(**{**given, "as_printed": (wrong,)})
