"""Which commit of the sources this installation was built from."""

from importlib.resources import files


def commit() -> str:
    """Return the commit that was baked in when the package was built, else ``"unknown"``.

    A source tree that is imported in place (an editable installation) may differ from any commit:
    it is ``"unknown"``.
    """
    baked = files("dlnproof") / "COMMIT"
    return baked.read_text("ascii").strip() if baked.is_file() else "unknown"
