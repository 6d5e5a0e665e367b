"""The chapter :mod:`dlnproof.claims.completion`."""
