"""Says what is wrong with finished forms, from blueprint and questions alone: it shares no code with who made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

from gradesmith.model.assessments import Assessment, Form, Narrative, Slot
from gradesmith.model.interactions import Fields, Text
from gradesmith.model.questions import Question

SLACK = 1e-6


@dataclass(frozen=True, kw_only=True)
class Checker:
    """Knows a blueprint, the questions it may pick, and what share of its points each is expected to earn.

    ``even`` is false where the pool does not allow an even spread.
    """

    assessment: Assessment
    pool: Sequence[Question]
    shares: Mapping[str, float]
    used: frozenset[str] = frozenset()
    even: bool = True

    @property
    def questions(self) -> dict[str, Question]:
        return {one.id: one for one in self.pool}

    def wrong(self, forms: Mapping[str, Form]) -> list[str]:
        """Return everything that is wrong with the forms of a class, given by student in roster order."""
        alone = [f"{owner}: {what}" for owner, form in forms.items() for what in self.wrong_in(form)]
        return [*alone, *self._exposure(forms), *self._neighbours(forms), *self._alike(forms), *self._canaries(forms)]

    def wrong_in(self, form: Form) -> Iterator[str]:
        """Yield what is wrong with one form."""
        ids = [slot.variant.question for slot in form.slots]
        if len(set(ids)) < len(ids):
            yield "a question stands there twice"
        for name in ids:
            if name not in self.questions:
                yield f"{name} is not in the pool"
            elif self.questions[name].retired or name in self.used:
                yield f"{name} may not be used"
        for name in self.assessment.anchors:
            if name not in ids:
                yield f"the anchor {name} is missing"
        for one, other in combinations(ids, 2):
            if one in self.questions[other].enemies or other in self.questions[one].enemies:
                yield f"{one} and {other} are enemies"
        yield from self._sections(form)
        yield from self._time(ids)
        yield from self._difficulty(form)
        yield from _files(form)

    def _sections(self, form: Form) -> Iterator[str]:
        titles = [item.text for item in form.items if isinstance(item, Narrative)]
        if titles != [f"## {section.title}" for section in self.assessment.sections]:
            yield f"its sections are {titles}"
            return
        for section, slots in zip(self.assessment.sections, _by_section(form), strict=True):
            pick = section.pick
            picked = [self.questions[slot.variant.question] for slot in slots]
            if len(picked) != pick.count or any(one.kind not in pick.kind for one in picked):
                yield f"{section.title} has {[one.id for one in picked]}"
            if any(slot.points != pick.points for slot in slots):
                yield f"{section.title}: a question is not worth {pick.points}"
            for spread in pick.spread_over if self.even else ():
                yield from self._evenness(section.title, spread, picked, pick.kind)

    def _evenness(self, title: str, spread: str, picked: Sequence[Question], kinds: tuple[str, ...]) -> Iterator[str]:
        flow = {step.question for step in self.assessment.flow}
        free = [one for one in self.pool if one.kind in kinds and one.id not in self.used | flow and not one.retired]
        there = Counter(_group(one, spread) for one in free)
        had = Counter(_group(one, spread) for one in picked)
        for group, other in chain(combinations(there, 2), ((b, a) for a, b in combinations(there, 2))):
            if had[group] > had[other] + 1 and had[other] < there[other]:
                yield f"{title}: {had[group]} on {group}, {had[other]} on {other}, which has {there[other]}"

    def _time(self, ids: Sequence[str]) -> Iterator[str]:
        low, high = self.assessment.balance.minutes or (0, self.assessment.minutes)
        minutes = sum(self.questions[name].minutes for name in ids)
        if not low - SLACK <= minutes <= high + SLACK:
            yield f"it takes {minutes} minutes"

    def share(self, form: Form) -> float:
        """What share of the form's points is expected to be earned."""
        return sum(float(slot.points / form.points) * self.shares[slot.variant.question] for slot in form.slots)

    def _difficulty(self, form: Form) -> Iterator[str]:
        target = self.assessment.balance.difficulty
        if target is not None and abs(self.share(form) - target) > self.assessment.balance.tolerance + SLACK:
            yield f"{self.share(form)} of its points will be earned"

    def _exposure(self, forms: Mapping[str, Form]) -> Iterator[str]:
        different = {form.digest: form for form in forms.values()}.values()
        most = max(1, int(self.assessment.balance.exposure * len(different) + 1e-9))
        uses = Counter(slot.variant.question for form in different for slot in form.slots)
        for name, times in uses.items():
            if times > most and name not in self.assessment.anchors:
                yield f"{name} stands in {times} of {len(different)} forms"

    def _neighbours(self, forms: Mapping[str, Form]) -> Iterator[str]:
        for (one, mine), (other, yours) in pairwise(forms.items()):
            if mine.code == yours.code:
                yield f"{one} and {other} sit beside each other with one form"
            shared = len(_ids(mine) & _ids(yours))
            if shared > self.assessment.balance.overlap * len(mine.slots) + 1e-9:
                yield f"{one} and {other} have {shared} questions in common"

    def _alike(self, forms: Mapping[str, Form]) -> Iterator[str]:
        shares = [self.share(form) for form in forms.values()]
        if max(shares) - min(shares) > 2 * self.assessment.balance.tolerance + SLACK:
            yield f"shares from {min(shares)} to {max(shares)}"
        if len(skeletons := {_skeleton(form) for form in forms.values()}) > 1:
            yield f"there are {len(skeletons)} skeletons"

    def _canaries(self, forms: Mapping[str, Form]) -> Iterator[str]:
        if not self.assessment.canary:
            return
        for owner, form in forms.items():
            (mine,) = [slot for slot in form.slots if slot.name == form.canary]
            if not isinstance(mine.variant.parts[0].interaction, Fields):
                yield f"{owner}: nothing is computed in {form.canary}"
            for other, theirs in forms.items():
                if theirs.code != form.code and any(_asks(slot) == _asks(mine) for slot in theirs.slots):
                    yield f"{other} has the numbers of {owner}"


def _by_section(form: Form) -> list[list[Slot]]:
    sections: list[list[Slot]] = []
    for item in form.items:
        if isinstance(item, Slot):
            sections[-1].append(item)
        else:
            sections.append([])
    return sections


def _group(question: Question, spread: str) -> str:
    return {
        "lecture": question.lecture,
        "topic": (*question.topics, "")[0],
        "bloom": str(question.bloom),
    }[spread]


def _ids(form: Form) -> set[str]:
    return {slot.variant.question for slot in form.slots}


def _asks(slot: Slot) -> tuple[str, str]:
    return slot.variant.question, slot.variant.prompt


def _skeleton(form: Form) -> tuple[object, ...]:
    return tuple(
        (slot.name, part.name, isinstance(part.interaction, Text), part.points)
        for slot in form.slots
        for part in slot.variant.parts
    )


def _files(form: Form) -> Iterator[str]:
    names: dict[str, str] = {f"{form.assessment}.ipynb": "the notebook"}
    for slot in form.slots:
        for file in slot.variant.files:
            if names.setdefault(file.name, file.content) != file.content:
                yield f"two files {file.name}"
