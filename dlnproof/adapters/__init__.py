"""The geometry as a manifold of other libraries: none of them is required."""
