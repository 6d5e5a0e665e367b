"""Directories as output: whole or not at all, and nothing of the user's is lost."""

import hashlib
import os
import tracemalloc
from pathlib import Path

import pytest

from dlnproof.errors import InputError
from dlnproof.files.tree import SUMS, OutputTree

RECORD = b'{"schema": "dlnproof-record/1"}'
OLD = {"main.tex": b"old", "anc/record.json": RECORD, "figures/gone.pdf": b"%PDF"}
NEW = {"main.tex": b"new", "anc/record.json": RECORD + b"\n", "more.tex": b"more"}


def contents(directory: Path) -> dict[str, bytes]:
    """Every file below a directory, but for the checksums."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }


def written(target: Path) -> Path:
    OutputTree(target).write(OLD)
    return target


def refused(target: Path, *, force: bool = False) -> str:
    with pytest.raises(InputError) as why:
        OutputTree(target, force)
    message = str(why.value)
    assert message.startswith("-o: got ")
    assert "\n" not in message
    return message


def test_a_new_directory_with_its_parents_and_checksums(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    OutputTree(target).write(OLD)
    assert contents(target) == OLD
    lines = (target / SUMS).read_text("ascii").splitlines()
    assert [line.partition("  ")[2] for line in lines] == sorted(OLD)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_what_we_wrote_is_replaced_and_what_it_no_longer_has_is_gone(tmp_path: Path) -> None:
    target = written(tmp_path / "o")
    for name in ("main.aux", "main.pdf", "main.log"):  # what LaTeX makes of it
        (target / name).touch()
    OutputTree(target).write(NEW)
    assert contents(target) == NEW
    assert not (target / "figures").exists()


@pytest.mark.parametrize("name", ["notes.txt", "figures/mine.png", ".hidden", "other.pdf"])
def test_foreign_files_are_refused_and_with_force_kept(name: str, tmp_path: Path) -> None:
    target = written(tmp_path / "o")
    (target / name).write_bytes(b"mine")
    assert f"({name})" in refused(target)
    assert contents(target) == {**OLD, name: b"mine"}
    OutputTree(target, force=True).write(NEW)
    assert contents(target) == {**NEW, name: b"mine"}


def test_a_file_of_ours_that_was_edited_counts_as_foreign(tmp_path: Path) -> None:
    target = written(tmp_path / "o")
    (target / "main.tex").write_bytes(b"my own words")
    assert "(main.tex)" in refused(target)
    OutputTree(target, force=True).write(NEW)
    assert contents(target) == NEW


def test_many_foreign_files_are_counted(tmp_path: Path) -> None:
    for k in range(5):
        (tmp_path / f"{k}.txt").touch()
    assert "(0.txt, 1.txt, 2.txt and 2 more)" in refused(tmp_path)


def test_a_foreign_symbolic_link_is_foreign_and_never_followed(tmp_path: Path) -> None:
    target, elsewhere = written(tmp_path / "o"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_bytes(b"mine")
    (target / "link").symlink_to(elsewhere)
    assert "(link)" in refused(target)
    (target / "link").unlink()
    OutputTree(target).write(NEW)
    assert contents(elsewhere) == {"precious": b"mine"}


def test_with_force_links_modes_and_empty_directories_are_kept(tmp_path: Path) -> None:
    target, elsewhere = written(tmp_path / "o"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (target / "link").symlink_to(elsewhere)
    (target / "dangling").symlink_to(tmp_path / "nowhere")
    (target / "run.sh").write_bytes(b"#!/bin/sh")
    (target / "run.sh").chmod(0o755)
    (target / "empty" / "inner").mkdir(parents=True)
    assert "(dangling, empty/inner, link and 1 more)" in refused(target)
    OutputTree(target, force=True).write(NEW)
    assert contents(target) == {**NEW, "run.sh": b"#!/bin/sh"}
    assert (target / "link").readlink() == elsewhere
    assert (target / "dangling").readlink() == tmp_path / "nowhere"
    assert (target / "run.sh").stat().st_mode & 0o777 == 0o755
    assert (target / "empty" / "inner").is_dir()


def test_a_file_of_ours_never_follows_a_link_of_theirs(tmp_path: Path) -> None:
    target, precious = tmp_path / "o", tmp_path / "precious"
    precious.write_bytes(b"mine")
    target.mkdir()
    (target / "main.tex").symlink_to(precious)
    OutputTree(target, force=True).write(NEW)
    assert contents(target) == NEW
    assert precious.read_bytes() == b"mine"


def test_a_pipe_is_refused_even_with_force(tmp_path: Path) -> None:
    target = tmp_path / "o"
    target.mkdir()
    os.mkfifo(target / "pipe")
    with pytest.raises(InputError, match="where pipe is neither a file nor a directory"):
        OutputTree(target, force=True).write(NEW)
    assert (target / "pipe").is_fifo()


@pytest.mark.parametrize("name", [SUMS, "anc/SHA256SUMS"])
def test_checksums_of_somebody_else_make_nothing_ours(name: str, tmp_path: Path) -> None:
    target = tmp_path / "o"
    (target / "anc").mkdir(parents=True)
    (target / "debian.iso").write_bytes(b"precious")
    digest = hashlib.sha256(b"precious").hexdigest()
    (target / name).write_text(f"{digest}  debian.iso\n")
    message = refused(target)
    assert "debian.iso" in message
    (target / name).write_text(f"{digest}  debian.iso\n{digest}  anc/record.json\n")
    (target / "anc" / "record.json").write_bytes(b"precious")
    refused(target)
    assert (target / "debian.iso").read_bytes() == b"precious"


def test_files_without_end_are_not_read(tmp_path: Path) -> None:
    target = written(tmp_path / "o")
    with (target / SUMS).open("a") as stream:
        stream.write(f"{hashlib.sha256(b'').hexdigest()}  endless\n")
    (target / "endless").touch()
    os.truncate(target / "endless", 2**40)
    assert "(endless)" in refused(target)
    (target / "endless").unlink()
    os.truncate(target / SUMS, 2**40)
    tracemalloc.start()
    OutputTree(target)
    assert tracemalloc.get_traced_memory()[1] < 2**27
    tracemalloc.stop()
    (target / SUMS).unlink()
    os.mkfifo(target / SUMS)
    assert "SHA256SUMS" in refused(target)


def test_what_comes_while_we_work_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "o"
    tree = OutputTree(target)
    target.mkdir()
    (target / "notes.txt").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"\(notes\.txt\)"):
        tree.write(NEW)
    assert contents(target) == {"notes.txt": b"mine"}


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "(Too many levels of symbolic links)" in refused(tmp_path / "a")


def test_a_target_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    OutputTree(link).write(NEW)
    assert link.is_symlink()
    assert contents(real) == NEW


def test_the_current_directory_and_those_above_it_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in (".", "..", "", str(tmp_path), "../here"):
        message = refused(Path(name), force=True)
        assert "which holds the current directory" in message
    OutputTree(Path("below")).write(NEW)
    assert contents(tmp_path / "here" / "below") == NEW


@pytest.mark.parametrize("name", [" ", "a\0b"])
def test_what_names_no_directory(name: str) -> None:
    assert "which names no directory" in refused(Path(name))


def test_files_and_what_is_below_them(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "which is not a directory" in refused(tmp_path / "file", force=True)
    refused(tmp_path / "file" / "below")
    refused(tmp_path / ("x" * 300))
    assert contents(tmp_path) == {"file": b""}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_an_unwritable_parent_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert "cannot be written" in refused(tmp_path / "closed" / "o")


def test_an_unwritable_parent_by_what_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "cannot be written" in refused(tmp_path / "o")


def test_permissions_of_the_directory_are_kept(tmp_path: Path) -> None:
    target = written(tmp_path / "o")
    target.chmod(0o750)
    OutputTree(target).write(NEW)
    assert target.stat().st_mode & 0o777 == 0o750
