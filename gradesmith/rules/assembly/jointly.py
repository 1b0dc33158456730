"""Selects the questions of several forms at once: slow, but it finds them wherever they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from gradesmith.rules.assembly.program import FloatArray, Program, Undecided
from gradesmith.rules.assembly.selecting import Chosen, Selector

MOST = 2500
"""Up to so many choices (candidates times forms) all forms are selected at once, where one after the other failed."""

Places = Mapping[str, Sequence[int]]  # the variables of each question in one form


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Forms that are selected together, by their owners.

    ``beside`` are pairs of owners whose forms have at most ``shared`` questions in common, ``known`` the questions of
    forms that stand already, ``room`` in how many of these forms each question may still stand.
    """

    owners: tuple[str, ...]
    beside: frozenset[frozenset[str]]
    known: Mapping[str, frozenset[str]]
    shared: int
    room: Mapping[str, int]

    def select(self, selector: Selector, chance: Random) -> dict[str, Chosen] | None:
        """Return what each form holds; ``None`` where there are no such forms, or too many to tell."""
        if len(self.owners) * len(selector.candidates) > MOST:
            return None
        program = Program()
        forms = {owner: self._form(program, selector, chance) for owner in self.owners}
        for name in sorted({one.name for one in selector.candidates}):
            uses = [(at, 1.0) for places in forms.values() for at in places[name]]
            program.row(uses, high=self.room[name])
        for one, other in sorted(map(sorted, self.beside)):
            self._apart(program, forms, one, other)
        try:
            values = program.solve(gap=1)
        except Undecided:
            return None
        return None if values is None else self._read(selector, values)

    def _form(self, program: Program, selector: Selector, chance: Random) -> Places:
        """Add the variables and rows of one form."""
        places = defaultdict(list)
        first = len(program.costs)
        for one in selector.candidates:
            places[one.name].append(program.variable(chance.random()))
        for terms, low, high in selector.rows:
            program.row([(first + at, weight) for at, weight in terms], low, high)
        return places

    def _apart(self, program: Program, forms: Mapping[str, Places], one: str, other: str) -> None:
        """Let two forms have few questions in common, of which one may be known."""
        if one in forms and other in forms:
            both = [self._both(program, forms[one][name], forms[other][name]) for name in forms[one]]
            program.row([(at, 1.0) for at in both], high=self.shared)
        for mine, yours in ((one, other), (other, one)):
            if mine in forms and yours in self.known:
                common = [at for name in self.known[yours] for at in forms[mine].get(name, ())]
                program.row([(at, 1.0) for at in sorted(common)], high=self.shared)

    def _both(self, program: Program, mine: Iterable[int], yours: Iterable[int]) -> int:
        """Add a variable that is 1 where a question stands in both of two forms."""
        both = program.variable(whole=False)
        program.row([*((at, 1.0) for at in (*mine, *yours)), (both, -1.0)], high=1)
        return both

    def _read(self, selector: Selector, values: FloatArray) -> dict[str, Chosen]:
        size = len(selector.candidates)
        starts = range(0, size * len(self.owners), size)
        return {
            owner: tuple(one for at, one in enumerate(selector.candidates, start) if values[at] > 0.5)
            for start, owner in zip(starts, self.owners, strict=True)
        }
