"""The core's expressions as LaTeX, MathML and text."""
