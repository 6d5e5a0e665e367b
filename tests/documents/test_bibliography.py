"""The sources: their identifiers, and that the compiled bibliography is what BibTeX makes of it."""

import importlib
import os
import pkgutil
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from dlnproof import kernel
from dlnproof.claims import CLAIMS
from dlnproof.documents import bibliography
from dlnproof.documents.content import literature
from dlnproof.documents.model import Link
from dlnproof.kernel.theorem import Named

NAMED = [
    found
    for module in pkgutil.iter_modules(kernel.__path__)
    for found in vars(importlib.import_module(f"{kernel.__name__}.{module.name}")).values()
    if isinstance(found, Named)
]
BBL = (files("dlnproof.documents") / "references.bbl").read_text("ascii")


def test_every_source_of_the_catalogue_is_there() -> None:
    cited = {claim.source.key for claim in CLAIMS.values()}
    cited |= {printed.source.key for claim in CLAIMS.values() for printed in claim.as_printed}
    assert cited <= set(bibliography.entries())


@pytest.mark.parametrize("key", [key for key in bibliography.entries() if "slides" not in key])
def test_every_source_has_an_identifier_that_it_also_prints(key: str) -> None:
    fields = bibliography.fields(key)
    if "eprint" in fields:
        assert re.fullmatch(r"\d{4}\.\d{5}", fields["eprint"])
        assert fields["doi"] == f"10.48550/arXiv.{fields['eprint']}"  # as arXiv registers them
        assert fields["note"] == f"arXiv:{fields['eprint']}"
    elif "isbn" in fields:
        assert fields["note"] == f"ISBN {fields['isbn']}"
    else:
        assert re.fullmatch(r"10\.\d{4,}/[A-Za-z0-9-]+", fields["doi"])
        assert fields["note"] == f"doi:{fields['doi']}"
    if book := re.search(r"978[\d-]{10,}", fields.get("isbn", fields.get("doi", ""))):
        digits = [int(c) for c in book[0] if c.isdigit()]
        assert sum(x * (3 if k % 2 else 1) for k, x in enumerate(digits)) % 10 == 0  # no slip in it


def test_every_theorem_of_the_literature_is_cited_from_a_source() -> None:
    found = [literature.cited(named.book) for named in NAMED]
    links = [piece for text in found for piece in text if piece != ", "]
    assert all(isinstance(piece, Link) and piece.text != ("",) for piece in links)
    assert literature.keys(NAMED) == set(literature.BOOKS.values())
    assert literature.keys(NAMED) <= set(bibliography.entries())
    assert literature.cited("A book, 1.2") == ("A book, 1.2",)


def bibtex(folder: Path, keys: str) -> str:
    """Return what BibTeX makes of some sources."""
    found = shutil.which("bibtex")
    if found is None:
        if os.environ.get("DLNPROOF_REQUIRE_TEX") == "1":
            pytest.fail("bibtex is required (DLNPROOF_REQUIRE_TEX=1) and is not on this machine")
        pytest.skip("bibtex is not on this machine")
    (folder / "references.bib").write_text(bibliography.bibtex(bibliography.entries()), "ascii")
    lines = ["\\relax", f"\\citation{{{keys}}}", "\\bibstyle{plain}", "\\bibdata{references}"]
    (folder / "paper.aux").write_text("\n".join(lines) + "\n")
    subprocess.run([found, "paper"], cwd=folder, check=True, capture_output=True)
    return (folder / "paper.bbl").read_text("ascii")


def test_the_compiled_bibliography_is_in_step(tmp_path: Path) -> None:
    assert bibtex(tmp_path, "*") == BBL
    assert bibliography.compiled(bibliography.entries()) == BBL


@pytest.mark.parametrize("keys", ["HJ2013", "slides,CMV2023,MY2025"])
def test_a_selection_is_what_bibtex_would_make(keys: str, tmp_path: Path) -> None:
    assert bibliography.compiled(keys.split(",")) == bibtex(tmp_path, keys)


def test_only_what_is_cited_is_selected_and_an_unknown_source_is_refused() -> None:
    text = bibliography.bibtex(["HJ2013"])
    assert re.findall(r"@\w+\{(\w+)", text) == ["HJ2013"]
    with pytest.raises(KeyError, match="nobody"):
        bibliography.bibtex(["HJ2013", "nobody"])
    assert bibliography.fields("nobody") == {}
