"""How much a plan asks for, before anything of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final

from dlnproof.errors import InputError
from dlnproof.limits import MOST_UNASKED
from dlnproof.numeric.exact.points import PointKey
from dlnproof.run.planning import Plan

_POINT: Final = 0.2
_DERIVATION: Final = 2.0
_RUN: Final = 0.02


@dataclass(frozen=True)
class Estimate:
    """What a plan has to do, and about how many seconds one processor needs for it."""

    points: int
    runs: int
    seconds: float

    @classmethod
    def of(cls, plan: Plan) -> Estimate:
        """Return the estimate, which reads the plan alone. It is rough: within a factor of ten."""
        points = sum(len(job.keys) for job in plan.jobs)
        runs = sum(job.runs for job in plan.jobs)
        seconds = sum(_seconds(key, job.digits) for job in plan.jobs for key in job.keys)
        seconds += _DERIVATION * len(plan.claims) + _RUN * runs
        return cls(points, runs, seconds)

    def agreed(self) -> None:
        """Raise :class:`InputError` where it is more than is done unasked."""
        if self.seconds > MOST_UNASKED:
            raise InputError(
                f"the record asks for about {_hours(self.seconds)} of one processor "
                f"({self.points:,} points, {self.runs:,} training runs), expected at most "
                f"{_hours(MOST_UNASKED)}; if you mean it, add --yes, or else --quick"
            )


def _seconds(key: PointKey, digits: int) -> float:
    """Return about how long a check takes at a point; measured from N = 2 to 20, d = 2 to 8."""
    depth = 2 if key.depth == inf else int(key.depth)
    return _POINT * (depth / 5) ** 2 * (key.width / 4) ** 5 * max(1.0, digits / 200)


def _hours(seconds: float) -> str:
    hours = max(1, round(seconds / 3600))
    return f"{hours:,} hour{'s' if hours > 1 else ''}"
