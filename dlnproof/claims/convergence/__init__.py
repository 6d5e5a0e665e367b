"""Whether, and how fast, training converges."""
