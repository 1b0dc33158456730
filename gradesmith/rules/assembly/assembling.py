"""The single form of an assessment, and the sample of one that has several."""

from __future__ import annotations

from dataclasses import replace

from gradesmith.model.assessments import SAMPLE, Assessment, Form
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.chance import Chance
from gradesmith.rules.assembly.demands import apart_of
from gradesmith.rules.assembly.frames import Frame, frame_of_many, frame_of_one, sample_chance
from gradesmith.rules.assembly.making import Maker, files_are_told_apart, quarrels
from gradesmith.rules.assembly.remedies import refusal
from gradesmith.rules.assembly.selecting import Chosen, drawn_costs
from gradesmith.rules.assembly.shortage import Task
from gradesmith.rules.assembly.skeletons import arranged, fitted

SINGLE = "A"


def assemble(assessment: Assessment, material: Material) -> Form:
    """Make the single form of an assessment, or the sample of one that has several; it draws from the seed.

    Raises:
        CannotAssemble: When no form fulfils the blueprint; the text says what to write or to loosen.
        CannotDraw: When a question has no sound variant.
        GradesmithError: When questions that must be in it hand out different files under one name.
    """
    chance = sample_chance(assessment)
    if assessment.forms == 1:
        return _without_quarrels(Maker(assessment=assessment, material=material, chance=chance, code=SINGLE))
    frame = frame_of_many(assessment, material)
    blueprint = assessment.but(canary=False)  # nobody's form need differ from a sample
    maker = Maker(assessment=blueprint, material=material, chance=chance, code=SAMPLE)
    form = maker.form(_selected(frame, chance))
    files_are_told_apart(form)
    return form


def _without_quarrels(maker: Maker) -> Form:
    """Select again as long as two questions of the form hand out different files under one name, if others are left."""
    frame = frame_of_one(maker.assessment, maker.material)
    while True:
        form = maker.form(_selected(frame, maker.chance))
        found = quarrels(slot.variant for slot in form.slots)
        pickable = {one.name for one in frame.problem.candidates}
        news = [one for pair, why in found.items() if pair <= pickable for one in apart_of([pair], why)]
        if not news:
            files_are_told_apart(form)
            return form
        frame = replace(frame, problem=replace(frame.problem, demands=(*frame.problem.demands, *news)))


def _selected(frame: Frame, chance: Chance) -> tuple[Chosen, ...]:
    """Select the questions of one form that no other is compared with, section by section."""
    problem, draws = frame.problem, chance.picks()
    if not problem.assessment.sections:
        return ()
    chosen = frame.selector.choose(drawn_costs(problem.candidates, {}, draws))
    if chosen is None:
        raise refusal(Task(assessment=problem.assessment, candidates=problem.candidates, demands=problem.demands))
    sections = arranged(problem.assessment, chosen, draws)
    return fitted(sections, frame.skeleton) if frame.skeleton else sections
