"""The experiments of the examples, at small size: they show what they are there to show."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def printed(script: str, *words: str) -> list[list[str]]:
    """Return the words of each line that an example prints."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / script, *words], capture_output=True, text=True, check=True
    )
    return [line.split() for line in done.stdout.splitlines()]


def test_deeper_factors_find_the_matrix_of_low_rank() -> None:
    words = [
        "--size",
        "30",
        "--rank",
        "2",
        "--observed",
        "330",
        "--runs",
        "2",
        "--scales",
        "1e-3",
        "--depths",
        "2",
        "3",
    ]
    title, *_, two, three = printed("deep_matrix_factorization.py", *words)
    assert title[:7] == ["30", "x", "30", "of", "rank", "2", "(effective"]
    assert "330 entries observed" in " ".join(title)
    assert (two[0], three[0]) == ("2", "3")
    assert 2 * float(three[3]) < 2e-3 < float(two[3])
    *_, early, late = (float(word) for word in three[4:])
    assert float(three[4]) < early <= late + 0.1 < 2  # of rank two, one singular value first


def test_the_entry_grows_where_the_determinant_stays_positive(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    words = ["--runs", "3", "--deviations", "1e-1", "--error", "1e-3", "--depths", "2"]
    plot = tmp_path / "norm.png"
    _, _, bound, flow, descent = printed("norm_figure.py", *words, "--plot", str(plot))
    limits = [float(word) for word in bound[1:]]
    grown = [float(word) for word in flow[4:8]]
    assert limits == sorted(limits)
    assert all(limit < w11 for limit, w11 in zip(limits, grown, strict=True))
    assert flow[-3:] == ["3", "of", "3"]
    assert descent[-3:] == ["0", "of", "3"]
    assert float(descent[6]) < 1 < limits[-1]
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.long  # sixteen experiments
def test_noise_along_orbits_finds_larger_ones_and_outcomes_lie_where_they_are_small() -> None:
    lines = [" ".join(words) for words in printed("orbit_volume.py", "--runs", "60")]
    assert lines[0] == "60 runs of each, seed 0, to the time 1"
    questions = [k for k, line in enumerate(lines) if line.endswith(":")]
    assert lines[questions[0]] == "log vol(O_W) larger with noise along the orbits than without:"
    assert [line.rpartition(", ")[2] for line in lines if "depth 10" in line] == [
        "observed", "observed", "not observed", "not observed", "observed", "observed",
    ]  # fmt: skip
    assert questions == [1, 10, 19]
    assert len(lines) == 28


NOISE = (EXAMPLES.parent / "docs" / "noise.md").read_text(encoding="utf-8")


def test_the_page_on_noise_runs() -> None:
    [block] = re.findall(r"```python\n(.*?)```", NOISE, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, check=True)
    assert done.stdout == "(100,)\n"


@pytest.mark.long  # ten seconds of a processor
def test_the_page_on_noise_prints_what_its_example_does() -> None:
    said = [
        line.split()
        for line in NOISE.partition("$ python examples/orbit_volume.py\n")[2].splitlines()
    ]
    found = printed("orbit_volume.py")
    assert said[: len(found)] == found
