"""Formulas as MathML, by the writer that documents use: no script, no font, nothing to download."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from dlnproof.notation.mathml import mathml
from dlnproof.notation.reading import LatexError, read

_log = logging.getLogger(__name__)


def _written(node: nodes.Element, *, display: bool) -> str:
    latex = node.astext()
    try:
        return str(mathml(read(latex), display=display))
    except LatexError as error:
        _log.warning("no MathML for $%s$: %s", latex, error, location=node)
        return ""


def _inline(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(_written(node, display=False))
    raise nodes.SkipNode


def _display(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(f'<div class="formula">{_written(node, display=True)}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the writer as the renderer "mathml"."""
    app.add_html_math_renderer("mathml", (_inline, None), (_display, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
