"""How much a paper costs: forty pages with thirty marked formulas, new, again, and after an edit.

    python benchmarks/paper.py

prints the processor time of ``dlnproof paper`` in a fresh process: with an empty cache of
judgements, with a full one, and where one formula has changed since. A third of the formulas are
wrong. Target: 5 s for each.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PAIRS = r"\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}"
FORMULAS = {
    "eigenvalue": r"\frac1N\sum_{j=1}^N(\sigma_i^2)^{\frac{N-j}N}(\sigma_l^2)^{\frac{j-1}N}",
    "operator-trace": rf"\sum_i\sigma_i^{{2-\frac2N}}+\frac2N\sum_{{i<l}}{PAIRS}",
    "metric-entry": r"N\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}",
    "volume-form": r"N^{\frac{d(d-1)}2}\det(\Sigma^2)^{\frac{1-N}{2N}}\van(\Sigma^{2/N})",
    "svd-jacobian": r"\prod_{i<l}(\sigma_i^2-\sigma_l^2)",
    "orbit-volume": r"c_d^{N-1}\sqrt{\frac{\van(\Sigma^2)}{\van(\Sigma^{2/N})}}",
    "entropy": rf"(N-1)\log c_d+\frac12\sum_{{i<l}}\log{PAIRS}",
    "squared-norm": r"\sum_i\sigma_i^2",
    "factors-squared-norm": r"N\sum_i\sigma_i^{2/N}",
    "infinite-eigenvalue": r"\frac{\sigma_i^2-\sigma_l^2}{\log\sigma_i^2-\log\sigma_l^2}",
}
VARIANTS = ("{}", r"1\cdot\left({}\right)", r"3\cdot\left({}\right)")
PROSE = "We follow the flow of balanced factors, with $t\\ge0$ and $W(t)$ as before. " * 45 + "\n\n"


def paper() -> str:
    """Return the source of the paper."""
    displays = (
        f"\\begin{{equation}}\n  Q={how.format(formula)} % dlnproof: {target}\n\\end{{equation}}\n"
        for how in VARIANTS
        for target, formula in FORMULAS.items()
    )
    body = "".join(PROSE + display for display in displays)
    head = "\\documentclass{amsart}\n\\newcommand{\\van}{\\operatorname{van}}\n"
    return f"{head}\\begin{{document}}\n{body}\\end{{document}}\n"


def seconds(source: Path, cache: str) -> float:
    """Return the processor time of one run; that some formulas are refuted is no error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        (sys.executable, "-m", "dlnproof", "paper", str(source)),
        check=False,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "XDG_CACHE_HOME": cache},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the three times."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "main.tex"
        source.write_text(paper())
        print(f"{'new':14} {seconds(source, place):6.2f} s")
        print(f"{'again':14} {seconds(source, place):6.2f} s")
        source.write_text(paper().replace(r"\frac1N\sum", r"\frac{1}{N}\sum", 1))
        print(f"{'after an edit':14} {seconds(source, place):6.2f} s")


if __name__ == "__main__":
    main()
