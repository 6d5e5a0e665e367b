"""What a run looks like to a reader: terminal, LaTeX, web page."""
