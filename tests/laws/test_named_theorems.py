"""Theorems of the literature: each has a book and a place in it, and an addition is announced."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from dlnproof import kernel
from dlnproof.kernel.theorem import Named

ROOT = Path(__file__).parents[2]
MODULES = [
    importlib.import_module(f"{kernel.__name__}.{m.name}")
    for m in pkgutil.iter_modules(kernel.__path__)
]
NAMED = sorted(
    {x for module in MODULES for x in vars(module).values() if isinstance(x, Named)},
    key=lambda named: named.name,
)


def test_every_named_theorem_is_found() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "dlnproof/kernel").glob("*.py"))
    assert len(re.findall(r"\bNamed\(", sources)) == len(NAMED)


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.name)
def test_it_has_a_book_with_a_number_and_a_line_of_the_changelog(named: Named) -> None:
    assert re.search(r"[A-Z][a-z]+.*\d", named.book), named
    words = " ".join((ROOT / "CHANGELOG.md").read_text().lower().split())
    assert named.name.lower() in words
