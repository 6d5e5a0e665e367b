"""The chapter :mod:`dlnproof.claims.factors`."""
