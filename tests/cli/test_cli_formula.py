"""``dlnproof formula`` and ``replay`` of what it writes."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.errors import FAILED, IN_PART, INTERNAL, NOTHING, OK, USAGE
from dlnproof.judge import proofs, trial
from dlnproof.judge.places import far_places
from dlnproof.judge.targets import TARGETS
from dlnproof.language.deciding import Outcome
from dlnproof.limits import MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.run.jobs import proof_verdict

RIGHT = "N**(d*(d-1)/2) * det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))"
ORBIT = "c(d)**(N-1) * van(Sigma**2) / van(Sigma**(2/N))"


def given(text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put text on standard input."""
    content = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def judged(cli: Cli, *words: str) -> dict[str, Any]:
    """Return the JSON that a run prints."""
    _, said = cli.ended(["formula", *words, "--json", "-"])
    data: dict[str, Any] = json.loads(said.out)
    return data


def test_a_proof(cli: Cli) -> None:
    out, err = cli(["formula", "volume-form", RIGHT])
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "volume-form"
    assert lines[1].startswith("  understood  N**(d*(d - 1)/2)*det(Sigma**2)")
    assert lines[2].startswith(r"  in LaTeX    N^{\frac{d(d-1)}{2}} \, \det")
    verdict = f"\n{proof_verdict('volume-form')} (all N, all d, by the derivation of volume-form)\n"
    assert verdict in out
    assert "\n  N = 1: holds\n" in out


def test_a_refutation_echoes_first_and_then_says_what_is_wrong(cli: Cli) -> None:
    out, err = cli(["formula", "orbit-volume", ORBIT], FAILED)
    assert err == ""
    order = [out.index(x) for x in ("understood", "refuted at N = 2, d = 2", "diagnosis")]
    assert order == sorted(order)
    assert "sigma^(1/N) = (2, 1)\n" in out
    assert "  definition  4 * sqrt(10) * pi\n  formula     20 * sqrt(2) * pi\n" in out
    assert "  ratio       sqrt(5)\n" in out
    assert "the square of the right value" in out
    assert "  corrected   c(d)**(N - 1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))\n" in out
    assert out.endswith(f"              {proof_verdict('orbit-volume')}: all N, all d\n")
    assert out.isascii()


