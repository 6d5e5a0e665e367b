"""What scripts of the gallery draw: the PNG files that they wrote, not larger than a page shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image
from sphinx_gallery.scrapers import figure_rst

_WIDTH = 1400


def written(_: Any, block: dict[str, Any], conf: dict[str, Any]) -> str:
    """Take the files that a block wrote into its folder, and return how they are shown."""
    found = sorted(Path(block["src_file"]).parent.glob("*.png"))
    names = []
    for file, name in zip(found, block["image_path_iterator"], strict=False):
        with Image.open(file) as whole:
            size = (_WIDTH, round(_WIDTH * whole.height / whole.width))
            whole.convert("RGB").resize(size).quantize(256).save(name, optimize=True)
        file.unlink()
        names.append(name)
    return str(figure_rst(names, conf["src_dir"]))
