"""What it costs to verify a record, beside making it: processor time of all processes.

    python benchmarks/verifying.py [options of check]

makes a record (``dlnproof check``) and its appendix without figures, verifies the record and the
appendix, and reads a record of 10 MB, that one with its points again and again. Targets: ``verify``
of a record takes no longer than ``check`` and ``appendix`` together; 10 MB are read within 1 s.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dlnproof.files.json import dumps
from dlnproof.record.reading import read_record
from dlnproof.record.record import digest_of

LARGE = 10**7


def spent(*words: str) -> float:
    """Return the processor time of a command of ours and of all processes that it started."""
    before = os.times()
    subprocess.run(
        [sys.executable, "-m", "dlnproof", *words], check=True, stdout=subprocess.DEVNULL
    )
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def reading(record: Path) -> float:
    """Return the processor time that it takes to read a record grown to 10 MB."""
    data = json.loads(record.read_text())
    size = len(dumps(data["points"]))
    data["points"] *= 1 + (LARGE - record.stat().st_size) // size
    data["digest"] = digest_of(data)
    large = record.with_name("large.json")
    large.write_text(dumps(data))
    before = time.process_time()
    assert read_record(str(large)).intact
    return time.process_time() - before


def main() -> None:
    """Print the times, and what verifying takes of the rest."""
    with tempfile.TemporaryDirectory() as place:
        record, appendix = f"{place}/record.json", f"{place}/appendix"
        check = spent("check", *sys.argv[1:], "--json", record)
        written = spent("appendix", "--record", record, "--no-figures", "-o", appendix)
        verify = spent("verify", record)
        whole = spent("verify", f"{appendix}/anc/record.json")
        read = reading(Path(record))
    print(f"{'check':24} {check:7.1f} s")
    print(f"{'appendix, no figures':24} {written:7.1f} s")
    print(f"{'verify RECORD':24} {verify:7.1f} s  {verify / (check + written):5.2f} of both")
    print(f"{'verify, with appendix':24} {whole:7.1f} s  {whole / (check + written):5.2f} of both")
    print(f"{'reading 10 MB':24} {read:7.2f} s")


if __name__ == "__main__":
    main()
