"""The chapter :mod:`dlnproof.claims.volume`."""
