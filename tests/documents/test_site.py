"""The sources of the site, and what its extensions refuse: a whole build is .ci/site's."""

import importlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import dlnproof
from dlnproof import plots, symbolic, training
from dlnproof.run.grid import Grid

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    str(page.relative_to(DOCS).with_suffix("")): page
    for pattern in ("*.md", "*.ipynb", "howto/*")
    for page in DOCS.glob(pattern)
}
HOWTO = [page for name, page in PAGES.items() if name.startswith("howto/")]
NOT_ON_THE_SITE = {"index", "releasing"}


def listed() -> list[str]:
    """Every page that some table of contents has."""
    found = []
    for name, page in PAGES.items():
        if page.suffix == ".md":
            for toctree in re.findall(r"```\{toctree\}\n(.*?)```", page.read_text(), re.DOTALL):
                lines = [line for line in toctree.splitlines() if line and line[0] != ":"]
                inside = [re.sub(r".*<(.*)>", r"\1", line) for line in lines]
                found += [str(Path(name).parent / line) for line in inside]
    return found


def test_every_page_is_in_one_table_of_contents() -> None:
    made = {"pictures/index"}
    assert sorted(listed()) == sorted({*PAGES, *made} - NOT_ON_THE_SITE)


@pytest.mark.parametrize("page", HOWTO, ids=lambda page: page.stem)
def test_a_how_to_is_run_and_its_time_is_shown(page: Path) -> None:
    if page.stem == "index":
        assert "```{nb-exec-table}" in page.read_text()
    elif page.suffix == ".md":
        assert page.read_text().startswith("---\nfile_format: mystnb\n")
        assert "```{code-cell}" in page.read_text()
    else:  # of libraries that are not required: with what a run printed
        cells = [c for c in json.loads(page.read_text())["cells"] if c["cell_type"] == "code"]
        assert all(cell["outputs"] for cell in cells)
        assert "stored run" in page.read_text()
        assert "/site-packages/" not in page.read_text()


def test_every_public_name_is_in_the_reference_once() -> None:
    text = (DOCS / "api.md").read_text()
    found: list[str] = []
    module = ""
    for kind, name in re.findall(r"^\.\. (currentmodule|auto\w+):: (\S+)$", text, re.MULTILINE):
        if kind == "currentmodule":
            module = name
        elif kind != "automodule" and "." not in name:
            found.append(f"{module}.{name}")
    public = {
        f"{home.__name__}.{name}"
        for home in (dlnproof, training, plots, symbolic)
        for name in home.__all__
    }
    modules = {"plots", "symbolic", "training", "training.observables", "__version__"}
    assert sorted(found) == sorted(public - {f"dlnproof.{name}" for name in modules})


def test_no_source_asks_for_anything_from_elsewhere() -> None:
    for page in [*PAGES.values(), *DOCS.glob("*.py"), *DOCS.glob("static/*")]:
        text = page.read_text()
        assert not re.search(r"<script|<link|<img|<iframe|@import|url\(", text), page


@pytest.fixture
def extension(monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(str(DOCS / "extensions"))
    return importlib.import_module


def built(folder: Path, text: str, record: Path) -> str:
    """Build a page, and return what is warned of."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    (folder / "index.rst").write_text(f"Title\n=====\n\n{text}\n")
    said = io.StringIO()
    with docutils_namespace():
        app = Sphinx(
            folder, None, folder / "out", folder / "trees", "html",
            confoverrides={
                "extensions": ["claims", "mathematics", "offline"],
                "dlnproof_record": str(record),
                "html_math_renderer": "mathml",
            },
            status=None, warning=said,
        )  # fmt: skip
        app.build()
    return said.getvalue()


def test_a_page_cites_the_verdicts_of_a_record_and_no_others(
    extension: Any, tmp_path: Path
) -> None:
    from sphinx.errors import ExtensionError

    record = tmp_path / "record.json"
    with pytest.raises(ExtensionError, match="dlnproof check --quick --json"):
        built(tmp_path, "", record)
    found = dlnproof.check(["svd-jacobian"], grid=Grid(depths=(1,), widths=(1, 2), runs=0))
    record.write_text(found.dumps())
    page, claim = tmp_path / "out/index.html", tmp_path / "out/record/claims/svd-jacobian.html"
    assert built(tmp_path, ":claim:`svd-jacobian`", record) == ""
    assert claim.exists()
    assert 'href="record/claims/svd-jacobian.html"' in page.read_text()
    assert "(proved)" in page.read_text()
    assert "is not in the record" in built(tmp_path, ":claim:`volume-form`", record)
    assert built(tmp_path, r":math:`\sigma^2`", record) == ""
    assert "<math" in page.read_text()
    assert "no MathML" in built(tmp_path, r":math:`\unknown{x}`", record)
    away = '.. raw:: html\n\n   <script src="https://example.org/x.js"></script>'
    assert "loads https://example.org/x.js" in built(tmp_path, away, record)
    forged = json.loads(record.read_text())
    forged["claims"][0]["verdict"] = "derived"
    other = tmp_path / "forged.json"
    other.write_text(json.dumps(forged))
    with pytest.raises(ExtensionError):
        built(tmp_path, "", other)


def test_the_picture_of_the_architecture_has_every_layer_in_order(extension: Any) -> None:
    architecture = extension("architecture")
    names = [", ".join(rooms) for rooms in architecture.layers()]
    shown = re.findall(r'<text class="rooms">(.*?)</text>', architecture.picture())
    assert [re.sub(r"<[^>]*>", " ", one).split() for one in shown] == [n.split() for n in names]
    assert {"kernel", "documents", "referee"} <= set(" ".join(names).replace(",", "").split())


@pytest.mark.long  # trains, in another process
@pytest.mark.parametrize(
    ("page", "libraries"),
    [("gradients", ("torch", "jax")), ("optimisation", ("pymanopt", "geoopt", "torch"))],
)
def test_a_page_of_other_libraries_runs(
    page: str, libraries: tuple[str, ...], tmp_path: Path
) -> None:
    for library in libraries:
        pytest.importorskip(library, exc_type=ImportError)
    import nbformat
    from nbclient import NotebookClient

    notebook: Any = nbformat.read(DOCS / f"howto/{page}.ipynb", 4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
