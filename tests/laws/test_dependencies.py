"""What is imported is what is asked for: no more, no less."""

import ast
import re
import sys
import tomllib
from pathlib import Path

from dlnproof.record.record import Environment

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
MODULES = {"python-flint": "flint", "array-api-compat": "array_api_compat"}
"""The modules of distributions that are not called like them."""


NOTEBOOK = {"IPython"}
"""Only where it runs already."""
CALLERS = {"torch", "jax", "pymanopt", "geoopt"}
"""Only for those who come with arrays of theirs, or ask for an adapter."""
TABLES = {"pandas", "xarray", "pyarrow"}
"""Only for those who ask for their tables."""
BENEATH = {"mpmath"}
"""What sympy computes with: its version is in every record."""


def modules(requirements: list[str]) -> set[str]:
    """Return what can be imported where these are installed."""
    names = [re.split(r"[<>=~!\[ ]", requirement)[0] for requirement in requirements]
    return {MODULES.get(name, name) for name in names}


def imported() -> set[str]:
    """Return the packages of others that are imported anywhere in what is installed."""
    found: set[str] = set()
    for folder in ("dlnproof", "derivations", "checks"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"dlnproof"}


def test_what_is_imported_is_required_and_what_is_required_is_imported() -> None:
    required = modules(PROJECT["dependencies"])
    extras = PROJECT["optional-dependencies"]
    optional = modules([x for extra in ("figures", "cluster", "completion") for x in extras[extra]])
    assert imported() | BENEATH == required | optional | NOTEBOOK | CALLERS | TABLES


def test_records_name_versions_of_what_is_required() -> None:
    required = {re.split(r"[<>=]", requirement)[0] for requirement in PROJECT["dependencies"]}
    assert set(Environment.here().packages) <= required
