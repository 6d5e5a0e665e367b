"""The site: see CONTRIBUTING.md, "The documentation". It is read and built without a network.

Inventories of other projects (intersphinx) are not vendored: names of theirs are no links, and are
few, since signatures are shown without types; a copy here would age with nobody to see it.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from nbclient import NotebookClient

from dlnproof.papers.kept import program
from dlnproof.version import __version__

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(DOCS / "extensions"))

project = "dlnproof"
author = "The dlnproof authors"
project_copyright = author
release = version = __version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx_gallery.gen_gallery",
    "architecture",
    "docstrings",
    "claims",
    "mathematics",
    "offline",
]
exclude_patterns = ["gallery/*", "extensions", "pictures/*.ipynb", "releasing.md"]
nitpicky = True
nitpick_ignore_regex = [(r"py:.*", r"(?!dlnproof\.).*")]  # of other projects: no inventories

# pages are executed as a reader would, in an empty folder, by the package of these sources
FOREIGN = {
    "howto/gradients.ipynb": ("torch", "jax"),
    "howto/optimisation.ipynb": ("geoopt", "pymanopt"),
}
"""Pages of libraries that are not required: without these, they keep their stored outputs."""
nb_execution_excludepatterns = [
    page for page, libraries in FOREIGN.items() if not all(map(find_spec, libraries))
]
nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "build" / "notebooks" / program()[:16])
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_output_stderr = "remove"  # progress, where it takes long
NotebookClient.coalesce_streams = True  # what comes in pieces is one text, no line of it broken
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
os.environ["DLNPROOF_SOURCES"] = str(ROOT)
os.environ["COLUMNS"] = "88"
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # processes are many already

myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
html_math_renderer = "mathml"

autodoc_member_order = "bysource"
autodoc_typehints = "none"

sphinx_gallery_conf = {
    "examples_dirs": "gallery",
    "gallery_dirs": "pictures",
    "image_scrapers": ("matplotlib", "pictures.written"),
    "filename_pattern": r"/plot_",
    "capture_repr": (),
    "abort_on_example_error": True,
    "download_all_examples": False,
    "show_signature": False,
    "write_computation_times": False,  # tables of times, by scripts from elsewhere
    "remove_config_comments": True,
    "within_subsection_order": "FileNameSortKey",
}

dlnproof_record = os.environ.get("DLNPROOF_RECORD", str(ROOT / "build" / "record.json"))

html_theme = "pydata_sphinx_theme"
html_title = "dlnproof"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": [],
}
html_sidebars: dict[str, list[str]] = {"index": []}
