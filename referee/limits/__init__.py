"""The chapter :mod:`dlnproof.claims.limits`."""
