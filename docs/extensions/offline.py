"""Pages are read without a network: one that loads anything from elsewhere is a warning."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

_LOADED = re.compile(
    r"<(?:link|script|img|iframe|source)\b[^>]*?(?:src|href)=\"((?:https?:)?//[^\"]*)"
)
_log = logging.getLogger(__name__)


def _look(app: Sphinx, failed: Exception | None) -> None:
    if failed or app.builder.format != "html":
        return
    for page in sorted(Path(app.outdir).rglob("*.html")):
        for address in _LOADED.findall(page.read_text(encoding="utf-8")):
            _log.warning("%s loads %s: pages are read without a network", page.name, address)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the look at what was built."""
    app.connect("build-finished", _look)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
