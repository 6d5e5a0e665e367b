"""``dlnproof train``: a user's own problem in, runs out, whatever happens in between."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from conftest import Cli

from dlnproof.cli.main import main
from dlnproof.documents.layout import Screen
from dlnproof.documents.outcomes import outcomes_text
from dlnproof.errors import FAILED, INTERRUPTED, OK, USAGE
from dlnproof.training import Completion, Ending, Runs, batches, load, train
from dlnproof.training.store import Kept

CORNER = ["--observe", "1,2=1", "--observe", "2,1=1", "--observe", "2,2=0"]
SMALL = ["--depth", "2", "--runs", "6", "--scale", "0.1", "--stop-loss", "1e-3"]
NOISY = ["--depth", "3", "--runs", "6", "--scale", "1", "--method", "langevin", "--beta", "5"]
NOISY += ["--max-steps", "50"]
DESCENT = [*SMALL, "--method", "descent", "--lr", "0.1"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


def test_noise_on_a_users_problem(here: Path, cli: Cli) -> None:
    words = ["train", *CORNER, *NOISY, "--kappa", "1/2", "--at-time", "1/100", "-o", "runs.npz"]
    out, err = cli(words)
    assert err == ""
    lines = out.splitlines()
    assert " ".join(lines[1:3]).startswith(
        "Langevin's equation, beta 5, kappa 0.5, vertical 1, engine power, depth 3, 6 runs"
    )
    assert "seed 0, 50 steps of 0.001" in " ".join(map(str.strip, lines))
    assert ["sampled", "6"] in [line.split() for line in lines]
    assert "Time 0.01 reached by 6 of 6 runs." in out
    runs = load("runs.npz")
    assert (runs.settings["kappa"], runs.settings["step"]) == (0.5, 1e-3)
    again = train(runs.problem, **runs.settings)
    assert (again.W == runs.W).all()


@pytest.mark.parametrize("engine", ["euler", "factors"])
def test_runs_that_come_to_det_0_are_told(here: Path, cli: Cli, engine: str) -> None:
    words = ["train", *CORNER, *NOISY, "--step", "1/10", "--engine", engine, "-o", "runs.npz"]
    out, err = cli(words)
    assert err == ""
    told = f"runs came to det W = 0, where the engine {engine} stops; --engine power goes on."
    assert told in " ".join(out.split())


def test_noise_that_diverges_says_which_option_helps(here: Path, cli: Cli) -> None:
    words = ["train", *CORNER, *NOISY, "--scale", "30", "--step", "1", "-o", "runs.npz"]
    out, _ = cli(words, FAILED)
    assert "diverged with step 1; try a smaller --step." in " ".join(out.split())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--beta", "-1"], "beta: got -1.0, expected a finite number >= 0"),
        (["--kappa", "x"], "1e-3 or 7/3 in ASCII digits\n"),
        (["--step", "0"], "step: got 0.0, expected a finite number > 0"),
        (["--stop-loss", "1e-3"], "stop_loss: got 0.001 with langevin, whose loss comes and goes"),
        (["--depth", "inf", "--engine", "power"], "depth: got infinity with the engine power"),
        (["--method", "flow"], "beta: got 5.0 with flow, which has no noise; expected none"),
    ],
)
def test_noise_that_cannot_be_is_refused_in_one_line(
    here: Path, cli: Cli, more: list[str], said: str
) -> None:
    out, err = cli(["train", *CORNER, *NOISY, *more, "-o", "runs.npz"], USAGE)
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1


def test_the_flow_of_a_users_problem(here: Path, cli: Cli) -> None:
    words = ["train", *CORNER, *SMALL, "--at-loss", "1e-1,1/100", "--at-time", "1e6,0"]
    words += ["-o", "runs.npz"]
    out, err = cli(words)
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "2 x 2: W_12 = 1, W_21 = 1, W_22 = 0"
    assert lines[1].startswith("gradient flow of the end-to-end matrix, depth 2, 6 runs from W(0)")
    assert ["reached", "6"] in [line.split() for line in lines]
    assert "det W > 0 in" in out
    assert "Loss 0.1 reached by 6 of 6 runs." in out
    assert "Time 0 reached by 6 of 6 runs." in out
    assert "Time 1e+06 reached by 0 of 6 runs." in out
    assert lines[-1] == "Written: runs.npz and runs.json"
    assert names(here) == ["runs.json", "runs.npz"]
    with np.load("runs.npz") as arrays:
        assert arrays["W"].shape == (6, 2, 2)
        assert arrays["W_at"].shape == (6, 2, 2, 2)
        assert arrays["levels"].tolist() == [0.1, 0.01]
        assert arrays["W_at_time"].shape == (6, 2, 2, 2)
        assert arrays["times"].tolist() == [0, 1e6]
        np.testing.assert_allclose(arrays["loss"], 1e-3, rtol=1e-5)
    described = json.loads(Path("runs.json").read_text())
    assert described["problem"]["observed"][0] == {"entry": [1, 2], "value": 1.0}
    assert described["settings"]["method"] == "flow"


@pytest.mark.parametrize(
    ("words", "engine"),
    [([], "stiff"), (["--engine", "explicit"], "explicit"), (["--method", "descent"], "lanes")],
)
def test_what_computes_is_chosen_and_said(cli: Cli, words: list[str], engine: str) -> None:
    cli(["train", *CORNER, *SMALL, *words, "-o", "x.npz"])
    assert load("x.npz").settings["engine"] == engine


def test_a_rectangular_problem_descends_by_default(cli: Cli) -> None:
    words = ["train", *CORNER, "--observe", "2,4=1/2", "--shape", "2x4", "--lr", "1/8", *SMALL]
    assert "gradient descent on balanced factors, lr 0.125" in cli([*words, "-o", "x.npz"]).out
    runs = load("x.npz")
    expected = train(
        Completion((2, 4), {(0, 1): 1, (1, 0): 1, (1, 1): 0, (1, 3): 0.5}),
        depth=2,
        runs=6,
        scale=0.1,
        stop_loss=1e-3,
        lr=0.125,
    )
    np.testing.assert_array_equal(runs.W, expected.W)
    assert runs.settings == expected.settings


def test_unbalanced_descent_and_infinite_depth() -> None:
    assert main(["train", *CORNER, *DESCENT, "--init", "unbalanced", "-o", "u.npz"]) == OK
    assert main(["train", *CORNER, *SMALL, "--depth", "inf", "-o", "inf.npz"]) == OK
    assert load("u.npz").settings["init"] == "unbalanced"
    assert load("inf.npz").settings["depth"] == "inf"


def test_a_problem_from_a_file_with_its_truth(cli: Cli) -> None:
    Path("o.csv").write_text("w1;w2;w3\n1;;3\n;2;\n0,5;;\n")
    Path("t.txt").write_text("1 2 3\n2 2 2\n.5 1 1.5\n")
    out, err = cli(["train", "--observe-file", "o.csv", "--truth", "t.txt", *SMALL, "-o", "x.npz"])
    assert err == ""
    assert out.splitlines()[0] == "3 x 3: W_11 = 1, W_13 = 3, W_22 = 2, W_31 = 0.5"
    runs = load("x.npz")
    assert isinstance(runs.problem, Completion)
    assert runs.problem.observed == {(0, 0): 1, (0, 2): 3, (1, 1): 2, (2, 0): 0.5}
    assert runs.problem.truth.tolist() == [[1, 2, 3], [2, 2, 2], [0.5, 1, 1.5]]
    row = ["error,", "unobserved", f"{runs.errors['error_unobserved'].min():.4g}"]
    assert row in [line.split()[:3] for line in out.splitlines()]
    assert "Errors are half the mean of (W_ij - T_ij)^2 over these entries, T the truth." in out
    lines = [f"{i + 1},{j + 1},{b}" for (i, j), b in runs.problem.observed.items()]
    Path("c.csv").write_text("\n".join(lines))
    main(["train", "--observe-coordinates", "c.csv", *SMALL, "-o", "y.npz"])
    np.testing.assert_array_equal(load("y.npz").W, runs.W)


def test_measurements_from_a_file(cli: Cli) -> None:
    A, truth = np.random.default_rng(0).standard_normal((5, 3, 3)), np.outer([1, 2, 3], [1, 0, 1])
    np.savez("s.npz", A=A, y=np.einsum("kij,ij->k", A, truth))
    np.save("t.npy", truth)
    words = ["train", "--sensing", "s.npz", "--truth", "t.npy", *SMALL, "--init", "orthogonal"]
    out, _ = cli([*words, "-o", "x.npz"])
    assert out.splitlines()[0] == "3 x 3: 5 measurements <A_k, W> = y_k"
    assert "6 runs from orthogonal W(0) of scale 0.1" in out
    assert "error, all entries" in out
    assert "error, unobserved" not in out
    runs = load("x.npz")
    assert runs.reached.all()
    np.testing.assert_array_equal(runs.problem.truth, truth)


def test_hidden_widths_and_the_papers_starts(cli: Cli) -> None:
    few = ["train", *CORNER, *DESCENT, "--max-steps", "9"]
    words = [*few, "--depth", "3", "--init", "gaussian", "--hidden", "5,4"]
    out, _ = cli([*words, "-o", "x.npz"])
    assert "gradient descent on gaussian factors of hidden widths 5,4, lr 0.1, depth 3" in out
    assert load("x.npz").settings["hidden"] == [5, 4]
    main([*few, "--depth", "4", "--hidden", "5", "-o", "y.npz"])
    assert load("y.npz").settings["hidden"] == [5, 5, 5]


def test_jobs_change_nothing() -> None:
    words = ["train", *CORNER, *DESCENT, "--runs", "400"]
    assert main([*words, "--jobs", "1", "-o", "one.npz"]) == OK
    assert main([*words, "--jobs", "2", "-o", "two.npz"]) == OK
    assert Path("one.npz").read_bytes() == Path("two.npz").read_bytes()


def test_divergence_is_status_1_and_the_others_are_written(
    cli: Cli,
) -> None:
    words = ["train", *CORNER, *DESCENT, "--runs", "40", "--scale", "1.5", "--lr", "0.6"]
    out, err = cli([*words, "-o", "x.npz"], FAILED)
    assert err == ""
    runs = load("x.npz")
    diverged = int((runs.ending == Ending.DIVERGED).sum())
    assert 0 < diverged < 40
    assert f"{diverged} of 40 runs diverged with lr 0.6; try a smaller --lr." in out
    assert runs.reached.any()
    assert np.isfinite(runs.W).all()


def test_unfinished_runs_are_no_failure(cli: Cli) -> None:
    assert (
        "6 of 6 runs were not finished"
        in cli(["train", *CORNER, *DESCENT, "--max-steps", "3", "-o", "x.npz"]).out
    )


OUTPUT = ["-o", "x.npz"]


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        ([*SMALL, *OUTPUT], ["--observe: got none", "--observe-file"]),
        ([*CORNER, "--observe-file", "o.csv", *SMALL, *OUTPUT], ["got --observe and --observe-fi"]),
        (["--observe-file", "none.csv", *SMALL, *OUTPUT], ["'none.csv': cannot be read"]),
        (["--observe-file", "o.csv", *SMALL, *OUTPUT], ["'o.csv': values: got all 4 entries"]),
        ([*CORNER, "--truth", "o.csv", "--shape", "2x3", *SMALL, *OUTPUT], ["got shape (2, 2)"]),
        (["--observe-file", "p.csv", "--shape", "3x2", *SMALL, *OUTPUT], ["expected (3, 2)"]),
        (["--observe-file", "p.csv", "--shape", "2", *SMALL, *OUTPUT], ["--shape: got '2'"]),
        (["--observe-coordinates", "o.csv", *SMALL, *OUTPUT], ["got rows of 2 entries"]),
        (["--sensing", "o.csv", *SMALL, *OUTPUT], ["got no .npz file, expected an .npz with"]),
        (["--sensing", "o.csv", "--shape", "2x2", *SMALL, *OUTPUT], ["--shape: got one with --s"]),
        ([*CORNER, *DESCENT, "--hidden", "0", *OUTPUT], ["--hidden: got '0', expected an integer"]),
        ([*CORNER, *DESCENT, "--hidden", "3,x", *OUTPUT], ["--hidden: got 'x'"]),
        ([*CORNER, *DESCENT, "--hidden", "3,4", *OUTPUT], ["got 2 widths at depth 2"]),
        ([*CORNER, *SMALL, "--hidden", "3,4", *OUTPUT], ["hidden: got 2 widths at depth 2"]),
        (["--observe", "1,2", *SMALL, *OUTPUT], ["--observe: got '1,2'", "I,J=B"]),
        (["--observe", "0,1=1", *SMALL, *OUTPUT], ["got '0,1=1'", "count from one"]),
        (["--observe", "1,9999=1", *SMALL, *OUTPUT], ["indices from 1 to 1000"]),
        (["--observe", "1,1=nan", *SMALL, *OUTPUT], ["--observe: got 'nan'", "finite number"]),
        (["--observe", "1,1=1e999", *SMALL, *OUTPUT], ["below 1.8e308"]),
        (["--observe", "1,1=1/0", *SMALL, *OUTPUT], ["denominator 0"]),
        (["--observe", "1,1=x", *SMALL, *OUTPUT], ["--observe: got 'x'"]),
        ([*CORNER, "--observe", "1,2=2", *SMALL, *OUTPUT], ["got '1,2=1' and '1,2=2'"]),
        ([*CORNER, "--shape", "1x2", *SMALL, *OUTPUT], ["the entry (2, 1)", "--shape 1x2"]),
        ([*CORNER, "--shape", "2", *SMALL, *OUTPUT], ["--shape: got '2'"]),
        ([*CORNER, "--shape", "0x2", *SMALL, *OUTPUT], ["--shape: got '0x2'"]),
        ([*CORNER, "--runs", "2", *OUTPUT], ["--depth"]),
        ([*CORNER, *SMALL], ["-o"]),
        ([*CORNER, *SMALL, "--depth", "0", *OUTPUT], ["--depth: got '0'"]),
        ([*CORNER, *SMALL, "--runs", "0", *OUTPUT], ["--runs: got '0'"]),
        ([*CORNER, *SMALL, "--scale", "0", *OUTPUT], ["scale: got 0.0"]),
        ([*CORNER, *SMALL, "--scale", "nan", *OUTPUT], ["--scale: got 'nan'"]),
        ([*CORNER, *SMALL, "--seed", "-1", *OUTPUT], ["--seed: got '-1'"]),
        ([*CORNER, *SMALL, "--method", "newton", *OUTPUT], ["method: got 'newton'"]),
        ([*CORNER, *SMALL, "--init", "zero", *OUTPUT], ["init: got 'zero'"]),
        ([*CORNER, *SMALL, "--init", "unbalanced", *OUTPUT], ["init: got 'unbalanced'"]),
        ([*CORNER, *SMALL, "--lr", "0.1", *OUTPUT], ["lr: got 0.1 with the flow"]),
        ([*CORNER, *DESCENT, "--lr", "0", *OUTPUT], ["lr: got 0.0"]),
        ([*CORNER, *DESCENT, "--lr=-0.1", *OUTPUT], ["lr: got -0.1"]),
        ([*CORNER, *DESCENT, "--lr", "nan", *OUTPUT], ["--lr: got 'nan'"]),
        ([*CORNER, *DESCENT, "--depth", "inf", *OUTPUT], ["depth: got infinity with descent"]),
        ([*CORNER, *DESCENT, "--depth", "1" * 15, *OUTPUT], ["at most 1000 layers"]),
        ([*CORNER, "--depth", "1" * 20, *OUTPUT], ["depth: got one above 9223372036854775807"]),
        (
            [*CORNER, *SMALL, "--shape", "2x3", "--method", "flow", "--depth", "inf", *OUTPUT],
            ["depth: got infinity for 2 x 3 matrices of rank 2"],
        ),
        ([*CORNER, *SMALL, "--stop-loss", "-1", *OUTPUT], ["stop_loss: got -1.0"]),
        ([*CORNER, *SMALL, "--at-loss", "0.1,", *OUTPUT], ["--at-loss: got ''"]),
        ([*CORNER, *SMALL, "--at-loss", "0", *OUTPUT], ["at_loss: got 0.0"]),
        ([*CORNER, *SMALL, "--at-time=0,-1", *OUTPUT], ["at_time: got -1.0"]),
        ([*CORNER, *SMALL, "--max-steps", "0", *OUTPUT], ["--max-steps: got '0'"]),
        ([*CORNER, *SMALL, "--jobs", "0", *OUTPUT], ["--jobs: got '0'"]),
        ([*CORNER, *SMALL, "-o", "x.txt"], ["-o: got 'x.txt'", "ends in .npz"]),
        ([*CORNER, *SMALL, "-o", "-"], ["-o: got '-'", "ends in .npz"]),
        ([*CORNER, *SMALL, "-o", "nowhere/x.npz"], ["'nowhere' is not a directory"]),
        (
            ["--observe", "1,1=1", "--shape", "1000x1000", *SMALL, "--runs", "100000", *OUTPUT],
            ["runs: got 100,000 of 1000x1000 matrices, which no memory holds"],
        ),
        ([*CORNER, *SMALL, "-o", "taken.npz"], ["taken.npz.partial", "is a file"]),
    ],
)
def test_bad_input_is_one_line_and_status_4_before_any_run(
    words: list[str],
    fragments: list[str],
    here: Path,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(chunk: object) -> Runs:
        raise AssertionError("a run was started")

    monkeypatch.setattr(batches, "run_chunk", fail)
    Path("taken.npz.partial").touch()
    Path("o.csv").write_text("1,2\n3,4\n")
    Path("p.csv").write_text("1,\n3,4\n")
    out, err = cli(["train", *words], USAGE)
    assert out == ""
    assert err.count("\n") == 1
    for fragment in fragments:
        assert fragment in err
    assert names(here) == ["o.csv", "p.csv", "taken.npz.partial"]


def test_an_entry_may_be_given_twice_with_one_value() -> None:
    words = ["train", "--observe", "1,1=0.5", "--observe", "1,1=1/2", *SMALL, "-o", "x.npz"]
    assert main(words) == OK
    assert load("x.npz").problem == Completion((1, 1), {(0, 0): 0.5})


LONG = [
    *("train", *CORNER, "--depth", "2", "--runs", "1024", "--scale", "0.1", "--method", "descent"),
    *("--stop-loss", "0", "--max-steps", "10000", "--jobs"),
]
"""Four chunks, which take longer than it takes to notice the first."""


def started(jobs: str) -> subprocess.Popen[str]:
    """Return a process that trains, once its first chunk is finished."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dlnproof", *LONG, jobs, "-o", "x.npz"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 600  # it hangs
    while not list(Path().glob("x.npz.partial/*/0*.npz")):
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
    return process


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_run_goes_on_from_what_is_finished(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started("1") as process:
        process.kill()
        process.communicate()
    finished = len(list(Path().glob("x.npz.partial/*/0*.npz")))
    assert "x.npz" not in names(here)
    trained: list[int] = []
    run_chunk = batches.run_chunk

    def counted(chunk: batches.Chunk) -> Runs:
        trained.append(chunk.index)
        return run_chunk(chunk)

    monkeypatch.setattr(batches, "run_chunk", counted)
    assert main([*LONG, "1", "-o", "x.npz"]) == OK
    assert len(trained) == 4 - finished < 4
    assert names(here) == ["x.json", "x.npz"]
    assert main([*LONG, "1", "-o", "y.npz"]) == OK
    assert Path("x.npz").read_bytes() == Path("y.npz").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_one_line_and_keeps_what_is_finished(here: Path, number: int) -> None:
    with started("2") as process:
        process.send_signal(number)
        out, err = process.communicate(timeout=600)
    assert process.returncode == INTERRUPTED
    assert out == ""
    assert err.splitlines() == [
        "dlnproof train: interrupted; finished runs are kept; the same command goes on from them"
    ]
    assert names(here) == ["x.npz.partial"]


def test_an_interrupt_after_the_work_says_that_all_is_written(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(kept: Kept) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Kept, "remove", interrupted)
        out, err = cli(["train", *CORNER, *DESCENT, "-o", "x.npz"], INTERRUPTED)
    assert out == ""
    assert err == "dlnproof train: interrupted; all runs are written: x.npz and x.json\n"
    written = Path("x.npz").read_bytes()
    assert main(["train", *CORNER, *DESCENT, "-o", "x.npz"]) == OK
    assert names(here) == ["x.json", "x.npz"]
    assert Path("x.npz").read_bytes() == written


def test_lost_runs_are_status_1_and_tried_again(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(waiting: list[batches.Chunk], *_: object) -> list[tuple[batches.Chunk, Exception]]:
        return [(chunk, RuntimeError("killed")) for chunk in waiting]

    with monkeypatch.context() as patched:
        patched.setattr(batches, "_attempt", lose)
        out, err = cli(["train", *CORNER, *DESCENT, "-o", "x.npz"], FAILED)
    assert "6 of 6 runs were lost; the same command tries them again." in out
    assert "det W" not in out
    assert err == (
        "dlnproof train: 6 runs are lost, their chunk failed twice: RuntimeError('killed')\n"
    )
    assert main(["train", *CORNER, *DESCENT, "-o", "x.npz"]) == OK
    assert names(here) == ["x.json", "x.npz"]


@pytest.mark.parametrize("width", [None, 120, 80, 40])
def test_the_summary_fits_the_screen(width: int | None) -> None:
    observed = {(i, j): 1 / (i + j + 1) for i in range(11) for j in range(3)}
    problem = Completion((11, 11), observed)
    runs = train(problem, depth=2, runs=3, scale=0.1, lr=0.1, method="descent", max_steps=5)
    text = outcomes_text(runs, Screen(width))
    assert "W_1,1 = 1" in text
    assert "and 21 more" in " ".join(text.split())
    assert max(len(line) for line in text.splitlines()) <= (width or 100)


@pytest.mark.parametrize("words", [["train", "--help"]])
def test_help_is_immediate_and_says_what_the_status_means(words: list[str]) -> None:
    code = (
        "import sys\nfrom dlnproof.cli.main import main\nassert main(sys.argv[1:]) == 0\n"
        "sys.stderr.write(' '.join({'numpy', 'flint', 'json'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert "Exit status 1" in " ".join(done.stdout.split())
