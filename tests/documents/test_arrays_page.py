"""What docs/arrays.md shows runs, each block by itself, as far as its libraries are installed."""

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "arrays.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


KNOWN = ("torch", "jax", "pymanopt", "geoopt", "geomstats")


def libraries(block: str) -> list[str]:
    return [name for name in KNOWN if f"import {name}" in block]


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, marks=[pytest.mark.long] if "import jax" in block else [])
        for block in BLOCKS
    ],
    ids=[", ".join(libraries(block)) or "numpy" for block in BLOCKS],
)
def test_block(block: str) -> None:
    modules = {n: pytest.importorskip(n, exc_type=ImportError) for n in libraries(block)}
    jax: Any = modules.get("jax")
    before = jax and jax.config.jax_enable_x64
    names: dict[str, Any] = {}
    try:
        exec(block, names)
    finally:
        if jax:
            jax.config.update("jax_enable_x64", before)
    if "value.backward()" in block:
        import numpy as np

        import dlnproof

        W = names["W"]
        expected = dlnproof.log_volume_density_gradient(W.detach().numpy(), 3)
        np.testing.assert_allclose(W.grad.numpy(), expected, rtol=1e-9, atol=1e-12)
    if "hessian" in names:
        assert bool(jax.numpy.isfinite(names["hessian"]).all())
        assert bool(jax.numpy.isfinite(names["gradient"]).all())
    if "ConjugateGradient" in block:
        assert names["loss"](names["W"]) < 1e-6
    if "results" in names:
        assert len(names["results"]) == 3
        assert names["result"].entries == "float64"


def test_the_page_has_them_all() -> None:
    assert {name for block in BLOCKS for name in libraries(block)} == set(KNOWN)
    assert any(not libraries(block) for block in BLOCKS)