def test_latex_from_standard_input(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    given("\ufeff\\prod_{i<j}(\\sigma_i^2-\\sigma_j^2)\n", monkeypatch)
    assert "prod(i<j, sigma[i]**2 - sigma[j]**2)" in cli(["formula", "svd-jacobian", "-"]).out


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"N" * (2**16 + 1), b"van(Sigma\0)", b"van(\xcf\x83)"]
)
def test_what_is_no_formula_on_standard_input(
    content: bytes, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    given(content, monkeypatch)
    cli.refused(["formula", "svd-jacobian", "-"])


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "is closed" in cli(["formula", "svd-jacobian", "-"], USAGE).err


def test_a_leading_minus(cli: Cli) -> None:
    assert (
        "the negative of the right value"
        in cli(["formula", "--", "svd-jacobian", "-van(Sigma**2)"], FAILED).out
    )


def test_json_has_what_was_promised(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    cli(["formula", "volume-form", RIGHT, "--json", str(path)])
    data = json.loads(path.read_text())
    assert data["schema"] == "dlnproof-formula/3"
    keys = {"target", "understood", "verdict", "scope", "pairs", "counterexample", "diagnosis"}
    assert keys <= set(data)
    assert data["verdict"] == proof_verdict("volume-form").value
    assert data["scope"] == "all N, all d"
    assert (data["counterexample"], data["diagnosis"], data["correction"]) == (None, None, None)
    assert judged(cli, "volume-form", RIGHT) == data
    assert data["guessed"] == []
    other = judged(cli, "svd-jacobian", "V(Sigma^2)")
    assert other["guessed"] == ["V is read as van: the product over i < l of x_i - x_l"]
    wrong = judged(cli, "volume-form", "det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))")
    assert wrong["verdict"] == "refuted"
    assert wrong["diagnosis"] == "off by a factor N^{d(d-1)/2}, which is missing"
    assert wrong["ratio"] == "1/2"
    assert wrong["correction"]["verdict"] == proof_verdict("volume-form").value
    example = wrong["counterexample"]
    assert set(example) == {"schema", "target", "statement", "N", "d", "point", "left", "right"}
    assert (example["N"], example["d"], example["left"], example["right"]) == (2, 2, "3", "3/2")


def test_the_list(cli: Cli) -> None:
    out = cli(["formula", "--list"]).out
    for name, quantity in QUANTITIES.items():
        assert f"{name}\n  quantity    {quantity.plain}\n  definition  " in out
    assert "van(Sigma) = prod(i<l, sigma[i] - sigma[l])" in out
    assert "never evaluated" in out
    assert out.isascii()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "got no formula, expected TARGET TEXT"),
        (["volume-form"], "got no formula"),
        (["volum-form", "1"], "did you mean volume-form?"),
        (["riemannian-cone", "0"], "'dlnproof explain riemannian-cone' shows what it says"),
        (["volume-form", "van(Sigma"], "it ends too early: '(' at column 4 is open"),
        (["eigenvalue", r"\lambda = \frac{1}{N"], "'{' at column 19 is open, expected '}'"),
        (["volume-form", "(N]"], "got ']' after '(N', expected"),
        (["volume-form", "N+"], "it ends too early, expected a whole formula"),
        (
            ["svd-jacobian", r"\prod_{i<j}|\sigma_i^2 - \sigma_j^2|^\beta"],
            r"got '\beta' after '_i^2 - \sigma_j^2|^', expected a number",
        ),
        (["svd-jacobian", r"\Sigma^\beta"], r'(at the command line, --let "\beta = N")'),
        (["volume-form", "os.system('x')"], "read as plain text"),
        (["volume-form", "1", "2"], "'2'"),
        (["--list", "volume-form"], "--list"),
        (["--list", "--scheduler", "tcp://127.0.0.1:1"], "--list: got other arguments"),
        (["volume-form", "1", "--json", "/nowhere/x.json"], "--json"),
        (["volume-form", "9" * 1_000_000], "expected at most 10000"),
    ],
)
def test_usage_errors_are_one_line_and_status_4(words: list[str], why: str, cli: Cli) -> None:
    err = cli.refused(["formula", *words])
    assert why in err
    assert err.startswith("dlnproof formula: ")
    assert err.count("\n") == 1


EXACT = "sqrt(van(Sigma**2) + 2)**2 - 2"


@pytest.mark.parametrize(
    ("text", "verdict"), [(EXACT, "exact"), ("exp(log(van(Sigma**2) + 2)) - 2", "enclosed")]
)
def test_what_is_only_equal_at_points_is_status_6(text: str, verdict: str, cli: Cli) -> None:
    out = cli(["formula", "svd-jacobian", text], IN_PART).out
    pairs = "N = 1, 2, d = 1..6; N = 3..6, d = 1..5; N = 7..12, d = 1, 2"
    assert f"\n{verdict} ({pairs})\n" in out
    data = judged(cli, "svd-jacobian", text)
    assert (data["verdict"], data["scope"]) == (verdict, pairs)
    assert data["pairs"] == [
        {"N": [1, 2], "d": [1, 2, 3, 4, 5, 6]},
        {"N": [3, 4, 5, 6], "d": [1, 2, 3, 4, 5]},
        {"N": [7, 8, 9, 10, 11, 12], "d": [1, 2]},
    ]


