"""``dlnproof list``: names stay whole, whatever the width."""

import pytest
from conftest import Cli

from dlnproof.claims import CLAIMS
from dlnproof.documents.layout import Screen, columns, paragraph, screen
from dlnproof.documents.terminal import list_text


def test_in_a_pipe_every_claim_is_one_line(cli: Cli) -> None:
    header, *lines = cli(["list"]).out.splitlines()
    assert header.split() == ["claim", "title", "source", "depths", "routes"]
    assert [line.split()[0] for line in lines] == list(CLAIMS)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_names_stay_whole_and_lines_fit(width: int) -> None:
    text = list_text(CLAIMS.values(), Screen(width))
    assert max(len(line) for line in text.splitlines()) <= width
    for claim in CLAIMS.values():
        assert f"\n{claim.id}  " in f"\n{text}"
        assert str(claim.source.where.split()[-1]) in text


def test_columns_fold_one_column_or_say_that_they_do_not_fit() -> None:
    header, rows = ("a", "b"), [("name", "N = 1; d = 2"), ("a heading longer than all of it",)]
    assert columns(header, rows, Screen(18)) == (
        "a     b\nname  N = 1; d = 2\na heading longer than all of it\n"
    )
    assert columns(header, rows, Screen(17)) is None
    folded = columns(header, rows, Screen(17), folding=1)
    assert folded is not None
    assert folded.splitlines()[1:3] == ["name  N = 1;", "      d = 2"]
    assert columns(header, rows, Screen(11), folding=1) is None


def test_colour_takes_no_room() -> None:
    on = Screen(None, colour=True)
    text = columns(("a", "b"), [(on.styled("x", "green"), "y")], on)
    assert text == "\x1b[1ma  b\x1b[0m\n\x1b[32mx\x1b[0m  y\n"
    assert Screen().styled("x", "red") == "x"


def test_paragraphs_break_between_words_only() -> None:
    text = paragraph("route not-hyphenated", Screen(14), first="- ")
    assert text == "- route\n  not-hyphenated\n"
    assert paragraph("x" * 30, Screen(14)) == "x" * 30 + "\n"


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("settings", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_on_terminals_that_want_it(
    settings: dict[str, str], colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "77")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert screen() == Screen(77, colour)


def test_pipes_have_neither_colour_nor_width() -> None:
    assert screen() == Screen(None, False)
