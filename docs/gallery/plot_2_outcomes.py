"""
Where training ends
===================

The diagonal of a 2 x 2 matrix is observed. The minimisers of rank one are a hyperbola; where on
it does gradient flow end, by depth and size of the start (:claim:`rank-one-minimizers`)?
"""

import subprocess

command = "dlnproof figure outcomes --runs 20 -o outcomes.png"
subprocess.run(command.split(), check=True)
