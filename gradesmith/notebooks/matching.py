"""Finds out which cells of a file stand for which cells of a form: by name, and where names are lost, by what they say.

Whatever helped is noted, so that a person can judge it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from gradesmith.model.runs import Note
from gradesmith.notebooks.parsing import RawCell, Unreadable
from gradesmith.notebooks.recognising import Whose, tells
from gradesmith.notebooks.recognising import words as _words
from gradesmith.notebooks.skeleton import SkeletonCell
from gradesmith.notebooks.sources import assignments, bound, says_nothing, statements, text_of

Planned = Mapping[str, SkeletonCell]
VARIABLES = frozenset({"choice", "fields"})
FEW = 5
LONGEST_NAME = 40
MOST_PARTS = 10
MOST_CODE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What stands for a planned cell: a text, its type, and the places in the file that it takes up, if any."""

    source: str
    type: str
    places: tuple[int, ...] = ()


def is_untouched(cell: SkeletonCell, source: str) -> bool:
    """Whether nothing was written: the answer is blank, or still what was handed out."""
    return not source.strip() or source.strip() == cell.starter.strip()


def match_cells(raw: Sequence[RawCell], planned: Planned, notes: list[Note], whose: Whose) -> dict[str, Match]:
    """Return what stands for each planned cell; what is not there is missing.

    ``whose`` knows the questions of the other students.

    Raises:
        Unreadable: When the questions are those of another assessment or form, or no cell is known at all.
    """
    return _Matching(raw, planned, notes, whose).matches()


