"""What a terminal or a browser would obey is refused in every text of a record."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Cli

from dlnproof.cli import main
from dlnproof.errors import InputError
from dlnproof.record.reading import record_in
from dlnproof.record.record import Record, digest_of
from dlnproof.run.grid import Grid
from dlnproof.run.runner import check

OBEYED = ["\x1b]0;title\x07", "\x9b2J", "\x7f", "\x00", "\u202e", "a\nb", "\u2028", "\ud800"]


@pytest.fixture(scope="module")
def small() -> Record:
    return check(["orbit-volume"], grid=Grid((2,), (1, 2), digits=20, runs=0))


def texts(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where each text of JSON data stands: what holds it, and under what."""
    places = enumerate(data) if isinstance(data, list) else data.items()
    for place, value in list(places):
        if isinstance(value, str):
            yield data, place
        elif isinstance(value, list | dict):
            yield from texts(value)


def test_every_text_of_a_record_is_printable(small: Record) -> None:
    data = json.loads(small.dumps())
    assert record_in(data).intact
    assert any(one["counterexample"] for one in data["claims"][0]["as_printed"])
    places = [place for place in texts(data) if place[1] not in ("schema", "digest")]
    assert len(places) > 60
    for number, (holder, place) in enumerate(places):
        before = holder[place]
        holder[place] = before + OBEYED[number % len(OBEYED)]
        data["digest"] = digest_of(data)
        with pytest.raises(InputError) as refused:
            record_in(data)
        assert str(refused.value).isprintable(), place
        holder[place] = before


def objects(data: Any) -> Iterator[Any]:
    """Yield every object of JSON data."""
    if isinstance(data, dict):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from objects(each)


def test_every_name_of_a_record_is_printable(small: Record) -> None:
    data = json.loads(small.dumps())
    number = 0
    for holder in objects(data):
        before = dict(holder)
        for name, value in before.items():
            obeyed, number = name + OBEYED[number % len(OBEYED)], number + 1
            for renamed in (True, False):
                holder.clear()
                holder.update(
                    {(obeyed if n == name and renamed else n): v for n, v in before.items()}
                )
                holder[obeyed] = value
                data["digest"] = digest_of(data)
                with pytest.raises(InputError) as refused:
                    record_in(data)
                assert str(refused.value).isprintable()
        holder.clear()
        holder.update(before)
    assert number > 100


def test_what_is_said_of_a_users_text_is_not_obeyed(cli: Cli) -> None:
    for obeyed in OBEYED:
        assert cli.refused(["check", f"x{obeyed}.py"])[:-1].isprintable()
        assert cli.refused(["check", f"x{obeyed}"])[:-1].isprintable()


def test_nor_is_what_a_program_says(capsys: pytest.CaptureFixture[str]) -> None:
    main._say("a\x1b[2Jb\u202ec\nd")
    assert capsys.readouterr().err == "a\\x1b[2Jb\\u202ec d\n"
