"""What all forms of an assessment have in common: the problem that each solves, and the skeleton that each fills."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from statistics import fmean

from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Assessment, Form
from gradesmith.model.questions import Variant
from gradesmith.rules.assembly.blueprints import Material, Problem, pools_of, problem_of
from gradesmith.rules.assembly.candidates import Candidate, Shape, shape_of
from gradesmith.rules.assembly.chance import Chance
from gradesmith.rules.assembly.demands import Demand, Evenness, Level, apart_of, loosened
from gradesmith.rules.assembly.making import quarrels
from gradesmith.rules.assembly.program import Undecided
from gradesmith.rules.assembly.remedies import refusal
from gradesmith.rules.assembly.selecting import Selector, drawn_costs
from gradesmith.rules.assembly.shortage import Task, unevenness
from gradesmith.rules.assembly.skeletons import Skeleton, arranged, counted, shared_out
from gradesmith.rules.difficulty import of_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The problem of one form, the skeleton where several forms share one, and how the spread had to give in.

    ``near`` bounds the difficulty more narrowly than the blueprint does, as far as the pool allows it.
    """

    problem: Problem
    skeleton: Skeleton = ()
    uneven: tuple[Evenness, ...] = ()
    near: Level | None = None

    @property
    def selector(self) -> Selector:
        """What chooses the questions of a form."""
        return Selector(candidates=self.problem.candidates, demands=self.problem.demands, near=self.near)


def sample_chance(assessment: Assessment) -> Chance:
    """The source of the single form's draws, and of the sample's."""
    return Chance(root=str(assessment.seed), assessment=assessment.id)


def frame_of_one(assessment: Assessment, material: Material) -> Frame:
    """Frame the single form of an assessment, whose questions may have any cells.

    Raises:
        CannotAssemble: When the pool does not suffice.
    """
    return _nearer(_spread(problem_of(assessment, material)))


def frame_of_many(assessment: Assessment, material: Material, standing: Collection[Form] = ()) -> Frame:
    """Frame the forms of an assessment: all have the same cells, those of the ``standing`` forms where there are any.

    Else the sections take each shape of question in proportion to how many the pool has of it. Beside standing forms
    others are to be as hard as those, unless the blueprint names a difficulty: the pool may have changed since.

    Raises:
        CannotAssemble: When the pool does not suffice.
        CannotDraw: When a question of the pool can't be drawn.
        GradesmithError: When the blueprint asks for another number of questions than the standing form has.
    """
    pools = pools_of(assessment, material)
    chance = sample_chance(assessment)
    specimens = {one.id: material.draw(one, chance.variant(one.id)) for one in chain(*pools)}
    shapes = _shapes(assessment, material, specimens)
    apart = tuple(chain.from_iterable(apart_of([pair], why) for pair, why in quarrels(specimens.values()).items()))

    def posed(skeleton: Skeleton) -> Frame:
        problem = problem_of(assessment, material, shapes, counted(skeleton))
        return _spread(_as_hard_as(standing, material, replace(problem, demands=(*problem.demands, *apart))))

    if standing:
        skeleton = _skeleton_of(assessment, next(iter(standing)))
    else:
        skeleton = _drawn_skeleton(posed(()).problem, chance)
    return _nearer(replace(posed(skeleton), skeleton=skeleton))


def _as_hard_as(forms: Collection[Form], material: Material, problem: Problem) -> Problem:
    """Aim at what these forms are expected to earn on average, as far as the bank still knows their questions."""
    weights = [{slot.variant.question: float(slot.points / form.points) for slot in form.slots} for form in forms]
    known = [of_form(one, material.expected).share for one in weights if one.keys() <= material.expected.keys()]
    if not known or problem.assessment.balance.difficulty is not None:
        return problem
    target, tolerance = fmean(known), problem.assessment.balance.tolerance
    level = Level(low=target - tolerance, high=target + tolerance)
    demands = tuple(level if isinstance(one, Level) else one for one in problem.demands)
    return replace(problem, demands=demands, target=target)


def _shapes(
    assessment: Assessment, material: Material, specimens: Mapping[str, Variant]
) -> dict[tuple[int, str], Shape]:
    return {
        (number, one.id): shape_of(specimens[one.id], section.pick)
        for number, (section, pool) in enumerate(zip(assessment.sections, pools_of(assessment, material), strict=True))
        for one in pool
    }


def _skeleton_of(assessment: Assessment, form: Form) -> Skeleton:
    """Return the shapes of a form's slots, section by section; those of the flow come before and are left out."""
    asked = [section.pick.count for section in assessment.sections]
    begin = sum(step.question is not None for step in assessment.flow)
    if len(form.slots) != begin + sum(asked):
        message = f"{assessment.id}: its forms have {len(form.slots)} questions, and now {begin + sum(asked)} are asked"
        raise GradesmithError(message, "put its sections back as they were: everybody's form has the same cells")
    shapes = iter([shape_of(slot.variant) for slot in form.slots[begin:]])
    return tuple(tuple(next(shapes) for _ in range(count)) for count in asked)


def _drawn_skeleton(problem: Problem, chance: Chance) -> Skeleton:
    """Return the shapes of a form in which each has about as many alternatives as another."""
    demands = tuple(one for one in problem.demands if not isinstance(one, Level))
    draws = chance.picks()
    selector = Selector(candidates=problem.candidates, demands=demands)
    chosen = shared_out(selector, drawn_costs(problem.candidates, {}, draws))
    if chosen is None:
        raise refusal(Task(assessment=problem.assessment, candidates=problem.candidates, demands=demands))
    return tuple(tuple(one.shape for one in section) for section in arranged(problem.assessment, chosen, draws))


def _spread(problem: Problem) -> Frame:
    """Let the spread of the sections give in where the pool does not allow it, as little as need be.

    It gives in once for all forms, and to nothing but the pool: not to the difficulty, for which others can be asked.
    """
    demands = tuple(one for one in problem.demands if not isinstance(one, Level))
    if any(isinstance(one, Evenness) for one in demands) and not _can_be_made(problem.candidates, demands):
        task = Task(assessment=problem.assessment, candidates=problem.candidates, demands=demands)
        way = unevenness(task)
        if way is None:
            raise refusal(task)
        uneven = tuple(one for one in way.given if isinstance(one, Evenness))
        return Frame(problem=replace(problem, demands=loosened(problem.demands, way.given)), uneven=uneven)
    return Frame(problem=problem)


def _can_be_made(candidates: tuple[Candidate, ...], demands: tuple[Demand, ...]) -> bool:
    try:
        return Selector(candidates=candidates, demands=demands).choose([0.0] * len(candidates)) is not None
    except Undecided:
        return False


def _nearer(frame: Frame) -> Frame:
    """Bound the difficulty to a quarter of the tolerance, or to half of it, if there are such forms."""
    problem = frame.problem
    for level in (one for one in problem.demands if isinstance(one, Level)):
        for part in (4, 2):
            target, tolerance = (level.low + level.high) / 2, (level.high - level.low) / 2
            near = Level(low=target - tolerance / part, high=target + tolerance / part)
            if _can_be_made(problem.candidates, (*problem.demands, near)):
                return replace(frame, near=near)
    return frame
