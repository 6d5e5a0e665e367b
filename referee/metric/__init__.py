"""The chapter :mod:`dlnproof.claims.metric`."""
