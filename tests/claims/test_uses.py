"""Which claim uses which, as edges: those of the documents' graph."""

from typing import Any

import pytest

import dlnproof
from dlnproof.claims import CATALOGUE, CLAIMS


def test_edges_are_what_derivations_use() -> None:
    edges = dlnproof.dependencies()
    assert len(edges) == len(set(edges)) == sum(len(claim.uses) for claim in CLAIMS.values())
    for claim, used in edges:
        assert used in CLAIMS[claim].uses  # which are what the proof uses: tests/laws


def test_no_claim_rests_on_a_later_one() -> None:
    order = {claim: k for k, claim in enumerate(CLAIMS)}
    assert len(order) == len(CATALOGUE)
    assert all(order[used] < order[claim] for claim, used in dlnproof.dependencies())


def test_networkx_takes_them() -> None:
    networkx: Any = pytest.importorskip("networkx")
    graph = networkx.DiGraph(dlnproof.dependencies())
    assert networkx.is_directed_acyclic_graph(graph)
    assert "operator-spectrum" in networkx.descendants(graph, "volume-form")
