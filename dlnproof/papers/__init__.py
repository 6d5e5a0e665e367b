"""Papers: the marked formulas of an author's LaTeX source, found and judged where they stand."""
