"""``dlnproof explain``: the statement, its source, and the files to trust."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import Cli, few

from dlnproof.claims import CLAIMS, module_of
from dlnproof.documents.explanation import explanation_text, reference, trusted_files
from dlnproof.documents.layout import Screen
from dlnproof.notation.plain import plain
from dlnproof.run.formal_table import stating, theorems


@pytest.mark.parametrize("claim", few(CLAIMS))
def test_everything_about_a_claim(claim: str, cli: Cli) -> None:
    out = cli(["explain", claim, "--trusted"]).out
    stated = CLAIMS[claim]
    joined = " ".join(out.split())
    for part in (stated.title, *stated.hypotheses, str(stated.source), *stated.uses):
        assert plain(part) in joined
    for route in stated.routes:
        assert route.value in out
    for mutant in stated.mutants:
        assert f"\n  {mutant.name}: " in out
    derivation = module_of(stated.id, "derivations").replace(".", "/") + ".py"
    assert (derivation in out) is not bool(stated.sentences)  # theorems need no trust in it
    assert ("no derivation, and nothing that finds proofs" in joined) is bool(stated.sentences)
    own = module_of(stated.id, "checks")
    used = own if find_spec(own) else "dlnproof.claims.measured"  # by the quantities it is about
    assert used.replace(".", "/") + ".py" in out
    formal = theorems(claim)
    headlines = [(*t.context, t.statement) for t in formal if t.headline]
    told = re.sub(r"(?<=[([{]) | (?=[)\]}])", "", joined)
    coq = " ".join(" ".join(line.split()) for lines in headlines for line in lines)
    coq = re.sub(r"(?<=[([{]) | (?=[)\]}])", "", coq)
    assert coq in told
    assert "\\" not in told.replace(coq, "")
    assert all(f"\n    {t.theorem} (formal/{t.file}): " in out for t in formal)
    found = stating(claim)
    for name, those in found.items():
        _, after = re.split(rf"\n  sentence {name}(?=[:\n])", out)
        here = re.split(r"\n  \S", after)[0]
        assert all(t.theorem in here for t in those)
    missing = ", ".join(name for name in stated.names if name not in found)
    assert (f"no theorem states: {missing}" in joined) is bool(formal and missing)
    assert ("no theorem in Coq is about this claim" in joined) is not bool(formal)
    assert "$" not in out
    assert out.isascii()


def test_the_files_to_trust_are_counted_unless_they_are_asked_for(cli: Cli) -> None:
    shown, listed = (cli(["explain", "svd-jacobian", *x]).out for x in ([], ["--trusted"]))
    proof, checks = trusted_files(CLAIMS["svd-jacobian"])
    counted = (f"{len(x)} files of {sum(n for _, n in x)} lines" for x in (proof, checks))
    last = f"These are {next(counted)}, for checks {next(counted)} more; --trusted lists them."
    assert " ".join(shown.split()).endswith(last)
    assert not [name for name, _ in (*proof, *checks) if name in shown]
    assert all(name in listed for name, _ in (*proof, *checks))


def test_the_main_theorem_reads_as_mathematics() -> None:
    text = explanation_text(CLAIMS["volume-form"], Screen(120))
    assert (
        " The volume form: sqrt(det g^N_W)|det((D,a,b) |-> dW(D,a,b))| = "
        "N^(d(d-1)/2) det(Sigma^2)^((1-N)/(2N)) van(Sigma^(2/N)). "
    ) in " ".join(text.split())


@pytest.mark.parametrize("width", [80, 120])
def test_lines_fit(width: int) -> None:
    for claim in CLAIMS.values():
        text = explanation_text(claim, Screen(width), trusted=True)
        assert max(len(line) for line in text.splitlines()) <= width


def test_trusted_files_are_those_imported_and_their_lines() -> None:
    proof, checks = map(dict, trusted_files(CLAIMS["volume-form"]))
    for name in ("kernel.theorem", "formulas", "definitions.geometry"):
        module = import_module(f"dlnproof.{name}")
        assert module.__file__ is not None
        assert proof[f"dlnproof/{name.replace('.', '/')}.py"] == Path(
            module.__file__
        ).read_text().count("\n")
    assert {
        "dlnproof/kernel/numbers.py",
        "dlnproof/kernel/logic.py",
        "dlnproof/claims/deduction.py",
        "dlnproof/claims/volume/volume_form.py",
    } <= {*proof}
    assert not any("derivations/" in name or "tactics/" in name for name in (*proof, *checks))
    assert {"dlnproof/quantities/volume_form.py", "dlnproof/run/compare.py"} <= {*checks}
    assert not {*proof} & {*checks}
    assert not any("documents/" in name or "cli" in name for name in (*proof, *checks))


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_statement_itself_is_among_the_trusted_files(claim: str) -> None:
    proof, _ = trusted_files(CLAIMS[claim])
    assert module_of(claim, "claims").replace(".", "/") + ".py" in dict(proof)


def test_sources_are_given_in_full() -> None:
    for claim in CLAIMS.values():
        assert any(
            name in reference(claim.source.key)
            for name in ("Menon", "Karmakar", "Razin", "Gunasekar")
        )
    assert reference("nobody") == ""


@pytest.mark.parametrize(
    ("name", "fragment"),
    [
        ("volume-fom", "did you mean volume-form"),
        ("Volume_Form", "volume-form"),
        ("volume", "did you mean volume-form, orbit-volume or volume-corners?"),
        ("xyzzy", "dlnproof list"),
        ("", "dlnproof list"),
    ],
)
@pytest.mark.parametrize("verb", ["explain", "check", "derive"])
def test_unknown_claims_are_status_4(verb: str, name: str, fragment: str, cli: Cli) -> None:
    out, err = cli([verb, name], 4)
    assert out == ""
    assert f"got {name!r}" in err
    assert fragment in err
    assert err.count("\n") == 1
