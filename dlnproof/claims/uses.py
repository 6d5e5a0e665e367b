"""Which claim uses which."""

from dlnproof.claims import CLAIMS


def dependencies() -> list[tuple[str, str]]:
    """Return the edges (claim, claim that its derivation uses) of the catalogue, by id.

    That is the graph of the documents: conclusions that a derivation rests on, not through another
    claim. A claim without any edge is in none. ``networkx.DiGraph(dependencies())`` takes it.

    >>> ("volume-form", "metric-diagonalization") in dependencies()
    True
    """
    return [(claim.id, used) for claim in CLAIMS.values() for used in claim.uses]
