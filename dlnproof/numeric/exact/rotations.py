"""The volume of the orthogonal group, enclosed from its definition, for d <= 3."""

from flint import acb, acb_mat, arb

MOST = 3
"""The largest width for which the group is integrated over here."""


def group_volume(width: int) -> arb:
    """Enclose the volume of O_d (both components) for the metric Tr(a^T a) on so(d), d <= 3.

    Euler angles Q = R_12(a) R_23(b) R_12(c), 0 <= a, c <= 2 pi, 0 <= b <= pi, pass once over the
    rotations. Turns by a and c are isometries, so the density of Q^T dQ depends on b alone; it
    vanishes at b = 0 and pi only, and keeps its sign between. No volume of a sphere is used.
    """
    components, circle = 2, 2 * arb.pi()
    if width == 1:
        return arb(components)
    if width == 2:
        return components * circle * abs(_density([_generator(2, 0)]).real)

    def tilted(b: acb, analytic: bool) -> acb:
        R = _rotation(b)
        by_a = R.transpose() * _generator(3, 0) * R
        return _density([by_a, _generator(3, 1), _generator(3, 0)])

    return components * circle * circle * abs(acb.integral(tilted, 0, acb.pi()).real)


def _density(velocities: list[acb_mat]) -> acb:
    """Return the volume spanned by skew matrices, up to sign: their entries above the diagonal,
    and the lengths of the E_il - E_li.
    """
    width = velocities[0].nrows()
    pairs = [(i, l) for i in range(width) for l in range(i + 1, width)]
    coordinates = acb_mat([[velocity[i, l] for i, l in pairs] for velocity in velocities])
    unit = _generator(width, 0)
    length = sum((x * x for x in unit.entries()), acb(0)).sqrt()
    return coordinates.det() * length ** len(pairs)


def _generator(width: int, plane: int) -> acb_mat:
    """Return E_il - E_li, up to sign, for the plane of two neighbouring axes."""
    unit = acb_mat(width, width)
    unit[plane, plane + 1], unit[plane + 1, plane] = acb(-1), acb(1)
    return unit


def _rotation(angle: acb) -> acb_mat:
    """Return R_23(angle)."""
    c, s = angle.cos(), angle.sin()
    return acb_mat([[1, 0, 0], [0, c, -s], [0, s, c]])
