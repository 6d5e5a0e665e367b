"""
The volume over the plane of minimisers
=======================================

The logarithm of the density of the volume over the matrices with unit diagonal, and where
gradient flow ends among them (:claim:`volume-corners`).
"""

import subprocess

command = "dlnproof figure volume --runs 20 -o volume.png"
subprocess.run(command.split(), check=True)
