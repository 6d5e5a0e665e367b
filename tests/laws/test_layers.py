"""The house: each room imports only what stands below it, as pyproject.toml says."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).parents[2]


def checked(house: Path) -> subprocess.CompletedProcess[str]:
    """Check the layers of a package as it is installed, its folders of claims inside."""
    code = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=False
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    copytree(ROOT / "dlnproof", tmp_path / "dlnproof")
    for room in ("derivations", "checks", "referee"):
        copytree(ROOT / room, tmp_path / "dlnproof" / room)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def test_no_arrow_points_up_and_no_room_is_forgotten(house: Path) -> None:
    found = checked(house)
    assert found.returncode == 0, found.stdout
    assert "1 kept, 0 broken" in found.stdout


@pytest.mark.parametrize(
    ("room", "line", "said"),
    [
        ("core/engines.py", "from dlnproof.numeric.exact import points", "core is not allowed"),
        ("claims/schema.py", "def f():\n    import dlnproof.run.grid", "claims is not allowed"),
        ("attic/__init__.py", '"""A room that no layer names."""', "attic"),
    ],
)
def test_one_that_does_is_refused(house: Path, room: str, line: str, said: str) -> None:
    file = house / "dlnproof" / room
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n\n{line}\n")
    found = checked(house)
    assert found.returncode == 1
    assert said in " ".join(found.stdout.split())


def test_few_modules_stand_loose() -> None:
    assert len(list((ROOT / "dlnproof").glob("*.py"))) <= 10
