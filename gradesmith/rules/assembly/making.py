"""Makes forms of selected questions: draws the variants, and keeps apart what must not meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from gradesmith.errors import CannotDraw, GradesmithError
from gradesmith.model.assessments import Assessment, FlowStep, Form, Narrative, Pick, Slot
from gradesmith.model.interactions import Fields
from gradesmith.model.questions import Variant
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.candidates import rescaled
from gradesmith.rules.assembly.chance import Chance
from gradesmith.rules.assembly.numbers import Numbers
from gradesmith.rules.assembly.selecting import Chosen

MOST_DRAWS = 200
"""How often numbers are drawn that nobody else has, before it is held that there are none left."""

SELECTED = Pick(kind=())
"""How a question of the flow is taken that has no points of its own there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes the form of one owner from what was selected for it."""

    assessment: Assessment
    material: Material
    chance: Chance
    code: str
    numbers: Numbers = field(default_factory=Numbers)

    def form(self, sections: Sequence[Chosen]) -> Form:
        """Return the form; where the blueprint asks for a canary, one slot's numbers are this form's alone.

        Raises:
            CannotDraw: When a question has no sound variant, or no numbers are left that nobody has.
            GradesmithError: When two questions hand out different files under one name.
        """
        items: list[Narrative | Slot] = []
        for step in self.assessment.flow:
            items.append(self._step(step, _next_name(items)))
        for section, chosen in zip(self.assessment.sections, sections, strict=True):
            items.append(Narrative(text=f"## {section.title}"))
            for one in chosen:
                items.append(self._slot(_next_name(items), one.name, section.pick))
        form = Form(
            assessment=self.assessment.id,
            title=self.assessment.title,
            kind=self.assessment.kind,
            minutes=self.assessment.minutes,
            code=self.code,
            items=tuple(items),
            limits=self.assessment.limits,
        )
        return self._with_canary(form) if self.assessment.canary and self.assessment.forms != 1 else form

    def _step(self, step: FlowStep, name: str) -> Narrative | Slot:
        if step.question is None:
            return Narrative(text=step.code or step.text or "", code=step.code is not None)
        return self._slot(name, step.question, None if step.points is None else SELECTED.but(points=step.points))

    def _slot(self, name: str, question: str, pick: Pick | None) -> Slot:
        """Draw the question that stands in a slot; numbers that another form has for itself are passed over."""
        for attempt in range(MOST_DRAWS):
            variant = self.material.draw(self.material.questions[question], self.chance.variant(question, attempt))
            if not self.numbers.are_taken(variant):
                break
        else:
            raise self._no_numbers(question)
        if pick is not None:
            variant = rescaled(variant, pick.points, judgement=pick.judgement)
        return Slot(name=name, variant=variant, rng_seed=self.chance.checks(question))

    def _with_canary(self, form: Form) -> Form:
        """Give one computed slot numbers that no form seen so far has; one that has them already is preferred."""
        computed = [one for one in form.slots if isinstance(one.variant.parts[0].interaction, Fields)]
        for slot in computed:
            if not self.numbers.are_seen(slot.variant):
                return form.but(canary=slot.name)
        for slot in computed:
            for variant in self._redrawn(slot):
                if not self.numbers.are_seen(variant):
                    fresh = slot.but(variant=variant)
                    items = tuple(fresh if one is slot else one for one in form.items)
                    return form.but(items=items, canary=slot.name)
        raise self._no_numbers(*(slot.variant.question for slot in computed))

    def _redrawn(self, slot: Slot) -> Iterator[Variant]:
        """Yield further variants of a slot, its parts worth the same."""
        name = slot.variant.question
        for attempt in range(1, MOST_DRAWS):
            fresh = self.material.draw(self.material.questions[name], self.chance.variant(name, attempt))
            parts = {part.name: part for part in fresh.parts}
            yield fresh.but(parts=tuple(parts[part.name].but(points=part.points) for part in slot.variant.parts))

    def _no_numbers(self, *questions: str) -> CannotDraw:
        if not questions:
            message = (
                f"{self.assessment.id}: a canary needs a computed question in every form, and form {self.code} has none"
            )
            return CannotDraw(message, "let a section pick a kind whose answer is computed, or remove canary")
        message = f"{self.assessment.id}: no numbers of {' or '.join(questions)} are left that no other form has"
        return CannotDraw(message, "let it draw from more numbers, write another one, or remove canary")


def _next_name(items: Iterable[Narrative | Slot]) -> str:
    return f"q{sum(isinstance(item, Slot) for item in items) + 1:02}"


def quarrels(variants: Iterable[Variant]) -> dict[frozenset[str], str]:
    """Return the pairs of questions that hand out different files under one name, and why they can't stand together."""
    found = {}
    for one, other in combinations({variant.question: variant for variant in variants}.values(), 2):
        ours = {file.name: file.content for file in one.files}
        for file in other.files:
            if ours.get(file.name, file.content) != file.content:
                found[frozenset({one.question, other.question})] = f", and hand out different files {file.name}"
    return found


def files_are_told_apart(form: Form) -> None:
    """Make sure that no question's file takes the place of another's, or of the notebook.

    Raises:
        GradesmithError: When one would.
    """
    notebook = f"{form.assessment}.ipynb"
    owners: dict[str, tuple[str, str | None]] = {notebook: ("the notebook", None)}
    for slot in form.slots:
        for file in slot.variant.files:
            owner, content = owners.setdefault(file.name, (slot.variant.question, file.content))
            if content != file.content:
                message = f"{form.assessment}: {owner} and {slot.variant.question} hand out different files {file.name}"
                raise GradesmithError(message, "rename one of them")
