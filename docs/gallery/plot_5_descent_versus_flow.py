"""
Gradient descent beside gradient flow
=====================================

From the same starts, at depth 2: with larger steps descent leaves the component of matrices of
positive determinant, which the flow never does (:claim:`norm-divergence`).
"""

import subprocess

subprocess.run(
    ["dlnproof", "figure", "descent-versus-flow", "--runs", "3", "-o", "descent-versus-flow.png"],
    check=True,
)
