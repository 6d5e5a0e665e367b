"""The inverse of the operator by resolvents: no integral is rational, so no evidence is exact."""

from dlnproof.referee.geometry import states


@states("inverse-operator-integral", said="9b9e403aa8e83c526754cdb877d17112")
def inverse_operator_integral(p):
    """Nothing."""
    return ()
