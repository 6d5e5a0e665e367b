"""Matrix completion: which minimiser training reaches."""
