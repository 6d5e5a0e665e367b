"""Run the checker of records, from the sources: python3 -I verify_record.py [record.json]

It is put together from the parts in ``referee/``, for Python >= 3.9 without anything else; what is
built of the package has the whole of it in the place of this file.
"""

from pathlib import Path
from runpy import run_path

_FOLDER = Path(__file__).resolve().parent.parent / "referee"
_WHOLE = run_path(str(_FOLDER / "assemble.py"))["assembled"]()
exec(compile(_WHOLE, "verify_record.py", "exec"))
