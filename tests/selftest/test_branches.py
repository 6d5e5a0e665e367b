"""What coverage by branches holds: an area that is short, and gaps that are not as listed."""

import linecache
from typing import Any

import branches
import pytest
from branches import amiss, gaps, share, summed

FILE = "dlnproof/core/side.py"
LINE = linecache.getline(str(branches.ROOT / FILE), 1).strip()
GAP = {"file": FILE, "line": LINE, "reason": "because"}


def report(lines: list[int], turns: list[list[int]]) -> dict[str, Any]:
    """Return a report of ten lines and ten turns in one file, but for those that are missing."""
    summary = {
        "num_statements": 10,
        "covered_lines": 10 - len(lines),
        "num_branches": 10,
        "covered_branches": 10 - len(turns),
    }
    return {
        "files": {FILE: {"summary": summary, "missing_lines": lines, "missing_branches": turns}}
    }


def test_lines_and_turns_count_alike() -> None:
    total = summed("dlnproof/core", report([1], [[1, 2]]))
    assert (total["lines_reached"], total["branches_taken"], share(total)) == (9, 9, 90)


@pytest.mark.parametrize(
    ("lines", "turns", "found"),
    [
        ([], [], []),
        ([1], [], [1]),
        ([], [[1, 2]], [1]),
        ([], [[1, -3]], [1]),
        ([2], [[1, 2]], [2]),  # the line says it
    ],
)
def test_gaps_are_lines_and_turns(
    lines: list[int], turns: list[list[int]], found: list[int]
) -> None:
    text = [linecache.getline(str(branches.ROOT / FILE), k).strip() for k in found]
    [seen] = report(lines, turns)["files"].values()
    assert list(gaps(FILE, seen)) == [(FILE, line) for line in text]


@pytest.mark.parametrize(
    ("lines", "plan", "said"),
    [
        ([], {}, []),
        ([1], {"gap": [GAP]}, []),
        ([1], {}, ["not reached, and not listed"]),
        ([], {"gap": [GAP]}, ["listed, and no gap"]),
        ([1], {"gap": [GAP | {"reason": " "}]}, ["no reason"]),
        ([1], {"gap": [GAP], "least": {"dlnproof/core": 96}}, ["95.00 %, expected 96 %"]),
        ([1], {"least": {"": 95}}, []),
        ([1], {"least": {"": 96}}, ["all: 95.00 %, expected 96 %"]),
        ([], {"least": {"dlnproof/nothing": 96}}, ["nothing was measured"]),
    ],
)
def test_what_is_amiss(lines: list[int], plan: dict[str, Any], said: list[str]) -> None:
    found = list(amiss(report(lines, []), {"least": {"dlnproof/core": 95}, **plan}))
    assert len(found) == len(said)
    assert all(words in line for words, line in zip(said, found, strict=True))
