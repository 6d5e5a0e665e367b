"""
The entropy over the plane of minimisers
========================================

The logarithm of the orbit's volume over the matrices with unit diagonal, beside its value at the
corners of the hyperbola of rank one, and where noise leaves the runs (:claim:`entropy-gradient`).
"""

import subprocess

command = "dlnproof figure entropy --runs 200 -o entropy.png"
subprocess.run(command.split(), check=True)
