"""
Geodesics beside straight lines
===============================

Geodesics of g^N through diagonal matrices, and circles around where they start. At finite depth the
singular matrices are at a finite distance (:claim:`distance-lower-bound`).
"""

import subprocess

command = "dlnproof figure geodesics -o geodesics.png"
subprocess.run(command.split(), check=True)
