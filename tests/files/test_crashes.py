"""Output is the old or the new one, whole, wherever a run is killed or fails.

The next run finds nothing in its way, and leaves nothing of it."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from dlnproof.errors import InputError
from dlnproof.files import changes, staging
from dlnproof.files.atomic import write_bytes
from dlnproof.files.crashes import MOST, crashed
from dlnproof.files.tree import OutputTree, write_among

RECORD = b'{"schema": "dlnproof-record/1"}'
OLD = {"main.tex": b"old", "anc/record.json": RECORD, "figures/gone.pdf": b"%PDF"}
NEW = {"main.tex": b"new", "anc/record.json": RECORD + b"\n", "more.tex": b"more"}
MINE = {"notes.txt": b"mine", "figures/mine.png": b"mine"}
Contents = dict[str, bytes]


def contents(directory: Path) -> Contents | None:
    """Every file below a directory, but for the checksums; None where it is not there."""
    if not directory.exists():
        return None
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


def tree(here: Path) -> None:
    OutputTree(here / "o").write(NEW)


def forced(here: Path) -> None:
    OutputTree(here / "o", force=True).write(NEW)


def derived(here: Path) -> None:
    write_among(here / "o", {"one.tex": b"new", "two.tex": b"new"})


def one_file(here: Path) -> None:
    write_bytes(here / "o" / "x", b"new")


def _start(work: Callable[[Path], None], here: Path) -> None:
    """Let the output of an earlier run be there."""
    if work is one_file:
        (here / "o").mkdir()
        write_bytes(here / "o" / "x", b"old")
    elif work is derived:
        write_among(here / "o", {"one.tex": b"old", "two.tex": b"old"})
        (here / "o" / "paper.tex").write_bytes(b"mine")
    else:
        OutputTree(here / "o").write(OLD)
        for name, content in MINE.items() if work is forced else ():
            (here / "o" / name).write_bytes(content)


def _copied(start: Path, here: Path) -> Path:
    return Path(shutil.copytree(start, here, symlinks=True))


@pytest.fixture
def exchanging(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """With the system's exchange of two names, and where there is none."""
    if not request.param:
        monkeypatch.setattr(changes, "_exchanging", lambda: None)
    elif changes._exchanging() is None:
        pytest.skip("this system exchanges no names")
    return bool(request.param)


def _points(work: Callable[[Path], None], start: Path, root: Path) -> Iterator[tuple[Path, str]]:
    """Yield copies of a folder, in each of which the work was killed before another change."""
    for at in count():
        assert at < MOST
        here = _copied(start, root / str(at))
        change = crashed(lambda here=here: work(here), at)  # type: ignore[misc]
        if change is None:
            return
        yield here, change


@pytest.mark.long
@pytest.mark.parametrize(
    ("work", "existing", "exchanging"),
    [
        (tree, True, True),
        (forced, True, True),
        (derived, True, True),
        (one_file, True, True),
        (tree, False, True),
        (derived, False, True),
        (forced, True, False),
        (derived, True, False),
    ],
    indirect=["exchanging"],
)
def test_killed_anywhere_the_output_is_old_or_new_and_the_next_run_clears_up(
    work: Callable[[Path], None], existing: bool, exchanging: bool, tmp_path: Path
) -> None:
    start, done = tmp_path / "start", tmp_path / "done"
    start.mkdir()
    if existing:
        _start(work, start)
    work(_copied(start, done))
    old, new = contents(start / "o"), contents(done / "o")
    assert old != new
    seen = []
    for here, change in _points(work, start, tmp_path):
        found = contents(here / "o")
        if exchanging or found is not None:
            visible = {n: c for n, c in (found or {}).items() if staging.PREFIX not in n}
            assert (visible if found is not None else None) in (old, new), change
        if existing and work is not one_file:  # of the old one nothing comes back in part
            gone = _copied(here, tmp_path / "gone")
            shutil.rmtree(gone / "o", ignore_errors=True)
            staging.recover(gone)
            assert contents(gone / "o") in (None, old), change
            shutil.rmtree(gone)
        work(here)
        assert contents(here / "o") == new, change
        assert names(here) == ["o"], change
        seen.append(change.partition(" ")[0])
    assert len(seen) > 8
    assert {"make", "write", "sync", "replace" if not existing else "remove"} <= set(seen)
    assert ("exchange" in seen) == (exchanging and existing and work is not one_file)