@pytest.mark.parametrize("verdict", ["proved", "derived"])
def test_what_is_decided_is_status_0_and_says_how(
    verdict: str, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    from dlnproof.core.verdict import Verdict

    monkeypatch.setattr(proofs, "proof_verdict", lambda claim: Verdict(verdict))
    out = cli(["formula", "volume-form", RIGHT]).out
    assert f"\n{verdict} (all N, all d, by the derivation of volume-form)\n" in out
    in_words = (
        "\n  the derivation of volume-form, or of a claim used there, takes premises in words\n"
    )
    assert (in_words in out) is (verdict == "derived")
    assert cli(["formula", "orbit-volume", ORBIT], FAILED).out.endswith(
        f"              {verdict}: all N, all d\n"
    )
    other = {"proved": "derived", "derived": "proved"}[verdict]
    assert other not in out


def test_without_its_claim_a_right_formula_is_status_6(
    monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    from dlnproof.core.verdict import Verdict

    monkeypatch.setattr(proofs, "proof_verdict", lambda claim: Verdict.UNDECIDED)
    assert (
        "the claim volume-form is neither proved nor derived"
        in cli(["formula", "volume-form", RIGHT], IN_PART).out
    )


def test_what_is_never_defined_is_status_1(cli: Cli) -> None:
    assert "vacuous" in cli(["formula", "svd-jacobian", "van(Sigma**2)/(d-d)"], FAILED).out


def test_a_contradiction_of_ours_is_status_3(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    from dlnproof.core.verdict import Verdict

    monkeypatch.setattr(trial, "decide", lambda target, tree: Outcome(Verdict.PROVED))
    assert "please report it" in cli(["formula", "svd-jacobian", "van(Sigma)"], INTERNAL).out


# --- replay ---------------------------------------------------------------------------------------


@pytest.fixture
def orbit(cli: Cli) -> dict[str, Any]:
    """The JSON of the orbit's volume without its root."""
    return judged(cli, "orbit-volume", ORBIT)


Replay = Callable[..., list[str]]


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    """The words that replay some data."""

    def words(data: Any, *more: str) -> list[str]:
        path = tmp_path / "given.json"
        path.write_text(json.dumps(data))
        return ["replay", str(path), *more]

    return words


@pytest.mark.parametrize("alone", [True, False])
def test_a_counterexample_is_confirmed_from_its_json_alone(
    alone: bool, orbit: dict[str, Any], replay: Replay, cli: Cli
) -> None:
    out = cli(replay(orbit["counterexample"] if alone else orbit)).out
    assert out.startswith(f"formula for orbit-volume: {ORBIT}\n")
    assert "left, from the definition: 4 * sqrt(10) * pi\n" in out
    assert "right, from the formula: 20 * sqrt(2) * pi\n  confirmed\n" in out
    assert out.endswith("1 of 1 counterexamples confirmed.\n")


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("volume-form", "van(Sigma)"),
        ("eigenvalue", "sigma[i]**2"),
        ("entropy", "N"),
        ("infinite-eigenvalue", "sigma[i]*sigma[l]"),
        ("infinite-volume-form", r"\pi"),
        ("metric-determinant", r"\frac{1}{\det(\Sigma)^{\frac{2}{3}}}"),
    ],
)
def test_every_kind_of_value_is_replayed(target: str, text: str, replay: Replay, cli: Cli) -> None:
    data = judged(cli, target, text)
    assert data["verdict"] == "refuted"
    done = json.loads(cli(replay(data["counterexample"], "--json", "-")).out)
    [found] = done["replayed"]
    assert (found["target"], found["confirmed"]) == (target, True)
    assert found["computed"] == found["file"]


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data.update(left="3"), "(in the file: 3)"),
        (lambda data: data.update(right="3"), "but with other values than those in the file"),
        (lambda data: data["point"].update(t=["3", "1"]), "but with other values"),
        (lambda data: data.update(target="svd-jacobian"), "but with other values"),
        (lambda data: data.update(statement="N"), "but with other values"),
        (
            lambda data: data.update(statement="c(d)**(N-1)*sqrt(van(Sigma**2)/van(Sigma**(2/N)))"),
            "left and right agree: the formula holds at this point",
        ),
        (lambda data: data.update(statement="1/(N-2)"), "the formula has no value there"),
        (
            lambda data: data.update(statement="sum(j,1,999,sum(k,1,999,1))"),
            "it cannot be computed here",
        ),
    ],
)
def test_a_tampered_one_is_not_confirmed(
    change: Change,
    why: str,
    orbit: dict[str, Any],
    replay: Replay,
    *,
    monkeypatch: pytest.MonkeyPatch,
    cli: Cli,
) -> None:
    monkeypatch.setattr("dlnproof.judge.replay.MOST_STEPS", 10**4)  # refused sooner
    change(orbit["counterexample"])
    out = cli(replay(orbit), FAILED).out
    assert why in out
    assert out.endswith("0 of 1 counterexamples confirmed.\n")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data.update(target="volume"), "target: got 'volume'"),
        (lambda data: data.update(target=3), "target"),
        (lambda data: data.update(statement="__import__('os')"), "formula: read as"),
        (lambda data: data.update(statement="(" * 10**6), "10000"),
        (lambda data: data.update(N="inf"), "Q"),
        (lambda data: data.update(N=200), ""),
        (lambda data: data.update(d=3), "t: got"),
        (lambda data: data["point"].update(t=["2", "0"]), "expected t_d > 0"),
        (lambda data: data["point"]["Q"][0][0].reverse(), "not orthogonal"),
        (lambda data: data.update(indices={"i": 1}), "indices"),
        (lambda data: data.update(left=3), "left"),
        (lambda data: data.update(schema="x"), "schema"),
    ],
)
def test_a_malformed_one_is_refused(
    change: Change,
    why: str,
    orbit: dict[str, Any],
    replay: Replay,
    cli: Cli,
) -> None:
    change(orbit["counterexample"])
    err = cli.refused(replay(orbit))
    assert why in err
    assert err.startswith("dlnproof replay: file ")


