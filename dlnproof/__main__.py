"""``python -m dlnproof``."""

import sys

from dlnproof.cli.main import main

sys.exit(main())