class _Matching:
    """The search, one way after the other; each takes only what the earlier ones have left."""

    def __init__(self, raw: Sequence[RawCell], planned: Planned, notes: list[Note], whose: Whose) -> None:
        self._raw = raw
        self._whose = whose
        self._planned = planned
        self._notes = notes
        self._found: dict[str, Match] = {}
        self._taken: set[int] = set()
        self._assignments: dict[str, list[tuple[str, ast.Assign, str]]] = {}

    def matches(self) -> dict[str, Match]:
        self._by_name()
        self._refuse_other_forms()
        self._refuse_other_assessments()
        self._note_strangers()
        self._by_text()
        self._assignments = self._assigned()
        for name, cell in self._planned.items():
            if cell.answers:
                self._unmerge(name, cell)
                self._complete(name)
                self._by_place(name, cell)
                self._by_assignment(name, cell)
        if not self._found:
            message = "none of its cells is of this assessment: perhaps another file was handed in by mistake"
            raise Unreadable(message)
        return self._found

    # By name

    def _by_name(self) -> None:
        copies: dict[str, list[int]] = {}
        for number, one in enumerate(self._raw):
            name = next((name for name in one.names if name in self._planned), "")
            if name:
                copies.setdefault(name, []).append(number)
                self._taken.add(number)
        for name, cell in self._planned.items():
            if name in copies:
                self._found[name] = self._best(cell, copies[name])

    def _best(self, cell: SkeletonCell, copies: list[int]) -> Match:
        """Of locked cells take the first unchanged copy; of answers the first answered, or the parts of a split one."""
        better = [at for at in copies if is_untouched(cell, self._raw[at].source) is not cell.answers]
        if len(copies) > 1 and cell.answers:
            joined = self._joined(cell, better)
            if joined is not None:
                self._note(cell.id, f"the cell {cell.id} had been split into {len(better)}; they were put together")
                return joined
            text = f"the cell {cell.id} stood there {len(copies)} times; the first answered copy counts"
            self._note(cell.id, text)
        return self._match((better or copies)[0])

    def _joined(self, cell: SkeletonCell, places: list[int]) -> Match | None:
        """Put the parts of a split cell together, if they are parts and not copies: adjacent, and each says its own."""
        if not 2 <= len(places) <= MOST_PARTS or places != list(range(places[0], places[0] + len(places))):
            return None
        texts = [self._raw[at].source for at in places]
        code = cell.type == "code"
        whole = ("\n" if code else "\n\n").join(texts)
        parts = _are_parts(cell, texts, whole) if code else not any(a in b or b in a for a, b in combinations(texts, 2))
        return Match(source=whole, type=self._raw[places[0]].type, places=tuple(places)) if parts else None

    def _refuse_other_forms(self) -> None:
        """Refuse a notebook with another student's questions: by one's own key their answers would be marked at random.

        Whatever stands under a locked cell's name counts, not only the copy that was taken.
        """
        said = ((name, one.source) for one in self._raw for name in one.names[:1] if name in self._planned)
        strange = {
            name: text
            for name, text in said
            if tells(self._planned[name]) and _words(text) != _words(self._planned[name].starter)
        }
        if strange and (why := self._whose(strange)):
            raise Unreadable(why)

    def _refuse_other_assessments(self) -> None:
        prompts = [(self._found[name], cell) for name, cell in self._planned.items() if name in self._found]
        prompts = [(match, cell) for match, cell in prompts if cell.role == "prompt" and match.source.strip()]
        if len(prompts) > 1 and not any(_words(match.source) == _words(cell.starter) for match, cell in prompts):
            message = "none of its questions is one of this student's: it is of another assessment, form or language"
            raise Unreadable(message)

    def _note_strangers(self) -> None:
        names = [self._raw[at].names[0][:LONGEST_NAME] for at in self._free() if self._raw[at].graded]
        if names:
            more = ", …" if len(names) > FEW else ""
            self._note("", f"cells of another notebook stood there: {', '.join(names[:FEW])}{more}")

    # By what they say

    def _by_text(self) -> None:
        """Find locked cells that have lost their names."""
        said: dict[str, list[int]] = {}
        for at in self._free():
            said.setdefault(_words(self._raw[at].source), []).append(at)
        count = 0
        for name, cell in self._planned.items():
            if not cell.answers and name not in self._found and (places := said.get(_words(cell.starter))):
                self._take(name, places.pop(0))
                count += 1
        if count:
            self._note("", f"{count} locked cells had lost their names; they were known by their text")

    def _unmerge(self, name: str, cell: SkeletonCell) -> None:
        """Take apart an answer and a locked neighbour that were merged."""
        for neighbour in (f"{name}-prompt", f"{name}-check"):
            locked = self._planned[neighbour].starter.strip() if neighbour in self._planned else ""
            if not locked:
                continue
            if name in self._found and neighbour not in self._found and locked in self._found[name].source:
                rest, own = self._found[name].source.replace(locked, "", 1).strip(), self._found[name]
                self._found[name] = Match(source=rest, type=cell.type, places=own.places)
            elif name not in self._found and neighbour in self._found:
                rest = self._found[neighbour].source
                if locked not in rest or not (rest := rest.replace(locked, "", 1).strip()):
                    continue
                self._found[name] = Match(source=rest, type=cell.type)
            else:
                continue
            self._note(name, f"the cells {name} and {neighbour} had been merged; they were taken apart")

    def _complete(self, name: str) -> None:
        """Add the rest of an answer that ends in mid-statement and goes on in a cell without a name."""
        match = self._found.get(name)
        if match is None or not match.places or match.type != "code" or statements(match.source) is not None:
            return
        at = match.places[-1] + 1
        if at not in self._taken and at < len(self._raw) and self._raw[at].type == "code":
            whole = f"{match.source}\n{self._raw[at].source}"
            if self._raw[at].source.strip() and statements(whole) is not None:
                self._taken.add(at)
                self._found[name] = Match(source=whole, type="code", places=(*match.places, at))
                self._note(name, f"the cell {name} had been split into 2; they were put together")

    def _by_place(self, name: str, cell: SkeletonCell) -> None:
        """Find an answer that has lost its name between its question and the next locked cell."""
        prompt = self._found.get(f"{name}-prompt")
        if name in self._found or prompt is None or not prompt.places:
            return
        places = [at for match in self._found.values() for at in match.places if at > prompt.places[-1]]
        between = range(prompt.places[-1] + 1, min(places, default=len(self._raw)))
        free = [at for at in between if at not in self._taken and self._raw[at].source.strip()]
        fitting = [at for at in free if self._raw[at].type == cell.type]
        if _is_variable(cell):
            fitting = [at for at in fitting if _may_assign(self._raw[at].source, name)]
        if fitting:
            self._take(name, fitting[0])
            self._note(name, f"the cell {name} had lost its name; it was known by its place")

    def _by_assignment(self, name: str, cell: SkeletonCell) -> None:
        """Find the answer to a missing or untouched cell that is assigned, just once, in some other cell."""
        own = self._found[name].source if name in self._found else ""
        if not _is_variable(cell) or not (is_untouched(cell, own) or _is_blank(own)):
            return
        assigned = self._assignments.get(name, ())
        written = [(one, source) for origin, one, source in assigned if origin != name and source != own]
        if len(written) == 1:
            places = self._found[name].places if name in self._found else ()
            self._found[name] = Match(source=text_of(*written[0]), type="code", places=places)
            self._note(name, f"the answer to {name} was found in another cell")

    def _assigned(self) -> dict[str, list[tuple[str, ast.Assign, str]]]:
        """Gather what the student's own cells and the answers assign: by name, where, and as part of which text."""
        found: dict[str, list[tuple[str, ast.Assign, str]]] = {}
        code = [("", self._raw[at].source) for at in self._free() if self._raw[at].type == "code"]
        code += [(name, match.source) for name, match in self._found.items() if self._planned[name].answers]
        if sum(len(source) for _, source in code) <= MOST_CODE:
            for origin, source in code:
                for name, one in assignments(source):
                    found.setdefault(name, []).append((origin, one, source))
        return found

    # Small words

    def _free(self) -> list[int]:
        return [at for at in range(len(self._raw)) if at not in self._taken]

    def _match(self, at: int) -> Match:
        return Match(source=self._raw[at].source, type=self._raw[at].type, places=(at,))

    def _take(self, name: str, at: int) -> None:
        self._taken.add(at)
        self._found[name] = self._match(at)

    def _note(self, cell: str, message: str) -> None:
        self._notes.append(Note(about="repair", cell=cell, message=message))


def _is_variable(cell: SkeletonCell) -> bool:
    return cell.interaction.get("type") in VARIABLES


def _is_blank(source: str) -> bool:
    made = statements(source)
    return made is not None and all(isinstance(one, ast.Assign) and says_nothing(one) for one in made)


def _may_assign(source: str, name: str) -> bool:
    return name in bound(source) or (statements(source) is None and name in source)


def _are_parts(cell: SkeletonCell, texts: list[str], whole: str) -> bool:
    """Whether pieces of code are parts of one cell: together they are Python, and no two bind what is asked for."""
    if statements(whole) is None:
        return False
    if any(statements(text) is None for text in texts):
        return True
    asked = {cell.slot} if _is_variable(cell) else bound(cell.starter)
    bindings = [bound(text) & asked if asked else bound(text) for text in texts]
    return not any(a & b for a, b in combinations(bindings, 2))
