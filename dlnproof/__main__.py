"""``python -m dlnproof``."""

import sys

from dlnproof.cli import main

sys.exit(main())
