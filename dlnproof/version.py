"""Which version this is, and from which commit of the sources it was built."""

__version__ = "0.1.0"


def commit() -> str:
    """Return the commit that was baked in when the package was built, else ``"unknown"``.

    A source tree that is imported in place (an editable installation) may differ from any commit:
    it is ``"unknown"``.
    """
    from importlib.resources import files

    baked = files("dlnproof") / "COMMIT"
    return baked.read_text("ascii").strip() if baked.is_file() else "unknown"