def _fail_at(seen: list[str], at: int, error: BaseException, what: str, path: Path) -> None:
    seen.append(what)
    if len(seen) == at + 1:
        raise error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize(
    ("work", "exchanging"),
    [(forced, True), (derived, True), (tree, False)],
    indirect=["exchanging"],
)
@pytest.mark.usefixtures("exchanging")
def test_failing_anywhere_the_output_is_old_or_new_and_nothing_else_is_left(
    work: Callable[[Path], None], error: BaseException, tmp_path: Path
) -> None:
    start, done = tmp_path / "start", tmp_path / "done"
    start.mkdir()
    _start(work, start)
    work(_copied(start, done))
    old, new = contents(start / "o"), contents(done / "o")
    for at in count():
        here, seen = _copied(start, tmp_path / str(at)), list[str]()
        try:
            with changes.watch(partial(_fail_at, seen, at, error)):
                work(here)
        except (InputError, OSError, KeyboardInterrupt):
            pass
        assert contents(here / "o") in (old, new)
        clearing = "remove" in seen[at:]  # what fails there is left
        assert names(here) == ["o"] or clearing
        work(here)
        assert (contents(here / "o"), names(here)) == (new, ["o"])
        if len(seen) <= at:
            break
    assert at > 8


def test_what_a_killed_run_moved_away_is_put_back_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / ".dlnproof-0" / "old" / "o").mkdir(parents=True)
    (tmp_path / ".dlnproof-0" / "made-by-dlnproof").touch()
    (tmp_path / ".dlnproof-0" / "old" / "o" / "mine.txt").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"mine\.txt"):
        OutputTree(tmp_path / "o")
    assert contents(tmp_path) == {"o/mine.txt": b"mine"}


def test_where_there_are_no_locks_what_was_moved_away_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".dlnproof-0" / "old" / "o").mkdir(parents=True)
    (tmp_path / ".dlnproof-0" / "made-by-dlnproof").touch()
    monkeypatch.setattr(staging, "_locked", lambda directory: None)
    with pytest.raises(InputError, match=r"which a run that was killed moved to .*old/o'"):
        OutputTree(tmp_path / "o")


def test_nothing_that_is_not_ours_is_cleared_away(tmp_path: Path) -> None:
    kept = {
        ".dlnproof-theirs/notes": b"mine",  # no mark
        ".dlnproof-file": b"mine",
        "elsewhere/made-by-dlnproof": b"",
    }
    for name, content in kept.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / ".dlnproof-link").symlink_to("elsewhere")
    staging.recover(tmp_path)
    assert (
        contents(tmp_path) == {**kept, ".dlnproof-link/made-by-dlnproof": b""}
        or contents(tmp_path) == kept
    )
    assert (tmp_path / ".dlnproof-link").is_symlink()


def test_what_another_run_prepares_is_left_alone(tmp_path: Path) -> None:
    with staging.staging(tmp_path) as at:
        changes.write(at / "x", b"of the one")
        staging.recover(tmp_path)
        with staging.staging(tmp_path) as other:
            assert other != at
        assert (at / "x").read_bytes() == b"of the one"
    assert names(tmp_path) == []


def test_a_file_that_came_meanwhile_is_not_exchanged(tmp_path: Path) -> None:
    with staging.staging(tmp_path) as at:
        changes.make_folder(at / "new")
        (tmp_path / "o").write_bytes(b"mine")
        with pytest.raises(NotADirectoryError):
            staging.exchange(at / "new", tmp_path / "o", at)
    assert (tmp_path / "o").read_bytes() == b"mine"


def test_files_and_their_folder_lie_on_the_disk_before_they_take_a_place(tmp_path: Path) -> None:
    """No file is put in a place before it was synced, nor a folder before its files were."""
    seen: list[tuple[str, Path]] = []
    with changes.watch(lambda what, path: seen.append((what, path))):
        tree(tmp_path)
    written = [k for k, (what, _) in enumerate(seen) if what == "write"]
    [placed] = [k for k, (what, path) in enumerate(seen) if path.name == "o" and what == "replace"]
    for k in written:
        assert seen[k + 1] == ("sync", seen[k][1])
    folders = {path for what, path in seen[:placed] if what == "sync"}
    assert {path.parent for what, path in seen[:placed] if what == "write"} - folders == {
        path for path in {p.parent for w, p in seen if w == "write"} if path.name[0] == "."
    }
    assert seen[placed + 1] == ("sync", tmp_path)


def test_work_that_raises_is_no_crash() -> None:
    def work() -> None:
        raise ValueError

    with pytest.raises(RuntimeError, match="status 3"):
        crashed(work, 0)
