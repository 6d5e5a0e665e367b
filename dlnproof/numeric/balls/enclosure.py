"""A real number as a decimal midpoint and radius that a reader can rely on as printed."""

from dataclasses import dataclass
from decimal import Decimal

from flint import arb, fmpq, fmpz


@dataclass(frozen=True)
class Enclosure:
    """The number lies in [mid - rad, mid + rad], both read as exact decimals.

    An infinite or undefined quantity has mid "inf", "-inf" or "nan", rad "0", and a ``reason``.
    """

    mid: str
    rad: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.mid}: {self.reason}" if self.reason else f"{self.mid} +/- {self.rad}"

    def as_json(self) -> dict[str, str]:
        """Return ``mid``, ``rad`` and, where there is one, ``reason``."""
        entries = {"mid": self.mid, "rad": self.rad}
        return entries | {"reason": self.reason} if self.reason else entries


ZERO = Enclosure("0", "0")


def enclose(ball: arb, digits: int, *, relative: bool) -> Enclosure | None:
    """Return the ball in decimals with rad <= 10^-digits |mid|, or None where it is too wide.

    Unless ``relative``, the bound is 10^-digits max(1, |mid|). Certified: the decimal interval
    contains the ball; what rounding does to the midpoint is added to the radius, which is rounded
    up.
    """
    if not ball.is_finite():
        return None
    mid, rad, exponent = ball.mid_rad_10exp(digits + 3)  # rigorous: contains the ball
    drop = max(len(str(abs(mid))) - (digits + 1), 0)
    unit = fmpz(10) ** drop
    shown = (mid + unit // 2) // unit
    rad += abs(mid - shown * unit)
    surplus = max(len(str(rad)) - 2, 0)
    rad = -(-rad // fmpz(10) ** surplus)  # two digits, rounded up
    scale = max(fmpq(abs(shown * unit)), fmpq(0) if relative else fmpq(10) ** -int(exponent))
    if rad * fmpz(10) ** (surplus + digits) > scale:
        return None
    return Enclosure(_decimal(shown, int(exponent) + drop), _decimal(rad, int(exponent) + surplus))


def _decimal(integer: fmpz, exponent: int) -> str:
    # built from text: Decimal's constructor is exact, its arithmetic rounds
    return str(Decimal(f"{integer}e{exponent}")).lower() if integer != 0 else "0"
