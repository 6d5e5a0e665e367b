"""
An entry that nobody observes grows without bound
=================================================

Of a 2 x 2 matrix three entries are observed, w12 = w21 = 1 and w22 = 0. The fourth, against the
loss along the gradient flow, at four depths and from three sizes of the start
(:claim:`norm-divergence`).
"""

import subprocess

command = "dlnproof figure norms --runs 4 -o norms.png"
subprocess.run(command.split(), check=True)
