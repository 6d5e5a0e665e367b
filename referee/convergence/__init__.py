"""The chapter :mod:`dlnproof.claims.convergence`."""
