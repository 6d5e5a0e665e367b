"""
Curvature over the singular values
==================================

The scalar curvature of g^N of 2 x 2 matrices, at several depths and in the limit
(:claim:`scalar-curvature`).
"""

import subprocess

command = "dlnproof figure curvature -o curvature.png"
subprocess.run(command.split(), check=True)
