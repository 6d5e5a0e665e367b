"""Volume: the change of coordinates and Theorem 1.1."""
