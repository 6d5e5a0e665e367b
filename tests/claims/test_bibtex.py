"""BibTeX of a user's claims: every valid form is read, and what is no BibTeX is refused."""

import re
from pathlib import Path

import pytest

from dlnproof.claims.bibtex import BibTexError, read_bibtex
from dlnproof.cli.main import main
from dlnproof.errors import USAGE

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_claims.py"
MINE = "@misc{Draft2026, author={Me}, title={T}, year={2026}}"

FORMS: dict[str, tuple[str, dict[str, dict[str, str]]]] = {
    "one line": (MINE, {"Draft2026": {"author": "Me", "title": "T", "year": "2026"}}),
    "several on one line": (
        "@misc{a, title={A}} @book{b, title={B}}@misc{c,title={C}}",
        {"a": {"title": "A"}, "b": {"title": "B"}, "c": {"title": "C"}},
    ),
    "quotes": (
        '@misc{a, title = "A {"}big{"} one", year=2026 }',
        {"a": {"title": 'A {"}big{"} one', "year": "2026"}},
    ),
    "nested braces": (
        "@misc{a, title={On {{G}L}(d), and @misc{b, title={x}}}, note={n}}",
        {"a": {"title": "On {{G}L}(d), and @misc{b, title={x}}", "note": "n"}},
    ),
    "over lines, last comma": (
        "@Misc{a,\n  TITLE = {A\n    long one},\n}\n",
        {"a": {"title": "A long one"}},
    ),
    "parentheses": ("@misc(a, title={A (b) c})", {"a": {"title": "A (b) c"}}),
    "other letters in keys": (
        "@misc{Me:2026-b/c.d+e, title={A}}",
        {"Me:2026-b/c.d+e": {"title": "A"}},
    ),
    "comments": (
        '% me@home.org\n@comment{ @misc{no, title={No}} }\n@preamble{"x"}\n@misc{a, title={A}}',
        {"a": {"title": "A"}},
    ),
    "abbreviations": (
        "@string{jm = {J. Me}}\n@article{a, journal = jm}",
        {"a": {"journal": "J. Me"}},
    ),
    "no fields": ("@misc{a}", {"a": {}}),
    "nothing": (" \n", {}),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_bibtex_is_read(form: str) -> None:
    text, expected = FORMS[form]
    assert {key: dict(entry.fields) for key, entry in read_bibtex(text).items()} == expected


@pytest.mark.parametrize("form", FORMS)
def test_the_text_of_an_entry_is_that_entry(form: str) -> None:
    for key, entry in read_bibtex(FORMS[form][0]).items():
        assert read_bibtex(entry.text) == {key: entry}  # with the abbreviations that it needs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@misc{a, title={open}\n@misc{b, title={B}}", "line 1: Unexpected block start"),
        ("@misc{b, title={B}}\n@misc{a, title={open", "line 2: Unexpectedly reached end of file"),
        ("@misc{a title={A}}", "line 1: Expected comma"),
        ("@misc{a, title={A}}\n@misc{a, title={B}}", "line 2: Duplicate entry key 'a'"),
        ("@misc{a, title={A}, title={B}}", "line 1: Duplicate field keys on entry: 'title'"),
        ("@misc{, title={A}}", "line 1: got '', which is not a key"),
        ("@misc{a b, title={A}}", "line 1: got 'a b', which is not a key"),
        ("Me, A title, 2026", "got no entry"),
    ],
)
def test_what_is_no_bibtex_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BibTexError) as refused:
        read_bibtex(text)
    assert str(refused.value).startswith(said)
    assert "expected BibTeX such as @misc{Key2026," in str(refused.value)
    assert "\n" not in str(refused.value)


# --- what documents and 'explain' make of it ------------------------------------------------------


def explained(references: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the status of 'explain' of a claim with these references, and its line 'source'."""
    text = re.sub(
        r'(?s)REFERENCES = r?""".*?"""',
        lambda _: f"REFERENCES = {references!r}",
        EXAMPLE.read_text(),
    )
    assert repr(references) in text
    (folder / "mine.py").write_text(text)
    status = main(["explain", "volume-density", "--with", str(folder / "mine.py")])
    out, err = capsys.readouterr()
    if status:
        return status, err
    return status, " ".join(out.partition("\nsource ")[2].partition("\nbuilds on")[0].split())


@pytest.mark.parametrize(
    "references",
    [
        MINE,
        f"@misc{{a, title={{A}}}} {MINE} @misc{{b, title={{B}}}}",
        MINE.replace("{T}", '"T"').replace("{Me}", '"Me"'),
        MINE.replace(", ", ",\n  ").replace("}}", "},\n}"),
        f"@comment{{ @misc{{Draft2026, author={{You}}}} }}{MINE}",
        "@string{me = {Me}}" + MINE.replace("{Me}", "me"),
    ],
)
def test_a_users_claim_has_the_users_source(
    references: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explained(references, tmp_path, capsys) == (0, "Draft2026, Corollary 3: Me, T, 2026")


@pytest.mark.parametrize("references", ["", MINE.replace("Draft2026", "Draft2025")])
def test_a_missing_key_is_said_to_be_missing(
    references: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = explained(references, tmp_path, capsys)
    assert (status, said) == (
        0,
        "Draft2026, Corollary 3: no entry has this key, neither here nor in the claim's own "
        "references",
    )


def test_broken_references_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = explained(MINE[:-1], tmp_path, capsys)
    assert (status, said.count("\n")) == (USAGE, 1)
    assert "claim 'volume-density': references: line 1: Unexpectedly reached end of file" in said


def test_a_key_of_ours_is_not_taken_for_another_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = explained(f"{MINE} @misc{{M2024, title={{Another}}}}", tmp_path, capsys)
    assert (status, said.count("\n")) == (USAGE, 1)
    assert "two entries with the key 'M2024', the second that of dlnproof" in said
