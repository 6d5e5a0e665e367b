"""Start-up stays short because heavy packages are loaded when they are needed, and not before."""

import subprocess
import sys
from collections.abc import Set
from functools import cache
from pathlib import Path

import pytest

from dlnproof.cli.main import VERBS

SLOW = {"sympy", "numpy", "scipy", "flint", "mpmath", "importlib.metadata"}


@cache
def loaded(code: str, *arguments: str) -> frozenset[str]:
    """Return which modules a fresh interpreter has loaded after running the code."""
    listed = "\nimport sys; sys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code + listed, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(done.stderr.split("\n"))


RUN = "import sys; from dlnproof.cli.main import main; assert main(sys.argv[1:]) == 0"


def test_importing_the_package_loads_nothing_slow() -> None:
    modules = loaded("import dlnproof")
    assert not SLOW & modules
    assert {name for name in modules if name.startswith("dlnproof.")} == {"dlnproof.version"}


def test_numpys_arrays_load_no_other_library() -> None:
    code = "import dlnproof; dlnproof.log_volume_density([[2, 0], [0, 1]], 2)"
    modules = loaded(code)
    assert "numpy" in modules
    assert not {"array_api_compat", "torch", "jax"} & modules


REGISTRY = {"dlnproof", "dlnproof.version", "dlnproof.errors", "dlnproof.cli"} | {
    f"dlnproof.cli.{name}" for name in ("main", "signals", "scarce")
}
OUTPUT = {"dlnproof.files", "dlnproof.files.output"}  # what was printed is on its way
OPTIONS = {"dlnproof.cli.options", "dlnproof.cli.shared", "dlnproof.limits", "dlnproof.depth"}
MORE = {
    "figure": {"dlnproof.documents", "dlnproof.documents.figures"},
    "train": {f"dlnproof.training{name}" for name in ("", ".settings", ".engines")},
}
"""What the options of a verb are made of beside."""


def ours(modules: Set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "dlnproof"}


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([v, "--help"] for v in VERBS)])
def test_help_loads_argparse_and_little_else(words: list[str]) -> None:
    modules = loaded(RUN, *words) - loaded("pass")  # an editable install's hooks load some
    assert "argparse" in modules
    verb = words[0].removeprefix("--")
    slow = SLOW | {"shutil", "json", "tempfile", "pathlib", "locale"}
    if verb != "train":  # its options are the fields of a dataclass
        slow |= {"dataclasses", "typing"}
    assert not slow & modules
    its = {f"dlnproof.cli.{verb}"} | OPTIONS | MORE.get(verb, set()) if verb in VERBS else set()
    found = ours(modules)
    assert REGISTRY | OUTPUT <= found <= REGISTRY | OUTPUT | its


def test_a_verb_that_is_none_loads_the_registry_alone() -> None:
    code = "from dlnproof.cli.main import main; import os; sys = __import__('sys')\n"
    code += "err, sys.stderr = sys.stderr, open(os.devnull, 'w')\n"
    code += "assert main(['chekc']) == 4\nsys.stderr = err"
    assert ours(loaded(code)) == REGISTRY


def test_list_loads_no_arithmetic_packages() -> None:
    assert not {"sympy", "numpy", "scipy"} & loaded(RUN, "list")


def test_evaluating_text_loads_neither_sympy_nor_numpy(tmp_path: Path) -> None:
    path = tmp_path / "W.txt"
    path.write_text("2 0\n0 1\n")
    modules = loaded(RUN, "evaluate", str(path), "--depth", "2")
    assert "flint" in modules
    assert not {"sympy", "numpy", "scipy"} & modules


def test_every_public_name_is_found_on_first_use() -> None:
    import dlnproof

    for name in dlnproof.__all__:
        assert getattr(dlnproof, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = dlnproof.nonsense
