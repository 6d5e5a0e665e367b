"""What a run looks like to a reader: terminal and LaTeX."""
