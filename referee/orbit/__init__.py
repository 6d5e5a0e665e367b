"""The chapter :mod:`dlnproof.claims.orbit`."""
