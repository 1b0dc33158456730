"""Selects the questions of forms: one form after the other, each within all demands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from gradesmith.rules.assembly.candidates import Candidate
from gradesmith.rules.assembly.demands import Demand, Level
from gradesmith.rules.assembly.program import NODES, Program, Undecided

FEW_NODES = 200
"""How long a form nearer to the target than need be is looked for."""

Chosen = tuple[Candidate, ...]
Row = tuple[list[tuple[int, float]], float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Chooses among candidates what fulfils all demands, as chance has it.

    ``near`` is a narrower bound on the difficulty that is kept where it can be: forms would gather at the edge of what
    is allowed otherwise, as there are most of them.
    """

    candidates: tuple[Candidate, ...]
    demands: tuple[Demand, ...]
    near: Level | None = None
    rows: tuple[Row, ...] = field(init=False)

    def __post_init__(self) -> None:
        # The rows are the same for every form of a class: weighed once.
        object.__setattr__(self, "rows", tuple(self.row(demand) for demand in self.demands))

    def row(self, demand: Demand) -> Row:
        """Return a demand as the solver takes it."""
        weights = ((number, float(demand.weighs(one))) for number, one in enumerate(self.candidates))
        return [(number, weight) for number, weight in weights if weight], demand.low, demand.high

    def choose(
        self, costs: Sequence[float], closed: Collection[str] = (), further: Iterable[Demand] = ()
    ) -> Chosen | None:
        """Return a choice that fulfils all demands and further ones without closed questions, or ``None``.

        Among such choices one with low costs is taken, though not always the lowest.

        Raises:
            Undecided: When the solver gave up before it knew.
        """
        demands = tuple(further)
        if self.near is not None:
            with suppress(Undecided):
                chosen = self.read(self.program(costs, closed, (*demands, self.near)), FEW_NODES)
                if chosen is not None:
                    return chosen
        return self.read(self.program(costs, closed, demands), NODES)

    def program(self, costs: Sequence[float], closed: Collection[str] = (), further: Iterable[Demand] = ()) -> Program:
        """Return a program whose first variables are the candidates, and whose rows are the demands."""
        program = Program()
        for one, cost in zip(self.candidates, costs, strict=True):
            program.variable(cost, high=0 if one.name in closed else 1)
        for terms, low, high in (*self.rows, *map(self.row, further)):
            program.row(terms, low, high)
        return program

    def read(self, program: Program, nodes: int = NODES) -> Chosen | None:
        """Return the candidates that a solution of such a program takes, or ``None`` when it has none.

        Raises:
            Undecided: When the solver gave up before it knew.
        """
        values = program.solve(nodes=nodes)
        return None if values is None else tuple(one for one, value in zip(self.candidates, values) if value > 0.5)  # noqa: B905 - further variables come after


def drawn_costs(candidates: Sequence[Candidate], uses: Mapping[str, int], chance: Random) -> list[float]:
    """Return what each candidate costs: a draw below 1, and up to 3 for how often it was used beside others.

    So questions wear evenly, and none is used up while others of its section are fresh. The steps are few, as a large
    cost would drown the draws and the difficulty.
    """
    sections: dict[int, list[int]] = {}
    for one in candidates:
        sections.setdefault(one.section, []).append(uses.get(one.name, 0))
    usual = {section: sum(times) // len(times) for section, times in sections.items()}
    return [chance.random() + min(max(uses.get(one.name, 0) - usual[one.section] + 1, 0), 3) for one in candidates]
