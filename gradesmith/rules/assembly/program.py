"""The one door to the solver: a mixed-integer program, put together row by row, and one of its solutions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from gradesmith.errors import GradesmithError

FloatArray = NDArray[np.float64]
Terms = Iterable[tuple[int, float]]

NODES = 20_000
"""After so many nodes of the search tree the best form so far is taken: a limit on time would depend on the machine."""

GAP = 0.1
"""How far (relative) from the best choice a form may be: any that fulfils its demands will do."""

INFEASIBLE = 2  # what SciPy calls it


class Undecided(GradesmithError):
    """The search ended before it was known whether there is a solution."""


@dataclass(slots=True)
class Program:
    """A program that grows: minimise the costs of the variables while every row lies within its bounds."""

    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[list[tuple[int, float]], float, float]] = field(default_factory=list)

    def variable(self, cost: float = 0, *, low: float = 0, high: float = 1, whole: bool = True) -> int:
        """Add a variable and return its number."""
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, terms: Terms, low: float = -inf, high: float = inf) -> None:
        """Demand that a weighted sum of variables lies within bounds."""
        self.rows.append((list(terms), low, high))

    def solve(self, *, gap: float = GAP, nodes: int = NODES) -> FloatArray | None:
        """Return the value of every variable, integers rounded; ``None`` when no values fulfil all rows.

        The same program gives the same values, on any machine and under any load.

        Raises:
            Undecided: When the search was given up before it found either.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - half a second that help must not wait
        from scipy.sparse import csr_array  # noqa: PLC0415

        places = [(number, at, weight) for number, (terms, _, _) in enumerate(self.rows) for at, weight in terms]
        across, down, weights = ([one[part] for one in places] for part in (1, 0, 2))
        matrix = csr_array((weights, (down, across)), shape=(len(self.rows), len(self.costs)))
        bounds = np.array([(low, high) for _, low, high in self.rows], dtype=float).reshape(-1, 2)
        found = milp(
            self.costs,
            integrality=np.array(self.whole, dtype=int),
            bounds=Bounds(self.lows, self.highs),
            constraints=LinearConstraint(matrix, bounds[:, 0], bounds[:, 1]) if self.rows else (),
            options={"node_limit": nodes, "mip_rel_gap": gap},
        )
        if found.x is None:
            if found.status == INFEASIBLE:
                return None
            raise Undecided(
                f"the search for a form was given up after {nodes} steps", "loosen balance.tolerance a little"
            )
        values = np.where(self.whole, np.round(found.x), found.x)
        return np.asarray(values)
