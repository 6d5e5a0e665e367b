"""``dlnproof cite``: BibTeX that names what is installed, or what wrote a record."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof import __version__
from dlnproof.documents import citation
from dlnproof.documents.bibliography import entries
from dlnproof.documents.bibliography import fields as in_bib
from dlnproof.errors import USAGE
from dlnproof.record.record import Record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan

ROOT = Path(__file__).parents[2]
RUN = Plan((), "", (), Grid(), ()).settings
RECORD = Record("1.2.3", "dlnproof check", 0, (), RUN, commit="ab" * 20)


def fields(text: str) -> dict[str, str]:
    """Return the fields of the one entry of BibTeX; what is around it BibTeX skips."""
    before, entry = text.split("@")
    assert all(line.startswith("% ") for line in before.splitlines())
    assert entry.startswith("software{dlnproof,\n")
    assert entry.endswith("\n}\n")
    assert entry.count("{") == entry.count("}")
    assert text.isascii()
    return dict(re.findall(r"^  (\w+) *= \{(.*)\},?$", entry, flags=re.MULTILINE))


@pytest.fixture
def record_file(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(RECORD.dumps())
    return path


def test_the_software(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation, "commit", lambda: "cd" * 20)
    out, err = cli(["cite"])
    assert err == ""
    found = fields(out)
    assert list(found) == ["author", "title", "version", "year", "note"]
    assert found["version"] == __version__
    assert found["note"] == f"Version {__version__}, commit {'cd' * 6}"
    assert f"% dlnproof {__version__}, commit {'cd' * 20}\n" in out
    assert "give its file: dlnproof cite RECORD" in out
    assert "unknown" not in out


def test_an_unknown_commit_is_said_and_explained(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation, "commit", lambda: "unknown")
    out = cli(["cite"]).out
    assert fields(out)["note"].endswith("commit unknown")
    assert "% The commit is unknown in a source tree used in place" in out


def test_a_record_is_cited_as_what_its_version_wrote(record_file: Path, cli: Cli) -> None:
    out = cli(["cite", str(record_file)]).out
    found = fields(out)
    assert found["version"] == "1.2.3"
    assert "year" not in found  # the year of another version is not known here
    digest = RECORD.digest
    assert f"% SHA-256 of its content: {digest}\n" in out
    assert f"% Record written by dlnproof 1.2.3, commit {'ab' * 20}\n" in out
    note = f"Version 1.2.3, commit {'ab' * 6}, record with SHA-256 digest "
    assert found["note"].startswith(note)
    assert found["note"].removeprefix(note).replace(" ", "") == digest
    assert max(map(len, found["note"].split())) <= 16  # lines can be broken


def test_a_record_of_this_version_has_its_year(tmp_path: Path) -> None:
    assert fields(citation.citation_text(replace(RECORD, version=__version__)))["year"]


@pytest.mark.parametrize(
    ("made_from", "shown"),
    [("ab" * 20 + "-modified", "ab" * 6 + "-modified"), ("unknown", "unknown")],
)
def test_a_commit_in_the_note_is_short(made_from: str, shown: str) -> None:
    note = fields(citation.citation_text(replace(RECORD, commit=made_from)))["note"]
    assert note.startswith(f"Version 1.2.3, commit {shown}, record")


def test_an_edited_record_is_refused(record_file: Path, cli: Cli) -> None:
    data = json.loads(record_file.read_text())
    data["seed"] = 1
    record_file.write_text(json.dumps(data))
    err = cli.refused(["cite", str(record_file)])
    assert "changed after it was written" in err


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "1}, note={x"},
        {"version": ""},
        {"version": "1.0\n@misc{x}"},
        {"commit": "HEAD"},
        {"commit": "ab" * 20 + "-modified}"},
        {"commit": "ab" * 20 + "\n"},
    ],
)
def test_what_no_run_writes_does_not_reach_bibtex(
    changed: Any, record_file: Path, cli: Cli
) -> None:
    record_file.write_text(replace(RECORD, **changed).dumps())  # with the right digest
    err = cli.refused(["cite", str(record_file)])
    unprintable = any("\n" in text for text in changed.values())
    why = "printable text on one line" if unprintable else "which no run of dlnproof writes"
    assert why in err
    assert "record.json" in err


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"schema": "dlnproof-errata/1"}'])
def test_what_is_no_record(content: str, record_file: Path, cli: Cli) -> None:
    record_file.write_text(content)
    assert cli(["cite", str(record_file)], USAGE).err.count("\n") == 1


def test_a_file_that_is_not_there(cli: Cli) -> None:
    assert "cannot be read" in cli(["cite", "nowhere.json"], USAGE).err


# --- one version, one title -----------------------------------------------------------------------


def test_the_citation_file_is_in_step() -> None:
    lines = (ROOT / "CITATION.cff").read_text()
    own = dict(re.findall(r'^(\w+): "?(.*?)"?$', lines, flags=re.MULTILINE))
    [author] = re.findall(r"^authors:\n  - name: (.*)$", lines, flags=re.MULTILINE)
    entry = fields(citation.citation_text())
    assert own["version"] == __version__
    assert own["title"] == re.sub("[{}]", "", entry["title"])
    assert author == entry["author"].strip("{}")
    assert (
        f"Copyright (c) {entry['year']} {entry['author'].strip('{}')}"
        in (ROOT / "LICENSE").read_text()
    )


def test_the_sources_in_the_citation_file_are_those_of_the_bibliography() -> None:
    of_arxiv = {found["eprint"]: found for key in entries() if "eprint" in (found := in_bib(key))}
    listed = (ROOT / "CITATION.cff").read_text().split("\n  - type: ")[1:]
    for text in listed:
        [source] = (found for eprint, found in of_arxiv.items() if f'"arXiv:{eprint}"' in text)
        title = re.sub("[{}]", "", source["title"]).replace("---", ": ")
        assert f'title: "{title}"' in text
        assert f"year: {source['year']}\n" in text
        family = re.findall("family-names: (.*)", text)
        given = re.findall("given-names: (.*)", text)
        names = (f"{last}, {first}" for last, first in zip(family, given, strict=True))
        assert " and ".join(names) == source["author"]
        where = re.findall("(?:journal|collection-title): (.*)", text)
        assert where == [source[k] for k in ("journal", "booktitle") if k in source]
    assert len(listed) == 4


def test_the_version_stands_once() -> None:
    assert f'"{__version__}"' not in (ROOT / "pyproject.toml").read_text()