def test_the_json_of_an_older_version_is_refused_by_its_name(
    orbit: dict[str, Any], replay: Replay, cli: Cli
) -> None:
    err = cli.refused(replay({**orbit, "schema": "dlnproof-formula/1"}))
    assert 'got schema "dlnproof-formula/1", expected ' in err
    assert "dlnproof-formula/3" in err
    second = {key: value for key, value in orbit.items() if key != "guessed"}
    assert "confirmed" in cli(replay({**second, "schema": "dlnproof-formula/2"})).out


def test_a_counterexample_is_replayed_from_the_widest_place(replay: Replay, cli: Cli) -> None:
    wrong = "van(Sigma**2)*(1 + (d-1)*(d-2)*(d-3)*(d-4)*(d-5))"
    data = judged(cli, "svd-jacobian", wrong)
    assert (data["counterexample"]["N"], data["counterexample"]["d"]) == (1, 6)
    cli(replay(data))
    for target in TARGETS.values():
        for place in far_places(target):
            assert place.width <= MOST_FORMULA_WIDTH
            assert not target.finite or place.depth <= MOST_FORMULA_DEPTH


def test_indices_are_checked(replay: Replay, cli: Cli) -> None:
    data = judged(cli, "eigenvalue", "sigma[i]**2")["counterexample"]
    for indices in ({"i": 1}, {"i": 1, "l": 9}, {"i": 1, "l": "1"}, [1, 1]):
        assert "expected" in cli.refused(replay({**data, "indices": indices}))


def test_a_formula_that_holds_has_nothing_to_replay(replay: Replay, cli: Cli) -> None:
    data = judged(cli, "svd-jacobian", "van(Sigma**2)")
    assert "nothing to replay" in cli.refused(replay(data), NOTHING)
    assert "leave out --claim" in cli.refused(replay(data, "--claim", "svd-jacobian"))


def test_in_a_fresh_process(tmp_path: Path) -> None:
    def run(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dlnproof", *words],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
        )

    judged = run("formula", "svd-jacobian", "-", "--json", "-", text=r"\operatorname{van}(\Sigma)")
    assert (judged.returncode, judged.stderr) == (FAILED, "")
    done = run("replay", "-", text=judged.stdout)
    assert (done.returncode, done.stderr) == (OK, "")
