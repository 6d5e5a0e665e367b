"""
The diagonal of a 3 x 3 matrix
==============================

Ranks and clusters of where gradient flow ends when three diagonal entries are observed, by depth
(:claim:`diagonal-3x3`).
"""

import subprocess

subprocess.run(
    ["dlnproof", "figure", "outcomes-3x3", "--runs", "10", "-o", "outcomes-3x3.png"], check=True
)
