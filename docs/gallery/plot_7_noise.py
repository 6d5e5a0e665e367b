"""
Noise along the orbits of balanced factors
==========================================

Outcomes of Langevin's equation at depth 5 without noise along the orbits and with it, and how much
that noise adds to the logarithm of the orbit's volume, by depth (:claim:`orbit-volume`).
"""

import subprocess

command = "dlnproof figure noise --runs 200 -o noise.png"
subprocess.run(command.split(), check=True)
