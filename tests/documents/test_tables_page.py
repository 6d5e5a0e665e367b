"""What docs/tables.md shows runs, each block by itself, as far as its libraries are installed."""

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
LIBRARIES = ("pandas", "xarray", "networkx")


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_block(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = BLOCKS[number]
    for library in LIBRARIES:
        if f"import {library}\n" in block:
            pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(block, names)
    written = {path.name for path in tmp_path.iterdir()}
    assert written == set(re.findall(r'save\w*\(.*?"([\w.]+)"\)', block))
    if "graph" in names:
        assert "metric-diagonalization" in names["graph"]
    if "report" in names:
        assert names["report"].imbalance > 0.1


def test_the_page_has_them_all() -> None:
    assert len(BLOCKS) == 8
