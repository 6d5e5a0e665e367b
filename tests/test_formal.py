"""The table of the formal development: its claims, its files, and its formulas by their numbers."""

import json
import subprocess
import sys
from pathlib import Path

from dlnproof.claims import CLAIMS
from dlnproof.report.formal import theorems

FORMAL = Path(__file__).parent.parent / "formal"
THEOREMS = json.loads((FORMAL / "theorems.json").read_text())


def test_each_theorem_is_about_a_claim_and_stands_in_its_file() -> None:
    assert len(THEOREMS) > 50
    for theorem in THEOREMS:
        assert theorem["claim"] in CLAIMS
        text = (FORMAL / theorem["file"]).read_text()
        assert theorem["statement"] in text
        assert theorem["says"].isascii()


def test_each_claim_has_one_headline() -> None:
    headlines = [theorem["claim"] for theorem in THEOREMS if theorem.get("headline")]
    assert sorted(headlines) == sorted({theorem["claim"] for theorem in THEOREMS})
    [first, *_] = theorems("volume-form")
    assert (first.theorem, first.headline) == ("volume_form", True)
    assert theorems("norm-divergence") == []


def test_no_gap_is_left() -> None:
    for path in FORMAL.glob("*.v"):
        for word in ("Admitted", "admit.", "Axiom ", "Parameter ", "Conjecture "):
            assert word not in path.read_text(), path


def test_the_formulas_agree_with_numbers_and_spoilt_ones_do_not() -> None:
    done = subprocess.run(
        [sys.executable, str(FORMAL / "crosscheck.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
