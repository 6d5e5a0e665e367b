"""The folder of a record's web page, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from dlnproof.claims.studies import CHECKER, checker, contents
from dlnproof.documents.content.counterexamples import file_name, files_of
from dlnproof.documents.entries import entries, well_formed
from dlnproof.documents.figures import of_claim
from dlnproof.documents.site.claim_page import Surroundings, claim_page
from dlnproof.documents.site.index_page import index_page
from dlnproof.documents.status import dependences, statuses
from dlnproof.errors import InputError
from dlnproof.record.record import Record


def site(record: Record, figures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a record's web page by their relative paths.

    ``figures`` are SVG by name. Static, ASCII but for the figures, deterministic; nothing is
    loaded from elsewhere. Raises :class:`InputError` for a record without claims, with unknown
    ones, with claims that use each other in a circle or with evidence of another form.
    """
    if not record.claims:
        raise InputError("record: got no claim, expected one at least; run the checks again")
    with well_formed():
        return _site(record, figures)


def _site(record: Record, figures: Mapping[str, bytes]) -> dict[str, bytes]:
    found = entries(record)
    status = statuses(found)
    uses = dependences(found)
    foot = (
        f"dlnproof {record.version}, commit {record.commit}. Every verdict and number is from the "
        f"record with the digest {record.digest[:16]}..."
    )
    made: dict[str, bytes] = {"record.json": record.dumps().encode("ascii")}
    made[CHECKER] = checker(status).encode("ascii")
    carried = contents(status)
    made |= carried
    made["style.css"] = (files("dlnproof.documents.site") / "style.css").read_bytes()
    made["index.html"] = index_page(record, found, status, carried, foot)
    for entry in found:
        name = entry.claim.id
        around = Surroundings(
            record,
            status,
            used_by={name: [user for user, used in uses.items() if name in used]},
            figures=[figure for figure in of_claim(name) if figure in figures],
            foot=foot,
        )
        made[f"claims/{file_name(name)}.html"] = claim_page(entry, around)
        made |= files_of(entry)
    return made | {f"figures/{name}.svg": content for name, content in figures.items()}
